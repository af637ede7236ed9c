"""Cells to values: for each kind of column, its value, and the rule and mend where a cell breaks it. Vectorised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Column
from throughcare.core.identifiers import IdentifierError, canonical

ISO, BRITISH = r"^\d{4}-\d{2}-\d{2}$", r"^\d{2}/\d{2}/\d{4}$"
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
IDENTIFIERS = ("pnc", "cro", "crn", "prison_number", "asn", "postcode")
YES_NO = {**dict.fromkeys(("yes", "y", "true", "1"), True), **dict.fromkeys(("no", "n", "false", "0"), False)}

Rule = Callable[[str], str]
Typed = tuple[pl.Series, str | Rule, str]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A column checked: its typed values, which cells are wrong, and for those the rule and the mend."""

    values: pl.Series
    wrong: pl.Series
    rule: Rule
    mend: str


def check(column: Column, cells: pl.Series, *, loaded_on: date) -> Checked:
    """`cells` are stripped text, "" for absence; absent cells give null, and are wrong only where required.

    `loaded_on`: the day of loading, after which nothing has happened yet.
    """
    text = cells.replace("", None)
    values, rule, mend = _typed(column, text, loaded_on)
    wrong = text.is_not_null() & values.is_null()
    if column.required:
        wrong = wrong | text.is_null()
    return Checked(values=values.alias(column.name), wrong=wrong, rule=_says(column, rule), mend=mend)


def _says(column: Column, rule: str | Rule) -> Rule:
    def says(cell: str) -> str:
        if not cell:
            return f"{column.name} is required"
        return rule if isinstance(rule, str) else rule(cell)

    return says


def _typed(column: Column, text: pl.Series, loaded_on: date) -> Typed:
    """Values (null where a cell cannot be read), the rule in words, and the mend."""
    if column.kind in IDENTIFIERS:
        return _identifiers(column.kind, text), lambda v: _why(column.kind, v), "check it against the agency's own record"
    if column.kind == "date":
        return _dates(text, loaded_on if column.past else None)
    if column.kind in ("text", "reference"):
        return _text(column, text)
    return {
        "datetime": _times, "integer": _whole, "decimal": _decimal, "boolean": _yes_no, "pounds": _pounds, "choice": _choice,
        "offence_code": _offence_code,
    }[column.kind](column, text)  # fmt: skip


def _only(text: pl.Series, good: pl.Series) -> pl.Series:
    """The cells that are good, the others null."""
    return text.set(~good.fill_null(value=False), None)


def _dates(text: pl.Series, latest: date | None) -> Typed:
    """ISO or British dates; the form decides, so nothing is guessed between day and month."""
    cell = pl.col("cell")
    day = (
        pl.when(cell.str.contains(ISO)).then(cell.str.to_date("%Y-%m-%d", strict=False))
        .when(cell.str.contains(BRITISH)).then(cell.str.to_date("%d/%m/%Y", strict=False))
    )  # fmt: skip
    days = text.alias("cell").to_frame().select(day.alias("cell")).to_series()
    inside = (days >= EARLIEST) & (days < LATEST if latest is None else days <= latest)
    rule = "a date is YYYY-MM-DD or DD/MM/YYYY, in the calendar, from 1900 on"
    return _only(days, inside), rule + (", and has come" if latest else ""), "write 5 July 2016 as 2016-07-05, and check the year"


def _times(column: Column, text: pl.Series) -> Typed:
    times = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%:z", strict=False, time_unit="us", time_zone="UTC")
    return times, "a time is YYYY-MM-DDTHH:MM:SS with its offset", "write 2016-07-05T09:30:00+01:00"


def _whole(column: Column, text: pl.Series) -> Typed:
    number = text.str.to_integer(strict=False)
    low = -(10**18) if column.minimum is None else column.minimum
    high = 10**18 if column.maximum is None else column.maximum
    rule = f"a whole number from {low} to {high}"
    return _only(number, (number >= low) & (number <= high)), rule, "write digits only, within the bounds"


def _decimal(column: Column, text: pl.Series) -> Typed:
    """A plain decimal number, as a coordinate; both bounds are given with the column."""
    number = _only(text, text.str.contains(r"^-?\d{1,6}(\.\d{1,10})?$")).cast(pl.Float64)
    inside = (number >= column.minimum) & (number <= column.maximum)
    return _only(number, inside), f"a number from {column.minimum} to {column.maximum}", "write it as 51.54821"


def _yes_no(column: Column, text: pl.Series) -> Typed:
    values = text.str.to_lowercase().replace_strict(YES_NO, default=None, return_dtype=pl.Boolean)
    return values, "yes or no", "write yes or no"


def _pounds(column: Column, text: pl.Series) -> Typed:
    """Pounds and pence to whole pence, never through a float."""
    plain = text.str.strip_prefix("£").str.replace_all(",", "")
    good = plain.str.contains(r"^\d{1,12}(\.\d{2})?$")
    whole = plain + pl.select(pl.when(plain.str.contains(".", literal=True)).then(pl.lit("")).otherwise(pl.lit("00"))).to_series()
    pence = _only(whole, good).str.replace(".", "", literal=True).str.to_integer(strict=False)
    return pence, "pounds, with two decimals or none, not negative", "write 1250.00"


def _choice(column: Column, text: pl.Series) -> Typed:
    words = _only(text, text.is_in(list(column.choices)))
    return words, f"one of: {', '.join(column.choices)}", "write one of the words listed"


def _offence_code(column: Column, text: pl.Series) -> Typed:
    codes = _only(text, text.str.contains(r"^\d{5}$"))
    return codes, "a Home Office offence code is five digits", "write all five digits, zeros in front too"


def _text(column: Column, text: pl.Series) -> Typed:
    """Text within its length; a name that the pilot file has, in the pilot file's spelling."""
    if column.known:
        spelt = {name.casefold(): name for name in current_pilot().values(column.known)}
        text = text.replace({cell: spelt.get(" ".join(cell.split()).casefold(), cell) for cell in text.drop_nulls().unique()})
    fits = _only(text, text.str.len_chars() <= column.longest)
    return fits, f"text of {column.longest} characters at most", "shorten it, and keep the rest in the agency's own record"


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
