"""The fixes behind a match, as visits: A is the first time somebody was near, B the second, after having been elsewhere."""

from datetime import timedelta

import polars as pl

from throughcare.positions.distance import metres_sql
from throughcare.positions.engines import Session
from throughcare.positions.parameters import Parameters

SILENCE = timedelta(minutes=5)
"""After more than this without a fix nobody knows whether the tag stayed: what comes next is another visit [decided]."""

AT_ONCE = 1_000_000
"""Minutes of walks that are looked at in one question, so that memory does not grow with the number of pairs."""

_PLACE = ("latitude", "longitude")
_TOLD = ("precision_m", "mechanism", "speed_kmh", "direction")


def visits(session: Session, pairs: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    """crime, tag, visit, number (in the visit, from 1), time, latitude, longitude, precision_m, mechanism, speed_kmh, direction,
    metres. A visit ends with a fix of the same tag outside the radius, and with a silence.
    """
    first, last = (pl.col(name).dt.epoch("us") for name in ("first_time", "last_time"))
    walks = pairs.select("crime", "tag", first_at=first, last_at=last).sort("tag", "crime")
    minutes = ((pl.col("last_at") - pl.col("first_at")) // 60_000_000 + 1).cum_sum()
    shares = walks.group_by(minutes // AT_ONCE, maintain_order=True)
    told = [_walked(session, share, parameters) for _, share in shares] or [_walked(session, walks, parameters)]
    found = pl.concat(told).sort("crime", "tag", "us", *_PLACE)
    labels = pl.col("visit").cast(pl.Int64).map_elements(letters, return_dtype=pl.String)
    number = pl.col("us").cum_count().over("crime", "tag", "visit").cast(pl.Int64)
    return found.select(
        pl.col("crime").cast(pl.Int64), "tag", visit=labels, number=number,
        time=pl.from_epoch("us", "us").dt.replace_time_zone("UTC"), **{name: pl.col(name) for name in (*_PLACE, *_TOLD)},
        metres=pl.col("metres").cast(pl.Float64),
    )  # fmt: skip


def _walked(session: Session, pairs: pl.DataFrame, parameters: Parameters) -> pl.DataFrame:
    session.table("pairs", pairs)
    ends = pairs["tag"].gather([0, -1]).to_list() if pairs.height else []
    plain = bool(ends) and not any(quote in tag for tag in ends for quote in "'\\")  # which the engines read differently
    some = "tag BETWEEN '{}' AND '{}'".format(*ends) if plain else "true"
    return session.ask(_numbered_sql(session, parameters, some))


def _numbered_sql(session: Session, parameters: Parameters, some: str) -> str:
    """From the first to the last near fix of each pair, all that count: what was in between says where a visit ended. `some`:
    SQL that is true of the tags of these pairs.
    """
    far = metres_sql("latitude", "longitude", "at_latitude", "at_longitude")
    at = session.micros("time")
    once = ", ".join(f"min({name}) AS {name}" for name in _TOLD)
    walk = (
        f"SELECT p.crime, p.tag, f.us, f.latitude, f.longitude, {once}, min({far}) AS metres "
        f"FROM (SELECT tag, {at} AS us, latitude, longitude, {', '.join(_TOLD)} FROM fixes "
        f"WHERE {parameters.counted} AND {some}) f "
        "JOIN pairs p ON f.tag = p.tag JOIN asked a ON a.crime = p.crime WHERE f.us BETWEEN p.first_at AND p.last_at "
        "GROUP BY p.crime, p.tag, f.us, f.latitude, f.longitude"
    )
    order = "OVER (PARTITION BY crime, tag ORDER BY us, latitude, longitude)"
    is_near = f"metres <= {parameters.radius_m!r}"
    steps = f"SELECT *, lag({is_near}) {order} AS was_near, lag(us) {order} AS was_us FROM ({walk})"
    starts = f"{is_near} AND (NOT coalesce(was_near, false) OR us - was_us > {int(SILENCE.total_seconds() * 1_000_000)})"
    begun = f"SELECT *, sum(CASE WHEN {starts} THEN 1 ELSE 0 END) {order} AS visit FROM ({steps})"
    return f"SELECT crime, tag, us, latitude, longitude, {', '.join(_TOLD)}, metres, visit FROM ({begun}) WHERE {is_near}"


def letters(number: int) -> str:
    """A to Z, then AA, AB, as the columns of a sheet."""
    told = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        told = chr(ord("A") + rest) + told
    return told
