"""Whom a health practitioner reaches: people referred to the pathway, consulted about or in it. It serves every borough."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from throughcare.casework.referrals.reach import reached_by
from throughcare.strands.mental_health import models as m

SERVICE = "mental_health"


def referred(posts: Sequence[Any], day: date) -> QuerySet:
    return reached_by(SERVICE, day)


def consulted_about(posts: Sequence[Any], day: date) -> QuerySet:
    return m.Consultation.objects.filter(held_on__lte=day)


def assessed(posts: Sequence[Any], day: date) -> QuerySet:
    return m.Assessment.objects.filter(started_on__lte=day)


def with_a_plan(posts: Sequence[Any], day: date) -> QuerySet:
    return m.CarePlan.objects.filter(started_on__lte=day)


def asked_about(posts: Sequence[Any], day: date) -> QuerySet:
    """Of whom somebody asks for a consultation: those who are to answer must be able to look."""
    return m.Ask.objects.filter(asked_on__lte=day, taken_back_on=None)


REACH = (referred, consulted_about, assessed, with_a_plan, asked_about)
