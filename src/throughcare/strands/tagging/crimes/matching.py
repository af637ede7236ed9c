"""One run of the match over the store: which tags could be near which crimes. Works out; writes nothing to the casework store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.positions.engines import Kept
from throughcare.positions.match import CRIMES, Matches, match
from throughcare.positions.parameters import Parameters
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.tracks.actions import ask_for_a_run
from throughcare.strands.tagging.tracks.queries import Question, parts_of
from throughcare.strands.tagging.tracks.worn import Wearing, frame, worn_between

AROUND = timedelta(hours=1)
"""Fixes are asked so long before the first window and after the last: a tag that was silent in a window is known by them."""


@dataclass(frozen=True, kw_only=True)
class OfADay:
    """The crimes of one London day, matched: `worn`, who wore a tag about then; `inputs`, `parts`: what was asked."""

    day: date
    found: Matches
    worn: tuple[Wearing, ...]
    inputs: str
    parts: str

    def in_window(self, version: m.CrimeVersion, buffer: timedelta) -> dict[int, Wearing]:
        """By fitting, who wore a tag at any time of the crime's window."""
        opens, closes = version.time_from - buffer, version.time_to + buffer
        return {each.fitting: each for each in self.worn if each.start <= closes and each.end > opens}


def parameters() -> Parameters:
    """What a match is, as the pilot file says."""
    told = current_pilot().positions
    return Parameters(
        radius_m=told.radius_m, min_fixes=told.min_fixes, mechanisms=tuple(told.mechanisms), max_precision_m=told.max_precision_m,
        buffer=timedelta(minutes=told.buffer_minutes),
    )  # fmt: skip


def by_day(versions: Sequence[m.CrimeVersion]) -> dict[date, list[m.CrimeVersion]]:
    """The crimes by the London day on which their window begins: positions of the days between are not asked for."""
    found: dict[date, list[m.CrimeVersion]] = {}
    for version in sorted(versions, key=lambda each: (each.time_from, each.pk)):
        found.setdefault(london_date(version.time_from), []).append(version)
    return found


def span(versions: Sequence[m.CrimeVersion], wanted: Parameters) -> tuple[datetime, datetime]:
    """From when to when positions are asked for these crimes."""
    reach = wanted.buffer + AROUND
    return min(v.time_from for v in versions) - reach, max(v.time_to for v in versions) + reach


def matched(day: date, versions: Sequence[m.CrimeVersion], wanted: Parameters, *, by: str) -> OfADay:
    """Matches the crimes of a day with everybody who wore a tag then, whoever may see them: pages hold back what must be."""
    start, end = span(versions, wanted)
    worn = worn_between(start, end)
    question = Question(purpose="matching", about=f"crimes of {day}", start=start, end=end)
    with TemporaryDirectory(prefix="throughcare-match-") as folder:
        file = Path(folder) / "fixes.parquet"
        inputs = ask_for_a_run(by=by, question=question, worn=worn, to=file)
        found = match(Kept((file,)), _frame(versions), wanted, tags=frame(worn)["wearer"].unique().to_list())
    return OfADay(day=day, found=found, worn=tuple(worn), inputs=inputs, parts=parts_of(start, end))


def _frame(versions: Sequence[m.CrimeVersion]) -> pl.DataFrame:
    rows = [(str(v.pk), v.time_from, v.time_to, v.latitude, v.longitude) for v in versions]
    return pl.DataFrame(rows, schema=CRIMES, orient="row")
