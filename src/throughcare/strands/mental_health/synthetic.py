"""The mental-health practitioners' extracts of a synthetic world."""

import polars as pl

from throughcare.casework.referrals.extracts import REFERRALS
from throughcare.core.extract_text import extract, numbered
from throughcare.core.world import World
from throughcare.strands.mental_health.extracts import FEEDS

TOLD = {"consultation": "consultations", "assessment": "assessments", "care_plan": "care-plans", "intervention": "interventions"}
"""By what was cast, the last part of the feed's name."""


def synthetic(world: World) -> dict[str, pl.DataFrame]:
    """Referrals, consultations and direct work as cast; nothing where nothing was cast."""
    if "mental_health" not in world.casting:
        return {}
    feeds = {feed.slug: feed for feed in FEEDS}
    made = {REFERRALS.slug: extract(REFERRALS, world.casting["mental_health"], lives=world.lives)}
    for what, name in TOLD.items():
        feed = feeds[f"mental-health-{name}"]
        events = world.casting["mental_health_events"].filter(pl.col("what") == what)
        columns = {"held_on": "on", "with_whom": "kind"} if what == "consultation" else {"started_on": "on"}
        if what == "intervention":
            columns["kind"] = "kind"
        made[feed.slug] = extract(feed, numbered(f"H{name[0].upper()}", events.select("life", **columns)), lives=world.lives)
    return made
