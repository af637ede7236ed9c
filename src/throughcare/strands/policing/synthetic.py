"""The police research hub's extracts of a synthetic world."""

import polars as pl

from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.policing.extracts import FEEDS
from throughcare.strands.policing.picture.synthetic import events


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Plans and taskings as cast, and the events of those people; nothing where nothing was cast."""
    if "policing" not in world.casting:
        return {}
    feeds = {feed.slug: feed for feed in FEEDS}
    told = {} if world.later else {"police-events": events(world)}
    return told | {
        "police-plans": extract(feeds["police-plans"], world.casting["policing"], lives=world.lives),
        "police-taskings": extract(
            feeds["police-taskings"], numbered("OT", world.casting["policing_taskings"]), lives=world.lives
        ),
    }
