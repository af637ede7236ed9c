"""The clock of a court report: from the first guilty plea, or finding of guilt after trial, to the day of delivery.

Source: the GtO interim evaluation (MOPAC 2017: "delivered within 5 days of the offender's plea"); what it leaves open
(what a vacated plea does, which days are counted) is decided in the definitions of the pilot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from throughcare.core.errors import DateError
from throughcare.core.working_days import last_working_day_on_or_before, working_days_between

Verdict = Literal["guilty", "not_guilty", "found_guilty"]
STARTS_THE_CLOCK = ("guilty", "found_guilty")


@dataclass(frozen=True, kw_only=True)
class Plea:
    """One plea to the qualifying offence, or one finding after trial. It stands over [entered_on, vacated_on).

    Refuses a plea vacated before it was entered. One vacated on its own day never stood.
    """

    entered_on: date
    plea: Verdict
    vacated_on: date | None = None

    def __post_init__(self) -> None:
        if self.vacated_on is not None and self.vacated_on < self.entered_on:
            raise DateError(
                what="A plea is vacated before it is entered",
                record=f"the plea of {self.entered_on}, vacated on {self.vacated_on}",
                expected="a vacation on or after the plea",
                mend="correct one of the two dates",
            )

    def stands(self, as_at: date | None) -> bool:
        """Whether it stands on that day; None: whether it was never vacated."""
        if as_at is None:
            return self.vacated_on is None
        return self.entered_on <= as_at and (self.vacated_on is None or as_at < self.vacated_on)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How long a delivered report took. Both numbers of days are 0 on the clock day itself."""

    clock_on: date
    days: int
    working_days: int
    on_the_day: bool
    within_limit: bool


@dataclass(frozen=True, kw_only=True)
class Running:
    """A clock that runs for a report not yet delivered. `last_working_day` is the last on which it can be in time."""

    clock_on: date
    days: int
    due_on: date
    last_working_day: date
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """The days on which somebody is told of a clock: `early`, a working day, the one before the `last` on which the report can
    be in time; `last`; and `missed`, the first day on which it is late. `early` is None where no working day lies between.
    """

    early: date | None
    last: date
    missed: date

    def due(self, on: date) -> Literal["", "early", "last", "missed"]:
        """Which alert holds on a day: each holds until the next. "": none yet."""
        if on >= self.missed:
            return "missed"
        if on >= self.last:
            return "last"
        return "early" if self.early is not None and on >= self.early else ""


def clock_day(pleas: Iterable[Plea], *, as_at: date | None) -> date | None:
    """The day of the first guilty plea, or finding of guilt, that stands on `as_at` (None: of those never vacated).

    A vacated plea stops the clock, so that there is none until a new plea starts it anew. A not-guilty plea starts
    nothing. None: the clock has not started, or is stopped.
    """
    standing = [p.entered_on for p in pleas if p.plea in STARTS_THE_CLOCK and p.stands(as_at)]
    return min(standing, default=None)


def delivery(pleas: Iterable[Plea], *, delivered_on: date, limit: int) -> Delivery | None:
    """The time of a report by the clock as it stood on the day of delivery; `limit` is in calendar days, and within it.

    A plea vacated after the delivery changes nothing in it. None where no clock ran that day (delivered before any plea
    of guilt, or while a vacated plea had stopped it): then it is neither on the day nor within the limit.
    """
    clock_on = clock_day(pleas, as_at=delivered_on)
    if clock_on is None:
        return None
    days = (delivered_on - clock_on).days
    return Delivery(
        clock_on=clock_on, days=days, working_days=working_days_between(clock_on, delivered_on),
        on_the_day=days == 0, within_limit=days <= limit,
    )  # fmt: skip


def running(pleas: Iterable[Plea], *, as_at: date, limit: int) -> Running | None:
    """The clock of a report not delivered by `as_at`. Overdue from the day after `due_on`. None where no clock runs."""
    clock_on = clock_day(pleas, as_at=as_at)
    if clock_on is None:
        return None
    due_on = clock_on + timedelta(days=limit)
    last = last_working_day_on_or_before(due_on)
    return Running(
        clock_on=clock_on, days=(as_at - clock_on).days, due_on=due_on,
        last_working_day=max(last, clock_on), overdue=as_at > due_on,
    )  # fmt: skip


def alerts(clock: Running) -> Alerts:
    """The days of alert of a clock, whatever its weekday.

    The report of a plea on a Saturday is due on Thursday, where no holiday stands between; that of a Tuesday's is due on
    Sunday, so that Friday is the last working day and Thursday the alert. Days 4 and 5 need not be working days.
    """
    early = last_working_day_on_or_before(clock.last_working_day - timedelta(days=1))
    return Alerts(
        early=early if early >= clock.clock_on else None, last=clock.last_working_day, missed=clock.due_on + timedelta(days=1)
    )
