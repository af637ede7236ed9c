"""How long one measure takes by month and borough as its rows grow, beside the naive way: the rows filtered anew for each cell.

    python benchmarks/measures.py           10,000, 100,000 and 1,000,000 rows

Prints one JSON object a line. Fails where the two disagree on a numerator or a denominator.
"""

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

os.environ["POLARS_MAX_THREADS"] = "1"  # read by Polars when it is first imported

import polars as pl
from _machine import machine, peak_megabytes

from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import calculate
from throughcare.measures.results import Result
from throughcare.rules.pilot import load_pilot

SIZES = (10_000, 100_000, 1_000_000)
RUNS, NAIVE_RUNS = 5, 3
PILOT = Path(__file__).parent.parent / "pilots" / "gto-london-2016.toml"
PERIOD = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
HIT = pl.col("days") <= 5
Found = TypeVar("Found")


def main() -> int:
    print(json.dumps({"benchmark": "measure by month and borough", "threads_used": pl.thread_pool_size(), "machine": machine()}))
    pilot = load_pilot(PILOT)
    found = [compared(made_up(rows, pilot), pilot) for rows in SIZES]
    return 1 if any(line["disagreements"] for line in found) else 0


def made_up(rows: int, pilot: Pilot) -> pl.DataFrame:
    """Cases of 2016 in the pilot's boroughs, a tenth of them without a number of days."""
    rng = random.Random(rows)
    days = [PERIOD.start + timedelta(days=n) for n in range((PERIOD.end - PERIOD.start).days)]
    return pl.DataFrame(
        {
            "on": rng.choices(days, k=rows),
            "borough": rng.choices(pilot.boroughs, k=rows),
            "days": rng.choices([None, *range(9)], k=rows),
        }
    )


def compared(frame: pl.DataFrame, pilot: Pilot) -> dict[str, object]:
    """Times both ways over the frame, and prints and gives what they took and on how many cells they disagree."""
    measure = Measure(
        slug="benchmark", title="Within five days", why="", unit="percent", statistic="share", rows=lambda scope: frame, hit=HIT
    )
    seconds, results = timed(lambda: calculate(measure, pilot=pilot, period=PERIOD, by=("month", "borough")), RUNS)
    slow, naive = timed(lambda: cell_by_cell(frame, results), NAIVE_RUNS)
    wrong = sum((r.numerator, r.denominator) != counts for r, counts in zip(results, naive, strict=True))
    line = {
        "rows": frame.height, "cells": len(results), "seconds": round(seconds, 4), "naive_seconds": round(slow, 4),
        "rows_a_second": round(frame.height / seconds), "ratio": round(slow / seconds, 1), "disagreements": wrong,
        "peak_mb": peak_megabytes(),
    }  # fmt: skip
    print(json.dumps(line), flush=True)
    return line


def cell_by_cell(frame: pl.DataFrame, results: Sequence[Result]) -> list[tuple[int, int]]:
    """The naive way: filters every row for each cell, and counts those that count and those left. Months are read off once."""
    dated = frame.filter(pl.col("on") >= PERIOD.start, pl.col("on") < PERIOD.end)
    rows = dated.with_columns(month=pl.col("on").dt.strftime("%Y-%m"))
    parts = (rows.filter(**result.breakdown) for result in results)
    return [(part.filter(HIT).height, part.height) for part in parts]


def timed(action: Callable[[], Sequence[Found]], runs: int) -> tuple[float, Sequence[Found]]:
    """Seconds of the median run, and what the last one found."""
    seconds = []
    for _ in range(runs):
        began = time.perf_counter()
        found = action()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds), found


if __name__ == "__main__":
    sys.exit(main())
