"""What is known of a person that eligibility depends on, and what follows from it on a day: home, custody, supervision."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from throughcare.core.spans import Span, union


@dataclass(frozen=True, kw_only=True)
class Address:
    """A main address over a span, by its borough."""

    borough: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """Management by `agency` (NPS or CRC) over a span; `kind`: custody, licence, pss, community or suspended."""

    kind: str
    agency: str
    office_borough: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Offence:
    """An offence convicted of, of one of the OGRS3 groups that the risk criterion names; day committed None: not known."""

    group: str
    committed_on: date | None
    convicted_on: date


@dataclass(frozen=True, kw_only=True)
class Residence:
    """The borough that a person belongs to on a day; `by` says which fact tells, `since` from when that fact is."""

    borough: str
    by: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One person as known; the score is that of the day which is asked about.

    `first_convicted_on` is the first conviction ever (a caution is none); `custody` all time in prison, remand too. No score:
    `percent_2y` is None and `score_error` the reason. `score_since`: a day since which that score is known to have held.
    """

    person: int
    date_of_birth: date | None = None
    sex: str = ""
    addresses: tuple[Address, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    custody: tuple[Span, ...] = ()
    offences: tuple[Offence, ...] = ()
    first_convicted_on: date | None = None
    percent_2y: int | None = None
    score_error: str = ""
    score_since: date | None = None


def supervised_by(facts: Facts, on: date) -> Supervision | None:
    """The supervision running on the day; of several the most restrictive [decided]: custody, licence, pss, orders."""
    running = [each for each in facts.supervision if each.span.contains(on)]
    return min(running, key=lambda each: RESTRICTION.get(each.kind, len(RESTRICTION)), default=None)


RESTRICTION = {kind: place for place, kind in enumerate(("custody", "licence", "pss", "suspended", "community"))}
"""How restrictive each kind of supervision is, the most restrictive first."""


def residence(facts: Facts, on: date) -> Residence | None:
    """Where the person belongs on the day; None where no address and no supervising office is known.

    In custody the last main address begun before it; else the main address of the day; else, of no fixed abode, the last
    one; with no address at all, the borough of the office that supervises. Of two begun on one day the one told last.
    """
    begun = [each for each in facts.addresses if each.span.start <= on]
    held = next((span for span in _time_in_custody(facts) if span.contains(on)), None) if begun else None
    before = [each for each in begun if each.span.start < held.start] if held else []
    current = [each for each in begun if each.span.contains(on)]
    for told, by in ((before, "last main address before custody"), (current, "main address"), (begun, "last main address")):
        if told:
            last = max(reversed(told), key=lambda each: each.span.start)
            return Residence(borough=last.borough, by=by, since=last.span.start)
    office = supervised_by(facts, on)
    if office is None or not office.office_borough:
        return None
    return Residence(borough=office.office_borough, by="office that supervises", since=office.span.start)


def _time_in_custody(facts: Facts) -> tuple[Span, ...]:
    """Stays in prison, moves between prisons within one stay; also what only probation knows as custody."""
    serving = [each.span for each in facts.supervision if each.kind == "custody"]
    return union([*facts.custody, *serving])


def turning_days(facts: Facts) -> list[date]:
    """The days, in order, on which home, custody or supervision begin or end: between them both stay as they are."""
    spans = [*(a.span for a in facts.addresses), *(s.span for s in facts.supervision), *facts.custody]
    return sorted({day for span in spans for day in (span.start, span.end) if day is not None})


def next_turn(days: Iterable[date], as_at: date, holds: Callable[[date], bool]) -> date | None:
    """The first of the days after `as_at` on which `holds` answers otherwise than on `as_at`; None: on none."""
    now = holds(as_at)
    return next((day for day in sorted(days) if day > as_at and holds(day) is not now), None)


def held_since(days: Iterable[date], as_at: date, holds: Callable[[date], bool]) -> date:
    """The first day from which `holds` has answered as on `as_at` without a break; `as_at` where no day is before."""
    now = holds(as_at)
    past = sorted({as_at, *(day for day in days if day < as_at)}, reverse=True)
    return next((later for later, earlier in pairwise(past) if holds(earlier) is not now), past[-1])
