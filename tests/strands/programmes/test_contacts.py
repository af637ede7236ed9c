"""The contacts expected of one person: tables of days and answers, and what must hold of any watch."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.casework.pilot import current_pilot
from throughcare.strands.programmes.contact import expected
from throughcare.strands.programmes.contacts.states import (
    CUT,
    EXCUSED,
    GAP,
    KEPT,
    MISSED,
    ON_COURSE,
    ONE,
    TO_COME,
    TWO,
    Watch,
    compliance,
    contacts,
    slip,
)

TARGETS = current_pilot().targets
OCT_3 = date(2016, 10, 3)
A_DAY = timedelta(days=1)


def oct(*days: int) -> list[date]:
    return [date(2016, 10, day) for day in days]


def states(watch: Watch, seen=(), excused=(), *, day: date) -> list[str]:
    """Of the stretches that have begun, as a letter each."""
    told = contacts(watch, seen=seen, excused=excused, day=day, targets=TARGETS)
    return [each.state for each in told if each.first <= day]


@pytest.mark.parametrize(
    ("seen", "excused", "day", "told"),
    [
        # the worked examples of the definitions, released on 3 October
        (oct(5, 11, 19, 26), [], date(2016, 10, 31), [KEPT, KEPT, KEPT, KEPT, TO_COME]),
        (oct(5, 21, 28), [], date(2016, 10, 31), [KEPT, MISSED, KEPT, KEPT, TO_COME]),
        # the last day of a week is not over until the next
        ([], [], date(2016, 10, 9), [TO_COME]),
        ([], [], date(2016, 10, 10), [MISSED, TO_COME]),
        (oct(9), [], date(2016, 10, 9), [KEPT]),
        # an accepted absence excuses a week in which nobody came, and does not keep it
        ([], oct(7), date(2016, 10, 10), [EXCUSED, TO_COME]),
        (oct(4), oct(7), date(2016, 10, 10), [KEPT, TO_COME]),
        ([], oct(10), date(2016, 10, 10), [MISSED, TO_COME]),
    ],
)
def test_each_week_is_kept_missed_excused_or_to_come(seen, excused, day, told):
    assert states(Watch(released_on=OCT_3), seen, excused, day=day) == told


@pytest.mark.parametrize(
    ("back_on", "until", "told", "last"),
    [
        (date(2016, 10, 16), None, [MISSED, CUT], date(2016, 10, 15)),   # back on the Sunday of the second week
        (date(2016, 10, 17), None, [MISSED, MISSED], date(2016, 10, 16)),  # back on the Monday after: that week is whole
        (None, date(2016, 10, 12), [MISSED, CUT], date(2016, 10, 11)),
        (date(2016, 10, 12), date(2016, 10, 20), [MISSED, CUT], date(2016, 10, 11)),  # whichever is first
        (OCT_3, None, [], None),                                         # back on the day of release
    ],
)  # fmt: skip
def test_return_to_custody_and_the_end_of_supervision_cut_the_last_week(back_on, until, told, last):
    found = contacts(
        Watch(released_on=OCT_3, back_on=back_on, supervised_until=until), seen=[], excused=[], day=date(2016, 11, 30),
        targets=TARGETS,
    )  # fmt: skip
    assert [each.state for each in found] == told
    assert (found[-1].last if found else None) == last


def test_the_nights_on_which_the_clocks_change_are_days_like_others():
    """The weeks over 30 October 2016 and 26 March 2017 have seven days."""
    found = contacts(Watch(released_on=date(2016, 10, 24)), seen=[], excused=[], day=date(2017, 4, 10), targets=TARGETS)
    assert (found[0].first, found[0].last) == (date(2016, 10, 24), date(2016, 10, 30))
    assert [(each.last - each.first).days + 1 for each in found[:13]] == [7] * 13
    assert {(each.last - each.first).days + 1 for each in found[13:]} == {14}
    assert any(each.first <= date(2017, 3, 26) <= each.last for each in found)


@pytest.mark.parametrize(
    ("seen", "day", "how", "days"),
    [
        ((4, 11, 18), 21, ON_COURSE, 3),
        ((4,), 18, ONE, 14),              # the week to the 16th is missed; 14 days are not too long
        ((4,), 19, GAP, 15),
        ((4,), 24, TWO, 20),              # the weeks to the 16th and to the 23rd
        ((4, 20), 24, ON_COURSE, 4),      # seen since the miss
        ((), 10, ONE, 7),
        ((), 17, TWO, 14),
    ],
)  # fmt: skip
def test_who_is_slipping(seen, day, how, days):
    watch, on = Watch(released_on=OCT_3), date(2016, 10, day)
    told = contacts(watch, seen=oct(*seen), excused=[], day=on, targets=TARGETS)
    found = slip(watch, told, seen=oct(*seen), day=on, longest=TARGETS.fortnightly_gap_days)
    assert (found.how, found.days) == (how, days)


def test_an_excused_week_counts_neither_way_and_its_days_go_on():
    watch, day = Watch(released_on=OCT_3), date(2016, 10, 20)
    told = contacts(watch, seen=oct(4), excused=oct(12), day=day, targets=TARGETS)
    assert (compliance(told).kept, compliance(told).missed, compliance(told).excused, compliance(told).percent) == (1, 0, 1, 100)
    assert slip(watch, told, seen=oct(4), day=day, longest=14).how == GAP


def test_nothing_is_counted_before_a_week_is_over():
    assert compliance(contacts(Watch(released_on=OCT_3), seen=[], excused=[], day=OCT_3, targets=TARGETS)).percent is None


DAYS = st.dates(date(2016, 2, 1), date(2017, 12, 31))


@st.composite
def watches(draw) -> Watch:
    """Any release, and ends after it or none, around the nights on which the clocks change as well."""
    on = draw(DAYS)
    end = st.none() | st.integers(0, 400).map(lambda days: on + timedelta(days=days))
    return Watch(released_on=on, back_on=draw(end), supervised_until=draw(end))


@given(watches(), st.lists(DAYS, max_size=30), st.lists(DAYS, max_size=10), DAYS)
def test_every_day_of_the_watch_is_in_one_stretch_of_one_state(watch, seen, excused, day):
    told = contacts(watch, seen=seen, excused=excused, day=day, targets=TARGETS)
    after = watch.released_on
    for each in told:
        assert each.first == after and each.last >= each.first
        assert each.state in (KEPT, MISSED, EXCUSED, TO_COME, CUT)
        after = each.last + A_DAY
    if watch.stop is not None:
        assert after <= max(watch.stop, watch.released_on)
        if watch.stop <= day:
            assert after == max(watch.stop, watch.released_on), "nothing of a watch that is over is left out"
    elif told or day >= watch.released_on:
        assert after > day, "every day until today is told"


@given(watches(), st.lists(DAYS, max_size=30), st.lists(DAYS, max_size=10), DAYS)
def test_the_weeks_that_are_over_are_those_of_the_published_measure(watch, seen, excused, day):
    """Kept there is kept here; missed there is missed or excused here; and the days are the same."""
    told = contacts(watch, seen=seen, excused=excused, day=day, targets=TARGETS)
    over = {each.last: each.state == KEPT for each in told if each.state in (KEPT, MISSED, EXCUSED) and each.last < day}
    released = pl.DataFrame(
        {"person": [1], "on": [watch.released_on], "back_on": [watch.back_on], "supervised_until": [watch.supervised_until]},
        schema={"person": pl.Int64, "on": pl.Date, "back_on": pl.Date, "supervised_until": pl.Date},
    )
    attended = pl.DataFrame({"person": 1, "held_on": seen}, schema={"person": pl.Int64, "held_on": pl.Date})
    measured = expected(released, attended, end=day, targets=TARGETS)
    assert dict(measured.select("on", "kept").iter_rows()) == over


@given(watches(), st.lists(DAYS, max_size=20), DAYS, DAYS)
def test_one_more_contact_never_makes_it_worse(watch, seen, more, day):
    before = contacts(watch, seen=seen, excused=[], day=day, targets=TARGETS)
    after = contacts(watch, seen=[*seen, more], excused=[], day=day, targets=TARGETS)
    assert [(b.state, a.state) for b, a in zip(before, after, strict=True) if b.state == KEPT != a.state] == []
    if watch.runs(day) and more <= day:
        was = slip(watch, before, seen=seen, day=day, longest=14)
        now = slip(watch, after, seen=[*seen, more], day=day, longest=14)
        assert now.rank >= was.rank and now.days <= was.days
