"""Reading orders: which sentences may lead to one, what a version says, what is still to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.casework.people.models import Requirement, Sentence
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date, london_day
from throughcare.core.dates import day_in_words, months_after
from throughcare.positions.timetable import Line
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.orders.terms import ConditionTerm, PlaceTerm, Terms, changes
from throughcare.strands.tagging.queries import versions_of, whole
from throughcare.strands.tagging.words import CLOSED

MOMENT = timedelta(microseconds=1)
ASKED, AGREED = "asked", "given"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A requirement of a sentence that a tag may come from. `order`: the one made of it; `refused`: why none can be, or ""."""

    requirement: int
    words: str
    imposed_on: date
    kind: str
    months: int | None
    order: m.Order | None
    refused: str


def sources(person: int, day: date) -> list[Source]:
    """The requirements of monitoring that the person's sentences have, the latest first."""
    figures = current_pilot().tagging
    told = Requirement.objects.filter(person=person, imposed_on__lte=day).order_by("-imposed_on", "pk")
    sentences = {s.imposed_on: s for s in Sentence.objects.filter(person=person).order_by("pk")}
    made = {order.sentenced_on: order for order in m.Order.objects.filter(person=person).order_by("-pk")}
    found = []
    for each in told:
        if each.kind.lower() not in figures.requirements:
            continue
        sentence = sentences.get(each.imposed_on)
        kind = sentence.kind if sentence else ""
        found.append(Source(
            requirement=each.pk, words=each.kind, imposed_on=each.imposed_on, kind=kind,
            months=sentence.months if sentence else None, order=made.get(each.imposed_on),
            refused=_refused(kind, figures.sentences),
        ))  # fmt: skip
    return found


def _refused(kind: str, sentences: Sequence[str]) -> str:
    if not kind:
        return "No sentence of that day is on record, so it is not known what the requirement belongs to"
    if kind not in sentences:
        return f"The sentence of that day is {kind}: a tag is a requirement of {' or '.join(sentences)} alone"
    return ""


def latest_day(first: date) -> date:
    """The last day that an order from this first day may have, by the pilot file."""
    return months_after(first, current_pilot().tagging.longest_months) - timedelta(days=1)


def terms_of(order: m.Order, version: m.OrderVersion) -> Terms:
    """What a version says, as terms. Of a closed one: no condition, and the day on which it ended."""
    first = london_date(versions_of(order)[0].starts_at)
    last = london_date((version.until or version.starts_at) - MOMENT) if version.until else london_date(version.starts_at)
    conditions = sorted(version.conditions.all(), key=lambda each: each.number)
    return Terms(first=first, last=last, conditions=tuple(map(_condition, conditions)))


def _condition(row: m.Condition) -> ConditionTerm:
    own = [line for line in row.lines.all() if line.place_id is None]
    places = sorted(row.places.all(), key=lambda place: place.number)
    return ConditionTerm(
        number=row.number, kind=row.kind, name=row.name, first=london_date(row.starts_at), last=london_date(row.ends_at - MOMENT),
        geometry=row.geometry, protects=row.protects, hours=lines(own), places=tuple(map(_place, places)),
    )  # fmt: skip


def _place(row: m.Place) -> PlaceTerm:
    return PlaceTerm(
        address=row.address, latitude=row.latitude, longitude=row.longitude, radius_m=row.radius_m, own_home=row.own_home,
        householder=row.householder, agreed_on=row.agreed_on, hours=lines(row.lines.all()),
    )  # fmt: skip


def lines(rows: Iterable[m.Line]) -> tuple[Line, ...]:
    """Lines of a timetable as the engine takes them."""
    told = sorted(rows, key=lambda row: (row.weekday, row.start, row.pk))
    return tuple(Line(weekday=row.weekday, start=row.start, end=row.end) for row in told)


@dataclass(frozen=True, kw_only=True)
class ShownVersion:
    """A version with its terms and what it says otherwise than the one before it."""

    version: m.OrderVersion
    terms: Terms
    changes: list[str]


def shown_versions(order: m.Order) -> list[ShownVersion]:
    """All versions, the latest first."""
    told: list[ShownVersion] = []
    before: Terms | None = None
    for version in versions_of(order):
        terms = terms_of(order, version)
        closed = version.kind in CLOSED
        said = [f"Monitoring ends on {day_in_words(london_date(version.starts_at))}"] if closed else changes(before, terms)
        told.append(ShownVersion(version=version, terms=terms, changes=said))
        before = before if closed else terms
    return told[::-1]


def order_of(number: int) -> m.Order:
    """The order with its versions and equipment; KeyError where there is none."""
    found = whole(m.Order.objects.filter(pk=number))
    if not found:
        raise KeyError(number)
    return found[0]


def person_of_order(order: int, **_: object) -> int:
    found = m.Order.objects.filter(pk=order).values_list("person_id", flat=True).first()
    if found is None:
        raise KeyError(order)
    return found


def draft_of(number: int) -> m.Draft:
    """A draft that is open; KeyError where there is none."""
    found = m.Draft.objects.filter(pk=number, kept_as=None, left_at=None).select_related("order").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_draft(draft: int, **_: object) -> int:
    return draft_of(draft).person_id


def standing(order: m.Order, at: datetime) -> str:
    """How an order stands: "to come", "running", "over" or "closed"."""
    versions = versions_of(order)
    begun = [version for version in versions if version.starts_at <= at]
    if not begun:
        return "closed" if versions[-1].kind in CLOSED else "to come"
    if begun[-1].kind in CLOSED:
        return "closed"
    return "running" if begun[-1].until is not None and begun[-1].until > at else "over"


def consents(order: m.Order) -> dict[str, m.Consent]:
    """By address, what its householder said last."""
    return {each.address: each for each in order.consents.order_by("on", "pk")}


def london_span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first instant of the first day to that after the last."""
    return london_day(first)[0], london_day(last)[1]
