"""The extracts of personalised budgets in a synthetic world."""

import polars as pl

from throughcare.casework.referrals.extracts import REFERRALS
from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.budgets.extracts import PURCHASES

PRICES = ("350.00", "320.00", "280.00")
"""Invented; together within the allocation of a place."""

ASKED_BY, APPROVED_BY = "N07A112", "N07A300"


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Referrals and purchases as cast; nothing where nothing was cast."""
    if "budgets" not in world.casting:
        return {}
    bought = world.casting["budgets_purchases"].with_columns(
        amount=pl.Series([PRICES[n % len(PRICES)] for n in range(world.casting["budgets_purchases"].height)], dtype=pl.String),
        provider=pl.when(pl.col("description").str.starts_with("Moving On")).then(pl.lit("Moving On")).otherwise(pl.lit("")),
        asked_by=pl.lit(ASKED_BY),
        approved_by=pl.when(pl.col("approved_on").is_not_null()).then(pl.lit(APPROVED_BY)),
    )
    return {
        REFERRALS.slug: extract(REFERRALS, world.casting["budgets"], lives=world.lives),
        PURCHASES.slug: extract(PURCHASES, numbered("PU", bought)),
    }
