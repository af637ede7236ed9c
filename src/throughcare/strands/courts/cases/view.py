"""One case as its page shows it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.casework.imports.models import Adopted
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.standing import standing_of
from throughcare.core.contracts import Decision
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pilot import Home
from throughcare.core.working_days import working_days_between
from throughcare.rules.eligibility.requirement import enhanced_requirement
from throughcare.strands.courts import models as m
from throughcare.strands.courts.actions import FACT
from throughcare.strands.courts.cases.history import Line, history
from throughcare.strands.courts.cases.queries import Standing, standings, to_confirm
from throughcare.strands.courts.extracts import RESULTS
from throughcare.strands.courts.queries import with_court_now
from throughcare.strands.courts.words import REQUIREMENTS, SENTENCES


@dataclass(frozen=True, kw_only=True)
class Imposed:
    """A sentence with its requirements. `to_confirm`: it came with the court's results and nobody has looked at it since.

    `court_says`: what the results say, where it stands otherwise here because it was typed or corrected; "" elsewhere.
    """

    sentence: m.CaseSentence
    requirements: tuple[m.CaseRequirement, ...]
    to_confirm: bool
    check: m.OutcomeCheck | None
    court_says: str

    @property
    def told(self) -> tuple[str, ...]:
        """The requirements in words, with the days ordered."""
        return tuple(REQUIREMENTS[r.kind] + (f", {r.days} days" if r.days else "") for r in self.requirements)

    @property
    def days(self) -> int:
        return sum(r.days or 0 for r in self.requirements)

    @property
    def enhanced(self) -> bool:
        return any(r.kind == "enhanced_activity" for r in self.requirements)


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case on a day. `enhanced`: whether the enhanced activity requirement was open on the day of the first sentence; None
    before one. `expected`: results come with an extract. `home`: where results are kept. `working_days`: since the clock day.
    """

    case: m.CourtCase
    standing: Standing
    limit: int
    pleas: Sequence[m.Plea]
    reports: Sequence[m.Report]
    events: Sequence[m.CaseEvent]
    imposed: Sequence[Imposed]
    assessments: Sequence[m.Assessment]
    outcome: m.CaseOutcome | None
    enhanced: Decision | None
    lines: Sequence[Line]
    working_days: int
    expected: bool
    home: Home

    @property
    def open_report(self) -> m.Report | None:
        """The report asked for that is still to be delivered."""
        return next((report for report in self.reports if report.delivered_on is None), None)

    @property
    def guilty(self) -> bool:
        """Whether a plea of guilt or a finding stands."""
        return self.standing.clock_on is not None

    @property
    def on_an_order(self) -> bool:
        return any(each.sentence.kind in m.ORDERS for each in self.imposed)

    @property
    def days_ordered(self) -> int:
        return sum(each.days for each in self.imposed)

    @property
    def asks_why_not_enhanced(self) -> bool:
        """On an order, open to them, not given: the reason is recorded with the outcome."""
        given = any(each.enhanced for each in self.imposed)
        return bool(self.on_an_order and self.enhanced and self.enhanced.met and not given)

    @property
    def clock_in_words(self) -> str:
        return clock_in_words(self.standing, self.limit)


def view_of(case: m.CourtCase, day: date) -> CaseView:
    """The case as it stands on the day."""
    pilot = current_pilot()
    (standing,) = standings(with_court_now(m.CourtCase.objects.filter(pk=case.pk)), day)
    confirm = set(to_confirm(day).filter(case=case).values_list("pk", flat=True))
    assessed = m.Assessment.objects.filter(person=case.person_id, carried_out_on__lte=day).order_by("-carried_out_on", "-pk")
    sentences = m.CaseSentence.objects.filter(case=case, sentenced_on__lte=day).order_by("sentenced_on", "pk")
    imposed = tuple(_imposed(sentence, sentence.pk in confirm) for sentence in sentences)
    first = imposed[0].sentence.sentenced_on if imposed else None
    enhanced = enhanced_requirement(standing_of(case.person_id, first, pilot=pilot), as_at=first, pilot=pilot) if first else None
    return CaseView(
        case=standing.case, standing=standing, limit=pilot.targets.reports_within_days,
        pleas=tuple(case.pleas.order_by("entered_on", "pk")), reports=tuple(case.reports.order_by("requested_on", "pk")),
        events=tuple(case.events.filter(taken_back_on=None).order_by("on", "pk")), imposed=imposed,
        assessments=tuple(assessed),
        working_days=working_days_between(standing.clock_on, day) if standing.clock_on else 0,
        outcome=m.CaseOutcome.objects.filter(case=case).first(), enhanced=enhanced, lines=history(case, as_at=day),
        expected=pilot.expectation("court-results") is not None, home=pilot.home(FACT),
    )  # fmt: skip


def _imposed(sentence: m.CaseSentence, confirm: bool) -> Imposed:
    return Imposed(
        sentence=sentence, requirements=tuple(sentence.requirements.order_by("kind")), to_confirm=confirm,
        check=sentence.checks.order_by("-pk").first(), court_says=_court_says(sentence),
    )  # fmt: skip


def _court_says(sentence: m.CaseSentence) -> str:
    """The row of the results, in words, of a sentence that was typed or corrected here; "" where it stands as it came."""
    if sentence.source is None or not Adopted.objects.filter(table=sentence._meta.label, row=sentence.pk).exists():
        return ""
    told = dict(zip([column.name for column in RESULTS], json.loads(sentence.source.values), strict=False))
    parts = [SENTENCES.get(told["kind"], told["kind"]), day_in_words(date.fromisoformat(told["sentenced_on"]))]
    parts += [f"{told['months']} months"] if told["months"] else []
    parts += [REQUIREMENTS[kind].lower() for kind in m.RESULT_KINDS if told.get(kind, "").lower() == "yes"]
    return ", ".join(parts)


def clock_in_words(standing: Standing, limit: int) -> str:
    """The clock of a case in a sentence or two."""
    clock, told = standing.clock, standing.alerts
    if clock is None or told is None:
        return {"no_clock": "No clock runs: no plea of guilt or finding stands."}.get(standing.state, "The clock has ended.")
    since = f"counted from {weekday_in_words(clock.clock_on)}"
    start = f"Day {clock.days} of {limit}, {since}."
    if clock.overdue:
        return f"Day {clock.days}, {since}. The report is late since {weekday_in_words(told.missed)}."
    until = weekday_in_words(clock.due_on)
    return f"{start} Day {limit} is {until}. The last working day to deliver is {weekday_in_words(told.last)}."

