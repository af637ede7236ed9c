"""Every reason for which a row gets no score, and the order in which the reasons are looked for."""

from datetime import date

import polars as pl
import pytest

from throughcare.core.errors import UserError
from throughcare.rules.ogrs3 import MEANING, score
from throughcare.rules.ogrs3.refusals import LARGEST_LOGIT, SMALLEST_LOGIT, STAGES

SOUND = {
    "id": "1",
    "sex": "M",
    "date_of_birth": "1990-06-15",
    "conviction_date": "2015-06-15",
    "followup_date": "2015-06-15",
    "first_sanction_date": "2006-01-10",
    "age_at_first_sanction": None,
    "sanctions": "4",
    "offence_code": "02801",
    "offence_group": None,
}
SCHEMA = dict.fromkeys(SOUND, pl.String)
NOT_SCORED = ["ogrs3_1y", "ogrs3_2y", "percent_1y", "percent_2y", "band"]


def error_of(**changes: str | None) -> str:
    """The error of a sound row with some cells changed; makes sure that a refused row has no score, and only such."""
    row = score(pl.DataFrame([SOUND | changes], schema=SCHEMA)).row(0, named=True)
    assert all((row[name] is None) == (row["error"] != "") for name in NOT_SCORED)
    error: str = row["error"]
    return error


def test_a_sound_row_has_no_error():
    assert error_of() == ""


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sex": None}, "MISSING_MANDATORY_INPUT:sex"),
        ({"date_of_birth": None}, "MISSING_MANDATORY_INPUT:date_of_birth"),
        ({"conviction_date": None}, "MISSING_MANDATORY_INPUT:conviction_date"),
        ({"followup_date": None}, "MISSING_MANDATORY_INPUT:followup_date"),
        ({"sanctions": None}, "MISSING_MANDATORY_INPUT:sanctions"),
        ({"first_sanction_date": None}, "MISSING_MANDATORY_INPUT:age_at_first_sanction"),
        ({"offence_code": None}, "MISSING_MANDATORY_INPUT:offence_code"),
        ({"offence_code": ""}, "MISSING_MANDATORY_INPUT:offence_code"),
        ({"sanctions": "0"}, "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"),
        ({"sanctions": "-3"}, "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"),
        ({"offence_code": "2801"}, "OFFENCE_CODE_INCORRECT_FORMAT"),
        ({"offence_code": "028010"}, "OFFENCE_CODE_INCORRECT_FORMAT"),
        ({"sex": "X"}, "SEX_NOT_M_OR_F"),
        ({"sex": "f"}, "SEX_NOT_M_OR_F"),
        ({"sex": "1"}, "SEX_NOT_M_OR_F"),
        ({"date_of_birth": "15/06/1990"}, "DATE_NOT_A_DATE:date_of_birth"),
        ({"conviction_date": "2015-02-30"}, "DATE_NOT_A_DATE:conviction_date"),
        ({"followup_date": "2015-6-15"}, "DATE_NOT_A_DATE:followup_date"),
        ({"first_sanction_date": "2006"}, "DATE_NOT_A_DATE:first_sanction_date"),
        ({"followup_date": "9999-12-31"}, "DATE_OUT_OF_RANGE:followup_date"),
        ({"date_of_birth": "1090-06-15"}, "DATE_OUT_OF_RANGE:date_of_birth"),
        ({"sanctions": "four"}, "NUMBER_NOT_A_WHOLE_NUMBER:sanctions"),
        ({"sanctions": "4.5"}, "NUMBER_NOT_A_WHOLE_NUMBER:sanctions"),
        ({"age_at_first_sanction": "?"}, "NUMBER_NOT_A_WHOLE_NUMBER:age_at_first_sanction"),
    ],
)
def test_first_stage(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"conviction_date": "1990-06-15"}, "UNEXPECTED_ERROR:conviction_date"),
        ({"followup_date": "1990-06-14"}, "UNEXPECTED_ERROR:followup_date"),
        ({"first_sanction_date": "1985-01-01"}, "UNEXPECTED_ERROR:first_sanction_date"),
        ({"followup_date": "2000-06-14"}, "UNEXPECTED_ERROR:followup_date"),  # the day before the tenth birthday
        ({"followup_date": "2000-06-15"}, ""),
    ],
)
def test_dates_for_which_the_formula_has_no_value(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


def by_age(age: str) -> dict[str, str | None]:
    return {"first_sanction_date": None, "age_at_first_sanction": age}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (by_age("9") | {"conviction_date": "2000-06-14"}, "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN"),
        (by_age("10") | {"conviction_date": "2000-06-15"}, ""),
        (by_age("26"), "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"),
        (by_age("60"), "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION"),
        (by_age("25"), ""),  # the same age is allowed
        (by_age("9"), ""),  # the service sets no minimum for an age given as a number
        ({"first_sanction_date": "2000-06-14"}, "AGE_AT_FIRST_SANCTION_LESS_THAN_TEN"),
        ({"first_sanction_date": "2000-06-15"}, ""),
        ({"offence_code": "00000"}, "OFFENCE_CODE_MAPPING_NOT_FOUND"),  # listed, and not in OGRS3
        ({"offence_code": "99999"}, "OFFENCE_CODE_MAPPING_NOT_FOUND"),
        ({"offence_code": "ABCDE"}, "OFFENCE_CODE_MAPPING_NOT_FOUND"),
        ({"offence_code": "08800"}, "NEED_DETAILS_OF_EXACT_OFFENCE"),
        ({"offence_code": "11100"}, "NEED_DETAILS_OF_EXACT_OFFENCE"),
        ({"offence_code": "14100"}, "NEED_DETAILS_OF_EXACT_OFFENCE"),
        ({"offence_code": None, "offence_group": "piracy"}, "OFFENCE_GROUP_NOT_FOUND"),
        ({"offence_code": None, "offence_group": "robbery"}, ""),
    ],
)
def test_second_stage(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"age_at_first_sanction": "15"}, ""),
        ({"age_at_first_sanction": "16"}, "FIRST_SANCTION_DATE_AND_AGE_DISAGREE"),
        ({"offence_group": "burglary_domestic"}, ""),
        ({"offence_group": "robbery"}, "OFFENCE_CODE_AND_GROUP_DISAGREE"),
        ({"offence_code": "08800", "offence_group": "robbery"}, "NEED_DETAILS_OF_EXACT_OFFENCE"),
    ],
)
def test_a_row_with_both_of_a_pair_must_have_them_agree(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (
            {"sex": None, "followup_date": None, "sanctions": "0", "offence_code": "28"},
            "MISSING_MANDATORY_INPUT:sex followup_date;TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE;OFFENCE_CODE_INCORRECT_FORMAT",
        ),
        (
            dict.fromkeys(set(SOUND) - {"id"}),
            "MISSING_MANDATORY_INPUT:sex date_of_birth conviction_date followup_date sanctions age_at_first_sanction "
            "offence_code",
        ),
        (
            {"date_of_birth": "?", "conviction_date": "?"},
            "DATE_NOT_A_DATE:date_of_birth conviction_date",
        ),
        (
            {"conviction_date": "1980-01-01", "followup_date": "1980-01-01"},
            "UNEXPECTED_ERROR:conviction_date followup_date",
        ),
        (
            by_age("20") | {"conviction_date": "1999-01-01", "offence_code": "99999"},
            "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN;AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION;"
            "OFFENCE_CODE_MAPPING_NOT_FOUND",
        ),
    ],
)
def test_all_of_one_stage_are_reported_together(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"sanctions": "0", "conviction_date": "1980-01-01"}, "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE"),
        ({"conviction_date": "1980-01-01", "offence_code": "99999"}, "UNEXPECTED_ERROR:conviction_date"),
        ({"offence_code": "99999", "followup_date": "1999-01-01"}, "OFFENCE_CODE_MAPPING_NOT_FOUND"),
    ],
)
def test_a_later_stage_is_not_looked_at(changes: dict[str, str | None], error: str):
    assert error_of(**changes) == error


@pytest.mark.parametrize(
    ("logit", "career", "refused"),
    [(0.0, 1, False), (LARGEST_LOGIT, 1, True), (SMALLEST_LOGIT, 1, True), (708.9, 1, False), (0.0, 0, True)],
)
def test_the_guards_of_the_arithmetic(logit: float, career: int, refused: bool):
    """No person reaches these, for the stages before them refuse first; the guards are there all the same."""
    row = pl.DataFrame({"logit_1y": [logit], "logit_2y": [logit], "career": [career], "age_at_followup": [30]})
    guards = STAGES[-1]
    assert row.select(pl.any_horizontal(guard.when for guard in guards)).item() is refused
    assert {guard.code for guard in guards} == {"UNEXPECTED_ERROR"}


def test_one_refused_row_stops_no_other_and_the_order_is_kept():
    rows = [SOUND | {"id": str(number), "sanctions": "none" if number % 3 == 0 else "4"} for number in range(30)]
    scored = score(pl.DataFrame(rows, schema=SCHEMA))
    assert scored["id"].to_list() == [str(number) for number in range(30)]
    refused = scored.filter(pl.col("error") != "")
    assert refused["id"].cast(pl.Int64).to_list() == list(range(0, 30, 3))
    assert scored.filter(pl.col("error") == "")["ogrs3_2y"].n_unique() == 1


def test_every_code_has_a_meaning():
    assert {refusal.code for stage in STAGES for refusal in stage} == set(MEANING)


def test_missing_columns_are_named():
    with pytest.raises(UserError) as refused:
        score(pl.DataFrame({"id": [1], "sex": ["M"]}))
    named = str(refused.value)
    for name in ("date_of_birth", "conviction_date", "followup_date", "sanctions"):
        assert name in refused.value.expected
    assert "first_sanction_date or age_at_first_sanction" in named
    assert "offence_code or offence_group" in named


def test_an_unknown_profile_is_refused():
    with pytest.raises(UserError, match="published or oasys"):
        score(pl.DataFrame([SOUND], schema=SCHEMA), profile="ogrs4")


@pytest.mark.parametrize(
    ("column", "values"), [("offence_code", [2801]), ("date_of_birth", [19900615]), ("sanctions", [date(2015, 1, 1)])]
)
def test_a_column_of_another_type_is_refused(column: str, values: list[object]):
    with pytest.raises(UserError, match=f"column {column}"):
        score(pl.DataFrame([SOUND], schema=SCHEMA).with_columns(pl.Series(column, values)))
