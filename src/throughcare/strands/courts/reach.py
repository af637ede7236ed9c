"""Whom a court's post reaches: people on its lists, from a week before the hearing to a month after."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from throughcare.strands.courts.models import ListEntry

BEFORE, AFTER = timedelta(days=7), timedelta(days=31)


def listed(posts: Sequence[Any], day: date) -> QuerySet:
    """People listed at these posts' courts, with the hearing at most a week ahead and a month behind."""
    courts = [post.place for post in posts]
    return ListEntry.objects.filter(court__in=courts, hearing_on__lte=day + BEFORE, hearing_on__gte=day - AFTER)
