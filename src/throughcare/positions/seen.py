"""Who could have been seen: the tags that were silent in a crime's window, and what may be said of the crime."""

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from throughcare.positions.engines import Session
from throughcare.positions.fixes import AREA
from throughcare.positions.parameters import Parameters

MATCHED, NO_MATCH, NOT_RUN = "matched", "no_match", "not_run"

SILENCE = timedelta(minutes=5)
"""A tag without a fix that counts from this long before the window until this long after could not have been seen in it
[decided]: with a fix a minute, one that close stands for the window's edge."""

_ANYWHERE = "min(at_latitude), max(at_latitude), min(at_longitude), max(at_longitude)"

_AFAR = 1 << 62


def unseen(session: Session, parameters: Parameters, tags: Sequence[str]) -> tuple[pl.DataFrame, int]:
    """crime, tag of each tag that could not have been seen in the crime's window; and how many tags there are.

    The tags are those given, else all that have any fix. A silence is looked for between buckets of twice `SILENCE`: a shorter
    one never holds a window.
    """
    bucket = int(2 * SILENCE.total_seconds() * 1_000_000)
    if tags:
        worn = pl.DataFrame({"tag": sorted(set(tags))}, schema={"tag": pl.String})
    else:
        worn = session.ask("SELECT DISTINCT tag FROM fixes")
    session.table("worn", worn)
    at = session.micros("time")
    placed = _somewhere(session)
    session.keep("heard", (
        f"SELECT tag, CAST(floor(us / {float(bucket)!r}) AS BIGINT) AS bucket, min(us) AS earliest, max(us) AS latest "
        f"FROM (SELECT tag, {at} AS us FROM fixes WHERE {parameters.counted} AND {placed}) GROUP BY 1, 2"
    ))  # fmt: skip
    silent = (
        "SELECT tag, latest AS since, coalesce(lead(earliest) OVER (PARTITION BY tag ORDER BY earliest), "
        f"CAST({_AFAR} AS BIGINT)) AS until FROM heard "
        f"UNION ALL SELECT tag, CAST({-_AFAR} AS BIGINT), min(earliest) FROM heard GROUP BY tag "
        f"UNION ALL SELECT worn.tag, CAST({-_AFAR} AS BIGINT), CAST({_AFAR} AS BIGINT) FROM worn LEFT JOIN heard "
        "ON worn.tag = heard.tag WHERE heard.tag IS NULL"
    )
    edge = bucket // 2
    found = session.ask(
        "SELECT DISTINCT a.crime, s.tag FROM asked a "
        f"JOIN (SELECT * FROM ({silent}) WHERE since < 0 OR until - since > {bucket}) s "
        f"ON s.since < a.opens - {edge} AND s.until > a.closes + {edge} JOIN worn w ON w.tag = s.tag"
    )
    return found.with_columns(pl.col("crime").cast(pl.Int64)), worn.height


def _somewhere(session: Session) -> str:
    """SQL, true of a place where a tag can be: in Great Britain, or where the crimes are. A tag that says (0,0) was not seen."""
    south, north, west, east = session.ask(f"SELECT {_ANYWHERE} FROM asked").row(0)
    if south is not None:
        south, north, west, east = min(south, AREA[0]), max(north, AREA[1]), min(west, AREA[2]), max(east, AREA[3])
    else:
        south, north, west, east = AREA
    return f"latitude BETWEEN {south} AND {north} AND longitude BETWEEN {west} AND {east}"


def outcomes(
    crimes: pl.DataFrame, without_place: pl.Series, pairs: pl.DataFrame, not_seen: pl.DataFrame, worn: int
) -> pl.DataFrame:  # fmt: skip
    """crime_id, outcome, reason, tags_seen, tags_unseen, unseen: "no match" only where somebody could have been seen."""
    lists = not_seen.group_by("crime").agg(pl.col("tag").sort().alias("unseen"))
    told = crimes.select("crime", "crime_id").join(lists, on="crime", how="left", maintain_order="left")
    told = told.with_columns(
        tags_unseen=pl.when(pl.col("crime").is_in(without_place.implode())).then(None).otherwise(
            pl.col("unseen").list.len().fill_null(0)
        ).cast(pl.Int64),
        unseen=pl.col("unseen").list.join(";").fill_null(""),
    ).with_columns(tags_seen=worn - pl.col("tags_unseen"))  # fmt: skip
    placeless, matched = pl.col("tags_unseen").is_null(), pl.col("crime").is_in(pairs["crime"].unique().implode())
    nobody = pl.col("tags_seen") == 0
    return told.select(
        "crime_id",
        outcome=pl.when(placeless).then(pl.lit(NOT_RUN)).when(matched).then(pl.lit(MATCHED))
        .when(nobody).then(pl.lit(NOT_RUN)).otherwise(pl.lit(NO_MATCH)),
        reason=pl.when(placeless).then(pl.lit("the crime has no place or no window"))
        .when(nobody & ~matched).then(pl.lit("no tag was heard from in the window")).otherwise(pl.lit("")),
        tags_seen="tags_seen", tags_unseen="tags_unseen", unseen="unseen",
    )  # fmt: skip
