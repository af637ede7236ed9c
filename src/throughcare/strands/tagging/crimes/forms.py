"""What is typed about crimes and matches."""

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField
from throughcare.positions.police_file import FORCES
from throughcare.strands.tagging.crimes.words import DECISIONS


class CrimesForm(forms.Form):
    """A force's file."""

    file = forms.FileField(
        label="File of crimes (CSV)", help_text="The police's own of 13 columns without a header, or a CSV with a header",
        error_messages={"required": "Choose a file", "empty": "The file is empty: send it with its crimes"},
    )  # fmt: skip
    force = ChoiceField(
        label="Whose crimes are they?", help_text="Only for a CSV with a header: the police's own file says it",
        choices={name: name for name in FORCES}, required=False, nothing="The file says it",
    )  # fmt: skip


class MatchReviewForm(forms.Form):
    """What somebody makes of a match."""

    decision = ChoiceField(label="What is this match worth?", choices=DECISIONS)
    reason = TextField(label="Why?", help_text="What you looked at, and what it shows", lines=3, longest=500,
                       asks="Say why")  # fmt: skip


class ChargeForm(forms.Form):
    """A charge that the police report."""

    charged_on = DayField(label="Charged on")
    offence = TextField(label="Offence, as the police say it", longest=120)
    reference = TextField(label="The police's reference of the charge", longest=60)
