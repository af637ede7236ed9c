"""What is asked about a placement."""

from typing import Any

from django import forms

from throughcare.design.forms import ChoiceField, DayField, NumberField, PoundsField, TextField, TimeField, whole_hours
from throughcare.strands.employment.placements.codes import FOUND, REASONS
from throughcare.strands.employment.readiness.forms import LONGEST_WEEK
from throughcare.strands.employment.shown import FACT


class PlaceForm(forms.Form):
    """The start of a placement."""

    fact = FACT
    employer = TextField(label="Who employs them?", longest=100, asks="Enter the employer")
    job = TextField(label="What is the job?", longest=100, asks="Enter the job")
    on = DayField(label="On which day do they start?", also="The contract is planned for six months from that day")
    hours_a_week = NumberField(label="How many hours a week?", least=1, most=LONGEST_WEEK, required=False)
    shift_from = TimeField(label="From what time of day?", required=False, also="Their manager is told if a curfew clashes")
    shift_until = TimeField(label="Until what time?", required=False)
    pence_an_hour = PoundsField(label="What is the pay an hour?", help_text="For example, 9.75", required=False)

    def clean(self) -> dict[str, Any]:
        whole_hours(self, "shift_from", "shift_until")
        return self.cleaned_data


class CheckForm(forms.Form):
    """What was found in a week."""

    fact = FACT
    found = ChoiceField(label="How was it on that day?", choices=FOUND)


class EndForm(forms.Form):
    """The end of a placement."""

    fact = FACT
    last = DayField(label="Which was the last day in this job?")
    reason = ChoiceField(label="Why did they leave?", choices=REASONS, few=False,
                         help_text='Keep no health details: choose "Personal reasons" instead')  # fmt: skip
