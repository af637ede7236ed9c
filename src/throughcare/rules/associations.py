"""When the record says that two people are linked, how strongly, and until when.

A link is what an event or somebody's word says, not what is thought of two people: every one has how it is known. Two people
are linked by an **event** in which both took part as people arrested, charged or convicted: a co-conviction where both were
convicted of it, a co-arrest otherwise; or by what is **said** in an item of a plan.

Never by an event (`may_link`) in which either of them was under 18, or of an age not known; nor at all where either was the
victim, a witness or a relative in any event of the other's, or somebody has left the link out by hand (as for family).

A link **expires** so many days after the last event that tells of it, unless it was renewed before; then so many days after the
renewal. What told of it before it expired is gone with it: a new event later begins a new link and does not bring it back.

**Strength**: of each event or word that still holds, points: co-conviction 3, co-arrest 2, said 1, and 1 where it is older
than the recent days. Strong from 5 points, moderate from 3, else weak. It orders a list; it is no measure of anybody's guilt.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from throughcare.core.dates import completed_years

Kind = Literal["co_conviction", "co_arrest", "said"]
Strength = Literal["strong", "moderate", "weak"]
POINTS: dict[Kind, int] = {"co_conviction": 3, "co_arrest": 2, "said": 1}
OLDER, STRONG, MODERATE, ADULT = 1, 5, 3, 18
SUSPECTED = frozenset({"arrested", "charged", "convicted"})
"""Roles in an event that may link; every other role (victim, witness, relative) keeps two people from ever being linked."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """One thing by which a link is known: on which day, by which event or item."""

    kind: Kind
    on: date
    reference: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A link on a day: by what it is known, the latest first; until when it stands ([.., until)); since when it is renewed."""

    known: tuple[Known, ...]
    until: date
    renewed_on: date | None
    points: int

    @property
    def strength(self) -> Strength:
        return "strong" if self.points >= STRONG else "moderate" if self.points >= MODERATE else "weak"

    @property
    def last_on(self) -> date:
        return self.known[0].on


def kind_of(one: str, other: str) -> Kind | None:
    """How an event links two people by their roles in it; None where it does not."""
    if not {one, other} <= SUSPECTED:
        return None
    return "co_conviction" if one == other == "convicted" else "co_arrest"


def may_link(born: Iterable[date | None], on: date) -> bool:
    """Whether everybody was an adult on the day. Whose date of birth is not known, or is after it, is taken for a child."""
    return all(day is not None and day <= on and completed_years(day, on) >= ADULT for day in born)


def standing(
    known: Sequence[Known], renewals: Iterable[date], *, day: date, lasts: int, recent: int
) -> Standing | None:  # fmt: skip
    """The link as it stands on a day; None where nothing holds. What is after the day does not count.

    `lasts` and `recent` are days. A renewal of a link that has expired does nothing. An event counts from its own day.
    """
    steps: list[tuple[date, bool, Known | None]] = [(each.on, False, each) for each in known if each.on <= day]
    steps += [(on, True, None) for on in renewals if on <= day]
    holds: list[Known] = []
    until, renewed = date.min, None
    for on, _, told in sorted(steps, key=lambda step: step[:2]):
        if on >= until:
            holds, renewed = [], None
        if told is not None:
            holds.append(told)
        elif not holds:
            continue
        else:
            renewed = on
        until = on + timedelta(days=lasts)
    if not holds or day >= until:
        return None
    points = sum(POINTS[each.kind] if (day - each.on).days < recent else OLDER for each in holds)
    return Standing(known=tuple(reversed(holds)), until=until, renewed_on=renewed, points=points)
