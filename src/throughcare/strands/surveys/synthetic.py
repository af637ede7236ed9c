"""The survey tool's extract of a synthetic world."""

import polars as pl

from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.surveys.extracts import RESPONSES


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """The responses as cast; nothing where nothing was cast."""
    if "surveys" not in world.casting:
        return {}
    return {RESPONSES.slug: extract(RESPONSES, numbered("SV", world.casting["surveys"]))}
