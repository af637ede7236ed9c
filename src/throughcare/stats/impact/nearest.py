"""Nearest-neighbour matching on a score: search in the sorted scores, never a table of everybody against everybody.

Without replacement the treated are served in the order that the protocol states, round after round until each has `ratio`
(so a second match never takes somebody's first). With replacement each takes the nearest; those equally near share the
weight, so that no row order decides (`ties="first"`: the first by identifier instead). The figures of MatchIt 4.7.2 on
LaLonde's data are in tests/stats/test_lalonde.py.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from throughcare.stats.arrays import Flags, Floats, Ints
from throughcare.stats.impact.matches import Matches, matches_of

Order = Literal["largest", "smallest", "closest", "id"]
Ties = Literal["shared", "first"]
EQUAL = 1e-12
"""Distances that differ by less are one distance: scores have twelve decimals."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """How to look: `caliper` in the unit of the scores given (None: any distance)."""

    ratio: int = 1
    replacement: bool = False
    order: Order = "largest"
    caliper: float | None = None
    ties: Ties = "shared"


def nearest(scores: Floats, treated: Flags, search: Search, strata: Ints | None = None) -> Matches:
    """Pairs by nearest score, inside each stratum where strata are given. Who finds nobody in reach is in no pair."""
    groups = np.zeros(len(scores), dtype=np.int64) if strata is None else strata
    found: list[tuple[int, int, float]] = []
    for rows in _by_stratum(groups):
        mine, pool = rows[treated[rows]], rows[~treated[rows]]
        if len(mine) and len(pool):
            pool = pool[np.argsort(scores[pool], kind="stable")]
            look = _with_replacement if search.replacement else _without_replacement
            found += look(scores, mine, pool, search)
    return matches_of(found)


def caliper_width(scores: Floats, caliper: float | None) -> float | None:
    """A caliper given in standard deviations, in the unit of the scores: the SD is that over all units."""
    return None if caliper is None else caliper * float(scores.std(ddof=1))


def _by_stratum(groups: Ints) -> Iterator[Ints]:
    order = np.argsort(groups, kind="stable")
    edges = np.flatnonzero(np.diff(groups[order])) + 1
    yield from np.split(order, edges)


def _reach(search: Search) -> float:
    return np.inf if search.caliper is None else search.caliper + EQUAL


def _with_replacement(scores: Floats, mine: Ints, pool: Ints, search: Search) -> list[tuple[int, int, float]]:
    ranked, reach, k = scores[pool], _reach(search), min(search.ratio, len(pool))
    found = []
    for row, at in zip(mine, np.searchsorted(ranked, scores[mine]), strict=True):
        score = scores[row]
        near = np.sort(np.abs(ranked[max(at - k, 0) : at + k] - score))[:k]
        near = near[near <= reach]
        if not len(near):
            continue
        furthest = near[-1]
        low, high = np.searchsorted(ranked, [score - furthest - EQUAL, score + furthest + EQUAL])
        away = np.abs(ranked[low:high] - score)
        inside = away < furthest - EQUAL
        left = len(near) - int(inside.sum())
        edge = np.flatnonzero(~inside)
        if search.ties == "first":
            edge = edge[np.argsort(pool[low + edge], kind="stable")][:left]
        found += [(int(row), int(pool[low + j]), 1.0) for j in np.flatnonzero(inside)]
        found += [(int(row), int(pool[low + j]), left / len(edge)) for j in edge]
    return found


def _without_replacement(scores: Floats, mine: Ints, pool: Ints, search: Search) -> list[tuple[int, int, float]]:
    free, reach = Free(scores[pool], pool), _reach(search)
    found = []
    for _ in range(search.ratio):
        for row, at in _served(scores, mine, free, search, reach):
            free.take(at)
            found.append((row, int(pool[at]), 1.0))
    return found


def _served(scores: Floats, mine: Ints, free: "Free", search: Search, reach: float) -> Iterator[tuple[int, int]]:
    """Each treated row with the place of the nearest free one, in the order that is asked for."""
    if search.order == "closest":
        yield from _closest_first(scores, mine, free, reach)
        return
    rank = {"largest": -scores[mine], "smallest": scores[mine], "id": np.zeros(len(mine))}[search.order]
    for row in mine[np.lexsort((mine, rank))]:
        at, away = free.nearest(float(scores[row]))
        if at >= 0 and away <= reach:
            yield int(row), at


def _closest_first(scores: Floats, mine: Ints, free: "Free", reach: float) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[float, int, int]] = []
    for row in mine:
        at, away = free.nearest(float(scores[row]))
        if at >= 0 and away <= reach:
            waiting.append((away, int(row), at))
    heapq.heapify(waiting)
    while waiting:
        _, row, at = heapq.heappop(waiting)
        if free.has(at):
            yield row, at
            continue
        at, away = free.nearest(float(scores[row]))
        if at >= 0 and away <= reach:
            heapq.heappush(waiting, (away, row, at))


class Free:
    """Those not taken yet, in the order of their scores. Finding the next free one skips over all taken ones at once.

    Only who is taken has a link, to a place nearer to the next free one: memory grows with the taken, not with the pool.
    """

    def __init__(self, ranked: Floats, rows: Ints) -> None:
        self._ranked, self._rows = ranked, rows
        self._after: dict[int, int] = {}
        self._before: dict[int, int] = {}  # shifted by one: place 0 stands for "nobody"

    def has(self, at: int) -> bool:
        return at not in self._after

    def take(self, at: int) -> None:
        self._after[at] = at + 1
        self._before[at + 1] = at

    def nearest(self, score: float) -> tuple[int, float]:
        """Place and distance of the nearest free one; the first by identifier where several are equally near; -1: nobody."""
        at = int(np.searchsorted(self._ranked, score))
        right, left = _follow(self._after, at), _follow(self._before, at) - 1
        choices = []
        if right < len(self._ranked):
            choices.append((float(self._ranked[right]) - score, right))
        if left >= 0:
            first = _follow(self._after, int(np.searchsorted(self._ranked, self._ranked[left])))
            choices.append((score - float(self._ranked[left]), first))
        if not choices:
            return -1, np.inf
        least = min(away for away, _ in choices)
        at = min((place for away, place in choices if away <= least + EQUAL), key=lambda place: int(self._rows[place]))
        return at, least


def _follow(links: dict[int, int], at: int) -> int:
    """The end of the links from a place, each shortened on the way."""
    while (to := links.get(at)) is not None:
        links[at] = links.get(to, to)
        at = links[at]
    return at
