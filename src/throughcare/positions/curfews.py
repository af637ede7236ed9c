"""Curfews kept and broken, window by window: present, late, early, away, out in between, or not to be told.

At home is where the distance to the edge of an address exceeds the fix's precision; away likewise, from every address at which
the person may be; otherwise the fix says nothing. A breach needs two certain fixes away in a row, or one and the equipment's own
event. A window in which nothing certain was heard, or the tag was silent for an hour, is uncertain: neither breach nor kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from throughcare.core.errors import UserError
from throughcare.positions.distance import metres_sql
from throughcare.positions.engines import DuckDB, Fixes
from throughcare.positions.gaps import NO_EVENTS
from throughcare.positions.quality import precision_sql
from throughcare.positions.timetable import Line, Window, days_of, windows

MOST_ADDRESSES = 3
LONGEST_SILENCE = timedelta(hours=1)
"""Longer without a fix, and it cannot be said that the curfew was kept [decided]."""

CLOSE = timedelta(minutes=10)
"""An event of the equipment bears out a fix away this near to it [decided]."""

BEARS_OUT = ("left_home", "removed")
FINDINGS = {
    "away": "certainly away, and never certainly present in the window", "late": "certainly away before first certainly present",
    "early": "certainly away after last certainly present, until the end", "out": "certainly away, and present before and after",
    "uncertain": "neither can be told", "present": "certainly present, and never certainly away",
}  # fmt: skip
"""In the order of what is said first, where a window has several."""

SCHEMA = pl.Schema(
    {"curfew": pl.String(), "tag": pl.String(), "window_start": pl.Datetime("us", "UTC"), "window_end": pl.Datetime("us", "UTC"),
     "finding": pl.String(), "findings": pl.List(pl.String()), "fixes": pl.Int64(), "fixes_present": pl.Int64(),
     "fixes_away": pl.Int64(), "first_present": pl.Datetime("us", "UTC"), "last_present": pl.Datetime("us", "UTC"),
     "longest_silence_s": pl.Float64()}
)  # fmt: skip
AWAY = pl.Schema(
    {"curfew": pl.String(), "tag": pl.String(), "window_start": pl.Datetime("us", "UTC"), "finding": pl.String(),
     "first": pl.Datetime("us", "UTC"), "last": pl.Datetime("us", "UTC"), "fixes": pl.Int64(), "furthest_m": pl.Float64()}
)  # fmt: skip


class CurfewError(UserError):
    """A curfew without an address, or with more than three."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the person must be, within `radius_m`, in its windows."""

    latitude: float
    longitude: float
    radius_m: float = 50.0
    timetable: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Curfew:
    """A curfew of one tag in [opens, closes), at up to three addresses, each with its own weekly timetable. Where two are in
    force in the very same window, either will do.
    """

    curfew: str
    tag: str
    addresses: tuple[Address, ...]
    opens: datetime
    closes: datetime | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.addresses) <= MOST_ADDRESSES:
            raise CurfewError(what="a curfew has one to three addresses", record=self.curfew,
                              expected=f"1 to {MOST_ADDRESSES}, not {len(self.addresses)}", mend="correct the order")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Kept:
    """`windows` (SCHEMA): what is found of each; `away` (AWAY): each spell away that counts, its evidence."""

    windows: pl.DataFrame
    away: pl.DataFrame


def curfews_kept(
    fixes: Fixes, curfews: Sequence[Curfew], *, start: datetime, end: datetime, events: pl.DataFrame = NO_EVENTS,
    engine: DuckDB | None = None,
) -> Kept:  # fmt: skip
    """What is found of each window that begins in [start, end), by curfew and window. `fixes`: usable ones, until the windows'
    ends. A window still open at `end` is told as far as it went, and nobody has left it early yet.
    """
    first, last = days_of(start, end)
    table = []
    for curfew in curfews:
        found = _windows(curfew, first, last)
        table += [(curfew.curfew, curfew.tag, span, places) for span, places in found.items() if start <= span[0] < end]
    return kept(fixes, table, end=end, events=events, engine=engine)


def kept(
    fixes: Fixes, table: Sequence[tuple[str, str, Window, Sequence[Address]]], *, end: datetime, events: pl.DataFrame = NO_EVENTS,
    engine: DuckDB | None = None,
) -> Kept:  # fmt: skip
    """The same of windows that are given: name, tag, window, and the addresses of which any will do."""
    asked = _table(table, end)
    if not asked.height:
        return Kept(windows=pl.DataFrame(schema=SCHEMA), away=pl.DataFrame(schema=AWAY))
    with (engine or DuckDB()).opened(fixes) as session:
        session.table("windows", asked)
        session.keep("heard", _heard_sql())
        totals, runs = session.ask(_TOTALS), session.ask(_RUNS)
    totals = asked.join(totals.cast({"window": pl.Int64}), on="window", how="left", maintain_order="left")
    spells = _placed(_counting(runs.cast({"window": pl.Int64, "fixes": pl.Int64}), asked, events), totals)
    return Kept(windows=_told(totals, spells), away=_evidence(spells))


def _windows(curfew: Curfew, first: date, last: date) -> dict[Window, list[Address]]:
    found: dict[Window, list[Address]] = {}
    for address in curfew.addresses:
        for span in windows(address.timetable, opens=curfew.opens, closes=curfew.closes, first=first, last=last):
            found.setdefault(span, []).append(address)
    return dict(sorted(found.items()))


def _table(table: Sequence[tuple[str, str, Window, Sequence[Address]]], end: datetime) -> pl.DataFrame:
    """A row a window, its addresses side by side; cut at `end`, with whether it is still open then."""
    rows = []
    for number, (name, tag, (opens, closes), places) in enumerate(table):
        told: list[float | None] = [value for a in places for value in (a.latitude, a.longitude, a.radius_m)]
        told += [None] * (3 * MOST_ADDRESSES - len(told))
        rows.append((number, name, tag, opens, closes, min(closes, end), closes > end, *told))
    instant = pl.Datetime("us", "UTC")
    columns: dict[str, pl.DataType] = {
        "window": pl.Int64(), "curfew": pl.String(), "tag": pl.String(), "window_start": instant, "window_end": instant,
        "until": instant, "open": pl.Boolean(),
    }  # fmt: skip
    columns |= {f"{name}_{n}": pl.Float64() for n in range(MOST_ADDRESSES) for name in ("latitude", "longitude", "radius")}
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.with_columns(opens=pl.col("window_start").dt.epoch("us"), closes=pl.col("until").dt.epoch("us"))


def _heard_sql() -> str:
    """Every fix of a window with metres to the edge of the nearest address, its state, and the time since the fix before."""
    edges = ", ".join(
        f"{metres_sql('latitude', 'longitude', f'latitude_{n}', f'longitude_{n}')} - radius_{n}" for n in range(MOST_ADDRESSES)
    )
    fixes = f"SELECT tag, epoch_us(time) AS us, latitude, longitude, {precision_sql()} AS p FROM fixes"
    near = (
        f'SELECT "window", us, opens, p, least({edges}) AS edge FROM ({fixes}) f '
        "JOIN windows w ON f.tag = w.tag AND us >= opens AND us < closes"
    )
    state = "CASE WHEN -edge > p THEN 1 WHEN edge > p THEN -1 ELSE 0 END"
    since = 'us - lag(us, 1, opens) OVER (PARTITION BY "window" ORDER BY us)'
    return f'SELECT "window", us, edge, {state} AS state, {since} AS since FROM ({near})'


_TOTALS = (
    'SELECT "window", count(*) AS fixes, count(*) FILTER (state = 1) AS fixes_present, '
    "count(*) FILTER (state = -1) AS fixes_away, min(us) FILTER (state = 1) AS first_present, "
    "max(us) FILTER (state = 1) AS last_present, max(us) AS last_heard, max(since) AS silence "
    'FROM heard GROUP BY "window"'
)
_RUNS = (
    'WITH certain AS (SELECT "window", us, edge, state, state <> lag(state, 1, 0) OVER w AS begins FROM heard WHERE state <> 0 '
    'WINDOW w AS (PARTITION BY "window" ORDER BY us)), '
    "runs AS (SELECT *, sum(CAST(begins AS INTEGER)) OVER w AS run FROM certain "
    'WINDOW w AS (PARTITION BY "window" ORDER BY us ROWS UNBOUNDED PRECEDING)) '
    'SELECT "window", min(us) AS first, max(us) AS last, count(*) AS fixes, max(edge) AS furthest_m FROM runs WHERE state = -1 '
    'GROUP BY "window", run'
)
"""Spells of fixes certainly away, without one certainly at home between; what is uncertain in between does not part them."""


def _counting(runs: pl.DataFrame, asked: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The spells away that count: two certain fixes, or one that an event of the equipment bears out."""
    runs = runs.with_row_index("spell").join(asked.select("window", "tag"), on="window")
    borne = events.filter(pl.col("kind").is_in(list(BEARS_OUT))).select("tag", at=pl.col("time").dt.epoch("us"))
    close = CLOSE // timedelta(microseconds=1)
    near = runs.join(borne, on="tag").filter(pl.col("at").is_between(pl.col("first") - close, pl.col("last") + close))
    return runs.filter((pl.col("fixes") >= 2) | pl.col("spell").is_in(near["spell"].unique().implode()))


def _placed(spells: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Each spell with its finding, by where it lies among the fixes certainly at home."""
    told = spells.join(totals.drop("tag", "fixes"), on="window")
    before, after = pl.col("last") < pl.col("first_present"), pl.col("first") > pl.col("last_present")
    finding = (
        pl.when(pl.col("first_present").is_null()).then(pl.lit("away")).when(before).then(pl.lit("late"))
        .when(after & ~pl.col("open")).then(pl.lit("early")).otherwise(pl.lit("out"))
    )  # fmt: skip
    return told.with_columns(finding=finding)


def _told(totals: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    """Every window with its findings, those without any fix among them."""
    told = totals.join(spells.group_by("window").agg(broken=pl.col("finding")), on="window", how="left", maintain_order="left")
    unheard = pl.col("closes") - pl.coalesce("last_heard", "opens")
    counts = (pl.col(name).fill_null(0) for name in ("fixes", "fixes_present", "fixes_away"))
    told = told.with_columns(*counts, silence=pl.max_horizontal("silence", unheard), broken=pl.col("broken").fill_null([]))
    silent = pl.col("silence") > LONGEST_SILENCE // timedelta(microseconds=1)
    unsure = (pl.col("fixes_present") == 0) | (pl.col("fixes_away") > 0) | silent
    otherwise = pl.concat_list(pl.when(unsure).then(pl.lit("uncertain")).otherwise(pl.lit("present")))
    ranked = pl.concat_list([pl.when(pl.col("broken").list.contains(name)).then(pl.lit(name)) for name in FINDINGS])
    ranked = ranked.list.drop_nulls()
    told = told.with_columns(findings=pl.when(ranked.list.len() > 0).then(ranked).otherwise(otherwise))
    moments = {name: _instant(name) for name in ("first_present", "last_present")}
    told = told.with_columns(finding=pl.col("findings").list.first(), longest_silence_s=pl.col("silence") / 1_000_000, **moments)
    return told.select(SCHEMA.names()).cast(SCHEMA)


def _evidence(spells: pl.DataFrame) -> pl.DataFrame:
    told = spells.with_columns(first=_instant("first"), last=_instant("last"))
    return told.select(AWAY.names()).cast(AWAY).sort("curfew", "first")


def _instant(micros: str) -> pl.Expr:
    return pl.from_epoch(micros, "us").dt.replace_time_zone("UTC")
