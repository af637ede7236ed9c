"""Appointments that an order names, kept or missed by where the tag was. As a curfew of one window at one address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import polars as pl

from throughcare.positions.curfews import Address, kept
from throughcare.positions.engines import DuckDB, Fixes
from throughcare.positions.gaps import NO_EVENTS

FINDINGS: Mapping[str, str] = MappingProxyType(
    {"present": "kept", "late": "late", "early": "left_early", "out": "left_and_came_back", "away": "missed",
     "uncertain": "uncertain"}
)  # fmt: skip
"""What a finding of a curfew is called of an appointment."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Where one tag must be from `start` to `end`; a building is rarely seen better than to 100 metres."""

    appointment: str
    tag: str
    start: datetime
    end: datetime
    latitude: float
    longitude: float
    radius_m: float = 100.0


def attended(
    fixes: Fixes, appointments: Sequence[Appointment], *, as_at: datetime, events: pl.DataFrame = NO_EVENTS,
    engine: DuckDB | None = None,
) -> pl.DataFrame:  # fmt: skip
    """appointment, tag, start, end, finding, arrived (first certainly there), left (last certainly there), fixes; of those that
    have begun by `as_at`. Fixes that say nothing certain leave an appointment uncertain, which is not missed.
    """
    table = [
        (a.appointment, a.tag, (a.start, a.end), [Address(latitude=a.latitude, longitude=a.longitude, radius_m=a.radius_m)])
        for a in appointments if a.start < as_at
    ]  # fmt: skip
    told = kept(fixes, table, end=as_at, events=events, engine=engine).windows
    return told.select(
        pl.col("curfew").alias("appointment"), "tag", pl.col("window_start").alias("start"), pl.col("window_end").alias("end"),
        pl.col("finding").replace_strict(dict(FINDINGS), return_dtype=pl.String), pl.col("first_present").alias("arrived"),
        pl.col("last_present").alias("left"), "fixes",
    )  # fmt: skip
