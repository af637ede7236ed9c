"""From pairs to people: records that are joined directly or through others are one person, unless two of them must be apart.

The order of the input plays no part, and grouping what has been grouped already changes nothing.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from throughcare.linkage import thresholds as t
from throughcare.linkage.model import Pair


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """`groups`: id, group (the smallest id in it), by id. `held`: pairs strong enough to join, or to stay together, that were
    kept apart, because joining them would have put two records together that must be apart.
    """

    groups: pl.DataFrame
    held: tuple[Pair, ...]


def group(
    ids: pl.Series, pairs: pl.DataFrame, *, together: pl.DataFrame | None = None, same: Iterable[Pair] = (),
    apart: Collection[Pair] = (), apart_too: Callable[[pl.DataFrame], Collection[Pair]] = lambda groups: (),
) -> Grouping:  # fmt: skip
    """Groups the records `ids` by scored `pairs` (left, right, weight, bar) over them.

    `bar`: True where a score alone may not join the pair. `together`: id, person of records that are joined now; a pair of
    them holds down to `LEAVE`. `same`, `apart`: what people have said; both beat any score, and apart beats same.
    `apart_too` gives further pairs to keep apart, of the groups as they would be if nobody had to be.
    """
    order = np.sort(ids.to_numpy())
    edges = _edges(pairs, together, same)
    left, right = (np.searchsorted(order, edges[side].to_numpy()) for side in ("left", "right"))
    ones = np.ones(len(left), dtype=np.int8)
    _, label = connected_components(coo_matrix((ones, (left, right)), shape=(len(order), len(order))), directed=False)
    groups = _named(order, label)
    parted = _within(order, label, {*apart, *apart_too(groups)})
    if not parted:
        return Grouping(groups=groups, held=())
    label, held = _parted(order, label, edges, parted)
    return Grouping(groups=_named(order, label), held=tuple(sorted(set(held))))


def _named(order: np.ndarray, label: np.ndarray) -> pl.DataFrame:
    """id, group: each group by its smallest id."""
    first = np.full(label.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, label, order)
    return pl.DataFrame({"id": order, "group": first[label]}, schema={"id": pl.Int64, "group": pl.Int64})


def _edges(pairs: pl.DataFrame, together: pl.DataFrame | None, same: Iterable[Pair]) -> pl.DataFrame:
    """left, right, rank: pairs that join, those said to be the same first, then those that are together now, then by weight."""
    told = pairs.select("left", "right", "weight", "bar")
    if together is None:
        told = told.with_columns(now=pl.lit(value=False))
    else:
        for side in ("left", "right"):
            of = together.select(pl.col("id").alias(side), pl.col("person").alias(f"{side}_now"))
            told = told.join(of, on=side, how="left")
        told = told.with_columns(now=(pl.col("left_now") == pl.col("right_now")).fill_null(value=False))
    joins = (pl.col("weight") >= t.JOIN) & ~pl.col("bar") | pl.col("now") & (pl.col("weight") >= t.LEAVE) & ~pl.col("bar")
    told = told.filter(joins).select("left", "right", "weight", first=pl.when("now").then(1).otherwise(2).cast(pl.Int8))
    ordered = [(min(pair), max(pair)) for pair in same]
    said = pl.DataFrame(ordered, schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
    said = said.with_columns(weight=pl.lit(0.0), first=pl.lit(0, dtype=pl.Int8))
    whole = pl.concat([said, told]).sort("first", -pl.col("weight"), "left", "right")
    return whole.with_row_index("rank").select("left", "right", "rank")


def _within(order: np.ndarray, label: np.ndarray, apart: Iterable[Pair]) -> dict[int, set[Pair]]:
    """The pairs that must be apart and have come together, by component."""
    found: dict[int, set[Pair]] = {}
    known = {(min(a, b), max(a, b)) for a, b in apart}
    if not known:
        return found
    sides = np.array(sorted(known), dtype=np.int64)
    places = np.searchsorted(order, sides).clip(max=max(len(order) - 1, 0))
    there = (order[places] == sides).all(axis=1)
    for (a, b), (one, two) in zip(sides[there].tolist(), places[there].tolist(), strict=True):
        if label[one] == label[two]:
            found.setdefault(int(label[one]), set()).add((a, b))
    return found


def _parted(
    order: np.ndarray, label: np.ndarray, edges: pl.DataFrame, parted: dict[int, set[Pair]]
) -> tuple[np.ndarray, list[Pair]]:
    """Puts these components together again edge by edge, the surest first, leaving out each that would join two to be apart."""
    label, held, following = label.copy(), [], int(label.max()) + 1
    place = {int(i): k for k, i in enumerate(order) if int(label[k]) in parted}
    mine = edges.filter(pl.col("left").is_in(list(place))).sort("rank")
    clusters = {i: {i} for i in place}
    foes: dict[int, set[int]] = {i: set() for i in place}
    for a, b in (pair for pairs in parted.values() for pair in pairs):
        foes[a].add(b)
        foes[b].add(a)
    for a, b in mine.select("left", "right").iter_rows():
        one, two = clusters[a], clusters[b]
        if one is two:
            continue
        if any(foes[i] & two for i in one):
            held.append((a, b))
            continue
        one |= two
        for i in two:
            clusters[i] = one
    for cluster in {id(c): c for c in clusters.values()}.values():
        for i in cluster:
            label[place[i]] = following
        following += 1
    return np.unique(label, return_inverse=True)[1], held
