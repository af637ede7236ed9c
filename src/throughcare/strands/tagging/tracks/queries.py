"""The one place of the service that reads positions, and what follows from them. It is called by `actions.ask` alone.

What is read is held to the wearings of tags while their orders asked for it (`worn`), to the span asked for, and to the area.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from throughcare.positions import worn as science
from throughcare.positions.gaps import gaps
from throughcare.positions.quality import FLAGS, flagged
from throughcare.positions.tracks import stops
from throughcare.positions.worn import Box
from throughcare.strands.tagging.stored import folder as store
from throughcare.strands.tagging.tracks.worn import Wearing, cut, frame


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and why: `purpose`, a code of `words.ALL`; `about`, the thing that it is for, such as "match 12".

    [start, end) in UTC. `area`: None is everywhere.
    """

    purpose: str
    about: str
    start: datetime
    end: datetime
    area: Box | None = None


def read(question: Question, worn: Sequence[Wearing]) -> pl.DataFrame:
    """The raw fixes: columns positions.worn.READ, `tag` being the number of the fitting."""
    asked = frame(cut(worn, question.start, question.end))
    return science.read(store(), asked, start=question.start, end=question.end, box=question.area)


def write(question: Question, worn: Sequence[Wearing], to: Path) -> str:
    """The same into a Parquet file, for more than should be held; the SHA-256 of what they say."""
    return science.write(store(), frame(cut(worn, question.start, question.end)), to, start=question.start, end=question.end)


def parts_of(start: datetime, end: datetime) -> str:
    """What the store holds for those days, as a hash: another as soon as anything came in for them. Reads no position."""
    return science.parts_digest(store(), start=start, end=end)


@dataclass(frozen=True, kw_only=True)
class Track:
    """What is known of one fitting in a span. `fixes`: all, flagged (positions.quality), with `device`; `gaps`, `stops`."""

    wearing: Wearing
    fixes: pl.DataFrame
    gaps: pl.DataFrame
    stops: pl.DataFrame

    @property
    def usable(self) -> pl.DataFrame:
        return self.fixes.filter("usable")


def tracks(fixes: pl.DataFrame, worn: Sequence[Wearing], *, as_at: datetime) -> list[Track]:
    """Fixes that were read, by fitting, in the order of `worn`; of each fitting one, with nothing in it where none came."""
    judged = flagged(fixes, as_at=as_at)
    good = judged.filter("usable").drop(*FLAGS, "usable")
    silent, still = gaps(good, unplaced=judged.filter("no_position")), stops(good)
    first = {each.fitting: each for each in reversed(worn)}
    return [
        Track(wearing=wearing, **{
            name: frame.filter(pl.col("tag") == str(wearing.fitting))
            for name, frame in (("fixes", judged), ("gaps", silent), ("stops", still))
        }) for wearing in sorted(first.values(), key=lambda each: (each.order, each.start))
    ]  # fmt: skip
