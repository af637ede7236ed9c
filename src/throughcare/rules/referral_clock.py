"""The two clocks of a referral: to be acknowledged, and to be decided, in working days from the sending, less what was stopped.

The sending is day 0; the `limit`-th working day after it that is not stopped is the last in time. A clock is late from the
first working day after that: at the weekend after its last day it is not late yet. Stops are days [start, end): the day on
which a clock is stopped does not count, the day on which it goes on does. One that begins on the day of the sending puts day 0
on the first day that is not stopped. Days are counted once, however many stops they are in.

What does not count as a stop: one begun before the sending (it was of an earlier one), one begun when the last day was past
(what is late is not mended by stopping), and whatever is of the day of the answer or after it: an answer ends every stop.
Who decides without having acknowledged has acknowledged by it. Source: the pilot file gives the limits; what stops, the people
who work on the referral say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from throughcare.core.clock import Clock, ClockUnit, Pause, london_day

State = Literal["running", "paused", "met", "missed"]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Days [start, end) on which the clocks stand still, for a coded reason; end None: still stopped.

    One that ends on the day of its start takes no day out.
    """

    start: date
    end: date | None = None
    reason: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One clock on a day, or on the day of the answer.

    state: "missed" both where it is late and where the answer came late. days: working days that counted; paused: those that
    did not. last_day: the last working day in time; None while stopped, for then nobody can know. done_on: the day of the
    answer; None where there is none yet. stopped: why it stands still; None unless the state is "paused".
    """

    state: State
    limit: int
    days: int
    paused: int
    last_day: date | None
    done_on: date | None = None
    stopped: Stop | None = None

    @property
    def all_days(self) -> int:
        """Working days since the sending, those that were stopped too."""
        return self.days + self.paused


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """Both clocks of a referral."""

    acknowledge: Standing
    decide: Standing


@lru_cache(maxsize=4096)
def clocks(
    *, sent_on: date, acknowledged_on: date | None, decided_on: date | None, stops: tuple[Stop, ...], acknowledge_within: int,
    decide_within: int, as_at: date,
) -> Clocks:  # fmt: skip
    """Both clocks on a day; what happened after it is not known on it. Many referrals of a desk were sent on the same days."""
    answered = min((day for day in (acknowledged_on, decided_on) if day is not None), default=None)
    return Clocks(
        acknowledge=standing(sent_on=sent_on, done_on=answered, stops=stops, limit=acknowledge_within, as_at=as_at),
        decide=standing(sent_on=sent_on, done_on=decided_on, stops=stops, limit=decide_within, as_at=as_at),
    )


def standing(*, sent_on: date, done_on: date | None, stops: Iterable[Stop], limit: int, as_at: date) -> Standing:
    """One clock on a day: running, paused, met or missed."""
    done = done_on if done_on is not None and done_on <= as_at else None
    until = as_at if done is None else done
    clock, kept = _clock(sent_on, limit, [cut for each in stops if (cut := _cut(each, sent_on, until, done is not None))])
    elapsed = clock.elapsed(until)
    stopped = next((each for each in reversed(kept) if each.end is None), None)
    state: State = "running"
    if elapsed.running > limit:
        state, stopped = "missed", None
    elif done is not None:
        state = "met"
    elif stopped is not None:
        state = "paused"
    return Standing(
        state=state, limit=limit, days=elapsed.running, paused=elapsed.paused, last_day=clock.due_on, done_on=done,
        stopped=stopped,
    )  # fmt: skip


def _cut(stop: Stop, sent_on: date, until: date, done: bool) -> Stop | None:
    """The stop as it counts on the day `until`; None where it does not: open where it ends later, ended where all is done."""
    if not sent_on <= stop.start <= until:
        return None
    end = stop.end if stop.end is not None and stop.end <= until else until if done else None
    return None if end is not None and end <= stop.start else Stop(start=stop.start, end=end, reason=stop.reason)


def _clock(sent_on: date, limit: int, stops: list[Stop]) -> tuple[Clock, list[Stop]]:
    """The clock with the stops that count, in order: those begun while it was in time."""
    sent = london_day(sent_on)[0]
    clock, kept = Clock(started=sent, limit=limit, unit=ClockUnit.WORKING_DAYS), list[Stop]()
    for stop in sorted(stops, key=lambda each: (each.start, each.end or date.max, each.reason)):
        if clock.due_on is None or stop.start <= clock.due_on:
            kept.append(stop)
            clock = Clock(started=sent, limit=limit, unit=ClockUnit.WORKING_DAYS, pauses=tuple(map(_pause, kept)))
    return clock, kept


def _pause(stop: Stop) -> Pause:
    return Pause(start=london_day(stop.start)[0], end=london_day(stop.end)[0] if stop.end else None, reason=stop.reason)
