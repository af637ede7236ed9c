"""The clerical sample: its size by the textbook, its drawing, and whether the estimate from it covers the truth."""

from math import ceil

import numpy as np
import polars as pl
import pytest

from throughcare.linkage.clerical import LEAST, AnswerUnknown, OtherPairs, PlanRefused, draw, estimate, never_weighed
from throughcare.linkage.clerical import sample_needed as plan
from throughcare.linkage.quality_files import CellRefused, ColumnsMissing, StandsTwice

Z95 = 1.959964


def pairs_of(*strata: tuple[str, float, int]) -> pl.DataFrame:
    """So many pairs of each decision and weight."""
    rows = [(decision, weight) for decision, weight, number in strata for _ in range(number)]
    return pl.DataFrame(rows, schema={"decision": pl.String, "weight": pl.Float64}, orient="row").with_row_index("n").select(
        pl.lit("police").alias("left_source"), pl.format("P{}", "n").alias("left_record_id"),
        pl.lit("prison").alias("right_source"), pl.format("H{}", "n").alias("right_record_id"), "weight", "decision",
    )  # fmt: skip


def needed(pairs: pl.DataFrame, margin: float = 0.005, recall_margin: float = 0.02) -> dict[str, int]:
    return {s.name: s.needed for s in plan(pairs, margin, recall_margin=recall_margin)}


def answered(sample: pl.DataFrame, answers: dict[str, list[str | None]]) -> pl.DataFrame:
    """The sample with these answers given in each stratum, in turn."""
    left = {name: list(said) for name, said in answers.items()}
    return sample.with_columns(same=pl.Series([left[name].pop(0) for name in sample["stratum"]], dtype=pl.String))


@pytest.mark.parametrize("number", [300, 5_000, 60_000])
@pytest.mark.parametrize("margin", [0.005, 0.01, 0.02])
def test_one_stratum_needs_what_the_textbook_says(number, margin):
    """n0 = z2 p (1 - p) / e2, then n0 / (1 + (n0 - 1) / N), with p = 0.99: one joined pair in a hundred is doubted."""
    n0 = Z95**2 * 0.99 * 0.01 / margin**2
    textbook = ceil(n0 / (1 + (n0 - 1) / number))
    assert needed(pairs_of(("joined", 40.0, number)), margin) == {"joined 30 and over": max(textbook, LEAST)}


def test_the_textbook_number_for_a_very_large_file():
    """1.96 squared, by 0.99 and 0.01, by 200 squared: 1,521.3. Of 500,000 pairs, the finite population takes 4.6 off."""
    assert needed(pairs_of(("joined", 40.0, 500_000))) == {"joined 30 and over": 1517}


def test_strata_alike_are_sampled_in_proportion():
    told = needed(pairs_of(("joined", 40.0, 30_000), ("joined", 25.0, 10_000)))
    assert told["joined 30 and over"] == pytest.approx(3 * told["joined 20 to 30"], abs=3)


def test_missed_pairs_are_looked_for_where_they_are_expected():
    """Neyman: size times spread. By weight 1, one in three is missed (spread 0.471); by -3, one in nine (0.314)."""
    told = needed(pairs_of(("joined", 40.0, 10_000), ("apart", 1.0, 1_000), ("apart", -3.0, 3_000)), recall_margin=0.005)
    assert told["apart -6 to -2"] / told["apart -2 to 2"] == pytest.approx(3 * 0.31427 / 0.47140, rel=0.02)


def test_pairs_decided_against_their_weight_are_doubted_most():
    """Joined through a third below the weight for asking, or held back by a guard above the weight for joining."""
    told = {s.name: s.planned for s in plan(pairs_of(("joined", 0.0, 9), ("possible", 18.0, 9), ("possible", 5.0, 9)))}
    assert told == {"joined -2 to 2": 0.5, "possible 14 to 20": 0.5, "possible 2 to 8": pytest.approx(32 / 33)}


def test_a_stratum_too_small_for_its_share_is_judged_whole():
    assert needed(pairs_of(("joined", 40.0, 30_000), ("joined", 0.0, 100)), 0.001)["joined -2 to 2"] == 100
    assert needed(pairs_of(("joined", 40.0, 7))) == {"joined 30 and over": 7}


def test_a_smaller_margin_needs_more():
    pairs = pairs_of(("joined", 40.0, 20_000), ("apart", -1.0, 2_000))
    (joined, apart), (more_joined, more_apart) = needed(pairs, 0.02, 0.02).values(), needed(pairs, 0.01, 0.01).values()
    assert joined < more_joined and apart < more_apart


POPULATION = pairs_of(("joined", 40.0, 100), ("possible", 5.0, 10), ("apart", -8.0, 50))
SIZES = {"joined 30 and over": 10, "possible 2 to 8": 10, "apart below -6": 5}


def test_the_sample_has_what_a_person_needs_and_an_empty_column():
    drawn = draw(POPULATION, 1, SIZES)
    ids = ["left_source", "left_record_id", "right_source", "right_record_id"]
    assert drawn.columns == ["stratum", "probability", *ids, "weight", "same"]
    assert dict(drawn.group_by("stratum").len().iter_rows()) == SIZES
    assert dict(drawn.select("stratum", "probability").unique().iter_rows()) == {
        "joined 30 and over": 0.1, "possible 2 to 8": 1.0, "apart below -6": 0.1,
    }  # fmt: skip
    assert drawn["same"].null_count() == drawn.height


def test_the_seed_decides_whatever_the_order():
    assert draw(POPULATION, 1, SIZES).equals(draw(POPULATION.reverse(), 1, SIZES))
    assert not draw(POPULATION, 1, SIZES).equals(draw(POPULATION, 2, SIZES))


def test_a_larger_sample_adds_to_a_smaller_one():
    small, large = (draw(POPULATION, 1, {"joined 30 and over": n})["left_record_id"] for n in (10, 60))
    assert set(small) < set(large)


FILLED = answered(draw(POPULATION, 1, SIZES), {
    "joined 30 and over": ["yes"] * 9 + ["no"], "possible 2 to 8": ["yes"] * 5 + ["no"] * 5, "apart below -6": ["no"] * 5,
})  # fmt: skip


def test_an_estimate_by_hand():
    told = estimate(FILLED, POPULATION)
    assert told.precision.value == pytest.approx(0.9)
    assert told.recall.value == pytest.approx(90 / 95)  # 90 of the 100 joined, and 5 of the possible: 95 matches
    assert told.recall_answered.value == pytest.approx(1.0)
    assert (told.answered, told.not_sure, told.unanswered, told.unjudged) == (25, 0, 0, ())
    assert told.precision.low < 0.9 < told.precision.high
    assert "weigh less than -10" in told.not_counted


def test_not_sure_is_apart_and_bounds_say_what_it_could_change():
    judged = answered(draw(POPULATION, 1, SIZES), {
        "joined 30 and over": ["Yes ", "YES", "yes", "yes", "yes", "yes", "yes", "yes", "not sure", "not sure"],
        "possible 2 to 8": ["yes"] * 5 + ["no"] * 4 + ["not sure"], "apart below -6": ["no"] * 4 + [None],
    })  # fmt: skip
    told = estimate(judged, POPULATION)
    assert (told.answered, told.not_sure, told.unanswered) == (21, 3, 1)
    assert (told.precision.value, told.precision.at_least, told.precision.at_most) == (1.0, 0.8, 1.0)
    assert told.recall.at_least == pytest.approx(80 / 86)  # the joined not sure are two, that of the possible is one
    assert told.recall.at_most == pytest.approx(100 / 105)
    assert told.recall.at_least < told.recall.value < told.recall.at_most


def test_a_stratum_without_an_answer_leaves_unknown_what_depends_on_it():
    told = estimate(FILLED.filter(pl.col("stratum") != "apart below -6"), POPULATION)
    assert told.unjudged == ("apart below -6",)
    assert (told.recall.value, told.recall.low, told.recall_answered.value) == (None, None, None)
    assert told.precision.value == pytest.approx(0.9)


def test_what_was_judged_whole_is_certain_and_a_sample_without_an_error_is_not():
    whole = draw(POPULATION, 1, {"joined 30 and over": 100}).with_columns(same=pl.lit("yes"))
    assert estimate(whole, POPULATION).precision.low == 1.0
    assert estimate(whole.head(50), POPULATION).precision.low < 0.97


def test_the_estimate_covers_the_truth():
    """Weights that promise too much, guards that held back half for nothing, and matches among the pairs put apart."""
    random = np.random.default_rng(11)
    strata = {
        ("joined", 40.0, 700): 0.995, ("joined", 16.0, 200): 0.95, ("joined", 1.0, 40): 0.8, ("possible", 18.0, 40): 0.5,
        ("possible", 4.0, 80): 0.7, ("apart", -1.0, 150): 0.2, ("apart", -8.0, 300): 0.02,
    }  # fmt: skip
    pairs, chance = pairs_of(*strata), np.repeat(list(strata.values()), [number for _, _, number in strata])
    same = random.random(pairs.height) < chance
    joined = (pairs["decision"] == "joined").to_numpy()
    true_precision, true_recall = same[joined].mean(), same[joined].sum() / same.sum()
    truth = pairs.select("left_record_id", is_same=pl.Series(np.where(same, "yes", "no")))
    sizes, covered = needed(pairs, 0.02), [0, 0]
    for seed in range(200):
        drawn = draw(pairs, seed, sizes).join(truth, on="left_record_id").with_columns(same="is_same")
        told = estimate(drawn, pairs)
        covered[0] += told.precision.low <= true_precision <= told.precision.high
        covered[1] += told.recall.low <= true_recall <= told.recall.high
    assert min(covered) >= 180
    assert sum(sizes.values()) < pairs.height / 2  # it was a sample


def test_pairs_joined_only_through_others_are_counted():
    people = pl.DataFrame({"source": "s", "record_id": list("abcd"), "person_id": [1, 1, 1, 2]})
    assert never_weighed(people, pairs_of(("joined", 40.0, 2), ("apart", 0.0, 3))) == 1


FOURTH = FILLED["left_record_id"][3]
ODD = FILLED.with_columns(same=pl.when(pl.col("left_record_id") == FOURTH).then(pl.lit("maybe")).otherwise("same"))
REFUSED = [
    ("an unknown word", ODD, POPULATION, AnswerUnknown, f"police {FOURTH} .* maybe"),
    ("a pair judged twice", pl.concat([FILLED, FILLED.head(1)]), POPULATION, StandsTwice, FILLED["left_record_id"][0]),
    ("a pair of another file", FILLED.with_columns(left_source=pl.lit("court")), POPULATION, OtherPairs, "court"),
    ("linked again since", FILLED, POPULATION.with_columns(weight=pl.lit(25.0)), OtherPairs, "in another stratum"),
    ("no answers at all", FILLED.drop("same"), POPULATION, ColumnsMissing, "same"),
    ("no weight", FILLED, POPULATION.with_columns(weight=pl.lit("heavy")), CellRefused, "police P0 prison H0 heavy"),
    ("another decision", FILLED, POPULATION.with_columns(decision=pl.lit("perhaps")), CellRefused, "perhaps"),
]


@pytest.mark.parametrize(("case", "judged", "pairs", "error", "names"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_cannot_be_right_is_refused_with_the_record(case, judged, pairs, error, names):
    with pytest.raises(error, match=names):
        estimate(judged, pairs)


@pytest.mark.parametrize("sizes", [{"joined 8 to 14": 1}, {"joined 30 and over": 101}, {"joined 30 and over": -1}])
def test_sizes_that_cannot_be_drawn_are_refused(sizes):
    with pytest.raises(PlanRefused, match=next(iter(sizes))):
        draw(POPULATION, 1, sizes)


@pytest.mark.parametrize("margin", [0.0, 1.0, -0.1])
def test_margins_that_cannot_be_are_refused(margin):
    with pytest.raises(PlanRefused, match="margin"):
        plan(POPULATION, margin)
