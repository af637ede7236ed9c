"""The score itself: ages, bands of age, weights, and how it answers to its inputs."""

from datetime import date, timedelta
from math import exp, log

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core import dates
from throughcare.rules.ogrs3 import OFFENCE_GROUPS, PROFILES, contributions, score
from throughcare.rules.ogrs3.ages import END, FIRST_DAY, completed_years
from throughcare.rules.ogrs3.offences import NEEDS_EXACT_OFFENCE, offence_map

OUTPUT = ["id", "ogrs3_1y", "ogrs3_2y", "percent_1y", "percent_2y", "band", "error"]


def people(**columns: list[object]) -> pl.DataFrame:
    """People who differ only in the columns given: men of 25, first sanctioned at 15, convicted of violence."""
    (height,) = {len(values) for values in columns.values()}
    same = {
        "sex": "M",
        "date_of_birth": date(1990, 1, 1),
        "conviction_date": date(2015, 6, 1),
        "followup_date": date(2015, 6, 1),
        "age_at_first_sanction": 15,
        "sanctions": 5,
        "offence_group": "violence",
    }
    rows = {name: [value] * height for name, value in same.items()} | columns
    return pl.DataFrame({"id": list(range(height)), **rows})


def two_year(frame: pl.DataFrame, profile: str = "published") -> list[float]:
    scored = score(frame, profile=profile)
    assert set(scored["error"]) == {""}
    return scored["ogrs3_2y"].to_list()


def test_the_columns_of_the_result():
    scored = score(people(sanctions=[1, 2]))
    assert scored.columns == OUTPUT
    assert scored.schema["ogrs3_1y"] == scored.schema["ogrs3_2y"] == pl.Float64
    assert scored.schema["error"] == pl.String


def test_nobody_is_scored_where_there_is_nobody():
    assert score(people(sanctions=[1]).clear()).rows() == []


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),  # in a common year the birthday is reached on 1 March
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 28), 19),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(1997, 2, 1), date(2017, 1, 31), 19),
        (date(1997, 2, 1), date(2017, 2, 1), 20),
        (date(1997, 12, 31), date(1998, 1, 1), 0),
    ],
)
def test_completed_years(born: date, on: date, years: int):
    assert pl.select(completed_years(pl.lit(born), pl.lit(on))).item() == years


@given(st.lists(st.tuples(st.dates(FIRST_DAY, END - timedelta(days=1)), st.dates(FIRST_DAY, END - timedelta(days=1)))))
def test_completed_years_are_those_of_one_person_at_a_time(pairs: list[tuple[date, date]]):
    pairs = [(min(pair), max(pair)) for pair in pairs]
    frame = pl.DataFrame(pairs, schema={"born": pl.Date, "on": pl.Date}, orient="row")
    ages = frame.select(completed_years(pl.col("born"), pl.col("on"))).to_series().to_list()
    assert ages == [dates.completed_years(born, on) for born, on in pairs]


def test_a_date_out_of_range_gives_no_age():
    frame = pl.DataFrame({"born": [date(1990, 1, 1)] * 3, "on": [date(1799, 12, 31), END, None]})
    assert frame.select(completed_years(pl.col("born"), pl.col("on"))).to_series().to_list() == [None, None, None]


BANDS = [
    # first age, last age, man published, woman published, man OASys, woman OASys
    (10, 11, 0.0, -0.785038489, 0.0, 0.785),
    (12, 13, 0.083922902, -0.613852078, 0.08392, 0.61385),
    (14, 15, 0.075775765, -0.669521331, 0.07578, 0.66952),
    (16, 17, -0.061594199, -0.959179629, -0.0616, -0.9592),
    (18, 20, -0.625103618, -0.897480934, -0.6251, -0.8975),
    (21, 24, -1.051515067, -1.028488454, -1.0515, -1.0285),
    (25, 29, -1.166679288, -1.052777806, -1.1667, -1.0528),
    (30, 34, -1.325976554, -1.129127959, -1.326, -1.1291),
    (35, 39, -1.368045933, -1.42187494, -1.368, -1.4219),
    (40, 49, -1.499690953, -1.524652221, -1.4997, -1.5247),
    (50, 120, -2.025261458, -2.44983716, -2.0253, -2.4498),
]


@pytest.mark.parametrize("band", BANDS, ids=lambda band: f"{band[0]}-{band[1]}")
def test_age_sex_bands_at_their_edges(band: tuple[float, ...]):
    first, last, *weights = band
    born = date(1990, 6, 15)
    # The first day of the band, and the last: the day before the birthday after it.
    edges = [date(1990 + int(first), 6, 15), date(1991 + int(last), 6, 14)]
    for profile, (man, woman) in {"published": weights[:2], "oasys": weights[2:]}.items():
        frame = people(sex=["M", "M", "F", "F"], followup_date=edges * 2, date_of_birth=[born] * 4)
        terms = contributions(frame, profile=profile)
        assert terms["age_sex"].to_list() == [man, man, woman, woman]


@pytest.mark.parametrize(("sanctions", "weight"), [(1, 0.126142106), (2, 0.463062792), (51, 0.463062792)])
def test_history_tells_the_first_sanction_from_the_others(sanctions: int, weight: float):
    assert contributions(people(sanctions=[sanctions]))["history"].to_list() == [weight]


def test_sanctions_are_not_capped():
    terms = contributions(people(sanctions=[50, 51, 400]))
    assert terms["copas"].to_list() == pytest.approx([1.251124464 * log(n / 20) for n in (50, 51, 400)], abs=1e-12)


def test_each_offence_group_has_its_weight():
    for profile, parameters in PROFILES.items():
        terms = contributions(people(offence_group=list(OFFENCE_GROUPS)), profile=profile)
        assert terms["offence"].to_list() == [parameters.offence[group] for group in OFFENCE_GROUPS]


@pytest.mark.parametrize(
    ("code", "group"),
    [("02801", "burglary_domestic"), ("00100", "violence"), ("03400", "robbery"), ("80301", "drink_driving")],
)
def test_an_offence_code_stands_for_its_group(code: str, group: str):
    by_code = people(offence_code=[code]).drop("offence_group")
    assert two_year(by_code) == two_year(people(offence_group=[group]))


def test_the_map_of_offence_codes_is_whole():
    known = offence_map()
    assert known["offence_code"].n_unique() == known.height == 3013
    assert known.filter(pl.col("group") == NEEDS_EXACT_OFFENCE).height == 3
    assert known.filter(pl.col("group") != NEEDS_EXACT_OFFENCE)["group"].n_unique() == 20


def test_the_profiles_differ_only_where_rounding_or_the_service_makes_them():
    published, oasys = PROFILES["published"], PROFILES["oasys"]
    by_more = {
        *((sex, age) for sex in "MF" for age, weight in published.age_sex[sex].items()
          if abs(weight - oasys.age_sex[sex][age]) > 0.00006),
        *(group for group, weight in published.offence.items() if abs(weight - oasys.offence[group]) > 0.00006),
    }  # fmt: skip
    assert by_more == {("F", 10), ("F", 12), ("F", 14), "sexual_not_child"}


def test_an_age_may_stand_for_the_date_of_the_first_sanction():
    by_date = people(first_sanction_date=[date(2005, 1, 1), date(2005, 12, 31)]).drop("age_at_first_sanction")
    assert two_year(by_date) == two_year(people(age_at_first_sanction=[15, 15]))


def test_text_a_lazy_frame_and_other_types_give_the_same():
    frame = people(sanctions=[1, 2, 9])
    expected = score(frame)
    as_text = frame.with_columns(pl.exclude("id").cast(pl.String))
    as_kinds = frame.with_columns(pl.col("sex", "offence_group").cast(pl.Categorical), pl.col("sanctions").cast(pl.UInt8))
    as_float = frame.with_columns(pl.col("sanctions").cast(pl.Float64))
    for same in (as_text, as_kinds, as_float, frame.lazy()):
        assert score(same).equals(expected)


def plainly(*, age: int, first: int, sanctions: int, year: str) -> float:
    """The published formula for a man at his conviction, of violence, written out."""
    published = PROFILES["published"]
    band = max(start for start in published.age_sex["M"] if start <= age)
    history = published.first_sanction if sanctions == 1 else published.repeat_sanction
    copas = published.copas * log(sanctions / (10 + age - first))
    constant = published.constant_1y if year == "1y" else published.constant_2y
    return 1 / (1 + exp(-(constant + published.age_sex["M"][band] + history + copas)))


ages = st.integers(10, 90).flatmap(lambda age: st.tuples(st.just(age), st.integers(10, age)))


@given(ages, st.integers(1, 300))
def test_the_score_is_the_formula(age_and_first: tuple[int, int], sanctions: int):
    age, first = age_and_first
    on = date(2000 + age, 1, 1)
    row = people(
        date_of_birth=[date(2000, 1, 1)],
        conviction_date=[on],
        followup_date=[on],
        age_at_first_sanction=[first],
        sanctions=[sanctions],
    )
    scored = score(row).row(0, named=True)
    for year in ("1y", "2y"):
        assert scored[f"ogrs3_{year}"] == pytest.approx(plainly(age=age, first=first, sanctions=sanctions, year=year), abs=1e-14)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=20), st.sampled_from(OFFENCE_GROUPS), st.sampled_from("MF"))
def test_more_sanctions_never_lower_the_score(sanctions: list[int], group: str, sex: str):
    ordered = sorted(sanctions)
    frame = people(
        sanctions=list(ordered), offence_group=[group] * len(ordered), sex=[sex] * len(ordered)
    )  # fmt: skip
    for profile in PROFILES:
        scores = two_year(frame, profile)
        assert scores == sorted(scores)


@given(st.lists(st.integers(10, 25), min_size=2, max_size=10))
def test_a_later_first_sanction_never_lowers_the_score(firsts: list[int]):
    """The same number of sanctions in fewer years."""
    scores = two_year(people(age_at_first_sanction=sorted(firsts)))
    assert scores == sorted(scores)


@given(st.integers(1, 200), st.integers(10, 25), st.sampled_from(OFFENCE_GROUPS))
def test_two_years_are_never_less_likely_than_one(sanctions: int, first: int, group: str):
    frame = people(sanctions=[sanctions], age_at_first_sanction=[first], offence_group=[group])
    row = score(frame).row(0, named=True)
    assert 0 < row["ogrs3_1y"] < row["ogrs3_2y"] < 1
    assert 1 <= row["percent_1y"] <= row["percent_2y"] <= 99


@given(st.permutations(range(12)))
def test_a_score_does_not_depend_on_the_other_rows(order: list[int]):
    frame = people(sanctions=[0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144])
    assert score(frame[order]).equals(score(frame)[order])
