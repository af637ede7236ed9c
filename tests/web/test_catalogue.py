"""The catalogue of measures: found by words, with rule and history; what a reader may not know of is not in it."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.access.world import DAY, World
from throughcare.measures.all_measures import all_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(planted: World, db, settings) -> World:
    settings.DEMONSTRATION = DAY
    return planted


def page(world: World, role: str, query: str = "") -> str:
    browser = Client()
    browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    return browser.get(f"/measures/{query}").content.decode()


def slugs(text: str) -> set[str]:
    return set(re.findall(r'<details class="govuk-details" id="([^"]+)"', text))


def test_governance_knows_of_every_measure(world):
    assert slugs(page(world, "analyst")) == {measure.slug for measure in all_measures()}


def test_words_narrow_it_and_a_name_finds_one(world):
    found = slugs(page(world, "analyst", "?q=delivered+reports"))
    assert "psr.within_5_days_rate" in found
    told = {m.slug: f"{m.slug} {m.title} {m.why} {m.definition}".lower() for m in all_measures()}
    assert all("delivered" in told[slug] for slug in found), found
    one = page(world, "analyst", "?q=psr.within_5_days")
    assert slugs(one) == {"psr.within_5_days"}
    assert "within_limit" in one, "its rule in code"
    assert "First kept" in one, "its history"
    assert "No measure has all these words" in page(world, "analyst", "?q=xyzzy")
    of_service = slugs(page(world, "analyst", "?service=Mental+health"))
    assert {measure.slug for measure in all_measures() if measure.service == "mental_health"} == of_service


def test_who_may_not_know_of_a_service_finds_no_measure_of_it(world):
    """A provider's worker: what it runs and the way through it, nothing of plans, nothing of the courts."""
    found = slugs(page(world, "provider_worker"))
    assert found
    assert not {slug for slug in found if slug.startswith(("idp.", "plan", "psr.", "health.", "survey."))}
