"""What a person's work record tells the broker, and what it tells whoever manages them: to neither all of it."""

import pytest

from tests.web.access.asking import ask
from tests.web.access.world_employment import CURFEW

UNSAID = "o work with children"
ASK = "A condition: ask their manager"


def record(world, role: str) -> str:
    return ask(world.reader(role), f"/people/{world.people['in']}/employment/").text


def test_the_broker_reads_the_hours_of_a_curfew_and_of_another_condition_that_there_is_one(world):
    told = record(world, "employment_broker")
    assert CURFEW in told
    assert ASK in told
    assert UNSAID not in told


def test_the_manager_reads_the_conditions_and_where_they_work_and_no_application(world):
    told = record(world, "offender_manager")
    assert CURFEW in told
    assert UNSAID in told
    assert "MARKEMPLOYER" in told
    assert "MARKVACANCY" not in told
    assert "passport" not in told


@pytest.mark.parametrize("role", ["iom_coordinator", "prison_coordinator"])
def test_who_only_views_is_told_no_more_of_a_condition_than_the_broker(world, role):
    told = record(world, role)
    assert "MARKEMPLOYER" in told
    assert ASK in told
    assert UNSAID not in told
    assert "Tell a condition" not in told


def test_a_vacancy_names_nobody_who_is_kept_from_the_broker(world):
    """Those who are barred look for work, and would be matched with it; they were put forward, too."""
    told = ask(world.reader("employment_broker"), f"/employment/vacancies/{world.ids['vacancy:in']}/").text
    assert "Inscope" in told
    assert [name for name in ("Barredman", "Ringfenced", "Sealedoff") if name in told] == []
    assert 'Put forward <span class="govuk-!-font-weight-regular">1</span>' in told
