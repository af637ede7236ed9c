"""Splink, given the parameters of the Ministry's older model, gives the probabilities that its own tests publish.

The model and the five answers: field practice, section 7 (hmpps-person-match-score, test_person_match_view). It holds the
engine to an oracle from outside; the product's own model is another one (`test_parameters`). The names are invented: of those
published they have the slips, and nothing else of a name counts in this model.
"""

import logging
from math import log2
from typing import Any

import duckdb
import polars as pl
import pytest
from splink import DuckDBAPI, Linker, SettingsCreator

PRIOR = 0.0001
OTHERWISE = "ELSE"
DAYS = "abs(date_diff('day', CAST(dob_l AS DATE), CAST(dob_r AS DATE)))"

Levels = list[tuple[str, float, float]]
"""Condition, m, u; the strongest first."""


def _name(column: str, equal: tuple[float, float], near: tuple[float, float], rest: tuple[float, float]) -> Levels:
    return [
        (f"{column}_l = {column}_r", *equal), (f"levenshtein({column}_l, {column}_r) <= 2", *near), (OTHERWISE, *rest),
    ]  # fmt: skip


def _only_equal(column: str, m: float, u: float) -> Levels:
    """Of the second and third name only the first level is published; the rest is taken together."""
    return [(f"{column}_l = {column}_r", m, u), (OTHERWISE, 1 - m, 1 - u)]


MODEL: dict[str, Levels] = {
    "dob": [
        ("dob_l = dob_r AND substr(dob_l, 6) = '01-01'", 0.004163142, 0.00000208095),
        ("dob_l = dob_r", 0.959234, 0.000172056),
        ("levenshtein(dob_l, dob_r) <= 2", 0.0320664, 0.0229814),
        (f"{DAYS} <= 365", 0.00169634, 0.0395394),
        (f"{DAYS} <= 3650", 0.00247992, 0.386223),
        (OTHERWISE, 0.000360226, 0.551082),
    ],
    "forename": _name("forename", (0.931163, 0.00436615), (0.0436611, 0.00785166), (0.0251756, 0.987782)),
    "second": _only_equal("second", 0.91193, 0.0130196),
    "third": _only_equal("third", 0.895208, 0.0130053),
    "surname": _name("surname", (0.932677, 0.000900612), (0.0338871, 0.00260711), (0.0334361, 0.996492)),
    "pnc": [
        ("pnc_l = pnc_r", 0.984113, 0.000315655),
        ("levenshtein(pnc_l, pnc_r) <= 3", 0.00205079, 0.00013106),
        (OTHERWISE, 0.0138361, 0.999553),
    ],
}
ROUNDED = 2e-5
"""The parameters are published to six digits, so each of the eight that a pair takes is off by up to some 3 in a million."""

LIA = {"forename": "lia", "surname": "belaford", "dob": "2009-07-06", "pnc": None}
KADA = {"forename": "kada", "surname": "wynem", "dob": "2009-07-06", "pnc": "2001/0141640Y"}
PUBLISHED = {
    "one letter of the surname, and one PNC ID unknown":
        (LIA, {**LIA, "surname": "belabford", "pnc": "2001/0141640Y"}, "0.999353426"),
    "one letter of the forename": (KADA, {**KADA, "forename": "kayda"}, "0.9999999001"),
    "two letters of the surname": (KADA, {**KADA, "surname": "winemu"}, "0.9999997925"),
    "one digit of the PNC ID": (KADA, {**KADA, "pnc": "2003/0141640Y"}, "0.999999481"),
    "two digits of the birth": (KADA, {**KADA, "dob": "2009-08-07"}, "0.999989593"),
}  # fmt: skip
WORKED_OUT = {
    "all the same": (KADA, KADA),
    "born on 1 January": ({**KADA, "dob": "2009-01-01"}, {**KADA, "dob": "2009-01-01"}),
    "second and third names": ({**KADA, "second": "ilka", "third": "zoro"}, {**KADA, "second": "ilka", "third": "zoro"}),
    "another second name": ({**KADA, "second": "ilka"}, {**KADA, "second": "tovus"}),
    "nobody": (KADA, {**LIA, "dob": "1950-11-30", "pnc": "1985/7654321A"}),
    "born in one year": ({**KADA, "dob": "2009-07-06"}, {**KADA, "dob": "2010-06-25"}),
}
EXPECTED = {
    "all the same": ("dob", 1, "forename", 0, "surname", 0, "pnc", 0),
    "born on 1 January": ("dob", 0, "forename", 0, "surname", 0, "pnc", 0),
    "second and third names": ("dob", 1, "forename", 0, "second", 0, "third", 0, "surname", 0, "pnc", 0),
    "another second name": ("dob", 1, "forename", 0, "second", 1, "surname", 0, "pnc", 0),
    "nobody": ("dob", 5, "forename", 2, "surname", 2, "pnc", 2),
    "born in one year": ("dob", 3, "forename", 0, "surname", 0, "pnc", 0),
}


def _comparison(column: str, levels: Levels) -> dict[str, Any]:
    absent = {"sql_condition": f"{column}_l IS NULL OR {column}_r IS NULL", "label_for_charts": "absent", "is_null_level": True}
    told = [
        {"sql_condition": condition, "label_for_charts": condition, "m_probability": m, "u_probability": u}
        for condition, m, u in levels
    ]
    return {"output_column_name": column, "comparison_levels": [absent, *told]}


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, float]]:
    """Probability and weight of each pair, by its name."""
    pairs = {name: row[:2] for name, row in (PUBLISHED | WORKED_OUT).items()}
    silent = dict.fromkeys(MODEL)
    rows = [
        {**silent, **record, "id": f"{name} {n}", "pair": name} for name, pair in pairs.items() for n, record in enumerate(pair)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", probability_two_random_records_match=PRIOR,
        comparisons=[_comparison(column, levels) for column, levels in MODEL.items()],
        blocking_rules_to_generate_predictions=[{"blocking_rule": "l.pair = r.pair", "sql_dialect": "duckdb"}],
        additional_columns_to_retain=["pair"],
    )  # fmt: skip
    api = DuckDBAPI(connection=duckdb.connect(":memory:"))
    schema = dict.fromkeys([*MODEL, "id", "pair"], pl.String)
    table = api.register(pl.DataFrame(rows, schema=schema).to_arrow(), dataset_display_name="records")
    log = logging.getLogger("splink")
    log.setLevel(logging.ERROR)
    found = Linker(table, settings, log_level=logging.ERROR).inference.predict(warning_mode="never")
    columns = "pair_l AS pair, match_probability AS probability, match_weight AS weight"
    return {row.pop("pair"): row for row in api.duckdb_con.sql(f"SELECT {columns} FROM {found.physical_name}").pl().to_dicts()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_probability_is_met_as_far_as_the_rounded_parameters_reach(told, name):
    published = PUBLISHED[name][2]
    of_two_people, last_digit = 1 - float(published), 0.5 * 10 ** -len(published.partition(".")[2])
    assert 1 - told[name]["probability"] == pytest.approx(of_two_people, rel=0, abs=ROUNDED * of_two_people + last_digit)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_weight_is_the_prior_and_what_each_comparison_says_and_an_absent_name_says_nothing(told, name):
    columns, places = EXPECTED[name][::2], EXPECTED[name][1::2]
    parts = [MODEL[column][place][1:] for column, place in zip(columns, places, strict=True)]
    assert told[name]["weight"] == pytest.approx(log2(PRIOR / (1 - PRIOR)) + sum(log2(m / u) for m, u in parts), abs=1e-9)


def test_the_levels_of_each_comparison_are_chances_that_add_up_to_one():
    """As far as six digits and the null levels go: a slip in copying the table would show here."""
    for column, levels in MODEL.items():
        for side in (1, 2):
            assert sum(level[side] for level in levels) == pytest.approx(1, abs=2e-5), (column, side)
