"""Contact with the offender manager after release: the worked examples of the definitions, and the edges."""

from datetime import date

import polars as pl
import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.strands.programmes.contact import expected, expected_every, fortnightly, releases, weekly

OCT_3, OCT_31 = date(2016, 10, 3), date(2016, 10, 31)


def released(on: date, back_on: date | None = None, supervised_until: date | None = None) -> pl.DataFrame:
    days = pl.DataFrame({"person": [1], "on": [on], "back_on": [back_on], "supervised_until": [supervised_until]})
    return days.with_columns(pl.col("on", "back_on", "supervised_until").cast(pl.Date))


def attended(*days: int, month: int = 10) -> pl.DataFrame:
    return pl.DataFrame(
        {"person": 1, "held_on": [date(2016, month, day) for day in days]}, schema={"person": pl.Int64, "held_on": pl.Date}
    )


@pytest.mark.parametrize(
    ("days", "per_week", "kept", "gap"),
    [
        # released  attended       window ends            per week  fortnightly kept
        ((5, 11, 19, 26), 1.00, True, 8),
        ((5, 21, 28), 0.75, False, 16),
    ],
)
def test_the_worked_examples_of_the_definitions(days, per_week, kept, gap):
    """Released on 3 October, observed to 31 October: four weeks."""
    (week,) = weekly(released(OCT_3), attended(*days), end=OCT_31).rows(named=True)
    assert (week["attended"], week["weeks"], week["per_week"]) == (len(days), 4.0, per_week)
    (fortnight,) = fortnightly(released(OCT_3), attended(*days), end=OCT_31, longest=14).rows(named=True)
    assert (fortnight["kept"], fortnight["longest_gap"]) == (kept, gap)


@pytest.mark.parametrize(
    ("on", "back_on", "days", "weeks", "per_week"),
    [
        (date(2016, 10, 28), None, (29,), 1.0, 1.0),                         # three days count as one week
        (OCT_3, date(2016, 10, 17), (3, 10, 17, 24), 2.0, 1.0),              # seen in custody is not contact
        (OCT_3, None, (1, 2), 4.0, 0.0),                                     # before release
        (OCT_3, None, (31,), 4.0, 0.0),                                      # the end is outside
        (OCT_3, None, (), 4.0, 0.0),
    ],
)  # fmt: skip
def test_weeks_are_of_liberty_within_the_window(on, back_on, days, weeks, per_week):
    (row,) = weekly(released(on, back_on), attended(*days), end=OCT_31).rows(named=True)
    assert (row["weeks"], row["per_week"]) == (weeks, per_week)


@pytest.mark.parametrize(
    ("days", "back_on", "supervised_until", "kept"),
    [
        ((17,), None, None, True),                          # 14 days, and 14 more to the end
        ((16,), None, None, False),                         # 15 days to the end
        ((18,), None, None, False),                         # 15 days from release
        ((5,), None, date(2016, 10, 19), True),             # supervision ended after 14 more days
        ((5,), date(2016, 10, 12), None, True),             # back in custody
        ((), None, date(2016, 10, 17), True),               # supervision over within a fortnight of release
        ((), None, None, False),
    ],
)  # fmt: skip
def test_no_gap_over_fourteen_days_up_to_the_end_of_what_is_observed(days, back_on, supervised_until, kept):
    (row,) = fortnightly(released(OCT_3, back_on, supervised_until), attended(*days), end=OCT_31, longest=14).rows(named=True)
    assert row["kept"] is kept


@pytest.mark.parametrize(
    ("days", "back_on", "until", "kept"),
    [
        ((5, 11, 19, 26), None, None, [True, True, True, True]),     # weeks to 9, 16, 23 and 30 October
        ((5, 21, 28), None, None, [True, False, True, True]),
        ((9, 10), None, None, [True, True, False, False]),           # the last day of a week and the first of the next
        ((5,), date(2016, 10, 16), None, [True]),                    # back on the 16th: that week is cut short
        ((5,), None, date(2016, 10, 17), [True, False]),             # supervision to the 16th: that week is whole
    ],
)  # fmt: skip
def test_a_contact_is_expected_in_every_whole_week(days, back_on, until, kept):
    """Released on 3 October, observed to 31 October."""
    told = expected(released(OCT_3, back_on, until), attended(*days), end=OCT_31, targets=current_pilot().targets)
    assert told["kept"].to_list() == kept
    assert told["on"].to_list() == [date(2016, 10, 9 + 7 * n) for n in range(len(kept))]


def test_expected_contacts_after_thirteen_weeks_are_fortnightly():
    told = expected(released(OCT_3), attended(), end=date(2017, 2, 1), targets=current_pilot().targets)
    assert told["on"].to_list()[11:] == [date(2016, 12, 25), date(2017, 1, 1), date(2017, 1, 15), date(2017, 1, 29)]


def test_a_move_between_prisons_is_no_release():
    spells = pl.DataFrame(
        [
            (1, date(2016, 1, 1), date(2016, 3, 1)),  # Pentonville
            (1, date(2016, 3, 1), date(2016, 5, 1)),  # then Isis
            (1, date(2016, 6, 1), None),  # back
            (2, date(2016, 1, 1), date(2016, 9, 1)),
            (2, date(2016, 2, 1), date(2016, 4, 1)),  # within the other
            (3, date(2016, 1, 1), None),
        ],
        schema={"person": pl.Int64, "start": pl.Date, "end": pl.Date}, orient="row",
    )  # fmt: skip
    assert releases(spells).rows() == [(1, date(2016, 5, 1), date(2016, 6, 1)), (2, date(2016, 9, 1), None)]


def test_weekly_for_thirteen_weeks_then_fortnightly():
    targets = current_pilot().targets
    days = {on: expected_every(OCT_3, on, targets) for on in (OCT_3, date(2017, 1, 1), date(2017, 1, 2))}
    assert days == {OCT_3: 7, date(2017, 1, 1): 7, date(2017, 1, 2): 14}
