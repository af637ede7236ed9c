"""How well the score has held: who counts, what counts, and a store in which it holds for men and not for women."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.web.access.world import load
from throughcare.casework.access import actions as access
from throughcare.casework.cohort.calibration import followed_rows
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.identifiers import make_pnc
from throughcare.core.pilot import Period
from throughcare.measures.calibration import calibration
from throughcare.measures.intervals import wilson
from throughcare.measures.own import Own

DAY = date(2017, 3, 1)
PERIOD = Period(start=date(2014, 1, 1), end=DAY)
INDEX = "2014-06-10"
THEFT, ROBBERY = "03900", "03400"


@pytest.fixture
def store(db, tmp_path: Path, settings):
    """store({name: {...}}): loads people, each with two thefts a quarter apart, the second sentenced in the community on INDEX.

    Of each may be told: sex, ethnicity, borough, sentences (imposed on, kind, released on), again (committed on, dealt with on).
    """
    settings.DEMONSTRATION = DAY

    def loaded(people: dict[str, dict]) -> None:
        files: dict[str, list[dict[str, object]]] = {}
        for n, (name, told) in enumerate(people.items()):
            crn, pnc = {"crn": f"X{200000 + n}"}, {"pnc": make_pnc(2001, 2000 + n)}
            sentences = told.get("sentences", [(INDEX, "community", "")])
            first = date.fromisoformat(sentences[0][0])
            files.setdefault("nps-people", []).append({
                **crn, **pnc, "forenames": name, "surname": f"Planted{n}", "sex": told.get("sex", "M"),
                "date_of_birth": told.get("born", "1995-06-01"), "ethnicity": told.get("ethnicity", "White"),
            })  # fmt: skip
            borough = {"borough": told.get("borough", "Hackney"), "postcode": "E8 4QN", "start": "2010-01-01"}
            files.setdefault("nps-addresses", []).append({**crn, **borough})
            theft = {**pnc, "offence_code": THEFT, "principal": "yes", "disposal": "conviction"}
            before = [{**theft, "convicted_on": f"{on}"} for on in (first - timedelta(days=91), first)]
            again = [{**theft, "committed_on": a, "convicted_on": b} for a, b in told.get("again", [])]
            files.setdefault("police-convictions", []).extend(before + again)
            files.setdefault("police-sentences", []).extend(
                {**pnc, "imposed_on": on, "kind": kind, "released_on": out} for on, kind, out in sentences
            )
        for slug, rows in files.items():
            files[slug] = [{"record_id": f"{slug}-{n}", **row} for n, row in enumerate(rows)]
        load(tmp_path, files)

    return loaded


def rows(start: date = PERIOD.start, end: date = DAY) -> list[dict]:
    period = Period(start=start, end=end)
    return followed_rows(Scope(pilot=current_pilot(), period=period, as_at=end - timedelta(days=1))).to_dicts()


# definitions.md, Reoffending: index, committed, dealt with, whether a proven reoffence within twelve months
PROVEN = [
    ("2015-03-01", "2016-02-28", "2016-08-31", True),
    ("2015-03-01", "2016-03-01", "2016-04-02", False),  # follow-up is [1 March, 1 March)
    ("2015-03-01", "2016-02-28", "2016-09-01", False),  # the waiting period is over
    ("2015-03-01", "2015-02-20", "2015-04-10", False),  # before the index
    ("2015-03-01", "2015-03-01", "2015-03-01", True),  # on the first day
    ("2015-03-01", "", "2015-06-01", False),  # of an unknown day it cannot be told
]


@pytest.mark.parametrize(("index", "committed", "dealt_with", "again"), PROVEN)
def test_what_is_a_proven_reoffence(store, index, committed, dealt_with, again):
    store({"A": {"sentences": [(index, "community", "")], "again": [(committed, dealt_with)]}})
    (row,) = rows()
    assert (str(row["on"]), row["again_1y"]) == (index, again)


# index, whether it is known by 28 February 2017 what came within one year, within two
KNOWN = [
    ("2015-08-28", True, False),
    ("2015-08-31", True, False),  # 18 months from it end with February
    ("2015-09-01", False, False),
    ("2014-08-28", True, True),
    ("2014-09-01", True, False),
]


@pytest.mark.parametrize(("index", "one", "two"), KNOWN)
def test_who_has_not_been_followed_long_enough_is_not_known(store, index, one, two):
    store({"A": {"sentences": [(index, "community", "")]}})
    (row,) = rows()
    assert (row["known_1y"], row["known_2y"]) == (one, two)


# sentences (imposed, kind, released), the index that follows
INDICES = [
    ([("2014-06-10", "community", "")], ["2014-06-10"]),
    ([("2014-06-10", "custody", "2015-01-05")], ["2015-01-05"]),
    ([("2014-06-10", "custody", "")], []),  # still inside
    ([("2014-06-10", "custody", "2015-01-05"), ("2014-06-10", "fine", "")], ["2015-01-05"]),  # custody decides
    ([("2013-06-10", "community", ""), ("2014-06-10", "fine", ""), ("2015-01-05", "fine", "")], ["2014-06-10"]),  # the first
    ([("2013-06-10", "custody", "2013-12-31")], []),  # before the period
]


@pytest.mark.parametrize(("sentences", "indices"), INDICES)
def test_from_which_day_a_person_is_followed(store, sentences, indices):
    store({"A": {"sentences": sentences}})
    assert [str(row["on"]) for row in rows()] == indices


def planted(sex: str, many: int, one_year: int, two_years: int) -> dict[str, dict]:
    """People of whom so many are proven to have offended again within one year, and within two."""
    found = {}
    for n in range(many):
        again = [("2015-01-05", "2015-02-05")] if n < one_year else [("2016-01-05", "2016-02-05")] if n < two_years else []
        found[f"{sex}{n}"] = {"sex": sex, "again": again}
    return found


@pytest.fixture
def half_held(store) -> None:
    """The score has 52 and 68 of 100 for these men, about as many for these women: it holds for the men alone."""
    store({**planted("M", 50, 26, 34), **planted("F", 50, 50, 50), **{"too late": {"sentences": [("2016-06-10", "fine", "")]}}})


def test_it_holds_for_one_group_and_not_for_the_other(half_held):
    for years in (1, 2):
        found = calibration(years, pilot=current_pilot(), period=PERIOD)
        by_sex = {line.label: line for line in found.of("sex")}
        assert (by_sex["men"].verdict, by_sex["women"].verdict) == ("holds", "more")
        assert (by_sex["men"].people, by_sex["women"].came, found.not_known) == (50, 50, 1)
        assert by_sex["men"].low <= by_sex["men"].expected <= by_sex["men"].high
        assert "more did among women" in found.words
        assert "it held among men" in found.words


def test_few_are_not_spoken_of(store):
    store({**planted("M", 12, 6, 8), **planted("F", 9, 9, 9)})
    by_sex = {line.label: line for line in calibration(1, pilot=current_pilot(), period=PERIOD).of("sex")}
    assert (by_sex["men"].verdict, by_sex["women"].verdict) == ("holds", "few")
    assert (by_sex["women"].expected, by_sex["women"].came, by_sex["women"].difference) == (None, None, None)


def test_ones_own_are_counted_alone(store):
    people = planted("M", 24, 24, 24)
    for n, told in enumerate(people.values()):
        told["borough"] = "Camden" if n % 2 else "Hackney"
    store(people)
    own = Own(parts=((("borough", frozenset(["Camden"])),),))
    found = calibration(1, pilot=current_pilot(), period=PERIOD, own=own)
    assert (found.whole.people, calibration(1, pilot=current_pilot(), period=PERIOD).whole.people) == (12, 24)


def test_an_empty_store_says_so(db):
    found = calibration(2, pilot=current_pilot(), period=PERIOD)
    assert (found.whole.verdict, found.lines and {line.verdict for line in found.lines}) == ("none", {"none"})
    assert found.words.startswith("Too few")


def page(role: str, place: str = "", asked: str = "") -> str:
    post = access.make_post(by="test", slug="p", title="Post", role=role, place=place)
    account = access.make_account(by="test", username="p")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    browser = Client()
    browser.force_login(account, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
    return browser.get(f"/score/calibration/{asked}").content.decode()


def test_the_page_says_for_whom_it_held(half_held):
    text = page("pilot_manager")
    assert "By group, more did among women" in text
    assert "it held among men" in text
    assert "1 person is in no number below" in text
    assert "says nothing of any one person" in text


def test_the_page_of_a_borough_is_of_its_people(half_held):
    assert "Too few have been followed" in page("iom_coordinator", "Camden")


def test_an_evaluator_has_no_figures_outside_a_study(half_held):
    text = page("evaluator")
    assert "figures are those of registered studies" in text
    assert "more did among" not in text


@pytest.mark.parametrize("asked", ["?since=2016-12&until=2016-01", "?since=never", "?until=2999-01"])
def test_a_period_that_cannot_be_is_told(half_held, asked):
    text = page("pilot_manager", asked=asked)
    assert "There is a problem" in text
    assert "more did among" not in text


def test_wilson():
    """Of Wilson's own kind: 0 of 10 and 10 of 10 are not certain, and the middle is the known 15 of 50."""
    assert wilson(0, 10) == pytest.approx((0, 27.7533), abs=1e-3)
    assert wilson(10, 10) == pytest.approx((72.2467, 100), abs=1e-3)
    assert wilson(15, 50) == pytest.approx((19.1037, 43.7509), abs=5e-2)
    with pytest.raises(ValueError, match="no share"):
        wilson(0, 0)
