"""An order as others read it: how it stands, and in words how its days were kept; no position, nothing that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import Named, named
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.queries import Day, Shown, days_of_all, waiting
from throughcare.strands.tagging.checks.words import BROKEN, EXCUSES, KEPT, LOOKED_AT, NOT_TOLD
from throughcare.strands.tagging.orders.queries import MOMENT, standing
from throughcare.strands.tagging.queries import dates_of, spans_of, whole
from throughcare.strands.tagging.words import CONDITIONS

GOOD_SPELL = 7
STANDINGS = {"running": "Running", "to come": "Yet to begin", "over": "Over", "closed": "Ended early"}


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """Days of an order in words. `judged`: kept or broken for sure; `spell`: days kept one after the other until now, days that
    cannot be told neither counting nor ending it; `longest`: the longest such spell.
    """

    kept: int
    broken: int
    not_told: int
    looked_at: int
    spell: int
    longest: int
    breaches: tuple[Shown, ...]

    @property
    def judged(self) -> int:
        return self.kept + self.broken


def compliance(days: Sequence[Day]) -> Compliance:
    """`days`: the latest first. Breaches are those that were reviewed as such, the latest first."""
    told = [(day.verdict, day) for day in days]
    verdicts = [verdict for verdict, _ in told]
    sure = [verdict for verdict in verdicts if verdict in (KEPT, BROKEN)]
    findings = (each for _, day in told for each in reversed(day.findings) if each.breach and each.review)
    breaches = [each for each in findings if each.review and each.review.decision not in EXCUSES]
    return Compliance(
        kept=verdicts.count(KEPT), broken=verdicts.count(BROKEN), not_told=verdicts.count(NOT_TOLD),
        looked_at=verdicts.count(LOOKED_AT), spell=len(list(takewhile(lambda each: each == KEPT, sure))),
        longest=max((len(run) for run in "".join("k" if each == KEPT else " " for each in sure).split()), default=0),
        breaches=tuple(breaches),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """An order of the list. `last`: within the last day. `waits`: findings that somebody has to decide of."""

    order: m.Order
    person: Named
    standing: str
    first: datetime | None
    last: datetime | None
    kinds: tuple[str, ...]
    tag: str
    compliance: Compliance
    waits: int


def rows(reader: Reader, at: datetime) -> list[Row]:
    """The orders in the reader's reach, those that run first."""
    orders = whole(m.Order.objects.filter(person__in=reader.people("tag_order").values("pk")))
    people = {order.person_id for order in orders}
    names = named(people, known=reader.allowed("identity", people))
    days = days_of_all(orders, last=reader.day)
    told = []
    open_to = waiting(orders, at)
    for order in orders:
        dates = dates_of(order)
        told.append(Row(
            order=order, person=names[order.person_id], standing=standing(order, at), first=dates[0] if dates else None,
            last=dates[1] - MOMENT if dates else None, kinds=kinds_now(order, at),
            tag=next((f.tag for f in order.fittings.all() if f.removed_at is None or f.removed_at > at), ""),
            compliance=compliance(days.get(order.pk, [])), waits=sum(each.finding.order_id == order.pk for each in open_to),
        ))  # fmt: skip
    return sorted(told, key=lambda row: (list(STANDINGS).index(row.standing), -row.waits, row.person.shown, row.order.pk))


def kinds_now(order: m.Order, at: datetime) -> tuple[str, ...]:
    """The kinds of conditions in force, in words."""
    now = [version for version, opens, closes in spans_of(order) if opens <= at < closes]
    found = {each.kind for version in now for each in version.conditions.all() if each.starts_at <= at < each.ends_at}
    return tuple(words for kind, words in CONDITIONS.items() if kind in found)


def of_person(person: int) -> list[m.Order]:
    """The person's orders, the latest first."""
    return whole(m.Order.objects.filter(person=person))[::-1]


def weeks(days: Sequence[Day], day: date) -> list[tuple[date, Day | None]]:
    """The last fourteen days until this one, each with how it stands; the latest last."""
    by_day = {each.check.day: each for each in days}
    return [(on, by_day.get(on)) for on in (day - timedelta(days=back) for back in range(13, -1, -1))]
