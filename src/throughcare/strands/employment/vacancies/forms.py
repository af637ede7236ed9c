"""What is asked about a vacancy and an application."""

from typing import Any

from django import forms

from throughcare.casework.pilot import current_pilot
from throughcare.design.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    NumberField,
    PoundsField,
    TextField,
    TimeField,
    whole_hours,
)
from throughcare.strands.employment.readiness.codes import INVOLVES
from throughcare.strands.employment.readiness.forms import LICENCES, LONGEST_WEEK
from throughcare.strands.employment.shown import FACT
from throughcare.strands.employment.vacancies import codes


class VacancyForm(forms.Form):
    """A job that an employer offers: about nobody."""

    employer = TextField(label="Who is the employer?", longest=100, asks="Enter the employer")
    job = TextField(label="What is the job?", longest=100, asks="Enter the job")
    borough = ChoiceField(label="In which borough?", choices={}, few=False)
    place = TextField(label="Where?", help_text="Street or site. You are told of whom it must not be there", longest=200,
                      required=False)  # fmt: skip
    hours_a_week = NumberField(label="How many hours a week?", least=1, most=LONGEST_WEEK, required=False)
    shift_from = TimeField(label="From what time of day?", required=False, also="Leave both empty if they are not fixed")
    shift_until = TimeField(label="Until what time?", required=False)
    pence_an_hour = PoundsField(label="What is the pay an hour?", help_text="For example, 9.75", required=False)
    licence = ChoiceField(label="Which licence is needed?", choices=LICENCES, required=False, nothing="None")
    involves = ChoicesField(label="What does the work involve?", choices=INVOLVES,
                            help_text="Somebody may be barred from it by a condition")  # fmt: skip
    disclosure = forms.BooleanField(label="The employer asks about convictions", required=False)
    places = NumberField(label="For how many people?", least=1, most=50)
    closes_on = DayField(label="Which is the last day to apply?", also="Leave it empty if there is none", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["borough"].choices = [("", "Choose"), *((name, name) for name in current_pilot().boroughs)]

    def clean(self) -> dict[str, Any]:
        whole_hours(self, "shift_from", "shift_until")
        return self.cleaned_data


class CloseForm(forms.Form):
    """Why a vacancy is offered no more."""

    why = ChoiceField(label="Why is it closed?", choices=codes.CLOSED_WHY)


class ApplicationForm(forms.Form):
    """The next step of an application: its day, and its reason where one is asked. `to`: which step it is."""

    fact = FACT
    on = DayField(label="On which day?")

    def __init__(self, *args: Any, to: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if to in codes.REASONS:
            self.fields["reason"] = ChoiceField(label="Why?", choices=codes.REASONS[to], few=False)
