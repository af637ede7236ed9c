"""The worked examples that the sources of OGRS3 publish, and one of them term by term."""

import csv
from math import exp, log
from pathlib import Path

import polars as pl
import pytest

from throughcare.rules.ogrs3 import contributions, score

EXAMPLES = Path(__file__).parents[3] / "shared" / "reference" / "ogrs3_examples.csv"
TOLERANCE = {"probability": 1e-9, "probability_3dp": 1e-5, "percent_2dp": 0.000051}
CODES = {
    "CONVICTION_AGE_LT_10": "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN",
    "FIRST_AFTER_CURRENT": "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION",
    "DATE_NOT_AFTER_BIRTH": "UNEXPECTED_ERROR:conviction_date",
    "OFFENCE_CODE_FORMAT": "OFFENCE_CODE_INCORRECT_FORMAT",
    "TOTAL_SANCTIONS_LT_1": "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE",
    "NEED_EXACT_OFFENCE": "NEED_DETAILS_OF_EXACT_OFFENCE",
    "OFFENCE_NOT_MAPPED": "OFFENCE_CODE_MAPPING_NOT_FOUND",
}


def examples() -> list[dict[str, str]]:
    if not EXAMPLES.exists():
        return []
    with EXAMPLES.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_input(example: dict[str, str]) -> pl.DataFrame:
    """The example as a frame of text; one with a weight of its own is put under violence, whose weight is 0."""
    names = "sex date_of_birth conviction_date followup_date first_sanction_date age_at_first_sanction offence_code"
    row = {name: example[name] for name in names.split()}
    own_weight = bool(example["offence_weight_override"])
    row["offence_group"] = "violence" if own_weight else example["offence_group"]
    row["offence_code"] = "" if own_weight else example["offence_code"]
    return pl.DataFrame([{"id": example["vector_id"], "sanctions": example["total_sanctions"], **row}])


def probability_with_own_weight(example: dict[str, str], year: str) -> float:
    terms = contributions(as_input(example), profile=example["profile"]).row(0, named=True)
    weight = float(example["offence_weight_override"])
    logit = terms["age_sex"] + terms["history"] + terms["copas"] + weight + terms[f"constant_{year}y"]
    return 1 / (1 + exp(-logit))


def test_the_reference_examples_are_all_here():
    if not EXAMPLES.exists():
        pytest.skip("the reference examples are not beside the project")
    assert len(examples()) == 26


@pytest.mark.parametrize("example", [pytest.param(each, id=each["vector_id"]) for each in examples()])
def test_example(example: dict[str, str]):
    scored = score(as_input(example), profile=example["profile"]).row(0, named=True)
    if example["expected_error"]:
        assert scored["error"] == CODES[example["expected_error"]]
        assert [scored[name] for name in ("ogrs3_1y", "ogrs3_2y", "percent_1y", "percent_2y", "band")] == [None] * 5
        return
    assert scored["error"] == ""
    own_weight = bool(example["offence_weight_override"])
    for year in "12":
        expected, unit = float(example[f"expected_{year}yr"]), example["expected_unit"]
        probability = probability_with_own_weight(example, year) if own_weight else scored[f"ogrs3_{year}y"]
        if unit != "percent_int":
            expected = expected / 100 if unit == "percent_2dp" else expected
            assert probability == pytest.approx(expected, rel=0, abs=TOLERANCE[unit])
        elif own_weight:
            assert round(100 * probability) == expected
        else:
            assert scored[f"percent_{year}y"] == expected
    if example["expected_band"] and not own_weight:
        assert scored["band"] == example["expected_band"]


MAN_OF_30 = pl.DataFrame(
    {
        "id": ["a man of 30, first sanctioned at 21, second sanction, another offence"],
        "sex": ["M"],
        "date_of_birth": ["1991-07-17"],
        "conviction_date": ["2021-08-05"],
        "followup_date": ["2021-12-12"],
        "age_at_first_sanction": [21],
        "sanctions": [2],
        "offence_code": ["11618"],
    }
)


def test_the_worked_example_term_by_term():
    terms = contributions(MAN_OF_30, profile="oasys").row(0, named=True)
    assert terms["age_sex"] == -1.326
    assert terms["history"] == 0.46306
    assert terms["copas"] == pytest.approx(1.25112 * log(2 / 19), abs=1e-12)
    assert terms["copas"] == pytest.approx(-2.816636, abs=1e-6)
    assert terms["offence"] == -0.0607
    total = terms["age_sex"] + terms["history"] + terms["copas"] + terms["offence"]
    assert total == pytest.approx(-3.740276, abs=1e-6)
    assert (terms["constant_1y"], terms["constant_2y"]) == (1.40256, 2.1217)


def test_the_worked_example_scored():
    scored = score(MAN_OF_30, profile="oasys").row(0, named=True)
    assert scored["ogrs3_1y"] == pytest.approx(0.088047, abs=1e-6)
    assert scored["ogrs3_2y"] == pytest.approx(0.165401, abs=1e-6)
    assert (scored["percent_1y"], scored["percent_2y"], scored["band"]) == (9, 17, "LOW")


def test_the_terms_of_a_score_add_up_to_it_in_both_profiles():
    for profile in ("published", "oasys"):
        terms = contributions(MAN_OF_30, profile=profile).row(0, named=True)
        shared = terms["age_sex"] + terms["history"] + terms["copas"] + terms["offence"]
        scored = score(MAN_OF_30, profile=profile).row(0, named=True)
        for year in ("1y", "2y"):
            assert scored[f"ogrs3_{year}"] == pytest.approx(1 / (1 + exp(-shared - terms[f"constant_{year}"])), abs=1e-15)


def test_a_refused_row_has_no_terms():
    terms = contributions(MAN_OF_30.with_columns(sanctions=pl.lit(0))).row(0, named=True)
    assert {name: value for name, value in terms.items() if name != "id"} == dict.fromkeys(
        ["age_sex", "history", "copas", "offence", "constant_1y", "constant_2y"]
    )
