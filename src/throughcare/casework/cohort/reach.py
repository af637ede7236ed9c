"""Whom a borough's post reaches through the cohort: its members, and those proposed to it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from throughcare.casework.cohort.models import Membership, Proposal, Transfer
from throughcare.casework.people.queries import on_the_day


def members_of(posts: Sequence[Any], day: date) -> QuerySet:
    """Members on the day for whom these boroughs are responsible: by the last transfer until then, else by joining."""
    passed = Transfer.objects.filter(person=OuterRef("person"), on__lte=day, on__gte=OuterRef("start")).order_by("-on", "-pk")
    found = Membership.objects.filter(on_the_day(day))
    found = found.annotate(responsible=Coalesce(Subquery(passed.values("to_borough")[:1]), "borough"))
    return found.filter(responsible__in=[post.place for post in posts])


def proposed_to(posts: Sequence[Any], day: date) -> QuerySet:
    """People proposed to these boroughs, undecided: somebody must be able to look at whom they decide of."""
    return Proposal.objects.filter(accepted=None, superseded_on=None, borough__in=[post.place for post in posts])
