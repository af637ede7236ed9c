"""The terms of OGRS3, each an expression over the typed input columns.

    copas = ln(N / (10 + age at conviction - age at first sanction))
    S     = age-sex(sex, age at follow-up) + history(N) + k * copas + offence(group)
    p     = 1 / (1 + exp(-(c + S)))        with a constant c for one year and another for two

Howard et al. (2009), Ministry of Justice Research Summary 7/09. There is no cap on the number of sanctions N.
"""

from collections.abc import Mapping

import polars as pl

from throughcare.rules.ogrs3.parameters import OLDEST, YOUNGEST, Parameters

CAREER_OFFSET = 10
"""Years added to the length of the criminal career in the Copas rate."""


def age_sex(sex: pl.Expr, age: pl.Expr, parameters: Parameters) -> pl.Expr:
    """The age-sex term, by the age at follow-up. An age under ten is refused elsewhere; its weight has no meaning."""
    men, women = (_weights_by_age(parameters.age_sex[each]) for each in ("M", "F"))
    place = age.clip(YOUNGEST, OLDEST) - YOUNGEST + (sex == "F").cast(pl.Int32) * len(men)
    weights = pl.Series([*men, *women], dtype=pl.Float64)
    return pl.lit(weights).gather(place.cast(pl.UInt32))


def history(sanctions: pl.Expr, parameters: Parameters) -> pl.Expr:
    """The history term of a conviction: one weight where it is the first sanction, another where it is not."""
    is_first = pl.when(sanctions.is_not_null()).then(sanctions == 1)
    return pl.when(is_first).then(parameters.first_sanction).otherwise(parameters.repeat_sanction)


def career(age_at_conviction: pl.Expr, age_at_first: pl.Expr) -> pl.Expr:
    """The years over which the sanctions are spread; only above 0 has it a meaning."""
    return CAREER_OFFSET + age_at_conviction - age_at_first


def copas(sanctions: pl.Expr, years: pl.Expr, parameters: Parameters) -> pl.Expr:
    """The Copas term: the logarithm of the rate of sanctions over the `career` in years, times its factor."""
    return parameters.copas * (sanctions.cast(pl.Float64) / years).log()


def probability(logit: pl.Expr) -> pl.Expr:
    """The probability that belongs to a logit."""
    return 1.0 / (1.0 + (-logit).exp())


def _weights_by_age(by_band: Mapping[int, float]) -> list[float]:
    """One weight for each age from `YOUNGEST` to `OLDEST`."""
    bands = [max(start for start in by_band if start <= age) for age in range(YOUNGEST, OLDEST + 1)]
    return [by_band[start] for start in bands]
