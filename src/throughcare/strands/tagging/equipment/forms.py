"""What is typed about equipment, absences and dead spots."""

from django import forms

from throughcare.design.forms import ChoiceField, DayField, NumberField, TextField, TimeField
from throughcare.strands.tagging.equipment.words import ABSENCES, NOTES, REMOVED
from throughcare.strands.tagging.fields import FACT, CoordinatesField


class FitForm(forms.Form):
    """A tag that was put on."""

    fact = FACT
    tag = TextField(label="Number on the tag", longest=40)
    on = DayField(label="Fitted on")
    at = TimeField(label="At")


class RemoveForm(forms.Form):
    """A tag that was taken off."""

    fact = FACT
    why = ChoiceField(label="Why was it taken off?", choices=REMOVED, few=False)
    on = DayField(label="Taken off on")
    at = TimeField(label="At")


class TagNoteForm(forms.Form):
    """A visit, a call, a charge that was seen."""

    fact = FACT
    kind = ChoiceField(label="What was it?", choices=NOTES, few=False)
    text = TextField(label="In words", lines=2, longest=500)


class AbsenceForm(forms.Form):
    """That the person is expected elsewhere."""

    fact = FACT
    why = ChoiceField(label="Where?", choices=ABSENCES, few=False)
    text = TextField(label="What is known", longest=200, required=False)
    from_on = DayField(label="From")
    from_at = TimeField(label="At")
    to_on = DayField(label="Until")
    to_at = TimeField(label="At")


class ConsentForm(forms.Form):
    """That a householder no longer agrees."""

    fact = FACT
    address = ChoiceField(label="Which address?", choices={}, few=False)


class DeadSpotForm(forms.Form):
    """A place without a signal, about nobody."""

    name = TextField(label="What is the place called?", longest=120)
    where = CoordinatesField(label="Where is it?")
    radius = NumberField(label="How many metres round it?", least=10, most=1000)
