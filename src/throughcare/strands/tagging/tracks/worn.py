"""Whose tag was on whom, while the order asked for it: the only spans in which positions are ever asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import polars as pl

from throughcare.core.clock import london_date
from throughcare.positions.forgetting import SPANS
from throughcare.positions.worn import WORN
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.queries import dates_of, spans_of, versions_of, whole

FAR = datetime(2999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Wearing:
    """A tag on the person of an order in [start, end): while it was fitted and a version of the order was in force."""

    fitting: int
    order: int
    person: int
    tag: str
    start: datetime
    end: datetime


def wearings(orders: Iterable[m.Order]) -> list[Wearing]:
    """Of these orders (`queries.whole`), by order and time."""
    found = []
    for order in orders:
        for fitting in sorted(order.fittings.all(), key=lambda each: (each.fitted_at, each.pk)):
            for _, opens, closes in spans_of(order):
                start, end = max(fitting.fitted_at, opens), min(fitting.removed_at or FAR, closes)
                if start < end:
                    found.append(Wearing(fitting=fitting.pk, order=order.pk, person=order.person_id, tag=fitting.tag, start=start,
                                         end=end))  # fmt: skip
    return found


def worn_between(start: datetime, end: datetime) -> list[Wearing]:
    """Every wearing that reaches into [start, end), cut to it."""
    orders = m.Order.objects.filter(fittings__fitted_at__lt=end).exclude(fittings=None).distinct()
    return cut(wearings(whole(orders)), start, end)


def cut(worn: Iterable[Wearing], start: datetime, end: datetime) -> list[Wearing]:
    """These wearings as far as they reach into [start, end)."""
    inside = (replace(each, start=max(each.start, start), end=min(each.end, end)) for each in worn)
    return [each for each in inside if each.start < each.end]


def of_order(order: int) -> list[Wearing]:
    return wearings(whole(m.Order.objects.filter(pk=order)))


def frame(worn: Sequence[Wearing]) -> pl.DataFrame:
    """As the store is asked: the wearer is the number of the fitting."""
    return pl.DataFrame([(str(w.fitting), w.tag, w.start, w.end) for w in worn], schema=WORN, orient="row")


def kept_spans(as_at: date, kept_days: int) -> pl.DataFrame:
    """Every fitting, and whether its positions may still be kept on that day: so many days after the order's end. Columns SPANS.

    A fitting that nobody took off reaches to the order's end. One of an order that never asked for monitoring ends with its
    last version's beginning.
    """
    rows = []
    for order in whole(m.Order.objects.exclude(fittings=None)):
        dates, versions = dates_of(order), versions_of(order)
        if dates is None and not versions:
            continue
        over = dates[1] if dates else versions[-1].starts_at
        kept = london_date(over) + timedelta(days=kept_days) > as_at
        for fitting in order.fittings.all():
            end = fitting.removed_at or (FAR if kept else max(over, fitting.fitted_at))
            rows.append((str(fitting.pk), fitting.tag, fitting.fitted_at, end, kept))
    return pl.DataFrame(rows, schema=SPANS, orient="row")
