"""Whom the employment broker reaches: people referred to the pathway."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from throughcare.casework.referrals.reach import reached_by
from throughcare.strands.employment.queries import SERVICE


def referred(posts: Sequence[Any], day: date) -> QuerySet:
    return reached_by(SERVICE, day)
