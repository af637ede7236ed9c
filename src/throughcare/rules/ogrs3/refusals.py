"""Why a row gets no score: the checks of the Ministry's risk service in its order, and this product's own beside them.

The checks are made in stages; all of one stage are reported together, and a later stage is not looked at once an
earlier one refuses. An error is the codes joined by ";", each followed by ":" and the columns it is about where it
names any: "MISSING_MANDATORY_INPUT:sex date_of_birth;TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE".

Not checked, as in the service: one sanction with different ages at first sanction and conviction; a follow-up before
the conviction; how low an age at first sanction given as a number is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from throughcare.rules.ogrs3.ages import out_of_range
from throughcare.rules.ogrs3.inputs import DATES, WHOLE_NUMBERS, unreadable
from throughcare.rules.ogrs3.offences import NEEDS_EXACT_OFFENCE
from throughcare.rules.ogrs3.parameters import YOUNGEST

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "MISSING_MANDATORY_INPUT": "These inputs are absent; there is no score without them.",
        "TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE": "The sanctions include the current one, so there is at least one.",
        "OFFENCE_CODE_INCORRECT_FORMAT": "A Home Office offence code has five characters.",
        "SEX_NOT_M_OR_F": "OGRS3 has weights for M and F only.",
        "DATE_NOT_A_DATE": "These cells are not dates of the form 2015-12-31.",
        "DATE_OUT_OF_RANGE": "These dates are before 1800 or after 2199: a slip, or a stand-in for no date.",
        "NUMBER_NOT_A_WHOLE_NUMBER": "These cells are not whole numbers.",
        "UNEXPECTED_ERROR": "The formula has no value: the date is not after the birth or before the tenth birthday, "
        "or a number is too large.",
        "AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN": "Nobody is convicted under the age of ten.",
        "AGE_AT_FIRST_SANCTION_LESS_THAN_TEN": "Nobody is sanctioned under the age of ten.",
        "AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION": "Nobody's first sanction is after the current one.",
        "FIRST_SANCTION_DATE_AND_AGE_DISAGREE": "The age at first sanction is not the age on its date.",
        "OFFENCE_CODE_MAPPING_NOT_FOUND": "The offence code is not known to OGRS3 or has no weight in it.",
        "NEED_DETAILS_OF_EXACT_OFFENCE": "The offence code is generic: give the code of the exact offence.",
        "OFFENCE_GROUP_NOT_FOUND": "The offence group is none of the twenty of OGRS3.",
        "OFFENCE_CODE_AND_GROUP_DISAGREE": "The offence code belongs to another group than the one given.",
    }
)
"""Every code, in words for the person who has to mend it."""

LARGEST_LOGIT, SMALLEST_LOGIT = 709.0, -745.0
"""At and beyond these the exponential overflows a double, and the service gives up."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Refusal:
    """One check: the row is refused with `code` where `when` is true (null is not); `about` is a column or empty."""

    code: str
    about: str = ""
    when: pl.Expr


def _missing() -> list[Refusal]:
    """Absent inputs in the service's order. A cell that cannot be read is not absent."""
    col = pl.col
    first_date, first_age = col("first_sanction_date"), col("age_at_first_sanction")
    first = first_date.is_null() & first_age.is_null()
    first_unreadable = unreadable("first_sanction_date") | unreadable("age_at_first_sanction")
    absent = {
        "sex": col("sex").is_null(),
        **{name: col(name).is_null() & ~unreadable(name) for name in (*DATES[:3], "sanctions")},
        "age_at_first_sanction": first & ~first_unreadable,
        "offence_code": col("offence_code").is_null() & col("offence_group").is_null(),
    }
    return [Refusal(code="MISSING_MANDATORY_INPUT", about=name, when=when) for name, when in absent.items()]


def _malformed() -> list[Refusal]:
    col = pl.col
    return [
        Refusal(code="TOTAL_NUMBER_OF_SANCTIONS_LESS_THAN_ONE", when=col("sanctions") < 1),
        Refusal(code="OFFENCE_CODE_INCORRECT_FORMAT", when=col("offence_code").str.len_chars() != 5),
        Refusal(code="SEX_NOT_M_OR_F", when=(col("sex") != "M") & (col("sex") != "F")),
        *(Refusal(code="DATE_NOT_A_DATE", about=name, when=unreadable(name)) for name in DATES),
        *(Refusal(code="DATE_OUT_OF_RANGE", about=name, when=out_of_range(col(name))) for name in DATES),
        *(Refusal(code="NUMBER_NOT_A_WHOLE_NUMBER", about=name, when=unreadable(name)) for name in WHOLE_NUMBERS),
    ]


def _not_after_birth() -> list[Refusal]:
    return [Refusal(code="UNEXPECTED_ERROR", about=name, when=pl.col(name) <= pl.col("date_of_birth")) for name in DATES[1:]]


def _impossible() -> list[Refusal]:
    col = pl.col
    at_conviction, at_first, by_date = col("age_at_conviction"), col("age_at_first"), col("age_on_first_sanction_date")
    group, of_code, of_name = col("group"), col("group_of_code"), col("group_of_name")
    named = col("offence_group").is_not_null()
    disagree = named & (of_code != NEEDS_EXACT_OFFENCE) & (of_code != of_name)
    return [
        Refusal(code="AGE_AT_CURRENT_CONVICTION_LESS_THAN_TEN", when=at_conviction < YOUNGEST),
        # The service takes an age and sets no minimum; a date tells that a person under ten is meant, which nobody is.
        Refusal(code="AGE_AT_FIRST_SANCTION_LESS_THAN_TEN", when=by_date < YOUNGEST),
        Refusal(code="AGE_AT_FIRST_SANCTION_AFTER_AGE_AT_CURRENT_CONVICTION", when=at_first > at_conviction),
        Refusal(code="FIRST_SANCTION_DATE_AND_AGE_DISAGREE", when=by_date != col("age_at_first_sanction")),
        Refusal(code="OFFENCE_CODE_MAPPING_NOT_FOUND", when=col("offence_code").is_not_null() & of_code.is_null()),
        Refusal(code="NEED_DETAILS_OF_EXACT_OFFENCE", when=group == NEEDS_EXACT_OFFENCE),
        Refusal(code="OFFENCE_GROUP_NOT_FOUND", when=named & of_name.is_null()),
        Refusal(code="OFFENCE_CODE_AND_GROUP_DISAGREE", when=disagree),
    ]


def _without_value() -> list[Refusal]:
    logit = pl.max_horizontal("logit_1y", "logit_2y")
    return [
        Refusal(code="UNEXPECTED_ERROR", about="age_at_first_sanction", when=pl.col("career") <= 0),
        Refusal(code="UNEXPECTED_ERROR", about="followup_date", when=pl.col("age_at_followup") < YOUNGEST),
        Refusal(code="UNEXPECTED_ERROR", about="sanctions", when=(logit >= LARGEST_LOGIT) | (logit <= SMALLEST_LOGIT)),
    ]


STAGES: Sequence[Sequence[Refusal]] = (
    (*_missing(), *_malformed()),
    _not_after_birth(),
    _impossible(),
    _without_value(),
)
_EVERY = [refusal for stage in STAGES for refusal in stage]


def refused() -> pl.Expr:
    """Whether any check refuses the row."""
    return pl.any_horizontal(refusal.when for refusal in _EVERY).fill_null(False)


def errors(rows: pl.DataFrame) -> pl.Series:
    """The error of each row, empty where not `refused`. Takes the columns that the checks look at, and `refused`."""
    # Nearly all rows have none, and the reasons cost more than the score: they are worked out for the refused only.
    places = rows["refused"].arg_true()
    texts = pl.repeat("", rows.height, dtype=pl.String, eager=True)
    return texts if places.is_empty() else texts.scatter(places, _reasons(rows.filter("refused")))


def _reasons(rows: pl.DataFrame) -> pl.Series:
    """The text of the first stage that refuses."""
    stages = [pl.sum_horizontal(_bit(refusal) for refusal in stage) for stage in STAGES]
    numbers = rows.select(pl.coalesce(*(pl.when(number != 0).then(number) for number in stages))).to_series()
    texts = {number: _text(number) for number in numbers.unique()}
    return numbers.replace_strict(texts, return_dtype=pl.String)


def _bit(refusal: Refusal) -> pl.Expr:
    """2 to the power of the check's place among all where it refuses, 0 where it does not."""
    return refusal.when.fill_null(False).cast(pl.UInt64) * (1 << _EVERY.index(refusal))


def _text(number: int) -> str:
    """The codes, each with its columns, of the checks whose bits are set."""
    about: dict[str, list[str]] = {}
    for place, refusal in enumerate(_EVERY):
        if number >> place & 1:
            about.setdefault(refusal.code, []).extend([refusal.about] if refusal.about else [])
    return ";".join(f"{code}:{' '.join(columns)}" if columns else code for code, columns in about.items())
