"""How good a linkage is, against the truth: by pair, by person, and by group of people, so that a bias shows.

Pairs are never listed: a set of n records is n(n - 1)/2 pairs, so the cost grows with the records, not with their square.
Where there is no truth, `clerical` says which sample people would have to judge, and what their answers show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.stats import hypergeom, norm

from throughcare.core.errors import UserError
from throughcare.linkage.files import IDS
from throughcare.linkage.people import POSSIBLE
from throughcare.linkage.quality_files import PAIR, NothingInCommon, checked, named, require, strangers

NOT_KNOWN = "not known"
VALUES_AT_MOST = 50
"""A column with more values is a name or a number, not a group. London has 33 boroughs."""

ALPHA = 0.01
CONFIDENCE = 0.95


class NoGroup(UserError):
    """A column that does not put people into groups."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """`hits` of `of`, as `value` with its Wilson interval; all three None where `of` is 0. `effective`: as how many
    independent ones the `of` count, since the pairs of one person stand or fall together.
    """

    hits: int
    of: int
    value: float | None
    low: float | None
    high: float | None
    effective: float


@dataclass(frozen=True, kw_only=True)
class GroupQuality:
    """One value of a group column. `recall`: over the true pairs of people of whom it is true; `precision`: over the joined
    pairs of people, as linked, of whom it is. `people`: true people.
    """

    column: str
    value: str
    people: int
    recall: Share
    precision: Share


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Pairs that people are asked about. `same`: those that are one person. `recall`, `precision`: what they would be once every
    pair has its right answer, at most, since a guard may still hold some apart. Only of records that the truth knows.
    """

    pairs: int
    same: int
    recall: Share
    precision: Share


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The linkage against the truth, over the `records` that are in both.

    `not_linked`: records of the truth that were not linked, with `pairs_out_of_reach`, the true pairs that they are part of;
    `without_truth`: linked records of which the truth says nothing. Neither counts for or against. `cluster_precision`: of the
    people as linked, those that are exactly one true person; `cluster_recall`: of the true people, those found exactly, and
    `several` the same of people with two records or more. `split`: true people in more than one; `merged`: true people put
    together with somebody else. `asked`: None where the pairs were not given.
    """

    records: int
    not_linked: int
    without_truth: int
    pairs_out_of_reach: int
    precision: Share
    recall: Share
    cluster_precision: Share
    cluster_recall: Share
    several: Share
    split: int
    merged: int
    asked: Asked | None
    groups: tuple[GroupQuality, ...]

    @property
    def true_pairs_joined(self) -> int:
        return self.recall.hits

    @property
    def joined_pairs(self) -> int:
        return self.precision.of

    @property
    def true_pairs(self) -> int:
        return self.recall.of


@dataclass(frozen=True, kw_only=True)
class Disparity:
    """A group of which `measure` is lower than of all others in its column, by more than chance; `p` is Holm's."""

    measure: Literal["recall", "precision"]
    column: str
    value: str
    of_group: Share
    of_others: Share
    p: float


def against_truth(
    people: pl.DataFrame, truth: pl.DataFrame, groups: pl.DataFrame | None = None, *, pairs: pl.DataFrame | None = None
) -> Quality:
    """Compares `people` (source, record_id, person_id) with `truth` (source, record_id, true_person).

    `groups`: source, record_id and one column a group. A person's value is the most frequent one of that person's records, of
    equals that of the first record by source and record_id, "not known" where no record has one. (By the alphabet, two people
    merged would count for the same group each time, as F before M, and show a bias that is not there.) `pairs`: left_ and
    right_ source and record_id, and decision. Refuses missing columns, empty cells, records that stand twice, and files without
    a record in common.
    Cluster shares take people for independent; shares of pairs allow for the pairs of one person going together.
    """
    linked, known = checked(people, "people", of=IDS), checked(truth, "truth", of=IDS)
    both = linked.join(known, on=IDS, how="inner")
    if both.height == 0:
        raise strangers("people", "truth", linked)
    cells = both.group_by("true_person", "person_id").agg(records=pl.len().cast(pl.Int64))
    true, found = _sides(cells, "true_person"), _sides(cells, "person_id")
    exact = cells.join(true.filter(pl.col("parts") == 1), on="true_person").join(
        found.filter(pl.col("parts") == 1).select("person_id"), on="person_id"
    )
    mixed = cells.join(found.filter(pl.col("parts") > 1), on="person_id", how="semi")
    several = true.filter(pl.col("pairs") > 0).height
    of_truth = known.group_by("true_person").agg(records=pl.len().cast(pl.Int64)).select(_pairs("records").sum()).item()
    return Quality(
        records=both.height, not_linked=known.height - both.height, without_truth=linked.height - both.height,
        pairs_out_of_reach=of_truth - true["pairs"].sum(), precision=_of_pairs(found), recall=_of_pairs(true),
        cluster_precision=share(exact.height, found.height), cluster_recall=share(exact.height, true.height),
        several=share(exact.filter(pl.col("pairs") > 0).height, several), split=true.filter(pl.col("parts") > 1).height,
        merged=mixed["true_person"].n_unique(), asked=None if pairs is None else _asked(cells, both, linked, pairs),
        groups=() if groups is None else _by_group(both, checked(groups, "groups", of=IDS), true, found),
    )  # fmt: skip


def disparities(quality: Quality, *, alpha: float = ALPHA) -> list[Disparity]:
    """The group values with a recall or precision lower than that of all others in the column, by more than chance.

    Fisher's exact test of two proportions, one-sided, on the effective numbers of pairs (rounded): exact, because errors are few
    and the normal test finds bias in chance then. Corrected by Holm over all values, columns and both measures: where there is no
    bias, the chance that anything at all is named is at most about `alpha`. Values without a pair are not tested. Surest first.
    """
    tested: list[tuple[float, Literal["recall", "precision"], GroupQuality, Share]] = []
    for measure in ("recall", "precision"):
        for one in quality.groups:
            rest = [_measured(g, measure) for g in quality.groups if g.column == one.column and g.value != one.value]
            others, mine = _together([s for s in rest if s.of]), _measured(one, measure)
            if mine.of and others.of:
                tested.append((_lower_by_chance(mine, others), measure, one, others))
    named, worst = [], 0.0
    for place, (p, measure, one, others) in enumerate(sorted(tested, key=lambda t: t[0])):
        worst = max(worst, min(1.0, p * (len(tested) - place)))
        if worst <= alpha:
            named.append(Disparity(measure=measure, column=one.column, value=one.value, of_group=_measured(one, measure),
                                   of_others=others, p=worst))  # fmt: skip
    return named


def share(hits: int, of: int, *, effect: float = 1.0, confidence: float = CONFIDENCE) -> Share:
    """`hits` of `of` with Wilson's interval; `effect` is the design effect: `of` counts as `of / effect` independent ones."""
    if of == 0:
        return Share(hits=0, of=0, value=None, low=None, high=None, effective=0.0)
    low, high = wilson(hits / of, of / effect, confidence)
    return Share(hits=hits, of=of, value=hits / of, low=low, high=high, effective=of / effect)


def wilson(value: float, of: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share of `of` independent ones, which need not be a whole number."""
    z2 = float(norm.ppf((1 + confidence) / 2)) ** 2
    centre, half = value + z2 / (2 * of), (z2 * value * (1 - value) / of + (z2 / (2 * of)) ** 2) ** 0.5
    low, high = (centre - half) / (1 + z2 / of), (centre + half) / (1 + z2 / of)
    return 0.0 if value == 0 else max(low, 0.0), 1.0 if value == 1 else min(high, 1.0)


def _pairs(records: str) -> pl.Expr:
    return pl.col(records) * (pl.col(records) - 1) // 2


def _sides(cells: pl.DataFrame, by: str) -> pl.DataFrame:
    """Of each person on one side: `parts`, how many of the other side it is in; its `pairs`; those that `agree`."""
    told = cells.group_by(by).agg(parts=pl.len(), all=pl.col("records").sum(), agree=_pairs("records").sum())
    return told.select(by, "parts", "agree", pairs=_pairs("all"))


def _of_pairs(side: pl.DataFrame, together: float | None = None) -> Share:
    """The share of pairs that agree. `together`: how far the pairs of one person go together, if already known.

    Design effect of clusters (Kish, 1965): 1 + (pairs of the mean pair's person - 1) times the correlation.
    """
    hits, of = int(side["agree"].sum()), int(side["pairs"].sum())
    squares = float(np.square(side["pairs"].to_numpy().astype(float)).sum())
    if of == 0:
        return share(0, 0)
    correlation = _correlation(side) if together is None else together
    return share(hits, of, effect=1 + (squares / of - 1) * correlation)


def _correlation(side: pl.DataFrame) -> float:
    """How far the pairs of one person go together: 0 not at all, 1 all or none, more where people of many records fare otherwise
    than those of few. From the linearised variance of the ratio with people as clusters; 1 where all or no pairs agree.
    """
    told = side.filter(pl.col("pairs") > 0)
    pairs, agree = (told[name].to_numpy().astype(float) for name in ("pairs", "agree"))
    of, hits = float(pairs.sum()), float(agree.sum())
    if len(pairs) < 2 or hits in (0, of):
        return 1.0
    size, p = float(np.square(pairs).sum()) / of, hits / of
    if size <= 1:
        return 0.0
    effect = float(np.square(agree - p * pairs).sum()) / (of * p * (1 - p))
    return max((effect - 1) / (size - 1), 0.0)


def _asked(cells: pl.DataFrame, both: pl.DataFrame, linked: pl.DataFrame, pairs: pl.DataFrame) -> Asked:
    """People joined further by the possible pairs that are one person, which may join more than the pair itself."""
    require(pairs, (*PAIR, "decision"), "pairs")
    told = pairs.filter(pl.col("decision") == POSSIBLE).select(pl.col(PAIR).cast(pl.String))
    codes = cells.select("person_id").unique().sort("person_id").with_row_index("code")
    coded = both.join(codes, on="person_id").select(*IDS, "true_person", "code")
    for side in ("left", "right"):
        ids = [f"{side}_{name}" for name in IDS]
        unknown = told.join(linked, left_on=ids, right_on=IDS, how="anti")
        if unknown.height:
            raise NothingInCommon(
                what=f"{unknown.height} pairs name a record that is not among the people", record=named(unknown, ids),
                expected="the people and the pairs of one linkage", mend="link again, so that both files are written together",
            )  # fmt: skip
        told = told.join(coded.rename({"true_person": f"{side}_true", "code": f"{side}_code"}), left_on=ids, right_on=IDS)
    same = told.filter(pl.col("left_true") == pl.col("right_true"))
    edges = (np.ones(same.height), (same["left_code"].to_numpy(), same["right_code"].to_numpy()))
    _, after = connected_components(coo_matrix(edges, shape=(codes.height, codes.height)), directed=False)
    person = codes.select("person_id", person=pl.Series(after))
    joined = cells.join(person, on="person_id").group_by("true_person", "person").agg(pl.col("records").sum())
    return Asked(pairs=told.height, same=same.height, recall=_of_pairs(_sides(joined, "true_person")),
                 precision=_of_pairs(_sides(joined, "person")))  # fmt: skip


def _by_group(both: pl.DataFrame, groups: pl.DataFrame, true: pl.DataFrame, found: pl.DataFrame) -> tuple[GroupQuality, ...]:
    told = both.join(groups, on=IDS, how="left").sort(IDS)
    if both.join(groups, on=IDS, how="semi").height == 0:
        raise strangers("groups", "people and truth", groups)
    within = {"true_person": _correlation(true), "person_id": _correlation(found)}
    qualities: list[GroupQuality] = []
    for column in (name for name in groups.columns if name not in IDS):
        sides = {by: side.join(_values(told, by, column), on=by) for by, side in (("true_person", true), ("person_id", found))}
        values = sorted({v for side in sides.values() for v in side["value"].unique()}, key=lambda v: (v == NOT_KNOWN, v))
        if len(values) > VALUES_AT_MOST:
            raise NoGroup(
                what=f"the column has {len(values)} values", record=column, expected=f"at most {VALUES_AT_MOST}, each a group",
                mend="leave the column out, or put its values together",
            )  # fmt: skip
        for value in values:
            mine = {by: side.filter(pl.col("value") == value) for by, side in sides.items()}
            recall, precision = (_of_pairs(mine[by], within[by]) for by in ("true_person", "person_id"))
            number = mine["true_person"].height
            if number or precision.of:
                qualities.append(GroupQuality(column=column, value=value, people=number, recall=recall, precision=precision))
    return tuple(qualities)


def _values(told: pl.DataFrame, by: str, column: str) -> pl.DataFrame:
    """The value of each person: see `against_truth`. `told` is in the order of the ids."""
    text = told.select(by, value=pl.col(column).cast(pl.String).str.strip_chars().replace("", None)).with_row_index("place")
    often = text.drop_nulls("value").group_by(by, "value").agg(pl.len(), pl.col("place").min())
    most = often.group_by(by).agg(pl.col("value").sort_by("len", "place", descending=[True, False]).first())
    return text.select(by).unique().join(most, on=by, how="left").with_columns(pl.col("value").fill_null(NOT_KNOWN))


def _measured(group: GroupQuality, measure: Literal["recall", "precision"]) -> Share:
    return group.recall if measure == "recall" else group.precision


def _together(shares: Sequence[Share]) -> Share:
    """Several groups as one; their design effects add up in proportion to their pairs."""
    hits, of = sum(s.hits for s in shares), sum(s.of for s in shares)
    return share(hits, of, effect=sum(s.of**2 / s.effective for s in shares) / of if of else 1.0)


def _lower_by_chance(mine: Share, others: Share) -> float:
    """The chance of as many misses or more among mine, if all were of one kind."""
    size, rest = (max(1, round(s.effective)) for s in (mine, others))
    missed, rest_missed = (round((1 - s.hits / s.of) * n) for s, n in ((mine, size), (others, rest)))
    return float(hypergeom.sf(missed - 1, size + rest, missed + rest_missed, size))
