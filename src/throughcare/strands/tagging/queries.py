"""Which order, on whom, when: what every other part of the strand asks first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from throughcare.core.clock import london_day
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.words import CLOSED


@dataclass(frozen=True, kw_only=True)
class Worn:
    """That a tag was on the person of an order in [start, end), cut to what was asked."""

    tag: str
    start: datetime
    end: datetime


def order_of_tag(tag: str, at: datetime) -> m.Order | None:
    """The order of whom the tag was on at that instant; None where it was on nobody."""
    worn = m.Fitting.objects.filter(Q(removed_at=None) | Q(removed_at__gt=at), tag=tag, fitted_at__lte=at)
    found = worn.select_related("order").order_by("-fitted_at", "-pk").first()
    return found.order if found else None


def version_at(order: m.Order, at: datetime) -> m.OrderVersion | None:
    """The version in force at that instant, closed ones too; None before the first begins."""
    begun = [version for version in versions_of(order) if version.starts_at <= at]
    return begun[-1] if begun else None


def versions_of(order: m.Order) -> list[m.OrderVersion]:
    return sorted(order.versions.all(), key=lambda version: version.number)


def spans_of(order: m.Order) -> list[tuple[m.OrderVersion, datetime, datetime]]:
    """Each version that asks for monitoring, with the span in which it is in force: until the next begins, or its own end."""
    told = []
    versions = versions_of(order)
    for place, version in enumerate(versions):
        if version.kind in CLOSED or version.until is None:
            continue
        end = min([version.until, *(later.starts_at for later in versions[place + 1 :])])
        if version.starts_at < end:
            told.append((version, version.starts_at, end))
    return told


def dates_of(order: m.Order) -> tuple[datetime, datetime] | None:
    """From the first instant of monitoring to the last; None where there never is one (an order revoked before it began)."""
    spans = spans_of(order)
    return (spans[0][1], max(end for _, _, end in spans)) if spans else None


def in_force(order: m.Order, start: datetime, end: datetime) -> bool:
    """Whether the order asks for monitoring at any instant of [start, end)."""
    return any(opens < end and closes > start for _, opens, closes in spans_of(order))


def orders_at(day: date) -> list[m.Order]:
    """The orders that ask for monitoring at any instant of a London day, by number."""
    start, end = london_day(day)
    begun = whole(m.Order.objects.filter(versions__starts_at__lt=end).distinct())
    return [order for order in begun if in_force(order, start, end)]


def whole(orders: QuerySet[m.Order]) -> list[m.Order]:
    """These orders by number, with their versions, conditions, places, lines and fittings, in as many questions as tables."""
    wanted = m.Condition.objects.prefetch_related("places", "places__lines", "lines").order_by("number")
    conditions = Prefetch("versions__conditions", queryset=wanted)
    return list(orders.order_by("pk").prefetch_related("versions", conditions, "fittings").select_related("person"))


def tags_of(order: m.Order, start: datetime, end: datetime) -> list[Worn]:
    """The tags that were on the person of the order in [start, end), in order, each with its part of that span."""
    worn = sorted(order.fittings.all(), key=lambda fitting: (fitting.fitted_at, fitting.pk))
    cut = ((f.tag, max(f.fitted_at, start), min(f.removed_at or end, end)) for f in worn)
    return [Worn(tag=tag, start=first, end=last) for tag, first, last in cut if first < last]


def people_of(orders: Iterable[m.Order]) -> list[int]:
    return sorted({order.person_id for order in orders})
