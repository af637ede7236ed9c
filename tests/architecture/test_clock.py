"""Rules take `as_at`; they never ask what day it is."""

import pytest

from tests.architecture.checks.clock import asks_the_clock

BREACHES = [
    ("rules/age.py", "from datetime import date\n\nage = lambda born: date.today().year - born.year"),
    ("core/events.py", "at = field(default_factory=datetime.now)"),
    ("stats/runs.py", "started = datetime.datetime.now(tz=UTC)"),
    ("measures/late.py", "from django.utils.timezone import now\n\ndue = now()"),
    ("positions/gaps.py", "from django.utils import timezone\n\nday = timezone.localdate()"),
]
ALLOWED = [
    ("rules/age.py", "def age(*, born, as_at):\n    return as_at.year - born.year"),
    ("casework/audit/actions.py", "at = datetime.now(UTC)"),
    ("rules/tests/test_age.py", "assert age(born=born, as_at=date.today())"),
]


def test_no_rule_asks_the_clock(src):
    assert asks_the_clock(src) == []


@pytest.mark.parametrize(("path", "code"), BREACHES)
def test_a_planted_clock_is_found(plant, path, code):
    found = asks_the_clock(plant(path, code))
    assert [(f.path, f.line) for f in found] == [(f"throughcare/{path}", len(code.splitlines()))]


@pytest.mark.parametrize(("path", "code"), ALLOWED)
def test_what_is_allowed_is_not_found(plant, path, code):
    assert asks_the_clock(plant(path, code)) == []
