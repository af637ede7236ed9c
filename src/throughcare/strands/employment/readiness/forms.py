"""What is asked on the way to work. No form asks for health or for an offence."""

from typing import Any

from django import forms

from throughcare.casework.pilot import current_pilot
from throughcare.core.words import capital
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
from throughcare.strands.employment.readiness import codes
from throughcare.strands.employment.shown import FACT

NO_HEALTH = "No health details, and nothing about offences. The person may ask to see it"
LONGEST_WEEK = 60


LICENCES = {code: capital(words) for code, words in codes.LICENCES.items()}


class RightForm(forms.Form):
    """Evidence of the right to work that was seen."""

    fact = FACT
    kind = ChoiceField(label="What have you seen?", choices=codes.EVIDENCE,
                       help_text="The thing itself. Keep no copy and no number of it here")  # fmt: skip
    seen_on = DayField(label="On which day?")
    expires_on = DayField(label="Until when does it hold?", also="Leave it empty if it does not run out", required=False)


class ReadinessForm(forms.Form):
    """How ready somebody is."""

    fact = FACT
    state = ChoiceField(label="How ready for work are they?", choices=codes.STATES)
    to_do = ChoicesField(label="What is still to be done?", choices=codes.TO_DO)
    on = DayField(label="On which day was that agreed?")
    review_on = DayField(label="When do you look at it again?", also="It then waits on your Today", required=False)


class LookingForm(forms.Form):
    """What work somebody looks for, in which boroughs of the pilot."""

    fact = FACT
    boroughs = ChoicesField(label="Where?", choices={}, required=True)
    most_hours = NumberField(label="How many hours a week at most?", least=1, most=LONGEST_WEEK, required=False)
    free_from = TimeField(label="From what time of day?", required=False, also="Leave both empty if any time will do")
    free_until = TimeField(label="Until what time?", required=False)
    licences = ChoicesField(label="Which of these do they hold?", choices=LICENCES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["boroughs"].choices = [(name, name) for name in current_pilot().boroughs]

    def clean(self) -> dict[str, Any]:
        whole_hours(self, "free_from", "free_until")
        return self.cleaned_data


class NeedForm(forms.Form):
    """Something needed for work."""

    fact = FACT
    kind = ChoiceField(label="What do they need?", choices=codes.NEEDS, few=False)


class ArrangeForm(forms.Form):
    """What was arranged for a need."""

    fact = FACT
    arranged = TextField(label="What was arranged?", help_text=NO_HEALTH, longest=200)
    on = DayField(label="On which day?")
    paid_by = ChoiceField(label="Who paid?", choices=codes.PAID_BY)
    pence = PoundsField(label="What did it cost?", required=False)


class LimitForm(forms.Form):
    """A condition that bars some work."""

    fact = FACT
    kind = ChoiceField(
        label="What is the condition?", choices=codes.LIMITS,
        help_text="The broker reads the hours of a curfew, a borough, and that somebody must not drive. Of the others only that "
        "there is a condition: say no more than work needs",
    )  # fmt: skip
    from_time = TimeField(label="Of a curfew: from what time?", required=False)
    until_time = TimeField(label="Until what time?", required=False)
    borough = ChoiceField(label="Of a borough: which?", choices={}, required=False, nothing="None")
    start = DayField(label="From which day does it hold?")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["borough"].choices = [("", "None"), *((name, name) for name in current_pilot().boroughs)]

    def clean(self) -> dict[str, Any]:
        kind = self.cleaned_data.get("kind")
        if kind == codes.CURFEW:
            whole_hours(self, "from_time", "until_time", needed=True)
        if kind == codes.BOROUGH and not self.cleaned_data.get("borough"):
            self.add_error("borough", "Choose the borough")
        return self.cleaned_data


class LiftForm(forms.Form):
    """From when a condition bars no more."""

    fact = FACT
    on = DayField(label="From which day does it bar no more?")


class DisclosureForm(forms.Form):
    """What employers may be told."""

    fact = FACT
    told = ChoicesField(label="What do they agree to?", choices=codes.MAY_BE_TOLD, required=True)
    how = ChoiceField(label="How did they agree?", choices=codes.HOW)
    on = DayField(label="On which day?")
