"""Seconds and memory of positions: matching with crimes beside a plain grid join in DuckDB and a naive join, import, checks.

    python benchmarks/positions.py [--tags 20000] [--crimes 15000] [--days 1 7 30] [--rounds 3] [--seed 1] [--only match ...]

Fixes are made by a seeded generator: each tag a walk about a home in London, one fix a minute; crimes lie where tags go, with
windows up to eight hours. Each measurement is a process of its own: imports first, then the clock; `cpu_s` is processor
seconds of all threads. `ours` is `pairs_only` off the store's Parquet, `plain` what an analyst writes with DuckDB: the same
Parquet in cells of 102 metres, nine cells a crime, an equi-join, the haversine, grouped by crime and tag. `naive` joins on time
alone, 1 fix in 100. `whole` is `match`: visits, outcomes, and who could not have been seen. Fails where ours and plain differ.

Then import (Parquet, CSV), usable fixes, gaps and speeds, curfews (a night of each tag), zones (two of each tag). With
several `--days`, the match alone grows with them. Prints one JSON object a line.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

START = datetime(2017, 3, 22, tzinfo=UTC)
CENTRE = (51.53, -0.06)
CHUNK, MINUTES, NAIVE_SHARE, CELL_M = 500, 1440, 100, 102
CHECKS = ("import_parquet", "import_csv", "usable", "gaps_and_speeds", "curfews", "zones")


class Clock:
    """Seconds, processor seconds and peak memory since it was made."""

    def __init__(self) -> None:
        self.began, self.processor = time.perf_counter(), time.process_time()

    def told(self) -> dict[str, object]:
        from _machine import peak_megabytes

        seconds, processor = time.perf_counter() - self.began, time.process_time() - self.processor
        return {"seconds": round(seconds, 2), "cpu_s": round(processor, 2), "peak_mb": peak_megabytes()}


def make(folder: Path, tags: str, crimes: str, days: str, seed: str) -> dict[str, object]:
    """fixes-<day>-<chunk>.parquet, crimes.parquet."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(int(seed))
    homes = CENTRE + rng.normal(0, (0.05, 0.08), (int(tags), 2))
    minutes = np.arange(MINUTES) * 60_000_000 + int(START.timestamp()) * 1_000_000
    for day in range(int(days)):
        for chunk in range(0, int(tags), CHUNK):
            some = homes[chunk : chunk + CHUNK]
            walk = rng.normal(0, 1, (len(some), MINUTES, 2)).cumsum(axis=1) * (0.0003, 0.0005)
            places = some[:, None, :] + walk - walk.mean(axis=1, keepdims=True)
            count = len(some) * MINUTES
            frame = pl.DataFrame({
                "tag": np.repeat([f"T{chunk + n:05}" for n in range(len(some))], MINUTES),
                "time": np.tile(minutes + day * 86_400_000_000, len(some)),
                "latitude": places[:, :, 0].ravel().round(6), "longitude": places[:, :, 1].ravel().round(6),
                "precision_m": rng.choice([5.0, 12.0, 40.0], count), "speed_kmh": rng.uniform(0, 30, count).round(1),
                "direction": rng.integers(0, 360, count).astype(float),
                "mechanism": rng.choice(["GPS", "WIFI", "LBS"], count, p=[0.85, 0.1, 0.05]),
                "satellites": rng.integers(4, 12, count).astype(float), "hdop": rng.uniform(0.8, 3, count).round(1),
            })  # fmt: skip
            time_ = pl.from_epoch("time", "us").dt.replace_time_zone("UTC")
            frame = frame.with_columns(time=time_, recorded_at=time_, uploaded_at=time_ + pl.duration(minutes=3))
            frame.write_parquet(folder / f"fixes-{day:02}-{chunk:05}.parquet")
    offset = rng.integers(0, int(days) * 1440 - 480, int(crimes)) * 60_000_000
    window = rng.choice([0, 10, 60, 480], int(crimes)) * 60_000_000
    where = homes[rng.integers(0, int(tags), int(crimes))] + rng.normal(0, (0.004, 0.006), (int(crimes), 2))
    made = pl.DataFrame({"crime_id": [f"C{n:05}" for n in range(int(crimes))], "time_from": minutes[0] + offset,
                         "time_to": minutes[0] + offset + window, "latitude": where[:, 0], "longitude": where[:, 1]})  # fmt: skip
    moments = (pl.from_epoch(name, "us").dt.replace_time_zone("UTC") for name in ("time_from", "time_to"))
    made.with_columns(*moments).write_parquet(folder / "crimes.parquet")
    return {}


def fixes_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("fixes-*.parquet"))


def ours(folder: Path) -> dict[str, object]:
    import polars as pl

    from throughcare.positions.engines import Kept
    from throughcare.positions.match import pairs_only
    from throughcare.positions.parameters import Parameters

    crimes, parameters = pl.read_parquet(folder / "crimes.parquet"), Parameters(mechanisms=("GPS", "WIFI", "LBS"))
    clock = Clock()
    found = pairs_only(Kept(tuple(fixes_of(folder))), crimes, parameters)
    return clock.told() | {"pairs": found.height, "fixes": int(found["fixes"].sum())}


def whole(folder: Path) -> dict[str, object]:
    import polars as pl

    from throughcare.positions.engines import Kept
    from throughcare.positions.match import match
    from throughcare.positions.parameters import Parameters

    crimes, parameters = pl.read_parquet(folder / "crimes.parquet"), Parameters(mechanisms=("GPS", "WIFI", "LBS"))
    clock = Clock()
    found = match(Kept(tuple(fixes_of(folder))), crimes, parameters)
    return clock.told() | {"pairs": found.pairs.height, "fixes": found.fixes.height}


HAVERSINE = (
    "2 * 6371008.8 * asin(least(1, sqrt(pow(sin(radians(c.latitude - f.latitude) / 2), 2) + cos(radians(f.latitude)) * "
    "cos(radians(c.latitude)) * pow(sin(radians(c.longitude - f.longitude) / 2), 2))))"
)


def plain(folder: Path) -> dict[str, object]:
    import duckdb

    clock = Clock()
    tall = CELL_M / 111_195
    wide = tall / 0.61
    connection = duckdb.connect()
    found = connection.sql(
        f"WITH c AS (SELECT crime_id, time_from, time_to, latitude, longitude, floor(latitude / {tall})::INT + y AS cy, "
        f"floor(longitude / {wide})::INT + x AS cx FROM read_parquet('{folder}/crimes.parquet'), "
        "(SELECT unnest([-1, 0, 1]) AS y), (SELECT unnest([-1, 0, 1]) AS x)) "
        f"SELECT crime_id, tag, count(*) AS fixes, min(time) AS first, max(time) AS last, min({HAVERSINE}) AS nearest_m "
        f"FROM read_parquet('{folder}/fixes-*.parquet') f JOIN c ON floor(f.latitude / {tall})::INT = cy "
        f"AND floor(f.longitude / {wide})::INT = cx WHERE time BETWEEN time_from AND time_to AND {HAVERSINE} <= 100 "
        "GROUP BY ALL HAVING count(*) >= 2"
    ).pl()
    return clock.told() | {"pairs": found.height, "fixes": int(found["fixes"].sum())}


def naive(folder: Path) -> dict[str, object]:
    """Of 1 fix in 100; its seconds a hundredfold are what all would take."""
    import duckdb

    clock = Clock()
    found = duckdb.sql(
        f"SELECT count(*) FROM (FROM read_parquet('{folder}/fixes-*.parquet') WHERE hash(tag, time) % {NAIVE_SHARE} = 0) f "
        f"JOIN read_parquet('{folder}/crimes.parquet') c ON time BETWEEN time_from AND time_to AND {HAVERSINE} <= 100"
    ).fetchall()[0][0]
    return clock.told() | {"fixes": found}


def import_parquet(folder: Path) -> dict[str, object]:
    from throughcare.positions.store import import_fixes

    clock = Clock()
    done = import_fixes(fixes_of(folder), folder / "store", at=START + timedelta(days=40))
    return clock.told() | {"fixes": sum(each.rows for each in done)}


def import_csv(folder: Path) -> dict[str, object]:
    """Of the first file alone: a CSV is what a small supplier sends."""
    import polars as pl

    from throughcare.positions.store import import_fixes

    pl.read_parquet(fixes_of(folder)[0]).write_csv(folder / "fixes.csv", datetime_format="%Y-%m-%dT%H:%M:%SZ")
    clock = Clock()
    (done,) = import_fixes([folder / "fixes.csv"], folder / "store-csv", at=START + timedelta(days=40))
    return clock.told() | {"fixes": done.rows}


def usable(folder: Path) -> dict[str, object]:
    from throughcare.positions.engines import Kept
    from throughcare.positions.quality import write_usable

    clock = Clock()
    files = write_usable(Kept(tuple(fixes_of(folder))), folder / "usable", as_at=START + timedelta(days=40))
    return clock.told() | {"files": len(files)}


def usable_of(folder: Path) -> list[Path]:
    return sorted((folder / "usable").glob("*.parquet"))


def gaps_and_speeds(folder: Path) -> dict[str, object]:
    from throughcare.positions.engines import DuckDB, Kept
    from throughcare.positions.gaps import gaps
    from throughcare.positions.tracks import speeds_sql

    clock, found, steps = Clock(), 0, 0
    for file in usable_of(folder):
        found += gaps(Kept((file,))).height
        with DuckDB().opened(Kept((file,))) as session:
            fast = session.ask(f"SELECT count(*) AS steps, max(kmh) AS fastest FROM ({speeds_sql()})")
        steps += fast["steps"][0]
    return clock.told() | {"gaps": found, "steps": steps}


def curfews(folder: Path) -> dict[str, object]:
    from datetime import time as at

    from throughcare.positions.curfews import Address, Curfew, curfews_kept
    from throughcare.positions.engines import Kept
    from throughcare.positions.timetable import every_day

    night = every_day(at(19), at(7))
    told = {
        file: [
            Curfew(curfew=tag, tag=tag, opens=START - timedelta(days=9),
                   addresses=(Address(latitude=a, longitude=b, radius_m=300, timetable=night),))
            for tag, a, b in tags_of(file)
        ]
        for file in usable_of(folder)
    }  # fmt: skip
    clock, found = Clock(), 0
    for file, curfews in told.items():
        kept = curfews_kept(Kept((file,)), curfews, start=START - timedelta(hours=6), end=START + timedelta(days=1))
        found += kept.windows.height
    return clock.told() | {"windows": found}


def zones(folder: Path) -> dict[str, object]:
    from throughcare.positions.engines import Kept
    from throughcare.positions.shapes import circle
    from throughcare.positions.zones import Zone, zone_events

    told = {
        file: [
            Zone(zone=f"{tag}-{n}", tag=tag, kind="exclusion", shape=circle(a + 0.004 * n, b, 250),
                 opens=START - timedelta(days=9))
            for tag, a, b in tags_of(file) for n in (1, 2)
        ]
        for file in usable_of(folder)
    }  # fmt: skip
    clock, found = Clock(), 0
    for file, zones in told.items():
        found += zone_events(Kept((file,)), zones, start=START, end=START + timedelta(days=1)).height
    return clock.told() | {"zones": sum(map(len, told.values())), "events": found}


def tags_of(file: Path) -> list[tuple[str, float, float]]:
    import duckdb

    asked = f"SELECT tag, avg(latitude), avg(longitude) FROM read_parquet('{file}') GROUP BY tag ORDER BY tag"
    return duckdb.sql(asked).fetchall()


TASKS = {
    t.__name__: t for t in (make, ours, whole, plain, naive, import_parquet, import_csv, usable, gaps_and_speeds, curfews, zones)
}


def in_process(task: str, *arguments: object) -> dict:
    command = [sys.executable, __file__, "--task", task, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(folder: Path, rounds: int, **facts: object) -> bool:
    """Ours and plain in turn; the best of the rounds."""
    best: dict[str, dict] = {}
    for turn in range(rounds):
        for way in ("ours", "plain") if turn % 2 == 0 else ("plain", "ours"):
            told = in_process(way, folder)
            best[way] = min(best.get(way, told), told, key=lambda each: each["seconds"])
    for way, told in best.items():
        tell(way=way, **facts, **told)
    mine, other = best["ours"], best["plain"]
    same = (mine["pairs"], mine["fixes"]) == (other["pairs"], other["fixes"])
    tell(ours_to="plain", ratio=round(mine["seconds"] / other["seconds"], 2), cpu_ratio=round(mine["cpu_s"] / other["cpu_s"], 2),
         same_pairs=same, **facts)  # fmt: skip
    return same


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--tags", 20_000), ("--crimes", 15_000), ("--rounds", 3), ("--seed", 1)):
        asked.add_argument(name, type=int, default=default)
    asked.add_argument("--days", type=int, nargs="+", default=[1])
    asked.add_argument("--only", nargs="*", default=["match", "whole", "naive", *CHECKS])
    asked.add_argument("--task", nargs="+", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.task:
        name, folder, *arguments = options.task
        tell(**TASKS[name](Path(folder), *arguments))
        return 0
    from _machine import machine

    packages = {name: version(name) for name in ("duckdb", "shapely")}
    tell(benchmark="positions", seed=options.seed, tags=options.tags, crimes=options.crimes, machine=machine() | packages)
    same = True
    for days in options.days:
        with tempfile.TemporaryDirectory() as work:
            in_process("make", work, options.tags, options.crimes, days, options.seed)
            facts = {"days": days, "all_fixes": options.tags * MINUTES * days}
            if "match" in options.only:
                same &= compare(Path(work), options.rounds, **facts)
            for task in (name for name in ("whole", "naive", *CHECKS) if name in options.only and days == options.days[0]):
                tell(way=task, **facts, **in_process(task, work))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
