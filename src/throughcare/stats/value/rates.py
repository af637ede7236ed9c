"""Prices of different years, and the worth today of money to come. The rates are dated data beside this file, with their source.

A price year that the data do not hold is asked of the user ([deflator] in the model): none is guessed. A financial year
2015/16 has three quarters of 2015's index and one of 2016's [decided]: the published figures are of calendar years.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from throughcare.stats.mistakes import ProtocolError

HERE = Path(__file__).parent


class PriceYearUnknown(ProtocolError):
    """A year for whose prices no index is held."""


@cache
def published() -> Mapping[int, float]:
    """The index by calendar year."""
    return dict(pl.read_csv(HERE / "deflator.csv").select("year", "index").iter_rows())


def index(price_year: str, own: Mapping[str, float]) -> float:
    """The price index of a calendar year "2017" or a financial year "2015/16"; the user's own comes first."""
    if price_year in own:
        return own[price_year]
    held = {str(year): value for year, value in published().items()} | dict(own)
    parts = [price_year[:4]] if len(price_year) == 4 else [price_year[:4], str(int(price_year[:4]) + 1)]
    if missing := [part for part in parts if part not in held]:
        raise PriceYearUnknown(
            what="No price index is held for a year", record=f"price year {price_year}, calendar year {missing[0]}",
            expected="an index with 2024 = 100", mend=f'give HM Treasury\'s: [deflator] "{missing[0]}" = …',
        )  # fmt: skip
    return held[parts[0]] if len(parts) == 1 else 0.75 * held[parts[0]] + 0.25 * held[parts[1]]


def uprated(value: float, price_year: str, to: str, own: Mapping[str, float]) -> float:
    """An amount of one year's prices in another's."""
    return value * index(to, own) / index(price_year, own)


@cache
def _schedule(name: str) -> tuple[tuple[int, int, float], ...]:
    rows = pl.read_csv(HERE / "discount.csv").filter(pl.col("schedule") == name)
    return tuple(rows.select("from_year", "to_year", "rate").iter_rows())


def discount(year: int, schedule: str = "standard") -> float:
    """What a pound after so many years is worth now: each year by the rate of its own stretch. Refuses years beyond it."""
    worth = 1.0
    for each in range(1, year + 1):
        rate = next((rate for first, last, rate in _schedule(schedule) if first <= each <= last), None)
        if rate is None:
            raise ProtocolError(what="The discount schedule does not reach so far", record=f"{schedule}, year {each}",
                                expected="a year that it covers", mend="shorten the horizon")  # fmt: skip
        worth /= 1 + rate
    return worth
