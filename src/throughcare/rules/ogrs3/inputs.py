"""What a frame must hold to be scored, and how its cells are read: as they are, or from text.

An empty text is absent, as null is. A cell that cannot be read makes that row a refusal which names the column: it is
never taken as absent, and never stops the other rows.
"""

import polars as pl

from throughcare.core.errors import UserError

REQUIRED = ("id", "sex", "date_of_birth", "conviction_date", "followup_date", "sanctions")
FIRST_SANCTION = ("first_sanction_date", "age_at_first_sanction")
OFFENCE = ("offence_code", "offence_group")

DATES = ("date_of_birth", "conviction_date", "followup_date", "first_sanction_date")
WHOLE_NUMBERS = ("sanctions", "age_at_first_sanction")
WORDS = ("sex", "offence_code", "offence_group")
_ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def refuse_missing_columns(columns: list[str]) -> None:
    """Refuses, with the names, a frame without a required column or without either of a pair."""
    missing = [name for name in REQUIRED if name not in columns]
    missing += [" or ".join(pair) for pair in (FIRST_SANCTION, OFFENCE) if not set(pair) & set(columns)]
    if missing:
        raise UserError(
            what="There are no scores without all the columns",
            record=f"the columns {', '.join(columns) or '(none)'}",
            expected=f"also {', '.join(missing)}",
            mend="add the missing columns",
        )


def typed(schema: pl.Schema) -> list[pl.Expr]:
    """Every input column in its own type (absent: null), beside what `unreadable` needs to know."""
    words = [_words(name, schema) for name in WORDS]
    read = [_read(name, schema) for name in (*DATES, *WHOLE_NUMBERS)]
    return [pl.col("id"), *words, *(value for value, _ in read), *(flag for _, flag in read)]


def unreadable(name: str) -> pl.Expr:
    """Whether a cell of that date or number, among the `typed` columns, was given but could not be read."""
    return pl.col(_to_be_read(name)) & pl.col(name).is_null()


def _words(name: str, schema: pl.Schema) -> pl.Expr:
    dtype = schema.get(name, pl.Null())
    if not isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null):
        raise _wrong_type(name, dtype, "text (offence codes have leading zeros)")
    return _given(name) if isinstance(dtype, pl.String) else _column(name, schema, pl.String())


def _read(name: str, schema: pl.Schema) -> tuple[pl.Expr, pl.Expr]:
    """The column's values, and whether each was given in a form that had to be read."""
    dtype = schema.get(name, pl.Null())
    is_date = name in DATES
    wanted: pl.DataType = pl.Date() if is_date else pl.Int64()
    value, given = _column(name, schema, wanted), pl.lit(False)
    if isinstance(dtype, pl.String):
        text = _given(name)
        value, given = (_date(text) if is_date else text.cast(wanted, strict=False)), text.is_not_null()
    elif not is_date and dtype.is_float():
        number = pl.col(name)
        value, given = pl.when(number == number.floor()).then(number).cast(wanted, strict=False), number.is_not_null()
    elif not (isinstance(dtype, pl.Null | type(wanted)) or (dtype.is_integer() and not is_date)):
        raise _wrong_type(name, dtype, "dates or ISO text" if is_date else "whole numbers or text")
    return value.alias(name), given.alias(_to_be_read(name))


def _to_be_read(name: str) -> str:
    return f"{name} to be read"


def _column(name: str, schema: pl.Schema, wanted: pl.DataType) -> pl.Expr:
    return (pl.col(name) if name in schema else pl.lit(None)).cast(wanted, strict=False).alias(name)


def _given(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(name)


def _date(text: pl.Expr) -> pl.Expr:
    day = text.str.to_date("%Y-%m-%d", strict=False, cache=False)
    # By itself, to_date takes 2015-1-5 and more.
    return pl.when(text.str.contains(_ISO_DATE)).then(day)


def _wrong_type(name: str, dtype: pl.DataType, expected: str) -> UserError:
    return UserError(
        what="A column cannot be scored",
        record=f"column {name}, which holds {dtype}",
        expected=expected,
        mend="convert the column first",
    )
