"""The employment broker's extracts of a synthetic world."""

from datetime import timedelta

import polars as pl

from throughcare.casework.referrals.extracts import REFERRALS
from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.employment.extracts import CHECKS, PLACEMENTS


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Referrals and placements as cast; checks are made as their weeks are reached. Nothing where nothing was cast."""
    if "employment" not in world.casting:
        return {}
    placed = world.casting["employment_placements"].with_columns(
        employer=pl.lit("Groundwork Ltd"),
        job=pl.lit("grounds maintenance"),
        planned_end_on=pl.col("started_on").dt.offset_by("6mo"),
    )
    reached = {
        name: pl.when(pl.col("started_on") + timedelta(weeks=weeks) < world.until).then(pl.lit(value=True))
        for name, weeks in CHECKS.items()
    }
    return {
        REFERRALS.slug: extract(REFERRALS, world.casting["employment"], lives=world.lives),
        PLACEMENTS.slug: extract(PLACEMENTS, numbered("PL", placed.with_columns(**reached))),
    }
