"""Whom a monitoring officer reaches: who has an order, or a requirement of monitoring of which one may be made."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.people.models import Requirement
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_day
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.words import CLOSED


def with_an_order(posts: Sequence[Any], day: date) -> QuerySet:
    """People with an order, or with one that ended no longer ago than the pilot file keeps it in reach. An order is over when its
    last version is closed, or at the last day of any version.
    """
    since = london_day(day - timedelta(days=current_pilot().tagging.kept_days))[0]
    lately = m.OrderVersion.objects.filter(Q(until__gt=since) | Q(kind__in=CLOSED, starts_at__gt=since))
    gone = m.OrderVersion.objects.filter(kind__in=CLOSED, starts_at__lte=since)
    closed = gone.exclude(order__versions__in=m.OrderVersion.objects.exclude(kind__in=CLOSED).filter(starts_at__gt=since))
    return m.Order.objects.filter(pk__in=lately.values("order")).exclude(pk__in=closed.values("order"))


def to_be_made(posts: Sequence[Any], day: date) -> QuerySet:
    """People of whom a court ordered monitoring within the longest time that an order may last."""
    figures = current_pilot().tagging
    since = day - timedelta(days=31 * figures.longest_months)
    named = Q(pk__in=())
    for kind in figures.requirements:
        named |= Q(kind__iexact=kind)
    return Requirement.objects.filter(named, imposed_on__lte=day, imposed_on__gte=since)


REACH = (with_an_order, to_be_made)
