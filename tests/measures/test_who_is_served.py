"""Who gets in and who gets served: a table that a reader can count, its ratios by hand, and that small numbers are withheld."""

from datetime import date

import polars as pl
import pytest

from throughcare.core.pilot import Period
from throughcare.measures import who_is_served as module
from throughcare.measures.own import Own
from throughcare.measures.who_is_served import listed, who_is_served

YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
# borough, sex, and how many: met the rule, are members, were referred, accepted, started, ended, completed
PEOPLE = [
    ("Hackney", "M", 60, 50, 40, 30, 24, 18, 13),
    ("Hackney", "F", 20, 10, 8, 6, 6, 6, 6),
    ("Camden", "M", 50, 40, 12, 10, 10, 10, 10),
    ("Camden", "F", 30, 20, 4, 0, 0, 0, 0),
]
STEPS = ("referred", "accepted", "started", "ended", "completed")


def frames(people: list[tuple]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of selection and of the way, as the store would give them."""
    selected, way = [], []
    for borough, sex, eligible, members, *steps in people:
        told = {"on": date(2016, 6, 1), "borough": borough, "sex": sex}
        told |= {"age_band": "18-25", "ethnicity": "White", "agency": "CRC"}
        selected += [told | {"person": len(selected) + n, "member": n < members} for n in range(eligible)]
        took = dict(zip(STEPS, steps, strict=True))
        way += [told | {"person": len(way) + n} | {name: n < many for name, many in took.items()} for n in range(members)]
    return pl.DataFrame(selected), pl.DataFrame(way)


@pytest.fixture
def served(monkeypatch, pilot):
    def found(people=PEOPLE, **told):
        selected, way = frames(people)
        module.steps.cache_clear()
        monkeypatch.setattr(module, "selection_rows", lambda scope: selected)
        monkeypatch.setattr(module, "way_rows", lambda scope, service: way)
        return {each.step.measure.slug.partition(".")[2]: each for each in who_is_served(pilot=pilot, period=YEAR, **told)}

    yield found
    module.steps.cache_clear()


def test_each_step_is_a_share_of_those_who_took_the_one_before(served):
    told = {slug: (each.whole.numerator, each.whole.denominator) for slug, each in served().items()}
    assert told == {
        "selected": (120, 160), "referred": (64, 120), "accepted": (46, 64), "started": (40, 46), "completed": (29, 34),
    }  # fmt: skip


# step, borough: share, ratio to all others (here the other borough), and what is said
RATIOS = [
    ("selected", "Hackney", 60 / 80, (60 / 80) / (60 / 80), "no difference shown"),
    ("referred", "Hackney", 48 / 60, (48 / 60) / (16 / 60), "higher"),
    ("referred", "Camden", 16 / 60, (16 / 60) / (48 / 60), "lower"),
    ("accepted", "Camden", 10 / 16, (10 / 16) / (36 / 48), "no difference shown"),
]


@pytest.mark.parametrize(("step", "borough", "share", "times", "verdict"), RATIOS)
def test_a_ratio_is_of_the_group_to_all_others(served, step, borough, share, times, verdict):
    (line,) = [each for each in served()[step].ways["borough"] if each.label == borough]
    assert (line.result.value, line.others.value) == pytest.approx((100 * share, times))
    assert line.verdict == verdict


def test_the_ratio_to_the_largest_group_is_not_given_of_the_largest(served):
    lines = served()["referred"].ways["sex"]
    men, women = lines
    assert (men.label, men.is_largest, men.largest, women.label) == ("M", True, None, "F")
    assert women.largest.value == pytest.approx((12 / 30) / (52 / 90))


def test_small_numbers_are_withheld_and_what_would_give_them_away(served):
    people = [*PEOPLE, ("Newham", "M", 30, 20, 3, 3, 3, 3, 3)]
    lines = {line.label: line for line in served(people)["referred"].ways["borough"]}
    assert lines["Newham"].result.suppressed and lines["Newham"].verdict == "withheld"
    assert lines["Newham"].others is None and lines["Newham"].interval is None
    assert len([line for line in lines.values() if line.result.suppressed]) >= 2  # one alone is the total less the others


def test_a_group_of_which_nobody_took_the_step_has_a_ratio_without_an_interval(served):
    people = [("Hackney", "M", 40, 40, 20, 10, 10, 10, 10), ("Camden", "M", 40, 40, 0, 0, 0, 0, 0)]
    (camden,) = [line for line in served(people)["referred"].ways["borough"] if line.label == "Camden"]
    assert (camden.others.value, camden.others.low, camden.verdict) == (0, None, "cannot be said")


def test_of_ones_own_borough_there_are_no_others(served):
    told = served(own=Own(parts=((("borough", frozenset({"Hackney"})),),)))
    assert told["referred"].whole.denominator == 60
    assert [(line.label, line.others) for line in told["referred"].ways["borough"]] == [("Hackney", None)]
    assert served(own=Own()) == {}


def test_the_file_has_a_row_a_step_and_group_and_nothing_of_what_is_withheld(served):
    rows = listed(tuple(served([*PEOPLE, ("Newham", "M", 30, 20, 3, 3, 3, 3, 3)]).values()))
    hidden = [row for row in rows if row["suppressed"]]
    assert hidden and all(row["hits"] is row["base"] is row["percent"] is row["ratio_to_others"] is None for row in hidden)
    assert {row["step"] for row in rows} == {f"served.{step}" for step in ("selected", *STEPS)} - {"served.ended"}
