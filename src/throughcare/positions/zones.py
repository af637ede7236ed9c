"""Zones kept and broken: entered, left, crossed between two fixes, or not to be told.

Inside is where the distance to the edge exceeds the fix's precision; outside likewise; otherwise "uncertain", which is neither a
breach nor compliance. A zone counts while it is in force: its dates, its weekly timetable, in London time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
import polars as pl

from throughcare.positions.engines import DuckDB, Fixes
from throughcare.positions.gaps import TOLERANCE, tolerance_sql
from throughcare.positions.quality import precision_sql
from throughcare.positions.shapes import METRES_PER_DEGREE, Shape, Shapes
from throughcare.positions.timetable import Line, Window, days_of, windows

Kind = Literal["exclusion", "inclusion"]
INSIDE, OUTSIDE, UNCERTAIN = "inside", "outside", "uncertain"
EVENTS = {
    "entered": "first certainly inside", "left": "first certainly outside after having been inside",
    "outside": "certainly outside an inclusion zone when it came into force, or when first seen",
    "crossed": "certainly outside at two fixes, and the straight way between them leads through the zone",
    "uncertain": "so near the edge that it cannot be told, or a way that only touches the zone",
}  # fmt: skip
SCHEMA = pl.Schema(
    {"zone": pl.String(), "tag": pl.String(), "window_start": pl.Datetime("us", "UTC"), "window_end": pl.Datetime("us", "UTC"),
     "event": pl.String(), "since": pl.Datetime("us", "UTC"), "time": pl.Datetime("us", "UTC"), "latitude": pl.Float64(),
     "longitude": pl.Float64(), "precision_m": pl.Float64(), "edge_m": pl.Float64()}
)  # fmt: skip
"""Of events. `time`: of the fix; `since`: of the one before while the zone was in force (null: there was none); `edge_m`: metres
to the edge, below nought inside; for a crossing, how deep the way led in, below nought."""


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A zone of one tag, in force in [opens, closes) and, where there is a timetable, in its windows."""

    zone: str
    tag: str
    kind: Kind
    shape: Shape
    opens: datetime
    closes: datetime | None = None
    timetable: tuple[Line, ...] = ()


def zone_events(
    fixes: Fixes, zones: Sequence[Zone], *, start: datetime, end: datetime, tolerance: Mapping[str, timedelta] = TOLERANCE,
    engine: DuckDB | None = None,
) -> pl.DataFrame:  # fmt: skip
    """The events of the zones in [start, end), by zone and time; columns SCHEMA. `fixes`: usable ones, of that span.

    Each window begins anew: who is inside as it opens has entered by its first certain fix. Over a gap no way is drawn.
    """
    shapes = Shapes([zone.shape for zone in zones])
    table = _windows(zones, shapes, start, end)
    if not table.height:
        return pl.DataFrame(schema=SCHEMA)
    with (engine or DuckDB()).opened(fixes) as session:
        session.table("windows", table)
        steps = session.ask(_steps_sql(tolerance))
    judged = _judged(steps.sort("number", "window", "us", "latitude", "longitude"), shapes)
    told = pl.concat([_turns(judged, zones), _crossings(judged)])
    names = pl.DataFrame({"number": range(len(zones)), "zone": [z.zone for z in zones], "tag": [z.tag for z in zones]})
    named = told.join(names.cast({"number": pl.Int64}), on="number", how="left").join(
        table.select("window", window_start="opens", window_end="closes"), on="window", how="left"
    )
    moments = ("window_start", "window_end", "since", "time")
    named = named.with_columns(pl.from_epoch(name, "us").dt.replace_time_zone("UTC").alias(name) for name in moments)
    return named.select(SCHEMA.names()).cast(SCHEMA).sort("zone", "time", "event")


def _windows(zones: Sequence[Zone], shapes: Shapes, start: datetime, end: datetime) -> pl.DataFrame:
    """Every window of every zone in [start, end), with the box in which it matters."""
    first, last = days_of(start, end)
    told: dict[tuple[object, ...], list[Window]] = {}
    rows = []
    for number, zone in enumerate(zones):
        key = (zone.timetable, zone.opens, zone.closes)
        if key not in told:
            told[key] = windows(zone.timetable, opens=zone.opens, closes=zone.closes, first=first, last=last)
        cut = ((max(opens, start), min(closes, end)) for opens, closes in told[key])
        rows += [(number, zone.tag, opens, closes) for opens, closes in cut if opens < closes]
    instant = pl.Datetime("us", "UTC")
    schema: dict[str, pl.DataType] = {"number": pl.Int64(), "tag": pl.String(), "opens": instant, "closes": instant}
    table = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("window")
    table = table.with_columns(pl.col("window").cast(pl.Int64), pl.col("opens", "closes").dt.epoch("us"))
    boxes = pl.DataFrame(shapes.boxes(), schema=["south", "north", "west", "east", "wide"], orient="row")
    return table.hstack(boxes[table["number"].to_list()])


def _steps_sql(tolerance: Mapping[str, timedelta]) -> str:
    """The steps of each tag that could matter to its zones: the first of each window, and those whose box, with both precisions
    round it, meets the zone's. All others are from certainly outside to certainly outside, on a way that does not touch.
    """
    order = "OVER (PARTITION BY tag ORDER BY time, latitude, longitude)"
    names = ("us", "latitude", "longitude", "p", "tolerated")
    fixes = (
        f"SELECT tag, time, epoch_us(time) AS us, latitude, longitude, {precision_sql()} AS p, "
        f"{tolerance_sql('mechanism', tolerance)} AS tolerated FROM fixes"
    )
    steps = f"SELECT *, {', '.join(f'lag({name}) {order} AS was_{name}' for name in names)} FROM ({fixes})"
    margin = "greatest(p, coalesce(was_p, 0))"
    up = f"{margin} / {METRES_PER_DEGREE!r}"
    near = (
        f"least(latitude, was_latitude) - {up} <= north AND greatest(latitude, was_latitude) + {up} >= south AND "
        f"least(longitude, was_longitude) - {margin} * wide <= east "
        f"AND greatest(longitude, was_longitude) + {margin} * wide >= west"
    )
    return (
        f'SELECT number, "window", s.* EXCLUDE (tag, time) REPLACE (CASE WHEN was_us >= opens THEN was_us END AS was_us) '
        f"FROM ({steps}) s JOIN windows w ON s.tag = w.tag "
        f"WHERE us >= opens AND us < closes AND (was_us IS NULL OR was_us < opens OR ({near}))"
    )


def _judged(steps: pl.DataFrame, shapes: Shapes) -> pl.DataFrame:
    """The steps with the state at both ends, the metres to the edge, and how deep the way between led in."""
    judged = steps.with_row_index("step").with_columns(edge_m=_edge(shapes, steps, ""))
    judged = judged.with_columns(was_edge_m=_edges_before(shapes, judged))
    judged = judged.with_columns(state=_state("edge_m", "p"), was_state=_state("was_edge_m", "was_p"))
    both = (pl.col("state") == OUTSIDE) & (pl.col("was_state") == OUTSIDE) & pl.col("was_us").is_not_null()
    ways = judged.filter(both & (pl.col("us") - pl.col("was_us") <= pl.col("was_tolerated")))
    ends = (ways[name].to_numpy() for name in ("was_latitude", "was_longitude", "latitude", "longitude"))
    depth = ways.select("step", depth_m=pl.Series(shapes.depth_m(ways["number"].to_numpy(), *ends), dtype=pl.Float64))
    return judged.join(depth, on="step", how="left", maintain_order="left")


def _edges_before(shapes: Shapes, judged: pl.DataFrame) -> pl.Series:
    """Metres to the edge from the fix before: where its own step is the row above, they are known already."""
    fix = ("us", "latitude", "longitude")
    pairs = [("number", "number"), ("window", "window"), *((name, f"was_{name}") for name in fix)]
    above = pl.all_horizontal(pl.col(here).shift(1) == pl.col(before) for here, before in pairs)
    known = judged.select("step", edge=pl.when(above).then(pl.col("edge_m").shift(1)))
    rest = judged.filter(known["edge"].is_null())
    worked_out = rest.select("step", other=_edge(shapes, rest, "was_"))
    both = known.join(worked_out, on="step", how="left", maintain_order="left")
    return both.select(pl.coalesce("edge", "other")).to_series()


def _edge(shapes: Shapes, steps: pl.DataFrame, prefix: str) -> pl.Series:
    latitude, longitude = (steps[f"{prefix}{name}"].fill_null(np.nan).to_numpy() for name in ("latitude", "longitude"))
    return pl.Series(shapes.edge_m(steps["number"].to_numpy(), latitude, longitude), dtype=pl.Float64)


def _state(edge: str, precision: str) -> pl.Expr:
    inside, outside = -pl.col(edge) > pl.col(precision), pl.col(edge) > pl.col(precision)
    return pl.when(inside).then(pl.lit(INSIDE)).when(outside).then(pl.lit(OUTSIDE)).otherwise(pl.lit(UNCERTAIN))


def _turns(judged: pl.DataFrame, zones: Sequence[Zone]) -> pl.DataFrame:
    """Where the certain state turns, and where a spell of uncertainty begins. What came before a fix within the window is the
    last certain state; steps left out are certainly outside, and each spell of steps kept begins or ends there.
    """
    inclusion = [number for number, zone in enumerate(zones) if zone.kind == "inclusion"]
    over = ("number", "window")
    certain = pl.when(pl.col("state") != UNCERTAIN).then(pl.col("state"))
    told = judged.with_columns(certain=certain).with_columns(before=pl.col("certain").forward_fill().shift(1).over(over))
    skipped = pl.col("was_us").is_not_null() & (pl.col("was_state") != UNCERTAIN)
    told = told.with_columns(
        before=pl.when(skipped).then(pl.col("was_state")).otherwise(pl.col("before")),
        last=pl.when(pl.col("was_us").is_not_null()).then(pl.col("was_state")),
    )
    here, before, of_inclusion = pl.col("state"), pl.col("before"), pl.col("number").is_in(inclusion)
    event = (
        pl.when((here == INSIDE) & before.ne_missing(INSIDE)).then(pl.lit("entered"))
        .when((here == OUTSIDE) & before.eq_missing(INSIDE)).then(pl.lit("left"))
        .when((here == OUTSIDE) & before.is_null() & of_inclusion).then(pl.lit("outside"))
        .when((here == UNCERTAIN) & pl.col("last").ne_missing(UNCERTAIN)).then(pl.lit("uncertain"))
    )  # fmt: skip
    return told.with_columns(event=event).filter(pl.col("event").is_not_null()).select(*_TOLD, "edge_m")


def _crossings(judged: pl.DataFrame) -> pl.DataFrame:
    """Ways through the zone: certain where they lead deeper in than the fixes are precise."""
    deep = pl.col("depth_m") > pl.max_horizontal("p", "was_p")
    told = judged.filter(pl.col("depth_m") > 0).with_columns(
        event=pl.when(deep).then(pl.lit("crossed")).otherwise(pl.lit("uncertain")), edge_m=-pl.col("depth_m")
    )
    return told.select(*_TOLD, "edge_m")


_TOLD = (
    "number", "window", "event", pl.col("was_us").alias("since"), pl.col("us").alias("time"), "latitude", "longitude",
    pl.col("p").alias("precision_m"),
)  # fmt: skip
