"""Whom a police researcher reaches: people a plan was requested for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from throughcare.strands.policing.models import Plan


def requested(posts: Sequence[Any], day: date) -> QuerySet:
    """People of whom a plan was requested by the day, or received without a request on record."""
    return Plan.objects.exclude(requested_on__gt=day)
