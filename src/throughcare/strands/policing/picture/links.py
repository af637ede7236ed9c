"""The links of people as they stand on a day (`rules.associations`), read from their own neighbourhood alone.

However many people the store has: one question for the parts of those asked about, one for the parts of the same events, one
for dates of birth and one for what somebody did about links. Who may read of whom is not asked here but in `network`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.rules.associations import SUSPECTED, Known, Standing, kind_of, may_link, standing
from throughcare.strands.policing.picture.models import EventPart, LinkDeed

Pair = tuple[int, int]
"""Two people by number, the lower first."""


def pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What one person was in one event: every role told, the day of the strongest, the day of the offence."""

    roles: frozenset[str]
    on: date
    offence_on: date

    @property
    def suspected(self) -> bool:
        """Arrested, charged or convicted of it and nothing else: who was its victim too is not."""
        return self.roles <= SUSPECTED

    @property
    def role(self) -> str:
        return "convicted" if "convicted" in self.roles else "arrested"


@dataclass(kw_only=True)
class _Found:
    """What tells of the pairs: `never`, those that may not be linked whatever tells of them."""

    known: dict[Pair, list[Known]] = field(default_factory=dict)
    never: set[Pair] = field(default_factory=set)
    renewals: dict[Pair, list[date]] = field(default_factory=dict)


def links_of(people: Collection[int], day: date) -> Mapping[Pair, Standing]:
    """Every link on that day of which one of these people is an end. Others' names and rights are not looked at."""
    told = _events_of(people, day)
    deeds = _deeds_of(people, day)
    born = _born({person for parts in told.values() for person in parts} | {person for deed in deeds for person in _ends(deed)})
    found = _Found()
    for event, parts in told.items():
        _from_event(found, event, parts, set(people), born)
    for deed in deeds:
        _from_deed(found, deed, born)
    terms, links = current_pilot().picture, {}
    for ends, known in found.known.items():
        if ends not in found.never:
            now = standing(known, found.renewals.get(ends, ()), day=day, lasts=terms.link_days, recent=terms.recent_days)
            if now is not None:
                links[ends] = now
    return links


def _events_of(people: Collection[int], day: date) -> dict[str, dict[int, _Part]]:
    """By event of these people, everybody's part in it."""
    events = set(EventPart.objects.filter(person__in=list(people), on__lte=day).values_list("event", flat=True))
    rows: dict[str, dict[int, list[tuple[str, date, date]]]] = {}
    for some in parts_of(sorted(events)):
        parts = EventPart.objects.filter(event__in=some, on__lte=day).order_by("on", "pk")
        for event, person, role, on, committed_on in parts.values_list("event", "person", "role", "on", "committed_on"):
            rows.setdefault(event, {}).setdefault(person, []).append((role, on, committed_on or on))
    return {event: {person: _part(told) for person, told in parts.items()} for event, parts in rows.items()}


def _part(told: Iterable[tuple[str, date, date]]) -> _Part:
    """One person's part: convictions decide the day where there are any, else the first arrest or charge."""
    rows = list(told)
    days = [on for role, on, _ in rows if role == "convicted"] or [rows[0][1]]
    return _Part(roles=frozenset(role for role, _, _ in rows), on=max(days), offence_on=min(day for _, _, day in rows))


def _deeds_of(people: Collection[int], day: date) -> list[LinkDeed]:
    ends = Q(one__in=list(people)) | Q(other__in=list(people))
    deeds = LinkDeed.objects.filter(ends, on__lte=day, taken_back=False).exclude(one=F("other"))  # two found to be one
    return list(deeds.order_by("on", "pk"))


def _ends(deed: LinkDeed) -> Pair:
    return pair(deed.one_id, deed.other_id)


def _born(people: Collection[int]) -> dict[int, date | None]:
    found: dict[int, date | None] = {}
    for some in parts_of(sorted(people)):
        found.update(Person.objects.filter(pk__in=some).values_list("pk", "date_of_birth"))
    return found


def _from_event(
    found: _Found, event: str, parts: Mapping[int, _Part], people: Collection[int], born: Mapping[int, date | None]
) -> None:
    """What an event says of the pairs of which one is among these people. A crowd links nobody."""
    crowd = sum(part.suspected for part in parts.values()) > current_pilot().picture.largest_event
    for one in people & parts.keys():
        for other in parts.keys() - {one}:
            ends, mine, theirs = pair(one, other), parts[one], parts[other]
            if not (mine.suspected and theirs.suspected):
                found.never.add(ends)
                continue
            kind, offence_on = kind_of(mine.role, theirs.role), min(mine.offence_on, theirs.offence_on)
            told = Known(kind=kind or "co_arrest", on=max(mine.on, theirs.on), reference=event)
            adults = may_link((born.get(one), born.get(other)), offence_on)
            if not crowd and adults and told not in found.known.setdefault(ends, []):
                found.known[ends].append(told)


def _from_deed(found: _Found, deed: LinkDeed, born: Mapping[int, date | None]) -> None:
    ends = _ends(deed)
    if deed.deed == "left_out":
        found.never.add(ends)
    elif deed.deed == "renewed":
        found.renewals.setdefault(ends, []).append(deed.on)
    elif may_link([born.get(person) for person in ends], deed.on):
        found.known.setdefault(ends, []).append(Known(kind="said", on=deed.on, reference=deed.item))
