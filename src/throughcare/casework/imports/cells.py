"""Cells to values: for each kind of column, its value, and the rule and mend where a cell breaks it. Vectorised."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from throughcare.core.contracts import Column
from throughcare.core.identifiers import IdentifierError, canonical

ISO, BRITISH = r"^\d{4}-\d{2}-\d{2}$", r"^\d{2}/\d{2}/\d{4}$"
IDENTIFIERS = ("pnc", "cro", "crn", "prison_number", "asn", "postcode")
TRUE, FALSE = ("yes", "y", "true", "1"), ("no", "n", "false", "0")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A column checked: its typed values, which cells are wrong, and for those the rule and the mend."""

    values: pl.Series
    wrong: pl.Series
    rule: Callable[[str], str]
    mend: str


def check(column: Column, cells: pl.Series) -> Checked:
    """`cells` are stripped text, "" for absence; absent cells give null, and are wrong only where required."""
    text = cells.replace("", None)
    values, rule, mend = _typed(column, text)
    wrong = text.is_not_null() & values.is_null()
    if column.required:
        wrong = wrong | text.is_null()
    return Checked(values=values.alias(column.name), wrong=wrong, rule=_says(column, rule), mend=mend)


def _says(column: Column, rule: Callable[[str], str]) -> Callable[[str], str]:
    return lambda value: rule(value) if value else f"{column.name} is required"


def _typed(column: Column, text: pl.Series) -> tuple[pl.Series, Callable[[str], str], str]:
    """Values (null where a cell cannot be read), the rule in words for a cell, and the mend."""
    kind = column.kind
    if kind == "date":
        return (
            _dates(text),
            lambda v: "a date is YYYY-MM-DD or DD/MM/YYYY and in the calendar",
            "write 5 July 2016 as 2016-07-05",
        )
    if kind == "datetime":
        return (
            text.str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", strict=False, time_unit="us", time_zone="UTC"),
            lambda v: "a time is YYYY-MM-DDTHH:MM:SS with its offset",
            "write 2016-07-05T09:30:00+01:00",
        )
    if kind == "integer":
        number = text.str.to_integer(strict=False)
        low, high = column.minimum, column.maximum
        inside = (number >= low if low is not None else number == number) & (
            number <= high if high is not None else number == number
        )
        bounds = f"a whole number from {low if low is not None else 'any'} to {high if high is not None else 'any'}"
        return (
            number.set(~inside.fill_null(value=False), None),
            lambda v: bounds,
            "write digits only, within the bounds",
        )
    if kind == "boolean":
        lower = text.str.to_lowercase()
        known = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
        return (
            lower.replace_strict(known, default=None, return_dtype=pl.Boolean),
            lambda v: "yes or no",
            "write yes or no",
        )
    if kind == "pounds":
        pence = text.str.strip_prefix("£").str.replace_all(",", "")
        good = pence.str.contains(r"^\d+(\.\d{2})?$")
        amount = (pence.set(~good.fill_null(value=False), None).cast(pl.Float64) * 100).round().cast(pl.Int64)
        return amount, lambda v: "pounds, with two decimals or none, not negative", "write 1250.00"
    if kind == "choice":
        inside = text.is_in(list(column.choices))
        return (
            text.set(~inside.fill_null(value=False), None),
            lambda v: f"one of: {', '.join(column.choices)}",
            "write one of the words listed",
        )
    if kind == "offence_code":
        good = text.str.contains(r"^\d{5}$")
        return (
            text.set(~good.fill_null(value=False), None),
            lambda v: "a Home Office offence code is five digits",
            "write all five digits, zeros in front too",
        )
    if kind in IDENTIFIERS:
        return _identifiers(kind, text), lambda v: _why(kind, v), "check it against the agency's own record"
    return text, lambda v: "text", "write text"


def _dates(text: pl.Series) -> pl.Series:
    """ISO or British dates; the form decides, so nothing is guessed between day and month."""
    frame = text.alias("cell").to_frame()
    return frame.select(
        pl.when(pl.col("cell").str.contains(ISO))
        .then(pl.col("cell").str.to_date("%Y-%m-%d", strict=False))
        .when(pl.col("cell").str.contains(BRITISH))
        .then(pl.col("cell").str.to_date("%d/%m/%Y", strict=False))
    ).to_series()


def _identifiers(kind: str, text: pl.Series) -> pl.Series:
    """Canonical forms; each distinct cell is parsed once."""
    known: dict[str, str] = {}
    for cell in text.drop_nulls().unique():
        try:
            known[cell] = canonical(kind, cell)
        except IdentifierError:
            continue
    if not known:
        return pl.Series(text.name, [None] * len(text), dtype=pl.String)
    return text.replace_strict(known, default=None, return_dtype=pl.String)


def _why(kind: str, cell: str) -> str:
    try:
        canonical(kind, cell)
    except IdentifierError as error:
        return str(error)
    return ""
