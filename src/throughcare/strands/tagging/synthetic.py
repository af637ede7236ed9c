"""Tagging in the demonstration: who was ordered to be monitored in the last two months, and what their tags report of themselves.

Positions are no extract: `synthetic.tags` writes them, and they are brought in as any file of positions is.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from throughcare.casework.people.extracts import FEEDS as OF_PEOPLE
from throughcare.core.extract_text import extract
from throughcare.core.world import World
from throughcare.strands.tagging.extracts import FEEDS

SINCE = date(2017, 1, 1)
ORDERED = 7
KINDS = ("community", "suspended")
REQUIREMENT = "location monitoring"
TAGS = tuple(f"GPS-{104411 + 7 * number}" for number in range(ORDERED))
"""The tag of each, by their place."""
# Which of them | when, UTC | what its tag reports | how the supplier ranks it
REPORTED = (
    (2, "2017-03-01T02:14:00+00:00", "tampered", "high"),
    (4, "2017-02-28T21:30:00+00:00", "battery_low", "medium"),
    (4, "2017-03-01T01:38:00+00:00", "battery_dead", "high"),
    (1, "2017-03-01T02:11:00+00:00", "left_home", "medium"),
)
SCHEMA = {"record_id": pl.String, "life": pl.Int64, "imposed_on": pl.Date, "kind": pl.String}


def synthetic(world: World) -> Mapping[str, pl.DataFrame]:
    """The supplier's events, in the small world too, where nobody wears those tags; of the whole pilot also requirements in the
    police's extract. Nothing of a life changes.
    """
    if world.scenario == "small":
        return {FEEDS[0].slug: _reported()}
    if world.scenario != "pilot" or "caseloads" not in world.casting:
        return {}
    chosen = [(life.number, on) for life, on in ordered(world)]
    rows = [(f"P{number}-monitoring", number, on, REQUIREMENT) for number, on in chosen]
    feed = next(feed for feed in OF_PEOPLE if feed.slug == "police-requirements")
    required = extract(feed, pl.DataFrame(rows, schema=SCHEMA, orient="row"), lives=world.lives)
    return {feed.slug: required, FEEDS[0].slug: _reported()}


def _reported() -> pl.DataFrame:
    events = [(f"T{n:04d}", TAGS[place], at, kind, rank) for n, (place, at, kind, rank) in enumerate(REPORTED, start=1)]
    columns = dict.fromkeys(("record_id", "tag", "at", "kind", "criticality"), pl.String)
    return extract(FEEDS[0], pl.DataFrame(events, schema=columns, orient="row"))


def ordered(world: World) -> Iterator[tuple[Any, date]]:
    """The lives chosen, with the day of their sentence: on a community or suspended sentence order of the last two months, and at
    liberty on the last day known.
    """
    found = []
    for life in world.lives:
        last = life.sanctions[-1] if life.sanctions else None
        given = last.sentence if last else None
        inside = any(spell.end is None or spell.end > world.until for spell in life.custody)
        if last and given and given.kind in KINDS and last.on >= SINCE and not inside and life.supervision:
            found.append((life, last.on))
    rng = world.random("tagging")
    places = rng.permutation(len(found))[:ORDERED]
    yield from (found[place] for place in sorted(places))
