"""Decides: which records are joined into one person, which pairs a person is asked about, which are apart.

`link` takes all records; `link_new` those that are new or have changed, with the people known, and gives the same people.
"""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from throughcare.linkage import thresholds as t
from throughcare.linkage.grouping import Grouping, group
from throughcare.linkage.guards import PARTING
from throughcare.linkage.model import Known, Model, Pair
from throughcare.linkage.scoring import Engine, score, score_between

JOINED, POSSIBLE, APART = DECISIONS = ("joined", "possible", "apart")
NUMBERS_SAME = (
    pl.col("pnc_cro").cast(pl.String).is_in(["both", "pnc", "cro"]) | (pl.col("crn").cast(pl.String) == "same")
    | (pl.col("prison_number").cast(pl.String) == "same")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Linkage:
    """`people`: id, group, certainty (joined, possible or alone) of every record that was looked at. `pairs`: the scored pairs
    (`scoring.PAIRS`) with `decision` and `held` (strong enough, and kept apart by a third).
    """

    people: pl.DataFrame
    pairs: pl.DataFrame


def link(cleaned: pl.DataFrame, model: Model, *, known: Known | None = None, engine: Engine | None = None) -> Linkage:
    """Links all records (`id` and the columns of `cleaning.clean`), whatever was known of them before."""
    return _decide(cleaned["id"], score(cleaned, model, engine=engine), known or Known())


def link_new(
    cleaned: pl.DataFrame, new: Collection[int], model: Model, *, known: Known, engine: Engine | None = None
) -> Linkage:
    """Links the records `new` (new, or changed since) with each other and with the others, which have not changed.

    Only people whom a new record may touch are looked at: those it is of now, and those it weighs `LEAVE` or more with, or is
    said to be, or not to be. What they hold together is scored again within, so the answer is that of linking all.
    """
    fresh = cleaned.filter(pl.col("id").is_in(list(new)))
    rest = cleaned.filter(~pl.col("id").is_in(list(new)))
    found = pl.concat([score(fresh, model, engine=engine), score_between(rest, fresh, model, engine=engine)])
    concerned = rest.filter(pl.col("id").is_in(list(_touched(found, set(new), known))))
    pairs = pl.concat([found, score(concerned, model, engine=engine)]) if concerned.height else found
    return _decide(pl.concat([fresh["id"], concerned["id"]]), pairs, known)


def _touched(found: pl.DataFrame, new: set[int], known: Known) -> set[int]:
    """The known records of all people whom a new or changed record may join, or leave."""
    strong = found.filter(pl.col("weight") >= t.LEAVE)
    near = {i for side in ("left", "right") for i in strong[side].to_list()}
    near |= {i for pair in (*known.same, *known.apart) if new & set(pair) for i in pair}
    of_now = known.people.filter(pl.col("id").is_in(list(new | near)))["person"]
    records = known.people.filter(pl.col("person").is_in(of_now.implode()))["id"]
    return set(records.to_list()) - new


def _decide(ids: pl.Series, pairs: pl.DataFrame, known: Known) -> Linkage:
    """Groups the records `ids`. Pairs may also name records outside: those stay where they are, and may be asked about."""
    said_same, said_apart = ({_ordered(pair) for pair in said} for said in (known.same, known.apart))
    parting = set(pairs.filter(pl.col("guard").is_in(PARTING)).select("left", "right").rows())
    inside = set(ids.to_list())
    within = pl.col("left").is_in(ids.implode()) & pl.col("right").is_in(ids.implode())
    grouped = group(
        ids, pairs.filter(within).with_columns(bar=pl.col("guard") != ""),
        together=known.people.filter(pl.col("id").is_in(ids.implode())),
        same=[pair for pair in said_same - said_apart if inside.issuperset(pair)], apart=said_apart | (parting - said_same),
    )  # fmt: skip
    told = _decided(pairs, grouped, said_apart)
    return Linkage(people=_certain(grouped.groups, told), pairs=told)


def _decided(pairs: pl.DataFrame, grouped: Grouping, said_apart: set[Pair]) -> pl.DataFrame:
    """Adds held and decision: joined by being in one group; possible where it weighs enough or a number agrees; else apart."""
    told = pairs
    for side in ("left", "right"):
        of = grouped.groups.select(pl.col("id").alias(side), pl.col("group").alias(f"{side}_group"))
        told = told.join(of, on=side, how="left", maintain_order="left")
    for name, those in (("held", grouped.held), ("said_apart", said_apart)):
        marked = pl.DataFrame(list(those), schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
        told = told.join(marked.with_columns(pl.lit(value=True).alias(name)), on=["left", "right"], how="left",
                         maintain_order="left").with_columns(pl.col(name).fill_null(value=False))  # fmt: skip
    asked = ((pl.col("weight") >= t.ASK) | NUMBERS_SAME) & ~pl.col("said_apart")
    decision = (
        pl.when((pl.col("left_group") == pl.col("right_group")).fill_null(value=False)).then(pl.lit(JOINED))
        .when(asked).then(pl.lit(POSSIBLE)).otherwise(pl.lit(APART))
    )  # fmt: skip
    return told.with_columns(decision=decision).drop("left_group", "right_group", "said_apart")


def _certain(groups: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Adds certainty: joined where another record has the group, else possible where somebody is to be asked, else alone."""
    asked = pairs.filter(pl.col("decision") == POSSIBLE)
    asked_of = pl.concat([asked["left"], asked["right"]]).unique()
    certainty = (
        pl.when(pl.len().over("group") > 1).then(pl.lit("joined"))
        .when(pl.col("id").is_in(asked_of.implode())).then(pl.lit("possible")).otherwise(pl.lit("alone"))
    )  # fmt: skip
    return groups.with_columns(certainty=certainty)


def _ordered(pair: Pair) -> Pair:
    return (min(pair), max(pair))
