"""What a score is made of: contributions beside the reference add up to it, in logits exactly and in points of a hundred."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_ogrs3_examples import as_input, examples
from tests.rules.test_ogrs3_score import people
from throughcare.rules.ogrs3 import OFFENCE_GROUPS, PROFILES, explain, score, workings
from throughcare.rules.ogrs3.explain import INPUTS, OFFENCES, Explained, band_birthdays

PUBLISHED = PROFILES["published"]
SCORED = [each for each in examples() if not each["expected_error"] and not each["offence_weight_override"]]


def of(frame: pl.DataFrame, years: int = 2, profile: str = "published") -> Explained:
    return explain(workings(frame, profile=profile).row(0, named=True), parameters=PROFILES[profile], years=years)


def adds_up(told: Explained) -> None:
    assert [c.name for c in told.contributions] == list(INPUTS)
    assert told.reference_logit + sum(c.logit for c in told.contributions) == pytest.approx(told.logit, abs=1e-12)
    assert told.reference_rate + sum(c.points for c in told.contributions) == pytest.approx(told.rate, abs=1e-9)
    for c in told.contributions:
        assert c.points * c.logit >= 0
    assert {c.name for c in (*told.raises, *told.lowers)} <= set(INPUTS)


@pytest.mark.parametrize("example", [pytest.param(each, id=each["vector_id"]) for each in SCORED])
def test_the_published_examples_are_explained_whole(example):
    scored = score(as_input(example), profile=example["profile"]).row(0, named=True)
    for years in (1, 2):
        told = of(as_input(example), years, example["profile"])
        adds_up(told)
        assert told.rate == pytest.approx(100 * scored[f"ogrs3_{years}y"], abs=1e-9)


FIRST = date(1990, 1, 1)


@given(
    sex=st.sampled_from("MF"), group=st.sampled_from(OFFENCE_GROUPS), sanctions=st.integers(1, 300),
    conviction=st.integers(10 * 366, 80 * 365), wait=st.integers(0, 4000), first=st.integers(10, 80),
    profile=st.sampled_from(list(PROFILES)),
)  # fmt: skip
def test_contributions_add_up_to_the_linear_predictor(sex, group, sanctions, conviction, wait, first, profile):
    on = FIRST + timedelta(days=conviction)
    age = on.year - FIRST.year
    frame = people(
        sex=[sex], offence_group=[group], sanctions=[sanctions], date_of_birth=[FIRST], conviction_date=[on],
        followup_date=[on + timedelta(days=wait)], age_at_first_sanction=[min(first, age)],
    )  # fmt: skip
    working = workings(frame, profile=profile).row(0, named=True)
    for years in (1, 2):
        told = of(frame, years, profile)
        adds_up(told)
        assert told.logit == pytest.approx(working[f"logit_{years}y"], abs=1e-12)


def test_the_person_of_reference_has_no_contributions():
    same = people(
        sanctions=[5], date_of_birth=[date(1990, 1, 1)], conviction_date=[date(2016, 1, 1)], followup_date=[date(2016, 1, 1)],
        age_at_first_sanction=[16],
    )  # fmt: skip
    told = of(same)
    assert (told.raises, told.lowers) == ((), ())
    assert told.rate == pytest.approx(told.reference_rate) == pytest.approx(42.2, abs=0.05)


# sanctions, age at first sanction, age at conviction and follow-up, offence; what raises it, what lowers it
WORDS = [
    (24, 16, 25, "violence", ["24 court appearances and cautions in 9 years"], []),
    (24, 22, 31, "violence", ["24 court appearances and cautions in 9 years"], ["a man aged 31"]),
    (2, 30, 31, "theft_non_motor", ["the latest offence is theft, not of or from a vehicle"],
     ["2 court appearances and cautions in 1 year", "a man aged 31"]),
    (1, 19, 19, "robbery", ["a man aged 19"],
     ["one court appearance within a year", "the latest offence is robbery", "never sanctioned before"]),
]  # fmt: skip


@pytest.mark.parametrize(("sanctions", "first", "age", "offence", "raises", "lowers"), WORDS)
def test_what_raises_and_what_lowers_it_in_words(sanctions, first, age, offence, raises, lowers):
    on = date(1990 + age, 1, 1)
    frame = people(
        sanctions=[sanctions], age_at_first_sanction=[first], conviction_date=[on], followup_date=[on], offence_group=[offence]
    )
    told = of(frame)
    assert ([c.words for c in told.raises], [c.words for c in told.lowers]) == (raises, lowers)


def test_a_refused_row_has_no_workings():
    working = workings(people(sanctions=[0])).row(0, named=True)
    assert {value for name, value in working.items() if name != "id"} == {None}


def test_every_group_has_its_words():
    assert tuple(OFFENCES) == OFFENCE_GROUPS


# born, after, the first two days on which another band of age begins
BIRTHDAYS = [
    ("1995-06-01", "2016-01-01", ["2016-06-01", "2020-06-01"]),  # 21, 25
    ("1995-06-01", "2016-06-01", ["2020-06-01", "2025-06-01"]),  # on the birthday itself the band has begun
    ("1996-02-29", "2016-12-01", ["2017-03-01", "2021-03-01"]),
    ("1970-01-01", "2019-12-31", ["2020-01-01"]),  # 50, the last
    ("1960-01-01", "2016-01-01", []),
]


@pytest.mark.parametrize(("born", "after", "days"), BIRTHDAYS)
def test_birthdays_into_another_band(born, after, days):
    found = band_birthdays(date.fromisoformat(born), after=date.fromisoformat(after), parameters=PUBLISHED)
    assert [str(day) for day in found][:2] == days
