"""What a prison co-ordinator owes to somebody in prison, by when, and whether it is done: from facts, never from a mark."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.core.pilot_work import PrisonDuty
from throughcare.core.working_days import add_working_days, last_working_day_on_or_before

FEEDBACK_COUNTS = timedelta(days=28)
"""Feedback given so long before a panel is feedback to it."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is on record of one person's present stay.

    received_on: its first day. release_on: the planned release; None where none is known. panel_on: the next panel on whose
    agenda the person is; None where there is none. done: by kind, the days on which such a task was done. referred: the days
    on which referrals were sent.
    """

    received_on: date
    release_on: date | None = None
    panel_on: date | None = None
    done: Mapping[str, Collection[date]]
    referred: Collection[date] = ()


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One thing owed: its kind, the day it counts from, by when, and when it was done (None: it waits)."""

    kind: str
    anchor: date
    due_on: date
    done_on: date | None

    def late(self, day: date) -> bool:
        return self.done_on is None and self.due_on < day

    @property
    def on_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on


CLOSED_BY_REFERRAL = frozenset({"identify_services", "refer"})
"""Whoever is referred has had the services looked for and has been referred, whether or not somebody also noted the task."""


def duties(wanted: Sequence[PrisonDuty], facts: Facts, *, day: date) -> tuple[Duty, ...]:
    """The duties of the stay that have begun by the day, done ones too, by due date.

    After reception: so many working days after it. Before release: so many weeks before the planned day, on the last working day
    until then, but never less than two working days after reception; it begins four weeks before it is due. Before a panel: by
    the working day before it; it begins when the person is on its agenda. A task done before the stay closes nothing of it.
    """
    found = [duty for each in wanted if (duty := _duty(each, facts, day)) is not None]
    return tuple(sorted(found, key=lambda duty: (duty.due_on, duty.kind)))


BEGINS = timedelta(days=28)
AT_LEAST = 2


def _duty(wanted: PrisonDuty, facts: Facts, day: date) -> Duty | None:
    if wanted.before == "panel":
        if facts.panel_on is None:
            return None
        due = last_working_day_on_or_before(facts.panel_on - timedelta(days=1))
        return _closed(wanted.task, facts.panel_on, due, facts, since=facts.panel_on - FEEDBACK_COUNTS)
    if wanted.before == "release":
        if facts.release_on is None:
            return None
        wished = last_working_day_on_or_before(facts.release_on - timedelta(weeks=wanted.weeks))
        due = max(wished, add_working_days(facts.received_on, AT_LEAST))
        if day < due - BEGINS or due >= facts.release_on:
            return None
        return _closed(wanted.task, facts.release_on, due, facts, since=max(facts.received_on, due - BEGINS))
    due = due_after_reception(wanted, facts.received_on)
    return _closed(wanted.task, facts.received_on, due, facts, since=facts.received_on)


def due_after_reception(wanted: PrisonDuty, received_on: date) -> date:
    """The last day on which it is in time."""
    return add_working_days(received_on, wanted.working_days)


def _closed(kind: str, anchor: date, due: date, facts: Facts, *, since: date) -> Duty:
    days = [on for on in facts.done.get(kind, ()) if on >= since]
    if kind in CLOSED_BY_REFERRAL:
        days += [on for on in facts.referred if on >= since]
    return Duty(kind=kind, anchor=anchor, due_on=due, done_on=min(days, default=None))
