"""Figures worked out by hand from small tables."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.measures.frames import table
from throughcare.core.contracts import Axis, Group, Measure, Scope
from throughcare.core.pilot import Period
from throughcare.measures.calculate import Run, calculate, calculate_all
from throughcare.measures.groups import NoSuchBreakdown, months_of

CASES = table("""
    on          court            age_band  borough  plea        days  needs_of
    2016-02-05  Thames           18-25     Camden   guilty      0     drugs
    2016-02-06  Thames           18-25     Camden   guilty      0     drugs
    2016-03-31  Thames           26-34     Hackney  guilty      6     drugs+finance
    2016-03-31  Thames           26-34     Hackney  not_guilty  -     -
    2016-12-31  Highbury+Corner  18-25     Barnet   guilty      5     finance
    2017-01-01  Highbury+Corner  18-25     Camden   guilty      5     finance
""", days=pl.Int64).with_columns(
    pl.col("court").str.replace("+", " ", literal=True), needs=pl.col("needs_of").str.split("+")
)  # fmt: skip


def rows(scope: Scope) -> pl.DataFrame:
    return CASES


def measure(**fields: object) -> Measure:
    told = {"slug": "x", "title": "X", "why": "", "unit": "cases", "statistic": "count", "rows": rows}
    return Measure(**(told | fields))


def told(results) -> dict[str, tuple]:
    return {r.group: (r.value, r.numerator, r.denominator) for r in results}


def test_the_first_day_counts_and_the_end_does_not(pilot, period):
    (result,) = calculate(measure(service="court_reports"), pilot=pilot, period=period)
    assert (result.value, result.numerator, result.denominator) == (4, 4, None)
    assert result.period == Period(start=date(2016, 2, 6), end=date(2017, 1, 1))
    assert result.period_note == "from 6 February 2016, when the service began"


def test_axes_are_crossed_with_known_values_at_zero_and_totals_last(pilot, period):
    axes = (Axis(column="court", known="courts", total="total"), Axis(column="age_band", only=("18-25",), total="all"))
    found = calculate(measure(axes=axes, counted=pl.col("plea") == "guilty"), pilot=pilot, period=period)
    assert {r.group: r.value for r in found} == {
        "Thames|18-25": 2, "Thames|all": 3,
        "Highbury Corner|18-25": 1, "Highbury Corner|all": 1,
        "total|18-25": 3, "total|all": 4,
    }  # fmt: skip
    assert [r.group for r in found][-1] == "total|all"


def test_a_known_value_without_rows_is_zero(pilot, period):
    found = calculate(measure(axes=(Axis(column="borough", known="boroughs"),)), pilot=pilot, period=period)
    assert {r.group: r.value for r in found} == {"Camden": 2, "Hackney": 2, "Newham": 0}


def test_without_only_or_known_the_values_found_are_the_groups(pilot, period):
    found = calculate(measure(axes=(Axis(column="plea", total="all"),)), pilot=pilot, period=period)
    assert {r.group: r.value for r in found} == {"guilty": 4, "not_guilty": 1, "all": 5}


def test_a_share_keeps_its_counts_and_is_rounded_only_when_shown(pilot, period):
    guilty = measure(statistic="share", unit="percent", hit=pl.col("plea") == "guilty", counted=pl.col("court") == "Thames")
    (result,) = calculate(guilty, pilot=pilot, period=Period(start=date(2016, 2, 6), end=date(2017, 1, 1)))
    assert told([result]) == {"all": (pytest.approx(200 / 3), 2, 3)}
    assert str(result.shown) == "67"


def test_an_unknown_condition_does_not_hold(pilot, period):
    late = measure(statistic="share", unit="percent", hit=pl.col("days") <= 5)
    assert told(calculate(late, pilot=pilot, period=period)) == {"all": (60.0, 3, 5)}


def test_within_an_axis_every_share_has_the_same_base(pilot, period):
    axes = (Axis(groups=(
        Group(label="of the {denominator} for drugs", where=pl.col("needs_of").str.contains("drugs")),
        Group(label="with finance", where=pl.col("needs_of").str.contains("finance")),
    ), within=True), )  # fmt: skip
    share = measure(statistic="share", unit="percent", hit=pl.lit(value=True), axes=axes)
    assert told(calculate(share, pilot=pilot, period=period)) == {
        "of the 5 for drugs": (60.0, 3, 5), "with finance": (40.0, 2, 5),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("statistic", "value", "numerator", "denominator", "cases"),
    [
        ("mean", 2.75, 11, 4, 4),
        ("median", 2.5, None, 4, 4),
        ("minimum", 0, None, 4, 2),
        ("maximum", 6, None, 4, 1),
    ],
)
def test_an_absent_value_is_not_averaged(pilot, period, statistic, value, numerator, denominator, cases):
    (r,) = calculate(measure(statistic=statistic, value=pl.col("days"), unit="days"), pilot=pilot, period=period)
    assert (r.value, r.numerator, r.denominator, r.cases) == (value, numerator, denominator, cases)


def test_an_empty_base_gives_no_value_but_a_count_of_zero(pilot, period):
    none = {"counted": pl.col("plea") == "no such plea"}
    (share,) = calculate(measure(statistic="share", hit=pl.lit(value=True), **none), pilot=pilot, period=period)
    (mean,) = calculate(measure(statistic="mean", value=pl.col("days"), **none), pilot=pilot, period=period)
    (count,) = calculate(measure(**none), pilot=pilot, period=period)
    assert (share.value, share.denominator, share.note) == (None, 0, "nothing to work it out from")
    assert (mean.value, mean.note) == (None, "nothing to work it out from")
    assert (count.value, count.note) == (0, "")


def test_a_monthly_mean_divides_by_the_months_begun(pilot, period):
    (r,) = calculate(measure(statistic="monthly", service="court_reports"), pilot=pilot, period=period)
    assert (r.value, r.numerator, r.denominator) == (pytest.approx(4 / 11), 4, 11)  # February to December


def test_a_reference_day_is_not_cut(pilot, period):
    asked = []
    people = CASES.drop("on")
    on_day = measure(reference_day="first", rows=lambda scope: asked.append(scope) or people)
    (r,) = calculate(on_day, pilot=pilot, period=period)
    assert (r.value, r.period_note, asked[0].as_at) == (6, "reference day 31 December 2015", date(2015, 12, 31))


@pytest.mark.parametrize(
    ("fields", "start", "end", "as_at", "note"),
    [
        ({}, date(2016, 1, 1), date(2017, 1, 1), date(2016, 12, 31), ""),
        ({"service": "short"}, date(2016, 3, 1), date(2016, 10, 1), date(2016, 9, 30),
         "from 1 March 2016, when the service began; to 30 September 2016, when the service ended"),
        ({"service": "court_reports", "window": "summer"}, date(2016, 6, 1), date(2016, 9, 1), date(2016, 12, 31),
         "from 1 June 2016 to 31 August 2016"),
    ],
)  # fmt: skip
def test_the_period_is_cut_to_the_service_then_to_the_window(pilot, period, fields, start, end, as_at, note):
    (r,) = calculate(measure(**fields), pilot=pilot, period=period)
    assert (r.period.start, r.period.end, r.as_at, r.period_note) == (start, end, as_at, note)


@pytest.mark.parametrize(
    ("fields", "start", "end", "note"),
    [
        ({"service": "court_reports"}, "2016-01-01", "2016-02-06", "the service did not run in the period"),
        ({"service": "tagging"}, "2016-01-01", "2017-01-01", "the pilot has no such service"),
        ({"window": "winter"}, "2016-01-01", "2017-01-01", "the pilot has no such window"),
        ({"service": "short", "window": "winter"}, "2016-01-01", "2017-01-01", "the pilot has no such window"),
        ({"reference_day": "last"}, "2016-01-01", "2017-01-01", "the pilot has no such reference day"),
        ({"window": "summer"}, "2016-09-01", "2017-01-01", "the period for which this is counted lies outside the one asked for"),
        ({}, "2016-09-01", "2016-09-01", "the period has no day"),
    ],
)
def test_what_did_not_run_has_no_figure_rather_than_zero(pilot, fields, start, end, note):
    period = Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
    (r,) = calculate(measure(**fields), pilot=pilot, period=period)
    assert (r.value, r.numerator, r.note) == (None, None, note)


def test_a_breakdown_follows_the_undivided_cells(pilot, period):
    found = calculate(measure(counted=pl.col("court") == "Thames"), pilot=pilot, period=period, by=("borough",))
    assert [(r.group, dict(r.breakdown), r.value) for r in found] == [
        ("all", {}, 4),
        ("all", {"borough": "Camden"}, 2), ("all", {"borough": "Hackney"}, 2), ("all", {"borough": "Newham"}, 0),
    ]  # fmt: skip


def test_a_value_that_the_pilot_does_not_know_is_shown_too(pilot, period):
    found = calculate(measure(), pilot=pilot, period=period, by=("borough",))
    assert {r.breakdown.get("borough", ""): r.value for r in found}["Barnet"] == 1


def test_every_month_of_the_window_is_shown(pilot, period):
    found = calculate(measure(service="short"), pilot=pilot, period=period, by=("month",))
    months = {r.breakdown["month"]: r.value for r in found if r.breakdown}
    assert months == {"2016-03": 2, "2016-04": 0, "2016-05": 0, "2016-06": 0, "2016-07": 0, "2016-08": 0, "2016-09": 0}


def test_a_person_with_two_needs_counts_under_both(pilot, period):
    found = calculate(measure(), pilot=pilot, period=period, by=("need",))
    assert {r.breakdown.get("need", "all"): r.value for r in found} == {"all": 5, "drugs": 3, "finance": 2}


def test_two_breakdowns_are_crossed(pilot, period):
    found = calculate(measure(), pilot=pilot, period=period, by=("court", "age_band"))
    values = {(r.breakdown.get("court"), r.breakdown.get("age_band")): r.value for r in found}
    assert values[("Thames", "18-25")] == 2
    assert values[("Thames", None)] == 4
    assert values[(None, "18-25")] == 3


def test_an_axis_that_shows_one_value_only_does_not_swallow_the_breakdown(pilot, period):
    axes = (Axis(column="age_band", only=("18-25",), total="all"),)
    found = calculate(measure(axes=axes), pilot=pilot, period=period, by=("age_band",))
    assert [(r.group, r.breakdown.get("age_band", ""), r.value) for r in found] == [
        ("18-25", "", 3), ("all", "", 5), ("all", "18-25", 3), ("all", "26-34", 2),
    ]  # fmt: skip


A_ROW = st.fixed_dictionaries({
    "on": st.sampled_from([date(2016, 1, 31), date(2016, 2, 1), date(2016, 12, 31)]),
    "borough": st.sampled_from(["Camden", "Hackney", "Barnet", None]), "age_band": st.sampled_from(["18-25", "26-34", None]),
    "days": st.one_of(st.none(), st.integers(0, 9)),
})  # fmt: skip
"""Some of whom it is not known where they live, how old they are, how long it took."""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows_made=st.lists(A_ROW, max_size=40), by=st.sampled_from([(), ("borough",), ("month",), ("borough", "month")]))
def test_every_cell_is_what_its_own_rows_are_counted_one_by_one(pilot, period, rows_made, by):
    types = {"on": pl.Date, "borough": pl.String, "age_band": pl.String, "days": pl.Int64}
    early, late = pl.col("days") < 5, pl.col("days") >= 3  # some are both, some are neither
    axes = (
        Axis(groups=(Group(label="early", where=early), Group(label="late", where=late)), total="all"),
        Axis(column="age_band", only=("18-25",), total="any", within=True),
    )
    asked = measure(statistic="share", axes=axes, hit=pl.col("days") != 4, rows=lambda _: pl.DataFrame(rows_made, schema=types))
    of_group = {"early": lambda d: d is not None and d < 5, "late": lambda d: d is not None and d >= 3, "all": lambda d: True}
    for found in calculate(asked, pilot=pilot, period=period, by=by):
        group, age = found.group.split("|")
        theirs = [
            row for row in rows_made
            if of_group[group](row["days"]) and found.breakdown.get("borough", row["borough"]) == row["borough"]
            and found.breakdown.get("month", f"{row['on']:%Y-%m}") == f"{row['on']:%Y-%m}"
        ]  # fmt: skip
        hits = [row for row in theirs if row["days"] not in (None, 4) and age in ("any", row["age_band"])]
        assert (found.numerator, found.denominator) == (len(hits), len(theirs)), (found.group, found.breakdown)


def test_a_breakdown_that_the_rows_lack_is_refused_with_those_there_are(pilot, period):
    with pytest.raises(NoSuchBreakdown, match=r"x by ethnicity.* month, borough, age_band, need, court"):
        calculate(measure(), pilot=pilot, period=period, by=("ethnicity",))
    with pytest.raises(NoSuchBreakdown, match=r"no such breakdown.*postcode"):
        calculate_all([measure()], pilot=pilot, period=period, by=("postcode",))


def test_among_many_measures_one_that_cannot_be_divided_says_so(pilot, period):
    found = calculate_all([measure(), measure(slug="y", rows=lambda s: CASES.drop("borough"))],
                          pilot=pilot, period=period, by=("borough",))  # fmt: skip
    assert [(r.value, r.note) for r in found if r.slug == "y"] == [(5, "not divided by borough")]
    assert sum(r.slug == "x" for r in found) == 5


def test_rows_are_asked_for_once_a_scope(pilot, period):
    asked = []

    def counted(scope: Scope) -> pl.DataFrame:
        asked.append(scope.period.start)
        return CASES

    same = [measure(slug=s, rows=counted) for s in "abc"] + [measure(slug="d", rows=counted, service="short")]
    calculate_all(same, pilot=pilot, period=period)
    run = Run()
    calculate(same[0], pilot=pilot, period=period, run=run)
    calculate(same[1], pilot=pilot, period=period, run=run)
    assert asked == [date(2016, 1, 1), date(2016, 3, 1), date(2016, 1, 1)]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2016-04-25", "2016-09-01", 5),
        ("2016-04-30", "2016-05-02", 2),
        ("2016-12-31", "2017-01-01", 1),
        ("2016-05-01", "2016-05-01", 0),
    ],
)
def test_months_begun(start, end, months):
    assert len(months_of(Period(start=date.fromisoformat(start), end=date.fromisoformat(end)))) == months


def test_a_target_is_met_by_the_value_as_shown(pilot, period):
    share = {"statistic": "share", "hit": pl.col("days") <= 5}
    for target, met in ((60, True), (61, False), (None, None)):
        (r,) = calculate(measure(target=target, **share), pilot=pilot, period=period)
        assert r.meets_target is met
