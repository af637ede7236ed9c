"""What is typed about an incident."""

from django import forms

from throughcare.design.forms import ChoiceField, TextField
from throughcare.strands.tagging.fields import FACT
from throughcare.strands.tagging.incidents.words import OUTCOMES, SAID


class IncidentStepForm(forms.Form):
    """What was done about an incident."""

    fact = FACT
    step = ChoiceField(label="What did you do?", choices=SAID)
    text = TextField(label="In words", lines=2, longest=500, help_text="Whom you rang, and what they said")


class IncidentCloseForm(forms.Form):
    """What came of an incident."""

    fact = FACT
    outcome = ChoiceField(label="What came of it?", choices=OUTCOMES)
    text = TextField(label="In words", lines=2, longest=400)


class IncidentsToForm(forms.Form):
    """Who has the incidents from now on."""

    fact = FACT
    to = ChoiceField(label="Who takes over?", choices={}, few=False)
