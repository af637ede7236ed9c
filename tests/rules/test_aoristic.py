"""When something happened that is only known to lie within a span: each hour gets its share."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.clock import LONDON
from throughcare.rules.aoristic import shares

DAY = timedelta(days=1)


def london(day, hour, minute=0, month=7):
    return datetime(2016, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("earliest", "latest", "found"),
    [
        (london(5, 14, 20), london(5, 14, 20), {(1, 14): 1.0}),  # a Tuesday, known exactly
        (london(5, 22), london(6, 2), {(1, 22): 0.25, (1, 23): 0.25, (2, 0): 0.25, (2, 1): 0.25}),
        (london(5, 14, 30), london(5, 15, 30), {(1, 14): 0.5, (1, 15): 0.5}),
        (london(5, 14, 45), london(5, 16), {(1, 14): 0.2, (1, 15): 0.8}),
        (london(5, 9), london(6, 9, 1), {}),  # wider than a day: its hour is not known
    ],
)
def test_shares(earliest, latest, found):
    assert shares(earliest, latest, widest=DAY) == pytest.approx(found)


def test_hours_are_those_of_the_clocks_in_london():
    assert shares(datetime(2016, 7, 5, 23, tzinfo=UTC), datetime(2016, 7, 5, 23, tzinfo=UTC), widest=DAY) == {(2, 0): 1.0}
    in_october = shares(datetime(2016, 10, 30, 0, tzinfo=UTC), datetime(2016, 10, 30, 2, tzinfo=UTC), widest=DAY)
    assert in_october == {(6, 1): 1.0}  # the hour that comes twice


def test_what_is_out_of_order_or_without_a_zone_is_refused():
    for earliest, latest in [(london(6, 1), london(5, 1)), (datetime(2016, 7, 5, 1), datetime(2016, 7, 5, 2))]:
        with pytest.raises(ValueError, match="in order"):
            shares(earliest, latest, widest=DAY)


@given(st.datetimes(datetime(2014, 1, 1), datetime(2018, 1, 1)), st.integers(0, 24 * 60))
def test_the_shares_of_one_offence_make_one_offence(start, minutes):
    start = start.replace(tzinfo=UTC)
    found = shares(start, start + timedelta(minutes=minutes), widest=DAY)
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 < share <= 1 for share in found.values())
