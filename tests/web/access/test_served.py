"""Who is served, from the store: what a member's way is read from, and whose figures each reader gets."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from tests.web.access.asking import ask
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.measures.who_is_served import way_rows

STEPS = ("referred", "accepted", "started", "ended", "completed")
# the period, and what has happened by its last day to who is in: sent on 20, accepted on 22, begun on 23 November
WAYS = [
    (date(2016, 11, 1), date(2016, 12, 8), (True, True, True, False, False)),
    (date(2016, 11, 1), date(2016, 11, 22), (True, False, False, False, False)),
    (date(2016, 11, 1), date(2016, 11, 23), (True, True, False, False, False)),
    (date(2016, 11, 1), date(2016, 11, 20), (False, False, False, False, False)),  # the period ends before it was sent
    (date(2016, 12, 1), date(2016, 12, 8), (False, False, False, False, False)),  # it was sent before the period
]


@pytest.mark.parametrize(("start", "end", "took"), WAYS)
def test_the_way_of_a_member_is_read_from_the_store(world, start, end, took):
    scope = Scope(pilot=current_pilot(), period=Period(start=start, end=end), as_at=end - timedelta(days=1))
    (told,) = [row for row in way_rows(scope, service="mentoring").to_dicts() if row["person"] == world.people["in"]]
    assert tuple(told[name] for name in STEPS) == took
    assert (told["on"], told["borough"]) == (start, "Hackney")


WHOSE = [("pilot_manager", True), ("analyst", True), ("iom_coordinator", True), ("evaluator", False)]


@pytest.mark.parametrize(("role", "some"), WHOSE)
def test_the_file_is_of_the_pilot_or_of_ones_own(world, role, some):
    answer = ask(world.reader(role), "/who-is-served/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.strip())))
    assert bool(rows) is some
    shown = [(int(row["hits"]), int(row["base"])) for row in rows if not row["suppressed"] and row["base"] not in ("", "0")]
    assert all(count == 0 or count >= 5 for hits, base in shown for count in (hits, base - hits))


INSTEAD = ["/who-is-served/", "/dashboard/", "/score/calibration/"]


@pytest.mark.parametrize("page", INSTEAD)
def test_an_evaluator_is_led_to_the_studies_that_are_registered(world, page):
    """One of the service's own rows says who gets in on its gates' page; one of a file has none."""
    told = ask(world.reader("evaluator"), page).text
    assert "no study is registered" not in told
    assert "Registered studies" in told and "stand with them" in told
    links = re.findall(r'href="(/studies/(?:planted|of-a-file)/[a-z/]*)"', told)
    assert links == ["/studies/planted/readiness/", "/studies/of-a-file/"]
    assert all(ask(world.reader("evaluator"), link).status == 200 for link in links)


@pytest.mark.parametrize("page", INSTEAD)
def test_where_no_study_is_registered_it_says_so_and_how(world, page, monkeypatch):
    monkeypatch.setattr("throughcare.web.own.evaluation.studies", list)
    told = ask(world.reader("evaluator"), page).text
    assert "no study is registered here yet" in told and 'href="/studies/new/"' in told


@pytest.mark.parametrize("role", ["pilot_manager", "iom_coordinator"])
def test_who_has_figures_is_not_led_to_studies(world, role):
    assert "stand with them" not in ask(world.reader(role), "/who-is-served/").text
