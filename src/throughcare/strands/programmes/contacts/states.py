"""How the contacts expected of one person after release stand on a day. Worked out from the facts each time, and kept nowhere.

The stretches are those of the published figures (`contact.stretches`): weekly from release, then fortnightly, as long as the
pilot file says; return to custody and the end of supervision cut the last one short, and nothing is expected of it. All by
London day, so that a night on which the clocks change is a day like another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from throughcare.core.pilot import Targets
from throughcare.strands.programmes.contact import A_DAY, stretches

State = Literal["kept", "missed", "excused", "to come", "not expected"]
KEPT, MISSED, EXCUSED, TO_COME, CUT = "kept", "missed", "excused", "to come", "not expected"
AHEAD = timedelta(days=28)
"""How far contacts to come are told."""

TWO, GAP, ONE, ON_COURSE = "Missed two in a row", "Not seen for too long", "Missed the last", "On course"
SLIPPING: tuple[str, ...] = (TWO, GAP, ONE)
"""How somebody slips, the most harmful first."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """A release, and what ends the contact after it: return to custody, the end of supervision; None where not known."""

    released_on: date
    back_on: date | None = None
    supervised_until: date | None = None

    @property
    def stop(self) -> date | None:
        """The first day of no contact any more."""
        return min((day for day in (self.back_on, self.supervised_until) if day), default=None)

    def runs(self, day: date) -> bool:
        return self.released_on <= day and (self.stop is None or day < self.stop)


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One contact expected from `first` to `last`, both included."""

    first: date
    last: date
    state: State


def contacts(
    watch: Watch, *, seen: Collection[date], excused: Collection[date], day: date, targets: Targets
) -> tuple[Contact, ...]:
    """Every stretch from release to what ends the contact, or to some weeks ahead, without a gap, as it stands on the day.

    Kept where an appointment was attended in it (`seen`), whenever. Else, once its last day is over, excused where an absence in
    it was accepted, or missed. The stretch that the end cuts short is not expected.
    """
    ahead = day + AHEAD
    until = min(watch.stop or ahead, ahead)
    found, after = [], watch.released_on
    for first, last in stretches(watch.released_on, until, targets):
        found.append(Contact(first=first, last=last, state=_state(first, last, seen=seen, excused=excused, day=day)))
        after = last + A_DAY
    if until == watch.stop and after < until:
        found.append(Contact(first=after, last=until - A_DAY, state=CUT))
    return tuple(found)


def _state(first: date, last: date, *, seen: Collection[date], excused: Collection[date], day: date) -> State:
    if any(first <= on <= min(last, day) for on in seen):
        return KEPT
    if last >= day:
        return TO_COME
    return EXCUSED if any(first <= on <= last for on in excused) else MISSED


@dataclass(frozen=True, kw_only=True)
class Slip:
    """How somebody slips, one of `SLIPPING` or on course, and for how many days nobody has seen them."""

    how: str
    days: int

    @property
    def rank(self) -> int:
        return SLIPPING.index(self.how) if self.how in SLIPPING else len(SLIPPING)


def slip(watch: Watch, told: Sequence[Contact], *, seen: Collection[date], day: date, longest: int) -> Slip:
    """Who has been seen since the last miss does not slip by it. Over `longest` days without contact is too long.

    An accepted absence is neither a miss nor contact: the days go on.
    """
    last_seen = max((on for on in seen if watch.released_on <= on <= day), default=watch.released_on)
    days = (day - last_seen).days
    over = [contact for contact in told if contact.state in (KEPT, MISSED) and contact.last < day]
    since = [contact for contact in over if contact.last >= last_seen]
    missed = len([contact for contact in since[-2:] if contact.state == MISSED])
    if missed == 2:
        return Slip(how=TWO, days=days)
    if days > longest:
        return Slip(how=GAP, days=days)
    return Slip(how=ONE if missed else ON_COURSE, days=days)


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """Of the contacts that are over: kept and missed count, excused are told beside. `percent` None: none counts yet."""

    kept: int
    missed: int
    excused: int

    @property
    def percent(self) -> int | None:
        whole = self.kept + self.missed
        return round(100 * self.kept / whole) if whole else None


def compliance(told: Sequence[Contact]) -> Compliance:
    """How the contacts of one person were kept."""
    states = [contact.state for contact in told]
    return Compliance(kept=states.count(KEPT), missed=states.count(MISSED), excused=states.count(EXCUSED))
