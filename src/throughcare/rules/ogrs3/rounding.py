"""From a probability to the whole percent and the band, by the output rules of the Ministry's risk service.

1. The probability is rounded to five decimals, half up.
2. A hundred times that is rounded to a whole number, half up.
3. 0 is shown as 1, and 100 as 99.
4. The two-year percent gives the band: LOW to 49, MEDIUM to 74, HIGH to 89, VERY_HIGH from 90.

Half up acts on the exact binary value of the double, as Java's `BigDecimal(double)` does: 0.254998 is 0.25500 and so
26, but 0.495, which is stored just below, is 49.
"""

from functools import cache

import polars as pl

from throughcare.core.rounding import half_up

STEPS = 100_000
"""Five decimals: the probability is counted in hundred-thousandths."""
NEAR = 1e-9
"""Times `STEPS`, a probability is off by far less than this; only closer to a half can the product mislead."""
BAND = pl.Enum(["LOW", "MEDIUM", "HIGH", "VERY_HIGH"])
BAND_FROM = {"MEDIUM": 50, "HIGH": 75, "VERY_HIGH": 90}


def whole_percent(probability: pl.Series) -> pl.Series:
    """The whole percent, 1 to 99, of each probability; null for null. Probabilities are from 0 to 1, never NaN."""
    return _percents().gather(_hundred_thousandths(probability)).rename(probability.name)


def band(percent: pl.Series) -> pl.Series:
    """The band of each whole two-year percent; null for null."""
    return _bands().gather(percent)


def _hundred_thousandths(probability: pl.Series) -> pl.Series:
    """Rule 1, as whole numbers: in floating point, and exactly for the few that lie at a half."""
    steps = probability * STEPS
    rounded = (steps + 0.5).floor().cast(pl.UInt32)
    at_a_half = ((steps - steps.floor() - 0.5).abs() < NEAR).arg_true()
    if at_a_half.is_empty():
        return rounded
    exact = [int(half_up(value, 5).scaleb(5)) for value in probability.gather(at_a_half)]
    return rounded.scatter(at_a_half, exact)


@cache
def _percents() -> pl.Series:
    """Rules 2 and 3 for every number of hundred-thousandths.

    They need the exact value only at the hundred halves, where the double lies above or below the five decimals.
    """
    percents = [(steps + 500) // 1000 for steps in range(STEPS + 1)]
    for steps in range(500, STEPS, 1000):
        percents[steps] = int(half_up(steps / STEPS, 2).scaleb(2))
    return pl.Series([min(max(percent, 1), 99) for percent in percents], dtype=pl.Int16)


@cache
def _bands() -> pl.Series:
    names = ["LOW"] * 100
    for name, start in BAND_FROM.items():
        names[start:] = [name] * (100 - start)
    return pl.Series("band", names, dtype=BAND)
