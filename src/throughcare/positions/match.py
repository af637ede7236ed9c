"""Who was near a crime in its window: fixes within the radius, inside the window, at least so many of one tag.

A match is nearness, not presence: a person reviews it. What a match rests on (radius, least fixes, mechanisms, largest precision,
buffer) is kept with the run. Each crime has an outcome: matched, no match, or not run with the reason, since "nobody was near"
may be said only where somebody could have been seen; and the tags that could not have been are listed with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from throughcare.positions.distance import degrees_within, metres_sql
from throughcare.positions.engines import DuckDB, Engine, Fixes, Session
from throughcare.positions.parameters import MatchRefused, Parameters
from throughcare.positions.seen import outcomes, unseen
from throughcare.positions.visits import visits

WIDER = 1.02
"""A cell's side as a multiple of the radius. With cells of exactly the radius, a fix just within it could fall two cells away by
rounding, and a pair be lost."""

APART = 1 << 32
"""Between the numbers of two rows of cells: more than there are cells in a row."""

CRIMES = pl.Schema(
    {"crime_id": pl.String(), "time_from": pl.Datetime("us", "UTC"), "time_to": pl.Datetime("us", "UTC"),
     "latitude": pl.Float64(), "longitude": pl.Float64()}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Matches:
    """`pairs`: crime_id, tag, fixes, first_time, last_time, nearest_m. `fixes`: the fixes behind them, with visit (A, B, …),
    number in the visit and metres. `crimes`: crime_id, outcome, reason, tags_seen, tags_unseen, unseen (those that could not
    have been seen in the window).
    """

    pairs: pl.DataFrame
    fixes: pl.DataFrame
    crimes: pl.DataFrame
    parameters: Parameters


def match(
    fixes: Fixes, crimes: pl.DataFrame, parameters: Parameters, *, engine: Engine | None = None, tags: Sequence[str] = ()
) -> Matches:  # fmt: skip
    """Matches crimes (columns of CRIMES; a place or time that is null makes "not run") with fixes.

    `tags`: those that were worn, so that one without any fix is listed as well; otherwise those that have a fix.
    """
    numbered = _numbered(crimes)
    with (engine or DuckDB()).opened(fixes) as session:
        pairs = _pairs(session, _near(session, numbered, parameters), parameters)
        found = visits(session, pairs, parameters)
        not_seen, worn = unseen(session, parameters, tags)
    names = numbered.select("crime", "crime_id")
    return Matches(
        pairs=_named(pairs, names).sort("crime_id", "tag"), fixes=_named(found, names).sort("crime_id", "tag", "time"),
        crimes=outcomes(numbered, numbered.filter(~_located())["crime"], pairs, not_seen, worn), parameters=parameters,
    )  # fmt: skip


def pairs_only(fixes: Fixes, crimes: pl.DataFrame, parameters: Parameters, *, engine: Engine | None = None) -> pl.DataFrame:
    """The pairs alone, without the fixes behind them and without what each crime came to."""
    numbered = _numbered(crimes)
    with (engine or DuckDB()).opened(fixes) as session:
        pairs = _pairs(session, _near(session, numbered, parameters), parameters)
    return _named(pairs, numbered.select("crime", "crime_id")).sort("crime_id", "tag")


def _numbered(crimes: pl.DataFrame) -> pl.DataFrame:
    twice = crimes.filter(pl.col("crime_id").is_duplicated())
    if twice.height:
        raise MatchRefused(what="a crime stands more than once", record=str(twice["crime_id"][0]), expected="each crime once",
                           mend="keep its latest version")  # fmt: skip
    return crimes.with_columns(pl.col(name).cast(kind) for name, kind in CRIMES.items()).with_row_index("crime").with_columns(
        pl.col("crime").cast(pl.Int64)
    )  # fmt: skip


def _located() -> pl.Expr:
    inside = pl.col("latitude").is_between(-90, 90) & pl.col("longitude").is_between(-180, 180)
    return inside.fill_null(value=False) & pl.col("time_from").is_not_null() & pl.col("time_to").is_not_null()


def _near(session: Session, crimes: pl.DataFrame, parameters: Parameters) -> str:
    """SQL of every fix that counts within radius and window of a crime, once for each time it was sent: crime, tag, us, latitude,
    longitude, metres. It asks the tables that are made here: `asked`, the crimes that can be matched, and `cells`, each in its
    own cell and the eight around it.
    """
    buffer = int(parameters.buffer.total_seconds() * 1_000_000)
    asked = crimes.filter(_located()).select(
        "crime", pl.col("latitude").alias("at_latitude"), pl.col("longitude").alias("at_longitude"),
        opens=pl.col("time_from").dt.epoch("us") - buffer, closes=pl.col("time_to").dt.epoch("us") + buffer,
    )  # fmt: skip
    session.table("asked", asked)
    tall, wide = _cell(asked, parameters)
    steps = pl.DataFrame({"up": [-1, 0, 1]}).join(pl.DataFrame({"across": [-1, 0, 1]}), how="cross").cast(pl.Int64)
    rows = (pl.col("at_latitude") / tall).floor().cast(pl.Int64) + pl.col("up")
    columns = (pl.col("at_longitude") / wide).floor().cast(pl.Int64) + pl.col("across")
    session.table("cells", asked.join(steps, how="cross").with_columns(cell=rows * APART + columns).drop("up", "across"))
    low, high, left, right = (
        asked.select(pl.col(name).min() - by if by > 0 else pl.col(name).max() - by).item() or 0.0
        for name, by in (("at_latitude", tall), ("at_latitude", -tall), ("at_longitude", wide), ("at_longitude", -wide))
    )
    inside = f"latitude BETWEEN {low!r} AND {high!r} AND longitude BETWEEN {left!r} AND {right!r}"
    cell = f"CAST(floor(latitude / {tall!r}) AS BIGINT) * {APART} + CAST(floor(longitude / {wide!r}) AS BIGINT)"
    fixes = (
        f"SELECT tag, {session.micros('time')} AS us, latitude, longitude, "
        f"CASE WHEN {inside} THEN {cell} END AS cell FROM fixes WHERE {parameters.counted} AND {inside}"
    )
    far = metres_sql("latitude", "longitude", "at_latitude", "at_longitude")
    met = (
        f"SELECT crime, tag, us, latitude, longitude, {far} AS metres FROM ({fixes}) f JOIN cells c ON f.cell = c.cell "
        "WHERE us BETWEEN opens AND closes"
    )
    return f"SELECT * FROM ({met}) met WHERE metres <= {parameters.radius_m!r}"


def _cell(asked: pl.DataFrame, parameters: Parameters) -> tuple[float, float]:
    """Degrees of a cell, so wide that two positions within the radius are never more than one cell apart: degrees of longitude
    are narrowest at the latitude furthest from the equator.
    """
    furthest = asked.select(pl.max_horizontal(pl.col("at_latitude").abs().max(), 0.0)).item() or 0.0
    return degrees_within(parameters.radius_m * WIDER, min(furthest + parameters.radius_m / 100_000, 89.9))


def _pairs(session: Session, near: str, parameters: Parameters) -> pl.DataFrame:
    """The same fix sent twice is one."""
    once = session.hashed("us, latitude, longitude")
    found = session.ask(
        f"SELECT * FROM (SELECT crime, tag, count(DISTINCT {once}) AS fixes, min(us) AS first_at, "
        f"max(us) AS last_at, min(metres) AS nearest_m FROM ({near}) near GROUP BY crime, tag) counted "
        f"WHERE fixes >= {parameters.min_fixes}"
    )
    return found.select(
        pl.col("crime", "fixes").cast(pl.Int64), "tag",
        *(pl.from_epoch(f"{end}_at", "us").dt.replace_time_zone("UTC").alias(f"{end}_time") for end in ("first", "last")),
        pl.col("nearest_m").cast(pl.Float64),
    )  # fmt: skip


def _named(frame: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    others = [name for name in frame.columns if name != "crime"]
    return frame.join(names, on="crime", how="left").select("crime_id", *others)
