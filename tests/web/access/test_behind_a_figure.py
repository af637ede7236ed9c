"""Who is behind a figure: as many as it says, by name for those alone who may see them; nobody who is kept from the reader."""


import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.test_dashboard import BY_SLUG, PERIOD
from throughcare.casework.access.policy import ROLES
from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.measures.board import COHORT, STEPS
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.cases import HIT, cases
from throughcare.web.behind import cases_of, row_told
from throughcare.web.boards import board_of, view_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worked_out_anew")]
LISTED = (*COHORT, *STEPS, "psr.cases", "psr.delivered", "psr.within_5_days_rate", "psr.received_rate")
ASKED = "since=2016-01&until=2016-12"


def test_the_list_is_as_long_as_the_number(world):
    """Of every figure that leads to a list, in each of its groups: the base of a share, and of it the hits."""
    wrong, found = [], 0
    with reading_once():
        for slug in LISTED:
            run = Run()
            for r in calculate(BY_SLUG[slug], pilot=current_pilot(), period=PERIOD, run=run):
                rows = cases(BY_SLUG[slug], r.group, None, pilot=current_pilot(), period=PERIOD, run=run)
                base = r.denominator if r.statistic == "share" else r.numerator
                hits = rows[HIT].sum()
                found += bool(base)
                if (rows.height, hits) != (base or 0, r.numerator or 0):
                    wrong.append(f"{slug} [{r.group}]: {rows.height} rows, {hits} hits; {r.numerator} of {base}")
    assert wrong == []
    assert found > 5


def test_nobody_is_listed_whom_the_reader_may_not_see(world):
    """Every role, every figure on its board: only people that it reaches; of those kept from it none."""
    listed: dict[str, set[int]] = {}
    for role in ROLES:
        reader = world.reader(role)
        if not reader.may("measures_own"):
            continue
        view, people = view_of(reader), set()
        for r in board_of(reader, PERIOD).results:
            if row_told(r.slug, r.group) and not r.breakdown:
                people |= {case.person for case in cases_of(reader, BY_SLUG[r.slug], r.group, PERIOD, view)}
        listed[role] = people
        assert people <= set(reader.people("contact").values_list("pk", flat=True)), role
        assert not people & {world.people[who] for who in ("bar", "nobody", "out")}, role
        assert world.people["named"] not in people or role == "offender_manager", role
    assert not listed["pilot_manager"] | listed["analyst"]
    assert world.people["in"] in listed["iom_coordinator"] & listed["court_officer"] & listed["provider_worker"]


# figure, group -> the row that being among those counted tells; None: no list
ROWS = [
    ("cohort.size", "total", "cohort_membership"), ("referrals", "Mentoring", "service:mentoring"),
    ("service.accessing", "Mental health", "service:mental_health"), ("psr.within_5_days_rate", "all", "court_cases"),
    ("score.observed_1y", "all", None), ("health.confidence", "all", None), ("referrals", "total", None),
    ("tags.breaches", "all", None), ("survey.n", "all", None),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "group", "row"), ROWS)
def test_what_being_listed_tells(slug, group, row):
    assert row_told(slug, group) == row


def test_the_page_names_them_and_says_what_counts(world):
    browser = Client()
    browser.force_login(world.accounts["court_officer"], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    text = browser.get(f"/measures/psr.cases/people/?{ASKED}&group=total|all").content.decode()
    assert "Inscope" in text
    assert "Barredman" not in text
    assert browser.get(f"/measures/referrals/people/?{ASKED}&group=Mental+health").status_code == 404
    assert browser.get(f"/measures/health.confidence/people/?{ASKED}").status_code == 404


@pytest.mark.parametrize("role", ["pilot_manager", "analyst", "evaluator"])
def test_the_governance_group_has_figures_and_no_names(world, role):
    browser = Client()
    browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    assert browser.get(f"/measures/psr.cases/people/?{ASKED}&group=total|all").status_code == 404
    assert "/people/?" not in browser.get(f"/dashboard/?{ASKED}").content.decode()
