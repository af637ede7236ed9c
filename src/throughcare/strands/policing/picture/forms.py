"""What is typed about links, and the file of street crime."""

from django import forms

from throughcare.design.forms import ChoiceField, TextField
from throughcare.strands.policing.picture.models import LEFT_OUT

FACT = "intelligence_plans"


class SayForm(forms.Form):
    """That an item of a plan says the person is linked with somebody."""

    fact = FACT
    number = TextField(label="PNC ID, CRO number, CRN or prison number of the other person", longest=20,
                       help_text="Of somebody in your work")  # fmt: skip
    item = TextField(label="Which item of the plan says it?", help_text="Its number, for example IDP-0042/3", longest=40)
    reason = TextField(label="What does it say of the two?", lines=3, longest=300)


class RenewForm(forms.Form):
    """Why a link still holds."""

    fact = FACT
    reason = TextField(label="Why does the link still hold?", lines=3, longest=300)


class LeaveOutForm(forms.Form):
    """Why two people are not to be shown as linked."""

    fact = FACT
    why = ChoiceField(label="Why is it left out?", choices=LEFT_OUT)
    known = TextField(label="How is that known?", lines=3, longest=300)


class StreetCrimeForm(forms.Form):
    """A month of street crime."""

    file = forms.FileField(
        label="Street crime (CSV)", help_text="One month of one force, as the police publish it",
        error_messages={"required": "Choose a file"},
    )  # fmt: skip
