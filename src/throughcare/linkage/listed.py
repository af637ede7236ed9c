"""A name on a list against the people known: certain, likely, possible, or nobody. Each answer has its evidence.

Certain ("exact") is what the linkage would join by itself, where besides name and birth or number agree and nobody else comes
near; all else that is worth a look is asked. A name without a date of birth, and somebody taken for a twin, is possible at most.
"""

from typing import Any

import polars as pl

from throughcare.linkage import thresholds as t
from throughcare.linkage.comparisons import BY_SLUG
from throughcare.linkage.explain import explain
from throughcare.linkage.guards import NO_BIRTH, PARTING
from throughcare.linkage.people import NUMBERS_SAME

EXACT, LIKELY, POSSIBLE = KINDS = ("exact", "likely", "possible")
NAMES_AGREE = ("same", "similar", "swapped", "other_name")
BANDED = {"listed": pl.Int64, "person": pl.Int64, "weight": pl.Float64, "kind": pl.String, "rank": pl.Int64}


def banded(pairs: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Whom each name on a list may be, the strongest first (`rank` 0), at most LIST_MOST people.

    `pairs`: `scoring.PAIRS` of a known record (left) and a name listed (right). `known`: id, person of the records. Gives listed,
    person, weight, kind, rank, and the columns of the person's strongest pair. Names that may be nobody are left out.
    """
    told = pairs.join(known.select(left="id", person="person"), on="left", how="inner").rename({"right": "listed"})
    told = told.with_columns(numbers=NUMBERS_SAME, parted=pl.col("guard").is_in(PARTING).any().over("listed", "person"))
    best = told.sort("listed", "person", "weight", "left", descending=[False, False, True, False])
    best = best.unique(["listed", "person"], keep="first", maintain_order=True)
    near = ((pl.col("weight") >= t.LEAVE) & ~pl.col("parted")).sum().over("listed")
    kinds = (
        pl.when(_certain() & (near == 1)).then(pl.lit(EXACT))
        .when((pl.col("weight") >= t.LIST_LIKELY) & ~_no_birth() & ~pl.col("parted")).then(pl.lit(LIKELY))
        .when((pl.col("weight") >= t.LIST_POSSIBLE) | pl.col("numbers") | _namesake()).then(pl.lit(POSSIBLE))
    )  # fmt: skip
    found = best.with_columns(kind=kinds).drop_nulls("kind").sort("listed", "weight", "person", descending=[False, True, False])
    ranked = found.with_columns(rank=pl.int_range(pl.len(), dtype=pl.Int64).over("listed"))
    return ranked.filter(pl.col("rank") < t.LIST_MOST)


def _certain() -> pl.Expr:
    """What the linkage would join, and name and birth or a number agree."""
    agrees = _level("name").is_in(NAMES_AGREE) & ((_level("date_of_birth") == "same") | pl.col("numbers"))
    return (pl.col("weight") >= t.JOIN) & (pl.col("guard") == "") & ~pl.col("parted") & agrees


def _no_birth() -> pl.Expr:
    """Held back because one of the two has no date of birth."""
    return pl.col("guard") == NO_BIRTH.slug


def _namesake() -> pl.Expr:
    return _no_birth() & (_level("name") == "same")


def _level(slug: str) -> pl.Expr:
    return pl.col(slug).cast(pl.String)


def because(row: dict[str, Any], *, prior: float) -> list[str]:
    """The evidence of a row of `banded` in sentences: what agrees and differs, what holds a score back, what it comes to."""
    levels = {slug: (row[slug], row[f"{slug}_weight"]) for slug in BY_SLUG if row[slug]}
    told = explain(levels, prior=prior, guard=row["guard"])
    lines = [_sentence(part.words) for part in told.parts[1:]]
    return [*lines, *([_sentence(told.guard)] if told.guard else []), told.sentence]


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
