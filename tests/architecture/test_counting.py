"""Only `measures` counts."""

import pytest

from tests.architecture.checks.counting import counts_outside_measures

BREACHES = [
    ("web/dashboard.py", "from django.db.models import Count, Q"),
    ("report/text.py", "from django.db.models.aggregates import Avg"),
    ("strands/courts/queries.py", "from django.db import models\n\nlate = models.Sum('days')"),
    ("strands/prison/pages.py", "held = Stay.objects.filter(end=None).count()"),
    ("casework/cohort/queries.py", "rows = Membership.objects.values('borough').annotate(n=F('x'))"),
    ("casework/cohort/queries.py", "rows = Membership.objects.annotate(last=Subquery(x), n=Max('pk'))"),
    ("api/people.py", "oldest = people.aggregate(Min('born'))"),
]
ALLOWED = [
    ("measures/calculate.py", "from django.db.models import Count\n\nn = Row.objects.aggregate(n=Count('pk'))"),
    ("strands/courts/measures.py", "hit = pl.col('working_days').le(5)"),
    ("report/text.py", "commas = sentence.count(',')"),
    ("casework/referrals/reach.py", "rows = Referral.objects.annotate(state=Subquery(latest.values('state')[:1]))"),
    ("casework/referrals/reach.py", "rows = Referral.objects.annotate(state=Case(When(on=None, then=None), default=F('x')))"),
    ("strands/courts/tests/test_actions.py", "assert Hearing.objects.count() == 1"),
]


def test_nothing_counts_outside_measures(src):
    assert counts_outside_measures(src) == []


@pytest.mark.parametrize(("path", "code"), BREACHES)
def test_a_planted_count_is_found(plant, path, code):
    found = counts_outside_measures(plant(path, code))
    assert [(f.path, f.line) for f in found] == [(f"throughcare/{path}", len(code.splitlines()))]


@pytest.mark.parametrize(("path", "code"), ALLOWED)
def test_what_is_allowed_is_not_found(plant, path, code):
    assert counts_outside_measures(plant(path, code)) == []
