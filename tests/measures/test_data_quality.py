"""Completeness and timeliness from small extracts, worked out by hand."""

from datetime import date

import pytest

from tests.casework.conftest import BY_SLUG, PEOPLE, extract, load  # noqa: F401
from throughcare.casework.imports.models import FileLoad
from throughcare.measures.data_quality import data_quality

ANN = "P1,1979/0163001B,,Tavi,Brellan,1979-02-28,F,\n"
MONTHS = (date(2016, 1, 1), date(2016, 2, 1))
CONVICTIONS = "record_id,pnc,convicted_on,committed_on,offence_code,principal,disposal,court\n"
GIVEN = """
C1,1979/0163001B,2016-01-10,2015-12-01,02801,yes,conviction,Thames
C2,1979/0163001B,2016-01-20,,02801,yes,conviction,
C3,1979/0163001B,2016-02-01,2016-01-01,02801,yes,conviction,
C4,1979/0163001B,2016-13-01,,02801,yes,conviction,
"""
FEED = "police-convictions"


@pytest.fixture
def told(load, extract):  # noqa: F811
    load(extract("police-people", PEOPLE + ANN), extract(FEED, CONVICTIONS + GIVEN.lstrip()))
    return {one.feed.slug: one for one in data_quality([BY_SLUG[FEED], BY_SLUG["police-people"]], months=MONTHS)}


def test_each_field_is_counted_over_all_and_by_month_of_the_fact(told):
    field = next(one for one in told[FEED].fields if one.name == "committed_on")
    assert (field.whole.filled, field.whole.rows, field.whole.share) == (2, 3, "67")
    assert [(month.month, one.filled, one.rows) for month, one in field.months] == [(1, 1, 2), (2, 1, 1)]
    assert field.change == 50


def test_the_least_filled_field_and_all_optional_cells(told):
    came = told[FEED]
    assert (came.least.name, came.least.whole.share) == ("court", "33")
    assert (came.optional.filled, came.optional.rows) == (6, 9)


def test_a_refused_row_is_counted_once_and_as_waiting(told):
    came = told[FEED]
    assert (came.rows, came.refused, came.waiting, came.aside, came.refused_share) == (3, 1, 1, 0, "25.0")


def test_timely_is_from_the_fact_to_the_load(told):
    loaded = FileLoad.objects.get(feed=FEED).loaded_at.date()
    days = [(loaded - day).days for day in (date(2016, 1, 10), date(2016, 1, 20), date(2016, 2, 1))]
    came = told[FEED]
    assert came.median == days[1]
    assert [(month.rows, month.most) for month in came.months] == [(2, days[0]), (1, days[2])]


def test_a_feed_of_which_nothing_came_has_no_share(db):
    (told,) = data_quality([BY_SLUG[FEED]], months=MONTHS)
    assert (told.rows, told.median, told.least, told.refused_share) == (0, None, None, None)
    assert all(field.whole.share is None and field.change is None for field in told.fields)
