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
from throughcare.linkage.scoring import Engine, parted, score, score_between

JOINED, POSSIBLE, APART = DECISIONS = ("joined", "possible", "apart")
NUMBERS_SAME = (
    pl.col("pnc_cro").cast(pl.String).is_in(["both", "pnc", "cro"]) | (pl.col("crn").cast(pl.String) == "same")
    | (pl.col("prison_number").cast(pl.String) == "same")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Linkage:
    """`people`: id, group, certainty (joined, possible or alone) of every record that was looked at. `pairs`: the scored pairs
    (`scoring.PAIRS`) with `decision` and `held` (it would hold or join, and a third record keeps them apart).
    """

    people: pl.DataFrame
    pairs: pl.DataFrame


def link(cleaned: pl.DataFrame, model: Model, *, known: Known | None = None, engine: Engine | None = None) -> Linkage:
    """Links all records (`id` and the columns of `cleaning.clean`), whatever was known of them before."""
    return _decide(cleaned, score(cleaned, model, engine=engine), known or Known())


def link_new(
    cleaned: pl.DataFrame, new: Collection[int], model: Model, *, known: Known, engine: Engine | None = None
) -> Linkage:
    """Links the records `new` (new, or changed since) with each other and with the others, which have not changed.

    Only people whom these may touch are looked at: those that they are of now, whose records are weighed against everybody's
    again, since a record that leaves may have held another out; and those that any of these weighs `LEAVE` or more with, or is
    said to be or not to be. The answer is that of `link` of all records with the same `known`. The certainty of a known
    record that is only touched is told by the pairs looked at.
    """
    of_now = known.people.filter(pl.col("id").is_in(list(new)))["person"].unique()
    fresh_ids = set(new) | set(known.people.filter(pl.col("person").is_in(of_now.implode()))["id"].to_list())
    is_fresh = pl.col("id").is_in(list(fresh_ids))
    fresh, rest = cleaned.filter(is_fresh), cleaned.filter(~is_fresh)
    found = pl.concat([score(fresh, model, engine=engine), score_between(rest, fresh, model, engine=engine)])
    concerned = rest.filter(pl.col("id").is_in(list(_touched(found, fresh_ids, known))))
    pairs = pl.concat([found, score(concerned, model, engine=engine)]) if concerned.height else found
    return _decide(pl.concat([fresh, concerned]), pairs, known)


def _touched(found: pl.DataFrame, fresh: set[int], known: Known) -> set[int]:
    """The other records of all people whom one of these may join."""
    strong = found.filter(pl.col("weight") >= t.LEAVE)
    near = {i for side in ("left", "right") for i in strong[side].to_list()}
    near |= {i for pair in (*known.same, *known.apart) if fresh & set(pair) for i in pair}
    of_now = known.people.filter(pl.col("id").is_in(list(near)))["person"]
    records = known.people.filter(pl.col("person").is_in(of_now.implode()))["id"]
    return set(records.to_list()) - fresh


def _decide(cleaned: pl.DataFrame, pairs: pl.DataFrame, known: Known) -> Linkage:
    """Groups these records. Pairs may also name records outside: those stay where they are, and may be asked about."""
    ids = cleaned["id"]
    said_same, said_apart = ({_ordered(pair) for pair in said} for said in (known.same, known.apart))
    parting = set(pairs.filter(pl.col("guard").is_in(PARTING)).select("left", "right").rows())
    inside = set(ids.to_list())
    within = pairs.filter(pl.col("left").is_in(ids.implode()) & pl.col("right").is_in(ids.implode()))
    told = within.with_columns(bar=pl.col("guard") != "")
    together = known.people.filter(pl.col("id").is_in(ids.implode()))
    same = [pair for pair in said_same - said_apart if inside.issuperset(pair)]
    grouped = group(
        ids, told, together=together, same=same, apart=said_apart | (parting - said_same),
        apart_too=lambda groups: parted(cleaned, _unseen(groups, within)) - said_same,
    )  # fmt: skip
    decided = _decided(pairs, grouped, said_apart)
    return Linkage(people=_certain(grouped.groups, decided), pairs=decided)


def _unseen(groups: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """left, right: records that others would bring together, without their having been weighed against each other."""
    several = groups.filter(pl.len().over("group") > 2)
    both = several.rename({"id": "left"}).join(several.rename({"id": "right"}), on="group")
    return both.filter(pl.col("left") < pl.col("right")).join(pairs, on=["left", "right"], how="anti").select("left", "right")


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
