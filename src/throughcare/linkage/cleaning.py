"""Cleaning before comparison: for each column a list of named transformations, in the order in which they are done.

What an agency gave is never altered; these are the forms that are compared. A value that stands for "not known" becomes
nothing, so that it counts neither for nor against. Sources: field practice (person-match), identifiers.md, section 5.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.core.identifiers import IdentifierKind
from throughcare.core.identifiers.columns import canonical_column

IDENTIFIERS: Mapping[str, IdentifierKind] = {
    "pnc": "pnc", "cro": "cro", "prison_number": "prison_number", "crn": "crn",
}  # fmt: skip
NOT_A_BIRTH = (date(1900, 1, 1), date(1970, 1, 1))
"""Days that systems write where the date of birth is not known. Source: person-match."""

PARTICLES = ("ABU", "BEN", "BIN", "BINTE", "DAS", "DEL", "DELA", "DEN", "DER", "DES", "DOS", "IBN", "JNR", "SNR", "VAN", "VON")
"""Words of three letters and more that stand in many surnames, and tell nobody from anybody. Ours."""

RECORD: Mapping[str, pl.DataType] = {
    "forename": pl.String(), "middle_names": pl.String(), "surname": pl.String(), "date_of_birth": pl.Date(),
    "sex": pl.String(), "pnc": pl.String(), "cro": pl.String(), "prison_number": pl.String(), "crn": pl.String(),
    "postcodes": pl.List(pl.String()), "other_forenames": pl.List(pl.String()), "other_surnames": pl.List(pl.String()),
    "sentence_dates": pl.List(pl.Date()), "offence_dates": pl.List(pl.Date()),
}  # fmt: skip
"""What may be told of a record, as given; any of it may be null or absent."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One named transformation of text; `name` says what it does, in words that a caseworker can check."""

    name: str
    do: Callable[[pl.Expr], pl.Expr]


def _without(pattern: str, instead: str = "") -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: text.str.replace_all(pattern, instead)


NAME: tuple[Step, ...] = (
    Step(name="accents taken off", do=lambda text: text.str.normalize("NFKD").str.replace_all(r"\p{M}", "")),
    Step(name="upper case", do=lambda text: text.str.to_uppercase()),
    Step(name="marks of other systems dropped", do=_without(r"MIG_ERROR_|NO_SHOW_|DUPLICATE_")),
    Step(name="hyphens, underscores and other space to spaces", do=_without(r"[-‐‑–_\s]+", " ")),
    Step(name="words for not known dropped", do=_without(r"\b(?:NOT ENTERED|NOT KNOWN|UNKNOWN)\b")),
    Step(name="apostrophes and other signs removed", do=_without(r"[^\p{L}\p{N} ]")),
    Step(name="Mc and the name after it together", do=_without(r"\bMC +", "MC")),
    Step(name="single letters dropped", do=_without(r"(?:^| )\S(?: \S)*(?: |$)", " ")),
    Step(name="one space between words", do=lambda text: text.str.replace_all(r" +", " ").str.strip_chars()),
    Step(name="nothing left is nothing", do=lambda text: pl.when(text != "").then(text)),
)
SEX: tuple[Step, ...] = (
    Step(name="first letter, upper case", do=lambda text: text.str.strip_chars().str.slice(0, 1).str.to_uppercase()),
    Step(name="M or F, anything else is not known", do=lambda text: pl.when(text.is_in(["M", "F"])).then(text)),
)
CLEANING: Mapping[str, tuple[Step, ...]] = {
    "forename": NAME, "middle_names": NAME, "surname": NAME, "other_forenames": NAME, "other_surnames": NAME, "sex": SEX,
}  # fmt: skip
"""By column; identifiers and postcodes take the canonical forms of `core.identifiers`, a wrong check letter is nothing."""


def clean(records: pl.DataFrame) -> pl.DataFrame:
    """The forms that are compared, in the order of the rows; absent columns are taken for empty.

    Gives forename, second_name, surname, full_name, initials (of both, in the order of the alphabet), forenames and surnames
    (every form used, one and more), dob and dob_swapped (ISO text), dob_days, sex, pnc, cro, pnc_core, cro_core,
    prison_number, crn, postcodes, outcodes, sentence_dates and offence_dates (days since 1970, sorted, with first and last).
    """
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in RECORD.items() if name not in records.columns]
    given = records.with_columns(absent).select(*RECORD)
    texts = [_text(given[name], steps) for name, steps in CLEANING.items()]
    numbers = [canonical_column(kind, given[name]).alias(name) for name, kind in IDENTIFIERS.items()]
    postcodes = _each(given["postcodes"], lambda cells: canonical_column("postcode", cells))
    frame = given.with_columns(*texts, *numbers, postcodes)
    return frame.select(*_names(), *_birth(), "sex", *_numbers(), *_places(), *_dates("sentence"), *_dates("offence"))


def _text(cells: pl.Series, steps: tuple[Step, ...]) -> pl.Series:
    """Each distinct text cleaned once; of a list, each of its texts, doubles and nothings left out."""
    if cells.dtype == pl.List(pl.String):
        return _each(cells, lambda inner: _text(inner, steps))
    done = pl.col("given")
    for step in steps:
        done = step.do(done)
    distinct = cells.drop_nulls().unique().alias("given").to_frame().with_columns(done.alias("clean"))
    told = cells.alias("given").to_frame().join(distinct, on="given", how="left", maintain_order="left")
    return told["clean"].alias(cells.name)


def _each(lists: pl.Series, do: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The lists with each value transformed, each once; a null list is an empty one."""
    rows = lists.alias("value").to_frame().with_row_index("row").explode("value").drop_nulls()
    kept = rows.with_columns(do(rows["value"]).alias("value")).drop_nulls().unique(maintain_order=True)
    again = kept.group_by("row", maintain_order=True).agg("value")
    whole = pl.DataFrame({"row": pl.Series(range(len(lists)), dtype=pl.UInt32)})
    told = whole.join(again, on="row", how="left", maintain_order="left")["value"]
    return told.cast(pl.List(pl.String)).fill_null(pl.Series([[]], dtype=pl.List(pl.String))).alias(lists.name)


def _names() -> list[pl.Expr]:
    """The first forename, the next one (wherever the agency has written it), and the surname as one word.

    A surname of several words is known by each of them too: "Smith-Jones" by SMITH and by JONES.
    """
    words = pl.concat_str(["forename", "middle_names"], separator=" ", ignore_nulls=True).str.split(" ")
    first, second = words.list.get(0), words.list.get(1, null_on_oob=True)
    surname = pl.col("surname").str.replace_all(" ", "")
    parts = pl.when(pl.col("surname").str.contains(" ")).then(pl.col("surname").str.split(" ").list.eval(_long_enough()))
    others = pl.col("other_surnames").list.eval(pl.element().str.replace_all(" ", ""))
    first = pl.when(first != "").then(first)
    also = pl.col("other_forenames").list.eval(pl.element().str.split(" ").list.get(0))
    return [
        first.alias("forename"), second.alias("second_name"), surname.alias("surname"),
        pl.concat_str([first, surname], separator=" ").alias("full_name"), _initials(first, surname).alias("initials"),
        _forms(first, also).alias("forenames"), _forms(surname, others, parts).alias("surnames"),
    ]  # fmt: skip


def _initials(first: pl.Expr, surname: pl.Expr) -> pl.Expr:
    """The same for a name and for the name the wrong way round."""
    one, two = first.str.slice(0, 1), surname.str.slice(0, 1)
    return pl.min_horizontal(one, two) + pl.max_horizontal(one, two)


def _long_enough() -> pl.Expr:
    return pl.element().filter((pl.element().str.len_chars() > 2) & ~pl.element().is_in(PARTICLES))


def _forms(own: pl.Expr, *others: pl.Expr) -> pl.Expr:
    """All forms of a name, its own first, without nothings."""
    none = pl.lit([], dtype=pl.List(pl.String))
    listed = [pl.when(own.is_not_null()).then(pl.concat_list(own)).otherwise(none), *(o.fill_null(none) for o in others)]
    return pl.concat_list(listed).list.drop_nulls().list.unique(maintain_order=True)


def _birth() -> list[pl.Expr]:
    """Date of birth as text and as a number, and with day and month in each other's place where that is a day."""
    born = pl.when(~pl.col("date_of_birth").is_in(NOT_A_BIRTH)).then(pl.col("date_of_birth"))
    swapped = pl.when(born.dt.day() <= 12).then(pl.date(born.dt.year(), born.dt.day(), born.dt.month()))
    days = (born - pl.lit(date(1970, 1, 1))).dt.total_days().cast(pl.Int32)
    return [
        born.dt.to_string("%Y-%m-%d").alias("dob"), swapped.dt.to_string("%Y-%m-%d").alias("dob_swapped"), days.alias("dob_days"),
    ]  # fmt: skip


def _numbers() -> list[pl.Expr]:
    """Identifiers, and the six digits that a person's PNC ID and CRO number often share."""
    pnc_core = pl.col("pnc").str.slice(6, 6).alias("pnc_core")
    standard = pl.col("cro").str.contains(r"^[0-9]{6}/")
    return [*map(pl.col, IDENTIFIERS), pnc_core, pl.when(standard).then(pl.col("cro").str.slice(0, 6)).alias("cro_core")]


def _places() -> list[pl.Expr]:
    outcodes = pl.col("postcodes").list.eval(pl.element().str.split(" ").list.get(0)).list.unique(maintain_order=True)
    return [pl.col("postcodes"), outcodes.alias("outcodes")]


def _dates(kind: str) -> list[pl.Expr]:
    """Days since 1970 in order, each once, and the first and last of them."""
    none = pl.lit([], dtype=pl.List(pl.Date))
    days = pl.col(f"{kind}_dates").fill_null(none).list.drop_nulls().list.unique().list.sort()
    days = days.list.eval((pl.element() - pl.lit(date(1970, 1, 1))).dt.total_days().cast(pl.Int32))
    return [days.alias(f"{kind}_dates"), days.list.first().alias(f"{kind}_first"), days.list.last().alias(f"{kind}_last")]
