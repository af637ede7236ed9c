"""What a fix is: its columns, under which names files have them, the mechanisms, and how precise a fix is taken to be."""

from dataclasses import dataclass
from typing import Literal

import polars as pl

Kind = Literal["text", "number", "instant"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a file of fixes; `also`: other names under which it is read, whatever the case."""

    name: str
    kind: Kind
    meaning: str
    also: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    Column(name="tag", kind="text", meaning="the tag's own number", also=("device", "device_id", "tag_id"), required=True),
    Column(name="time", kind="instant", meaning="when the fix was taken", also=("fix_time", "gps_date"), required=True),
    Column(name="latitude", kind="number", meaning="degrees, WGS84", also=("lat",), required=True),
    Column(name="longitude", kind="number", meaning="degrees, WGS84", also=("lon", "lng", "long"), required=True),
    Column(name="precision_m", kind="number", meaning="radius in metres in which the tag is, 95 times in 100",
           also=("precision", "accuracy", "accuracy_m")),
    Column(name="speed_kmh", kind="number", meaning="km/h, as the tag says", also=("speed",)),
    Column(name="direction", kind="number", meaning="degrees from north, as the tag says", also=("bearing", "heading")),
    Column(name="mechanism", kind="text", meaning="GPS, WIFI, LBS (cell tower) or RF; or 1, 6, 5, 4", also=("lbs", "method")),
    Column(name="satellites", kind="number", meaning="satellites seen", also=("satellite_count",)),
    Column(name="hdop", kind="number", meaning="horizontal dilution of precision"),
    Column(name="recorded_at", kind="instant", meaning="when the tag wrote it down",
           also=("recorded", "recorded_date", "recorded_time")),
    Column(name="uploaded_at", kind="instant", meaning="when it was received",
           also=("uploaded", "uploaded_date", "uploaded_time")),
)  # fmt: skip
NAMES = tuple(column.name for column in COLUMNS)
TYPES = {"text": "VARCHAR", "number": "DOUBLE", "instant": "TIMESTAMPTZ"}
_POLARS: dict[Kind, pl.DataType] = {"text": pl.String(), "number": pl.Float64(), "instant": pl.Datetime("us", "UTC")}
SCHEMA = pl.Schema({column.name: _POLARS[column.kind] for column in COLUMNS})
"""Of a frame of fixes. An absent value is null; instants are UTC."""

GPS, WIFI, LBS, RF = "GPS", "WIFI", "LBS", "RF"
MECHANISMS = (GPS, WIFI, LBS, RF)
CODES = {"1": GPS, "4": RF, "5": LBS, "6": WIFI, "WI-FI": WIFI, "CELL": LBS}
"""Other ways of writing a mechanism: the numbers of the Ministry's feed (`lbs`), and words. Any other text stays as it came."""

ASSUMED_PRECISION = {GPS: 20.0, WIFI: 60.0, LBS: 1_000.0, RF: 60.0}
ASSUMED_OTHERWISE = 1_000.0
"""Metres taken where a fix has no precision, or zero, which no receiver has [decided]: a wide radius makes "uncertain", and so
never a breach."""

AREA = (49.5, 61.5, -8.5, 2.6)
"""Latitudes and longitudes, from and to, between which Great Britain lies: those that the police's file is held to."""


def frame(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Fixes with all their columns, those not given null."""
    return pl.DataFrame([{name: row.get(name) for name in NAMES} for row in rows], schema=SCHEMA)
