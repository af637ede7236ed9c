"""Tagging in the demonstration: extract frames of a synthetic world."""

from collections.abc import Mapping

import polars as pl

from throughcare.core.world import World


def synthetic(world: World) -> Mapping[str, pl.DataFrame]:
    """Nothing yet."""
    return {}
