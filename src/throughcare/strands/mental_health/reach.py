"""Whom a health practitioner reaches: people referred to the pathway, consulted about or in it. It serves every borough."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from throughcare.casework.referrals.reach import to_service
from throughcare.strands.mental_health import models as m

SERVICE = "mental_health"


def referred(posts: Sequence[Any], day: date) -> QuerySet:
    return to_service(SERVICE, day)


def consulted_about(posts: Sequence[Any], day: date) -> QuerySet:
    return m.Consultation.objects.filter(held_on__lte=day)


def assessed(posts: Sequence[Any], day: date) -> QuerySet:
    return m.Assessment.objects.filter(started_on__lte=day)


def with_a_plan(posts: Sequence[Any], day: date) -> QuerySet:
    return m.CarePlan.objects.filter(started_on__lte=day)


REACH = (referred, consulted_about, assessed, with_a_plan)
