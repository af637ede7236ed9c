"""Reading what the extracts tell of time in prison, and what was known of it at the last look."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import CustodySpell, Sentence, Supervision
from throughcare.core.spans import Span
from throughcare.rules import movements as rule
from throughcare.rules.movements import Known, Movement, Stay
from throughcare.strands.prison import models as m

LOOKS_BACK = timedelta(days=365)
"""Movements of longer ago are history, told by the spells themselves."""

JOINED = timedelta(days=2)
ON = rule.ONE_DAY


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the extracts tell of one person: stays, and the licences by which a reception is a recall."""

    stays: tuple[Stay, ...] = ()
    licences: tuple[Span, ...] = field(default=())


def told(people: Collection[int] | QuerySet | None, *, since: date, day: date) -> dict[int, Told]:
    """By person the stays that end on or after `since` or go on, of these people or of everybody. Five queries."""
    lately = Q(end=None) | Q(end__gte=since - JOINED)
    spells = CustodySpell.objects.filter(lately) if people is None else CustodySpell.objects.filter(lately, person__in=people)
    rows = list(spells.order_by("start", "pk").values_list("person", "prison", "kind", "start", "end"))
    whom = sorted({person for person, *_ in rows})
    details, planned, licences = _details(whom, since), _planned(whom, day), _licences(whom, since)
    stays: dict[int, list[Stay]] = defaultdict(list)
    for person, prison, kind, start, end in rows:
        detail = details.get((person, prison, start), m.SpellDetail())
        known = detail.release_planned_on
        if known is None and kind == "sentenced":
            known = _of_sentence(planned.get(person, ()), start, end or day)
        stays[person].append(
            Stay(prison=prison, kind=kind, start=start, end=end, wing=detail.wing, arrived_as=detail.arrived_as,
                 left_as=detail.left_as, planned_on=known)
        )  # fmt: skip
    return {person: Told(stays=tuple(theirs), licences=tuple(licences.get(person, ()))) for person, theirs in stays.items()}


def _details(people: Collection[int], since: date) -> dict[tuple[int, str, date], m.SpellDetail]:
    found: dict[tuple[int, str, date], m.SpellDetail] = {}
    for part in parts_of(people):
        rows = m.SpellDetail.objects.filter(person__in=part).order_by("pk")
        found |= {(row.person_id, row.prison, row.start): row for row in rows}
    return found


def _planned(people: Collection[int], day: date) -> Mapping[int, list[tuple[date, date]]]:
    """By person the planned releases of custodial sentences, with the days on which these were imposed, oldest first."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for part in parts_of(people):
        given = Sentence.objects.filter(person__in=part, kind="custody", imposed_on__lte=day).exclude(release_planned_on=None)
        for person, imposed, on in given.order_by("imposed_on", "pk").values_list("person", "imposed_on", "release_planned_on"):
            found[person].append((imposed, on))
    return found


def _of_sentence(planned: Collection[tuple[date, date]], start: date, end: date) -> date | None:
    """Of the last sentence imposed by the end of the stay; a day that was past when it began is of an earlier one."""
    fits = [on for imposed, on in planned if imposed <= end and on > start]
    return fits[-1] if fits else None


def _licences(people: Collection[int], since: date) -> Mapping[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for part in parts_of(people):
        spans = Supervision.objects.filter(Q(end=None) | Q(end__gte=since - JOINED), person__in=part, kind="licence")
        for person, start, end in spans.order_by("pk").values_list("person", "start", "end"):
            if end is None or end > start:
                found[person].append(Span(start=start, end=end))
    return found


def known(people: Collection[int], *, since: date) -> dict[int, Known]:
    """By person what was known at the last look; nobody of whom nothing was."""
    rows: dict[int, list[Movement]] = defaultdict(list)
    last: dict[int, m.LastKnown] = {}
    for part in parts_of(people):
        for row in m.Movement.objects.filter(person__in=part, withdrawn_on=None, on__gte=since).order_by("on", "pk"):
            rows[row.person_id].append(as_rule(row))
        last |= {row.person_id: row for row in m.LastKnown.objects.filter(person__in=part).order_by("pk")}
    nothing = m.LastKnown()
    return {
        person: Known(
            movements=tuple(rows[person]), prison=last.get(person, nothing).prison, wing=last.get(person, nothing).wing,
            planned_on=last.get(person, nothing).planned_on, planned_before=_days_before(rows[person]),
        )
        for person in {*rows, *last}
    }  # fmt: skip


def _days_before(movements: Collection[Movement]) -> tuple[date, ...]:
    """The days planned earlier for the present stay, oldest first."""
    came = max((each.on for each in movements if each.kind == rule.RECEPTION), default=date.min)
    days = [each.was_planned_on for each in movements if each.kind == rule.NEW_DATE and each.on >= came]
    return tuple(dict.fromkeys(day for day in days if day is not None))


def as_rule(row: m.Movement) -> Movement:
    return Movement(
        kind=row.kind, on=row.on, how=row.how, from_prison=row.from_prison, from_wing=row.from_wing, to_prison=row.to_prison,
        to_wing=row.to_wing, planned_on=row.planned_on, was_planned_on=row.was_planned_on,
    )  # fmt: skip


def lately(people: QuerySet | Collection[int], *, since: date, day: date) -> list[m.Movement]:
    """The movements of these people over [since, day], the newest first."""
    found = m.Movement.objects.filter(person__in=people, on__gte=since, on__lte=day, withdrawn_on=None)
    return list(found.order_by("-on", "-pk"))
