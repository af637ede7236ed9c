"""Whom a court's post reaches: people on its lists, from a week before the hearing to a month after, and those of its cases.

A case was before the court, whether or not its list reached the officer.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.strands.courts.models import ListEntry, Report
from throughcare.strands.courts.queries import cases_of

BEFORE, AFTER = timedelta(days=7), timedelta(days=31)


def listed(posts: Sequence[Any], day: date) -> QuerySet:
    """People listed at these posts' courts, with the hearing at most a week ahead and a month behind."""
    courts = [post.place for post in posts]
    return ListEntry.objects.filter(court__in=courts, hearing_on__lte=day + BEFORE, hearing_on__gte=day - AFTER)


def reported_on(posts: Sequence[Any], day: date) -> QuerySet:
    """People on whom these courts asked for a report that is not delivered, or was in the last month."""
    asked = Report.objects.filter(requested_on__lte=day).filter(Q(delivered_on=None) | Q(delivered_on__gte=day - AFTER))
    return cases_of([post.place for post in posts]).filter(reports__in=asked)


def cases(posts: Sequence[Any], day: date) -> QuerySet:
    """People whose case is these courts', now or when it came to attention: since that, a transfer or the sentence, a month."""
    courts, since = [post.place for post in posts], day - AFTER
    lately = Q(told_on__range=(since, day)) | Q(listed_on__range=(since, day)) | Q(sentences__sentenced_on__range=(since, day))
    lately |= Q(events__kind="transferred", events__taken_back_on=None, events__on__range=(since, day))
    return cases_of(courts).filter(lately)
