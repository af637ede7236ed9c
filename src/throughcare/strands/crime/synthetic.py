"""Recorded crime by borough and month of a synthetic world: made, and without any effect of the pilot.

Every borough has its own level; season, the trend of the city and its shocks are shared by all, so that boroughs move alike but
for chance. Sizes are invented, of the order of what the police publish for London.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import months_after
from throughcare.core.extract_text import extract
from throughcare.core.world import World
from throughcare.strands.crime.extracts import CRIME

FIRST, LAST = date(2014, 4, 1), date(2017, 1, 1)
"""The months told: the figures of February come in March."""
GROUPS = {"Burglary": 190, "Robbery": 58, "Theft and handling": 780, "Criminal damage": 150, "Violence against the person": 520}
"""By group, crimes of a middling borough in a month."""
SEASON, SHOCK, TREND = 0.06, 0.03, 0.002
SMALL_SINCE, SMALL_GROUPS = date(2016, 1, 1), 2
"""What of it a small world has."""


def synthetic(world: World) -> Mapping[str, pl.DataFrame]:
    """The extract, once; of a small world the last months of two groups."""
    if world.later:
        return {}
    rows = pl.DataFrame(list(_rows(world.random("borough crime"))))
    if world.scenario == "small":
        rows = rows.filter(pl.col("month") >= SMALL_SINCE, pl.col("offence_group").is_in(list(GROUPS)[:SMALL_GROUPS]))
    return {CRIME.slug: extract(CRIME, rows)}


def _rows(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    pilot = current_pilot()
    boroughs = sorted((*pilot.boroughs, *pilot.crime.compared))
    size = {name: float(rng.uniform(0.6, 1.5)) for name in boroughs}
    months = [months_after(FIRST, n) for n in range((LAST.year - FIRST.year) * 12 + LAST.month - FIRST.month + 1)]
    for group, middling in GROUPS.items():
        shocks = rng.normal(0, SHOCK, len(months))
        own = {name: float(rng.lognormal(0, 0.15)) for name in boroughs}
        for place, month in enumerate(months):
            season = SEASON * np.cos(2 * np.pi * (month.month - 11) / 12)
            city = middling * np.exp(season + TREND * place + shocks[place])
            for name in boroughs:
                yield {
                    "record_id": f"{name} {group} {month:%Y-%m}", "borough": name, "month": month, "offence_group": group,
                    "number": int(rng.poisson(city * size[name] * own[name])), "population": round(1000 * 250 * size[name]),
                }  # fmt: skip
