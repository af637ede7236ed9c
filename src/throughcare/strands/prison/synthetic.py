"""The prison co-ordinators' extract of a synthetic world."""

import polars as pl

from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.prison.extracts import FEEDS


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """The tasks as cast; nothing where nothing was cast."""
    if "prison" not in world.casting:
        return {}
    (feed,) = FEEDS
    return {feed.slug: extract(feed, numbered("T", world.casting["prison"].drop("status")), lives=world.lives)}
