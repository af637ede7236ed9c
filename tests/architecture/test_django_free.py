"""The science is free of Django."""

import pytest

from tests.architecture.checks.django_free import SCIENCE, imports_django

BREACHES = [
    ("rules/eligibility.py", "from django.db import models"),
    ("core/spans.py", "import datetime\n\nimport django.utils.timezone as timezone"),
    ("stats/impact.py", "def effect(frame):\n    from django.conf import settings"),
]
ALLOWED = [
    ("casework/people/models.py", "from django.db import models"),
    ("rules/eligibility.py", "from throughcare.rules.django_words import word\nfrom . import django"),
]


def test_the_science_is_free_of_django(src):
    assert imports_django(src) == []


@pytest.mark.parametrize(("path", "code"), BREACHES)
def test_a_planted_import_is_found(plant, path, code):
    found = imports_django(plant(path, code))
    assert [(f.path, f.line) for f in found] == [(f"throughcare/{path}", len(code.splitlines()))]


@pytest.mark.parametrize(("path", "code"), ALLOWED)
def test_what_is_allowed_is_not_found(plant, path, code):
    assert imports_django(plant(path, code)) == []


def test_every_scientific_package_that_exists_is_under_the_import_contract(src, contracts):
    """The contract cannot name a package that is not there yet; this reminds whoever adds it."""
    there = {f"throughcare.{name}" for name in SCIENCE if (src / "throughcare" / name / "__init__.py").is_file()}
    assert set(contracts["The science is free of Django"]["source_modules"]) == there
