"""The forms of a case. Each says which of its days have happened: those are not after today."""

from typing import ClassVar

from django import forms

from throughcare.design.forms import ChoiceField, DayField, TextField
from throughcare.strands.courts import words

CASES, REPORTS = "court_cases", "court_reports"


class CaseForm(forms.Form):
    """A form of a case. `past`: its days that have happened."""

    fact = CASES
    past: ClassVar[tuple[str, ...]] = ("on",)


class PleaForm(CaseForm):
    plea = ChoiceField(label="What was the plea, or the finding?", choices=words.PLEAS)
    on = DayField(label="On which day?", help_text="The day in court, from midnight to midnight. For example, 17/5/2016")


class DayForm(CaseForm):
    on = DayField(label="On which day?")


class CorrectPleaForm(CaseForm):
    past = ("on", "vacated_on")
    plea = ChoiceField(label="The plea, or the finding", choices=words.PLEAS)
    on = DayField(label="The day on which it was entered")
    vacated_on = DayField(label="The day on which it was vacated", help_text="Leave empty where it stands", required=False)
    why = TextField(label="Why is it corrected?", lines=2, longest=300)


class MistakeForm(CaseForm):
    past = ()
    why = TextField(label="How did it come to be here?", lines=2, longest=300)


class AskReportForm(CaseForm):
    fact = REPORTS
    kind = ChoiceField(label="Which report does the court ask for?", choices=words.KINDS)
    on = DayField(label="On which day did it ask?")
    author = TextField(label="Which post writes it?", help_text="A post, not a name", longest=60)


class DeliverForm(CaseForm):
    """The reason is asked only where the day is late and none was given at the miss: the page leaves it out elsewhere."""

    fact = REPORTS
    on = DayField(label="On which day did the court get it?")
    reason = ChoiceField(label="Why is it late?", choices=words.LATE)
    text = TextField(label="What happened", help_text="Needed for another reason", required=False, lines=2, longest=300)


class MissForm(CaseForm):
    fact = REPORTS
    past = ()
    reason = ChoiceField(label="Why was the last day missed?", choices=words.LATE)
    text = TextField(label="What happened", help_text="Needed for another reason", required=False, lines=2, longest=300)


class NotNeededForm(CaseForm):
    fact = REPORTS
    past = ()
    reason = ChoiceField(label="Why is no report needed?", choices=words.NO_REPORT)


class EventForm(CaseForm):
    kind = ChoiceField(label="What happened?", choices=words.EVENTS)
    on = DayField(label="On which day?")
    until = DayField(label="To which day is it adjourned?", help_text="Where it is adjourned", required=False)
    court = TextField(label="Which court has it now?", help_text="Where it is transferred or committed",
                      required=False, longest=60)  # fmt: skip


class AssessmentForm(CaseForm):
    kind = ChoiceField(label="Which assessment?", choices=words.ASSESSMENTS)
    on = DayField(label="On which day was it done?")


class SentenceForm(CaseForm):
    kind = ChoiceField(label="Which sentence?", choices=words.SENTENCES)
    on = DayField(label="On which day was it passed?")
    months = forms.IntegerField(label="Length in months", required=False, min_value=0, max_value=1200,
                                help_text="Leave empty where it has none",
                                error_messages={"invalid": "Enter the months as a whole number"})  # fmt: skip
    requirements = forms.MultipleChoiceField(
        label="Requirements", help_text="Of a community or suspended sentence order", required=False,
        choices=list(words.REQUIREMENTS.items()), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    rehabilitation_activity_days = forms.IntegerField(
        label="Days of rehabilitation activity ordered", required=False, min_value=0, max_value=365
    )
    enhanced_activity_days = forms.IntegerField(
        label="Days of enhanced activity ordered", required=False, min_value=0, max_value=365
    )


class NotEnhancedForm(CaseForm):
    past = ()
    reason = ChoiceField(label="Why was the enhanced activity requirement not imposed?", choices=words.NOT_ENHANCED)
    text = TextField(label="Why", help_text="Needed for another reason", required=False, lines=2, longest=300)


class DaysDoneForm(CaseForm):
    days = forms.IntegerField(label="How many days of activity are done?", min_value=0, max_value=1000,
                              error_messages={"required": "Enter the days done", "invalid": "Enter a whole number"})  # fmt: skip
    on = DayField(label="By which day?")
