"""Whom a court's post reaches: people on its lists, from a week before the hearing to a month after."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.strands.courts.models import CourtCase, ListEntry, Report

BEFORE, AFTER = timedelta(days=7), timedelta(days=31)


def listed(posts: Sequence[Any], day: date) -> QuerySet:
    """People listed at these posts' courts, with the hearing at most a week ahead and a month behind."""
    courts = [post.place for post in posts]
    return ListEntry.objects.filter(court__in=courts, hearing_on__lte=day + BEFORE, hearing_on__gte=day - AFTER)


def reported_on(posts: Sequence[Any], day: date) -> QuerySet:
    """People on whom these courts asked for a report that is not delivered, or was in the last month."""
    asked = Report.objects.filter(requested_on__lte=day).filter(Q(delivered_on=None) | Q(delivered_on__gte=day - AFTER))
    return CourtCase.objects.filter(court__in=[post.place for post in posts], reports__in=asked)
