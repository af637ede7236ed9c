"""Whom a borough's or a prison's post reaches, as queries of `person_id`: for lists, totals and single people alike."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.people.models import Address, CustodySpell, Supervision
from throughcare.casework.people.queries import on_the_day

AFTER_RELEASE = timedelta(days=28)


def residents(posts: Sequence[Any], day: date) -> QuerySet:
    """People whose main address is in these boroughs on the day."""
    return Address.objects.filter(on_the_day(day), borough__in=[post.place for post in posts])


def supervised_from(posts: Sequence[Any], day: date) -> QuerySet:
    """People supervised from an office in these boroughs on the day: also those in custody or of no fixed abode."""
    return Supervision.objects.filter(on_the_day(day), office_borough__in=[post.place for post in posts])


def in_prison(posts: Sequence[Any], day: date) -> QuerySet:
    """People in these prisons on the day, or released from them in the 28 days before."""
    spells = CustodySpell.objects.filter(start__lte=day, prison__in=[post.place for post in posts])
    return spells.filter(Q(end=None) | Q(end__gt=day - AFTER_RELEASE))
