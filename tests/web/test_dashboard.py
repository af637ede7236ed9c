"""The dashboard: the calculator's numbers and no others, each role's own, what is under target, what is withheld."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client
from typer.testing import CliRunner

from tests.web.access.world import BEFORE, DAY, World
from throughcare.casework.access import actions as access
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.notes import actions as notes
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.measures.board import BY, View
from throughcare.measures.calculate import Run, calculate
from throughcare.measures.own import Own, calculate_own
from throughcare.web import boards
from throughcare.web.boards import board_of, services_of, view_of
from throughcare.web.own import own_of

pytestmark = pytest.mark.django_db
PERIOD = Period(start=date(2016, 1, 1), end=DAY)
ASKED = "?since=2016-01&until=2016-12"
BY_SLUG = {measure.slug: measure for measure in all_measures()}


@pytest.fixture
def world(planted: World, db, settings) -> World:
    settings.DEMONSTRATION = DAY
    boards._kept.cache_clear()
    return planted


def page(world: World, role: str, address: str = f"/dashboard/{ASKED}") -> str:
    browser = Client()
    browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(text: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The rows of a CSV of figures: what tells each, and what it says."""
    return {
        (r["id"], r["group"], *(r.get(by, "") for by in BY)): (r["value"], r["numerator"], r["denominator"])
        for r in csv.DictReader(io.StringIO(text))
    }


def test_the_numbers_are_those_of_the_command(world):
    """By month, borough and provider, cell by cell: what `throughcare measures` says of the same period."""
    from throughcare.cli import commands

    said = listed(page(world, "pilot_manager", f"/dashboard/figures.csv{ASKED}"))
    told: dict = {}
    for by in BY:
        command = ["measures", "--from", "2016-01-01", "--to", f"{DAY}", "--by", by, "--format", "csv"]
        told |= listed(CliRunner().invoke(commands, command).stdout)
    assert len(said) > 500
    assert {cell: (numbers, told.get(cell)) for cell, numbers in said.items() if told.get(cell) != numbers} == {}


def test_a_co_ordinators_numbers_are_their_boroughs_column(world):
    """Of a borough: the same as the whole pilot's divided by borough, where nobody is kept from the reader."""
    view = View(own=Own(parts=((("borough", frozenset(["Hackney"])),),)), governance=True)
    own = boards.board(
        all_measures(), pilot=current_pilot(), period=PERIOD, view=view, services=("mentoring", "court_reports"), cohort=True
    )
    for slug in ("referrals", "psr.cases", "service.accepted"):
        whole = calculate(BY_SLUG[slug], pilot=current_pilot(), period=PERIOD, by=("borough",))
        column = {r.group: r.value for r in whole if r.breakdown == {"borough": "Hackney"}}
        shown = {r.group: r.value for r in own.results if r.slug == slug and not r.breakdown}
        assert shown
        assert shown.items() <= column.items()


def test_who_is_kept_from_a_reader_is_in_none_of_its_numbers(world):
    """Five people were sent to mentoring from Hackney less one; three of them are kept from the co-ordinator."""
    number = {r.value for r in board_of(world.reader("iom_coordinator"), PERIOD).results
              if (r.slug, r.group) == ("referrals", "Mentoring") and not r.breakdown}  # fmt: skip
    assert number == {1}
    assert view_of(world.reader("iom_coordinator")).own.without >= {world.people["bar"], world.people["nobody"]}
    whole = {r.value for r in board_of(world.reader("pilot_manager"), PERIOD).results
             if (r.slug, r.group) == ("referrals", "Mentoring") and not r.breakdown}  # fmt: skip
    assert whole == {4}


# role, whose figures, services among those shown, services of which there must be none
SCOPES = [
    ("pilot_manager", "The whole pilot", {"court_reports", "mental_health", "mentoring"}, set()),
    ("analyst", "The whole pilot", {"court_reports", "mental_health"}, set()),
    ("iom_coordinator", "Hackney", {"court_reports", "mental_health"}, set()),
    ("senior_officer", "The people of your posts", {"mentoring"}, set()),
    ("court_officer", "Thames", {"court_reports"}, set()),
    ("provider_admin", "Osmani Trust", {"mentoring"}, {"court_reports", "mental_health", "tiger", "employment"}),
    ("provider_worker", "Osmani Trust", {"mentoring"}, {"court_reports", "mental_health", "intelligence_plan"}),
    ("tasking_officer", "Hackney", {"intelligence_plan"}, {"mental_health", "mentoring", "employment"}),
    ("police_researcher", "The people of your posts", {"intelligence_plan"}, {"mental_health", "mentoring"}),
    ("health_practitioner", "Mental health and the people of your posts", {"mental_health"}, {"intelligence_plan", "employment"}),
    ("evaluator", "Registered studies", set(), {s.slug for s in current_pilot().services}),
]


@pytest.mark.parametrize(("role", "whose", "some", "none"), SCOPES, ids=[each[0] for each in SCOPES])
def test_each_role_sees_its_own(world, role, whose, some, none):
    reader = world.reader(role)
    sections = {section.slug for section in board_of(reader, PERIOD).sections}
    assert some <= sections
    assert not none & sections
    text = page(world, role)
    assert whose in text
    for slug in none:
        assert f"/dashboard/{slug}/" not in text
    for slug in some & sections:
        assert f"/dashboard/{slug}/?" in text


@pytest.mark.parametrize(("role", "service"), [("health_practitioner", "mental_health"), ("employment_broker", "employment")])
def test_a_pathways_figures_are_of_everybody_in_it(world, role, service):
    """Less who is kept from the post; of another service they are of the people whom it reaches."""
    own = own_of(world.reader(role), "measures_own")
    whole, run = replace(own, without=frozenset()), Run()
    for measure in (m for m in BY_SLUG.values() if m.service == service):
        theirs = calculate_own(measure, whole, pilot=current_pilot(), period=PERIOD, run=run)
        assert theirs == calculate(measure, pilot=current_pilot(), period=PERIOD, run=run), measure.slug
    assert own.services == {service}
    assert {column for part in own.parts for column, _ in part} == {"person", "service_slug"}


def test_every_role_with_figures_has_a_scope_in_this_table():
    """A role that the policy gives figures is in the table above, or its figures are of its people in the same way."""
    of_people = {"offender_manager", "prison_coordinator", "employment_broker", "monitoring_officer"}
    given = {role for role in ROLES if policy().cell("measures_own", role)}
    assert given == {each[0] for each in SCOPES} | of_people


def test_health_is_told_to_no_police(world):
    for role in ("police_researcher", "tasking_officer"):
        assert "mental_health" not in services_of(world.reader(role), view_of(world.reader(role)))
        browser = Client()
        browser.force_login(world.accounts[role], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        for file in ("", "figures.csv"):
            assert browser.get(f"/measures/health.consultations/{file}{ASKED}").status_code == 404


def test_small_numbers_are_withheld_from_who_is_not_governance(world):
    text = page(world, "provider_admin")
    assert "[c] means that a figure is withheld" in text
    assert ">[c]<" in text
    own = board_of(world.reader("provider_admin"), PERIOD).results
    assert [r for r in own if r.breakdown] == []
    assert [r for r in own if r.statistic == "count" and r.value and r.value < current_pilot().smallest_published] == []
    assert "[c] means" not in page(world, "pilot_manager")


def test_what_is_under_target_is_said_first(world):
    text = " ".join(page(world, "pilot_manager").split())
    found = board_of(world.reader("pilot_manager"), Period(start=date(2016, 1, 1), end=DAY))
    assert [r.slug for r in found.under_target] == [r.slug for r in found.with_target if float(r.shown) < r.target]
    said = text[text.index("govuk-body-l") : text.index("<table")]
    assert "Under target:" in said or "Nothing is under its target" in said or "No figure here has a target" in said
    assert "too few months to tell" in said or "noise, not news" in said


def test_a_measures_page_says_what_it_counts_and_why(world):
    measure = BY_SLUG["psr.within_5_days_rate"]
    text = page(world, "pilot_manager", f"/measures/{measure.slug}/{ASKED}")
    for words in (measure.title, "90%", "By month", "By borough", "Source:", "Download (CSV)"):
        assert words in text
    rows = listed(page(world, "pilot_manager", f"/measures/{measure.slug}/figures.csv{ASKED}"))
    assert {cell[0] for cell in rows} == {measure.slug}


def test_every_measure_has_a_page(world):
    for slug in ("cohort.age_mean", "survey.n", "overlap.psr", "score.observed_1y", "service.accessing"):
        assert BY_SLUG[slug].title in page(world, "pilot_manager", f"/measures/{slug}/{ASKED}").replace("&#39;", "'")


@pytest.mark.parametrize("address", ["/measures/no.such/", "/measures/no.such/figures.csv", "/dashboard/figures.csv?since=x"])
def test_what_is_not_there_is_not_there(world, address):
    browser = Client()
    browser.force_login(world.accounts["pilot_manager"], backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    assert browser.get(address).status_code == 404


def test_a_period_that_cannot_be_is_told_and_kept(world):
    text = page(world, "pilot_manager", "/dashboard/?since=2016-12&until=2016-03")
    assert "There is a problem" in text
    assert '<option value="2016-12" selected>' in text


def test_what_was_worked_out_is_kept_until_something_is_written(world, monkeypatch):
    worked_out = []
    real = boards.board
    monkeypatch.setattr(boards, "board", lambda *a, **k: worked_out.append(1) or real(*a, **k))
    manager = world.reader("pilot_manager")
    board_of(manager, PERIOD)
    access.viewed(reader=world.reader("offender_manager"), person=world.people["in"], page="person", why="caseload")
    board_of(manager, PERIOD)
    assert len(worked_out) == 1
    notes.write_note(reader=world.reader("offender_manager"), person=world.people["in"], text="Came")
    board_of(manager, PERIOD)
    assert len(worked_out) == 2
    board_of(manager, Period(start=BEFORE, end=DAY))
    assert len(worked_out) == 3
