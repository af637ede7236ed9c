"""How many OGRS3 scores one core gives in a second, beside a plain Python loop that writes out the formula.

    python benchmarks/score.py [--rows 2000000] [--seed 1]

Prints one JSON object a line: the machine, each timing (best and median of several runs), the agreement and the ratio.
Fails where the two disagree on a percent or a band, or on a probability by more than 1e-12. Rows are made from the seed.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import exp, log
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"  # read by Polars when it is first imported

import polars as pl
from _machine import machine, peak_megabytes

from throughcare.rules.ogrs3 import OFFENCE_GROUPS, PROFILES, score
from throughcare.rules.ogrs3.offences import NEEDS_EXACT_OFFENCE, offence_map

RUNS = 5
LOOP_ROWS = 100_000
PUBLISHED = PROFILES["published"]
BANDS_FROM = {90: "VERY_HIGH", 75: "HIGH", 50: "MEDIUM", 0: "LOW"}


def made_up(rows: int, seed: int) -> pl.DataFrame:
    """People born 1950-1990, first sanctioned in their youth, convicted in 2014-16 and followed up within two years."""
    seeds = iter(range(seed * 100, seed * 100 + 100))

    def some(values: pl.Series) -> pl.Series:
        return values.sample(rows, with_replacement=True, seed=next(seeds))

    def days(start: date, end: date) -> pl.Series:
        return some(pl.date_range(start, end, interval="1d", eager=True))

    born = days(date(1950, 1, 1), date(1989, 12, 31))
    convicted = days(date(2014, 1, 1), date(2016, 12, 31))
    codes = offence_map().filter(pl.col("group") != NEEDS_EXACT_OFFENCE)["offence_code"]
    return pl.DataFrame(
        {
            "id": pl.int_range(rows, eager=True),
            "sex": some(pl.Series(["M", "M", "M", "M", "F"])),
            "date_of_birth": born,
            "conviction_date": convicted,
            "followup_date": _later(convicted, some),
            "first_sanction_date": _later(born, some, first=4000, last=8700),
            "sanctions": some(pl.Series(range(1, 60))),
            "offence_code": some(codes),
        }
    )


def _later(day: pl.Series, some: Callable[[pl.Series], pl.Series], first: int = 0, last: int = 730) -> pl.Series:
    return (day.to_physical() + some(pl.Series(range(first, last), dtype=pl.Int32))).cast(pl.Date)


def by_loop(rows: list[dict[str, Any]], groups: dict[str, str]) -> Iterator[tuple[float, float, int, int, str]]:
    """The published formula, one person at a time."""
    for row in rows:
        born = row["date_of_birth"]
        at_conviction, at_first, at_followup = (
            years(born, row[name]) for name in ("conviction_date", "first_sanction_date", "followup_date")
        )
        by_band = PUBLISHED.age_sex[row["sex"]]
        sanctions = row["sanctions"]
        total = by_band[max(start for start in by_band if start <= at_followup)]
        total += PUBLISHED.first_sanction if sanctions == 1 else PUBLISHED.repeat_sanction
        total += PUBLISHED.copas * log(sanctions / (10 + at_conviction - at_first))
        total += PUBLISHED.offence[groups[row["offence_code"]]]
        one = 1 / (1 + exp(-(PUBLISHED.constant_1y + total)))
        two = 1 / (1 + exp(-(PUBLISHED.constant_2y + total)))
        percent = percent_of(two)
        yield one, two, percent_of(one), percent, next(name for start, name in BANDS_FROM.items() if percent >= start)


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def percent_of(probability: float) -> int:
    five = float(Decimal(probability).quantize(Decimal("0.00001"), ROUND_HALF_UP))
    return min(max(int((Decimal(five) * 100).quantize(Decimal(1), ROUND_HALF_UP)), 1), 99)


def timed(name: str, rows: int, run: Callable[[], object], runs: int = RUNS) -> float:
    """Prints the seconds of a task, and gives the rows a second of its median run."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    median = statistics.median(seconds)
    tell(task=name, rows=rows, runs=runs, best_s=round(min(seconds), 3), median_s=round(median, 3),
         rows_per_s=round(rows / median))  # fmt: skip
    return rows / median


def disagreements(scored: pl.DataFrame, looped: pl.DataFrame) -> int:
    """Rows on which the two do not agree, or that were refused."""
    both = scored.with_columns(looped)
    far = ((pl.col(f"ogrs3_{year}") - pl.col(f"loop_{year}")).abs() > 1e-12 for year in ("1y", "2y"))
    other = (pl.col(f"percent_{year}") != pl.col(f"loop_percent_{year}") for year in ("1y", "2y"))
    refused = pl.col("error") != ""
    differs = pl.any_horizontal(*far, *other, refused, pl.col("band").cast(pl.String) != pl.col("loop_band"))
    return both.filter(differs.fill_null(True)).height


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=2_000_000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    frame = made_up(options.rows, options.seed)
    few = frame.head(LOOP_ROWS)
    listed = few.to_dicts()
    groups = {code: OFFENCE_GROUPS[group] for code, group in offence_map().iter_rows() if group < NEEDS_EXACT_OFFENCE}
    tell(benchmark="ogrs3 score", seed=options.seed, threads_used=pl.thread_pool_size(), machine=machine())
    fast = timed("score, dates as dates", frame.height, lambda: score(frame))
    text = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    timed("score, dates as ISO text", text.height, lambda: score(text))
    slow = timed("plain Python loop", few.height, lambda: list(by_loop(listed, groups)), runs=3)
    names = ["loop_1y", "loop_2y", "loop_percent_1y", "loop_percent_2y", "loop_band"]
    looped = pl.DataFrame(list(by_loop(listed, groups)), schema=names, orient="row")
    wrong = disagreements(score(few), looped)
    tell(compared=few.height, disagreements=wrong, times_faster=round(fast / slow, 1), peak_mb=peak_megabytes())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
