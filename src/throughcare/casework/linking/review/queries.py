"""Whose the questions are and which wait, what stands side by side in one, and what has been decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet

from throughcare.casework.linking.models import NOT_SURE, Comparison, Verdict, VerdictPair
from throughcare.casework.linking.queries import Side, evidence_of, standing
from throughcare.casework.people.models import Address, Alias
from throughcare.core.dates import day_in_words

LATELY = 50
"""Of decisions the last so many: an older one is found from the person."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question in a list: its strongest pair of records, whose they are, and from which agencies.

    `held`: it would join, and a third record or a decision keeps them apart. `again_on`: somebody was not sure, and it is asked
    again on that day; None: it waits now.
    """

    left: int
    right: int
    people: tuple[int, int]
    agencies: tuple[str, str]
    weight: float
    held: bool
    again_on: date | None = None


def asked(people: QuerySet, day: date) -> list[Asked]:
    """The questions of which a side is among these people: held back first, then by strength. Three queries at most."""
    numbers = people.order_by().values("pk")
    between = Comparison.objects.filter(Q(left__person__in=numbers) | Q(right__person__in=numbers), joined=False)
    rows = between.exclude(left__person=F("right__person")).order_by("-weight", "pk").values_list(
        "pk", "left_id", "right_id", "left__person_id", "right__person_id", "left__agency", "right__agency", "weight", "held"
    )  # fmt: skip
    by_people: dict[frozenset[int], list[Any]] = {}
    for row in rows:
        by_people.setdefault(frozenset(row[3:5]), []).append(row)
    resting = _resting(by_people, day)
    found = []
    for both, pairs in by_people.items():
        _, left, right, one, other, first, second, weight, _ = pairs[0]
        found.append(Asked(
            left=left, right=right, people=(one, other), agencies=(first, second), weight=weight,
            held=any(pair[-1] for pair in pairs), again_on=resting.get(both),
        ))  # fmt: skip
    return sorted(found, key=lambda q: (not q.held, -q.weight, q.left, q.right))


def _resting(by_people: Mapping[frozenset[int], Sequence[Any]], day: date) -> dict[frozenset[int], date]:
    """Of the questions that rest, until when: somebody was not sure, the day has not come, and the evidence is the same."""
    said: dict[frozenset[int], tuple[date, str]] = {}
    told = standing().filter(verdict__answer=NOT_SURE, verdict__again_on__gt=day).order_by("verdict_id")
    for left, right, again_on, evidence in told.values_list("left_id", "right_id", "verdict__again_on", "verdict__evidence"):
        said[frozenset((left, right))] = (again_on, evidence)
    if not said:
        return {}
    looked_at = {both: pairs for both, pairs in by_people.items() if any(frozenset(pair[1:3]) in said for pair in pairs)}
    ids = [pair[0] for pairs in looked_at.values() for pair in pairs]
    levels = {row[0]: row[1:] for row in Comparison.objects.filter(pk__in=ids).values_list(
        "pk", "left_id", "right_id", "guard", "held", "levels")}  # fmt: skip
    resting = {}
    for both, pairs in looked_at.items():
        now = evidence_of(levels[pair[0]] for pair in pairs)
        days = [said[records][0] for pair in pairs if (records := frozenset(pair[1:3])) in said and said[records][1] == now]
        if days:
            resting[both] = max(days)
    return resting


def looked_at(left: int, right: int) -> Verdict | None:
    """The last decision about these two records that stands."""
    found = standing().filter(Q(left=left, right=right) | Q(left=right, right=left)).order_by("-verdict_id")
    pair = found.select_related("verdict").first()
    return pair.verdict if pair else None


def decided(people: QuerySet) -> list[tuple[Verdict, frozenset[int]]]:
    """The last decisions that stand about these people, newest first, each with the people whose records it is about now."""
    numbers = people.order_by().values("pk")
    of_them = standing().filter(Q(left__person__in=numbers) | Q(right__person__in=numbers))
    ids = list(of_them.order_by("-verdict_id").values_list("verdict_id", flat=True).distinct()[:LATELY])
    about: dict[int, set[int]] = {}
    pairs = VerdictPair.objects.filter(verdict__in=ids)
    for verdict, one, other in pairs.values_list("verdict_id", "left__person_id", "right__person_id"):
        about.setdefault(verdict, set()).update((one, other))
    verdicts = Verdict.objects.filter(pk__in=ids).order_by("-pk")
    return [(verdict, frozenset(about.get(verdict.pk, ()))) for verdict in verdicts]


def people_of(verdict: Verdict) -> frozenset[int]:
    """The people whose records a decision is about, by their numbers now."""
    pairs = verdict.pairs.values_list("left__person_id", "right__person_id")
    return frozenset(person for pair in pairs for person in pair)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that the two sides say, each value with who says it; and in a word how they compare."""

    title: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    says: str


SAME_WORD, PARTLY, DIFFERS, ONE_SIDE = "same", "partly the same", "differs", "on one side only"
SEXES = {"M": "Man", "F": "Woman"}
Told = Sequence[tuple[str, str]]
Value = Callable[[Mapping[str, Any]], str]
TOLD_OF_WHO: Mapping[str, Value] = {
    "Name": lambda record: ", ".join(filter(None, (record["surname"], record["forenames"]))),
    "Date of birth": lambda record: day_in_words(record["date_of_birth"]) if record["date_of_birth"] else "",
    "Sex": lambda record: SEXES.get(record["sex"], record["sex"]),
    "Ethnicity": itemgetter("ethnicity"),
    "CRN": itemgetter("crn"),
    "PNC ID": itemgetter("pnc"),
    "CRO number": itemgetter("cro"),
    "Prison number": itemgetter("prison_number"),
}
"""What a record says of who somebody is, in words; "": nothing."""


def side_by_side(one: Side, other: Side) -> list[Line]:
    """What both sides say, thing by thing; what neither says is left out. Two queries, for addresses and other names."""
    people = (one.person, other.person)
    places: dict[int, list[tuple[str, str]]] = {person: [] for person in people}
    for each in Address.objects.filter(person__in=people).order_by("-start", "pk"):
        until = f" until {day_in_words(each.end)}" if each.end else ""
        since = f"from {day_in_words(each.start)}{until}"
        places[each.person_id].append((", ".join(filter(None, (each.postcode, each.borough))), since))
    names: dict[int, list[tuple[str, str]]] = {person: [] for person in people}
    for alias in Alias.objects.filter(person__in=people).order_by("surname", "forenames", "pk"):
        names[alias.person_id].append((", ".join(filter(None, (alias.surname, alias.forenames))), "also used"))
    lines = [
        *(_line(title, _said(one, value), _said(other, value)) for title, value in TOLD_OF_WHO.items()),
        _line("Other names", names[one.person], names[other.person]),
        _line("Addresses", places[one.person], places[other.person]),
    ]
    return [line for line in lines if line.one or line.other]


def _said(side: Side, value: Value) -> Told:
    """Each value that the side's records give, with the agencies that give it."""
    return [(value(record), record["agency"]) for record in side.records if value(record)]


def _line(title: str, one: Told, other: Told) -> Line:
    first, second = ({value.casefold() for value, _ in told} for told in (one, other))
    if not first or not second:
        says = ONE_SIDE
    elif first == second:
        says = SAME_WORD
    else:
        says = PARTLY if first & second else DIFFERS
    return Line(title=title, one=_shown(one), other=_shown(other), says=says)


def _shown(told: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    by_value: dict[str, list[str]] = {}
    for value, source in told:
        by_value.setdefault(value, []).append(source)
    return tuple(f"{value} ({'; '.join(dict.fromkeys(sources))})" for value, sources in by_value.items())
