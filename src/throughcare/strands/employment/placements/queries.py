"""Reading placements with their weeks: which are due to be looked at, and how each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from throughcare.rules.work_fit import Condition, Hours, clashes, hours_between
from throughcare.strands.employment import models as m
from throughcare.strands.employment.placements.codes import KEPT, LOST, NOT_KNOWN, NOT_LOOKED_AT, TO_COME
from throughcare.strands.employment.readiness.queries import condition, limit_words


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week of a placement at which it is looked at: the day on which it is reached, and how it stands."""

    weeks: int
    due_on: date
    state: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A placement with what is known of it. `unsaid`: a check found it lost, and nobody said since when and why."""

    placement: m.Placement
    terms: m.Terms | None
    leaving: m.Leaving | None
    weeks: tuple[Week, ...]

    @property
    def running(self) -> bool:
        return self.placement.ended_on is None

    @property
    def last_day(self) -> date | None:
        """The last day in work; None while it goes on."""
        return self.placement.ended_on - timedelta(days=1) if self.placement.ended_on else None

    @property
    def unsaid(self) -> bool:
        return self.running and any(week.state == LOST for week in self.weeks)

    @property
    def due(self) -> tuple[Week, ...]:
        """The weeks to be looked at; none once a check found it lost."""
        return () if self.unsaid else tuple(week for week in self.weeks if week.state == NOT_LOOKED_AT)

    @property
    def shift(self) -> Hours | None:
        return hours_between(self.terms.shift_from, self.terms.shift_until) if self.terms else None

    def over(self, day: date) -> bool:
        return self.placement.ended_on is not None and self.placement.ended_on <= day


def state_at(due: date, day: date, *, ended_on: date | None, check: m.RetentionCheck | None) -> str:
    """How a week of a placement stands on the day: kept, lost, not known, not looked at, or to come.

    Lost from the end of the placement on, whether anybody looked or not: over on the day of the week is lost.
    """
    if ended_on is not None and ended_on <= due:
        return LOST
    if check is not None:
        return KEPT if check.in_work else LOST if check.known else NOT_KNOWN
    return NOT_LOOKED_AT if due <= day else TO_COME


def placed(found: QuerySet, day: date) -> list[Placed]:
    """These placements, the latest first. Two questions to the store."""
    rows = found.select_related("referral", "terms", "leaving").prefetch_related("checks").order_by("-started_on", "-pk")
    return [_placed(row, day) for row in rows]


def _placed(row: m.Placement, day: date) -> Placed:
    checks = {check.weeks: check for check in row.checks.all()}
    weeks = [(weeks, row.started_on + timedelta(weeks=weeks)) for weeks in m.CHECKED_AFTER]
    return Placed(
        placement=row, terms=getattr(row, "terms", None), leaving=getattr(row, "leaving", None),
        weeks=tuple(Week(weeks=n, due_on=due, state=state_at(due, day, ended_on=row.ended_on, check=checks.get(n)))
                    for n, due in weeks),
    )  # fmt: skip


def can_be_taken_back(placement: m.Placement) -> bool:
    """Whether it was begun here, and nothing has happened to it since."""
    here = placement.source_id is None and placement.ended_on is None
    return here and not m.RetentionCheck.objects.filter(placement=placement).exists()


def running(people: QuerySet | Iterable[int], day: date) -> list[Placed]:
    """The placements of these people that go on, or of which an end is to come."""
    found = m.Placement.objects.filter(referral__person__in=people, started_on__lte=day)
    return placed(found.exclude(ended_on__lte=day), day)


def hours_clash(each: Placed, limits: Iterable[m.WorkLimit]) -> list[str]:
    """The curfews that the hours of a placement run into, in words. `limits`: the person's."""
    told: dict[Condition, str] = {condition(row): limit_words(row) for row in limits}
    return [told[found] for found in clashes(each.shift, told)]
