"""What can be done in a case: for each deed its form, what it does with what was typed, and what it says afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from throughcare.casework.access.reader import Reader
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.strands.courts import actions, words
from throughcare.strands.courts import models as m
from throughcare.strands.courts.cases import actions as in_case
from throughcare.strands.courts.cases import forms
from throughcare.strands.courts.cases.view import CaseView
from throughcare.strands.courts.outcomes import actions as of_outcome
from throughcare.strands.courts.queries import pleas_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who does it, in which case, and to what of it: a plea, a report, a sentence; None where to the case itself."""

    reader: Reader
    view: CaseView
    of: Any = None

    @property
    def by(self) -> str:
        return self.reader.by

    @property
    def case(self) -> int:
        return self.view.case.pk


Told = Mapping[str, Any]


def _as_it_is(form: forms.CaseForm, asked: Asked) -> None:
    """The form as it stands."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing to do, on a page of its own. `of`: the table of what it is done to. `open`: whether it can be done now.

    `then`: said on the page of answers to check, where the deed is told to others or ends something; "" where it is simply done,
    as it is taken back in one step.
    """

    title: str
    button: str
    form: type[forms.CaseForm]
    do: Callable[[Asked, Told], str]
    of: Any = None
    open: Callable[[Asked], bool] = lambda asked: True
    initial: Callable[[Asked], dict[str, Any]] = lambda asked: {"on": asked.reader.day}
    fit: Callable[[Any, Asked], None] = field(default=_as_it_is)
    then: str = ""


def _plea(asked: Asked, told: Told) -> str:
    actions.enter_plea(by=asked.by, case_id=asked.case, plea=told["plea"], entered_on=told["on"])
    return f"{words.PLEAS[told['plea']]} on {weekday_in_words(told['on'])} is entered. If it is wrong, correct it below."


def _vacate(asked: Asked, told: Told) -> str:
    actions.vacate_plea(by=asked.by, plea_id=asked.of.pk, on=told["on"])
    return "The plea is vacated. If that is wrong, correct the plea below."


def _correct(asked: Asked, told: Told) -> str:
    in_case.correct_plea(
        by=asked.by, plea_id=asked.of.pk, plea=told["plea"], entered_on=told["on"], vacated_on=told["vacated_on"],
        why=told["why"], on=asked.reader.day,
    )  # fmt: skip
    return "The plea is corrected, and the clock with it. What it said before is kept below."


def _mistake(asked: Asked, told: Told) -> str:
    in_case.plea_by_mistake(by=asked.by, plea_id=asked.of.pk, why=told["why"], on=asked.reader.day)
    return "The plea counts for nothing any more. It is kept below; to bring it back, correct it."


def _ask(asked: Asked, told: Told) -> str:
    actions.request_report(by=asked.by, case_id=asked.case, kind=told["kind"], author=told["author"], requested_on=told["on"])
    return "The report is asked for. Until it is delivered it is on the Today page of the court."


def _begin(asked: Asked, told: Told) -> str:
    actions.start_report(by=asked.by, report_id=asked.of.pk, on=told["on"])
    return "The report is in progress."


def _deliver(asked: Asked, told: Told) -> str:
    actions.deliver_report(
        by=asked.by, report_id=asked.of.pk, on=told["on"], late_reason=told.get("reason", ""), late_text=told.get("text", "")
    )
    return f"Delivered on {weekday_in_words(told['on'])}. If it was not, take the delivery back below."


def _late_only(form: Any, asked: Asked) -> None:
    """Leaves the reason out where the report is in time on the day typed, or was explained at the miss."""
    try:
        on: date | None = form.fields["on"].clean(form.data["on"]) if form.is_bound else asked.reader.day
    except (ValidationError, KeyError):
        on = None
    late = on is not None and in_case.late(asked.of, pleas_of(asked.case), as_at=on, limit=asked.view.limit)
    if asked.of.late_reason or not late:
        del form.fields["reason"], form.fields["text"]


def _miss(asked: Asked, told: Told) -> str:
    in_case.record_late_reason(
        by=asked.by, report_id=asked.of.pk, reason=told["reason"], text=told["text"], as_at=asked.reader.day
    )
    return "The reason is kept. Give it again to correct it."


def _not_needed(asked: Asked, told: Told) -> str:
    actions.record_no_report(by=asked.by, case_id=asked.case, reason=told["reason"])
    return "The case needs no report. If that is wrong, say below that it does."


def _event(asked: Asked, told: Told) -> str:
    event = in_case.record_event(
        by=asked.by, case_id=asked.case, kind=told["kind"], on=told["on"], until=told["until"], court=told["court"]
    )
    return f"{words.event_in_words(event)}. The clock runs on. If it is wrong, take it back below."


def _assess(asked: Asked, told: Told) -> str:
    case = asked.view.case
    actions.record_assessment(
        by=asked.by, person_id=case.person_id, court=case.court_now, kind=told["kind"], carried_out_on=told["on"]
    )
    return f"The {told['kind']} assessment of {day_in_words(told['on'])} is kept."


def _requirements(told: Told) -> dict[str, int | None]:
    return {kind: told.get(f"{kind}_days") for kind in told["requirements"]}


def _sentence(asked: Asked, told: Told) -> str:
    actions.sentence(
        by=asked.by, case_id=asked.case, on=told["on"], kind=told["kind"], months=told["months"],
        requirements=_requirements(told),
    )  # fmt: skip
    return f"{words.SENTENCES[told['kind']]} on {day_in_words(told['on'])} is kept. If it is wrong, correct it below."


def _correct_outcome(asked: Asked, told: Told) -> str:
    of_outcome.correct_outcome(
        by=asked.by, sentence_id=asked.of.pk, kind=told["kind"], sentenced_on=told["on"], months=told["months"],
        requirements=_requirements(told), on=asked.reader.day,
    )  # fmt: skip
    return "The outcome is corrected. What was said before is kept with it."


def _as_imposed(asked: Asked) -> dict[str, Any]:
    sentence = asked.of
    held = dict(sentence.requirements.values_list("kind", "days"))
    days = {f"{kind}_days": number for kind, number in held.items() if number is not None}
    return {"kind": sentence.kind, "on": sentence.sentenced_on, "months": sentence.months, "requirements": list(held), **days}


def _not_enhanced(asked: Asked, told: Told) -> str:
    of_outcome.record_not_enhanced(by=asked.by, case_id=asked.case, reason=told["reason"], text=told["text"])
    return "The reason is kept. Give it again to correct it."


def _days_done(asked: Asked, told: Told) -> str:
    of_outcome.record_days_done(by=asked.by, case_id=asked.case, days=told["days"], on=told["on"])
    return f"{told['days']} of {asked.view.days_ordered} days are done by {day_in_words(told['on'])}."


def _today(asked: Asked) -> dict[str, Any]:
    post = asked.reader.post
    return {"on": asked.reader.day, "author": post.title[:60] if post else ""}


DEEDS: dict[str, Deed] = {
    "plea": Deed(title="Enter a plea or a finding", button="Enter it", form=forms.PleaForm, do=_plea),
    "vacate": Deed(title="Vacate the plea", button="Vacate it", form=forms.DayForm, do=_vacate, of=m.Plea,
                   open=lambda a: a.of.vacated_on is None, then="The clock stops on that day. A new plea starts it anew."),
    "correct-plea": Deed(
        title="Correct the plea", button="Correct it", form=forms.CorrectPleaForm, do=_correct, of=m.Plea,
        initial=lambda a: {"plea": a.of.plea, "on": a.of.entered_on, "vacated_on": a.of.vacated_on},
        then="The clock moves to the corrected day. What the plea said before stays in the history of the clock.",
    ),
    "plea-by-mistake": Deed(
        title="This plea was entered by mistake", button="Take it out of the clock", form=forms.MistakeForm, do=_mistake,
        of=m.Plea, open=lambda a: a.of.vacated_on != a.of.entered_on, then="The clock is as if it had never been entered.",
    ),
    "ask": Deed(title="The court asks for a report", button="Ask for it", form=forms.AskReportForm, do=_ask, initial=_today,
                open=lambda a: a.view.open_report is None),
    "begin": Deed(title="The report is in progress", button="Begin it", form=forms.DayForm, do=_begin, of=m.Report,
                  open=lambda a: a.of.delivered_on is None and a.of.started_on is None),
    "deliver": Deed(title="Deliver the report", button="Deliver it", form=forms.DeliverForm, do=_deliver, of=m.Report,
                    open=lambda a: a.of.delivered_on is None, fit=_late_only,
                    then="The clock ends. Everybody who may see the case sees that the report is delivered."),
    "miss": Deed(title="Why was the last day missed?", button="Keep the reason", form=forms.MissForm, do=_miss, of=m.Report,
                 initial=lambda a: {"reason": a.of.late_reason, "text": a.of.late_text}),
    "not-needed": Deed(title="No report is needed", button="No report is needed", form=forms.NotNeededForm, do=_not_needed,
                       initial=lambda a: {"reason": a.view.case.no_report_reason}),
    "event": Deed(title="Adjourn, transfer or commit the case", button="Record it", form=forms.EventForm, do=_event),
    "assessment": Deed(title="Record a DRR or ATR assessment", button="Record it", form=forms.AssessmentForm, do=_assess),
    "sentence": Deed(
        title="Record the sentence", button="Record it", form=forms.SentenceForm, do=_sentence,
        open=lambda a: a.view.guilty and not any(each.sentence.source_id for each in a.view.imposed),
        then="It is the case's outcome in every figure. When the court's results come, they are held against it.",
    ),
    "correct-outcome": Deed(
        title="Correct the outcome", button="Correct it", form=forms.SentenceForm, do=_correct_outcome, of=m.CaseSentence,
        initial=_as_imposed, then="It takes the place of what was said, in every figure. What was said is kept with it.",
    ),
    "not-enhanced": Deed(
        title="Why no enhanced activity requirement?", button="Keep the reason", form=forms.NotEnhancedForm, do=_not_enhanced,
        open=lambda a: a.view.asks_why_not_enhanced,
        initial=lambda a: {"reason": a.view.outcome.not_enhanced, "text": a.view.outcome.not_enhanced_text}
        if a.view.outcome else {},
    ),
    "days-done": Deed(title="Days of activity done", button="Keep it", form=forms.DaysDoneForm, do=_days_done,
                      open=lambda a: a.view.days_ordered > 0),
}  # fmt: skip
RESULTS = ("sentence", "correct-outcome")
"""Deeds that type what the court's results tell."""
