"""The police's extract of events: who took part in each, as what, and when, where and how it was done, as far as they know.

A row is one person's part. Rows of victims, witnesses and relatives are taken so that nobody of them is ever linked with
somebody arrested in it; only of those who have a PNC ID.
"""

import polars as pl

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import PNC, RECORD, choice, past_day, text, whole
from throughcare.core.contracts import Column, Feed
from throughcare.strands.policing.picture import models as m


def _instant(name: str, meaning: str) -> Column:
    return Column(name=name, kind="datetime", meaning=meaning, example="2016-07-05T22:00:00+01:00")


def _degrees(name: str, meaning: str, example: str, low: int, high: int) -> Column:
    return Column(name=name, kind="decimal", meaning=meaning, example=example, minimum=low, maximum=high)


EVENTS = (
    RECORD, PNC,
    text("event", "the force's reference of the crime or custody record, the same for all who took part", "CR-2016-004417",
         required=True, longest=40),
    choice("role", "the person's part in it", m.ROLES, required=True),
    past_day("on", "day of the arrest, charge or conviction; for others, of the event", "2016-07-06", required=True),
    past_day("committed_on", "day of the offence, where known", "2016-07-05"),
    _instant("earliest", "from when it may have been committed; empty where no hour is known"),
    _instant("latest", "until when it may have been committed; empty where the hour is known exactly, or not at all"),
    Column(name="offence_code", kind="offence_code", meaning="Home Office offence code, where known", example="02800"),
    text("place", "kind of place, where known", "House"),
    text("method", "how it was done, where known", "Rear door forced"),
    _degrees("latitude", "degrees north (WGS84), where known", "51.54821", 49, 61),
    _degrees("longitude", "degrees east (WGS84), where known", "-0.05511", -9, 2),
    whole("radius", "precision of the place, in metres", "50", maximum=50_000),
)  # fmt: skip


def _instants(frame: pl.DataFrame) -> pl.DataFrame:
    """An hour that is known exactly begins and ends it; the day of the offence follows from its hour where it is not given."""
    london = pl.col("earliest").dt.convert_time_zone("Europe/London").dt.date()
    return frame.with_columns(
        latest=pl.coalesce("latest", "earliest"), committed_on=pl.coalesce("committed_on", london),
        radius=pl.when(pl.col("latitude").is_not_null()).then(pl.col("radius").fill_null(0)),
    )  # fmt: skip


FEED = Feed(
    slug="police-events", agency="police", title="People's parts in events, with time, place and method", columns=EVENTS,
    identifiers=("pnc",), loads=(stores(m.EventPart, reshape=_instants),), order=60,
    rules=(
        (pl.col("latest") < pl.col("earliest"), "latest", "the latest time is not before the earliest", "correct one of the two"),
        (pl.col("latest").is_not_null() & pl.col("earliest").is_null(), "earliest", "a latest time has an earliest",
         "give both, or neither"),
        (pl.col("latitude").is_null() != pl.col("longitude").is_null(), "latitude", "a place has both coordinates",
         "give both, or neither"),
        (pl.col("committed_on") > pl.col("on"), "committed_on", "an offence is committed before somebody is arrested for it",
         "correct one of the two dates"),
    ),
)  # fmt: skip
