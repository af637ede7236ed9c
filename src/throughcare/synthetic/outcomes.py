"""Outcomes of a synthetic world: scores of repeated assessments, and victims of crimes under pseudonyms. No effect is in them.

Scores go a little to the better on the whole, as those of people under supervision often do, whatever service they have.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import blake2b

import numpy as np
import polars as pl

from throughcare.casework.assessments.extracts import FEEDS as SCORES
from throughcare.casework.pilot import current_pilot
from throughcare.core.extract_text import extract
from throughcare.core.pilot_outcomes import ChangeScale
from throughcare.core.world import World
from throughcare.strands.crime.extracts import VICTIMS
from throughcare.strands.crime.synthetic import GROUPS
from throughcare.synthetic.lives import Life, SupervisionSpell

SINCE, EACH = date(2015, 7, 1), 0.35
"""From when on people are assessed, and how many of those under supervision."""
FIRST_WITHIN = 480
"""Days in which the first assessment is made."""
AGAIN, APART = 0.7, (60, 240)
"""How many are assessed once more, each time, and after how many days."""
BETTER, SPREAD = 0.04, 0.09
"""Of a scale's range: how much better each time on the whole, and how much people differ from it."""
UNKNOWN_TO_US = 4
"""Victims of other people's crimes for each one of an event that the police tell of."""
REPEAT, ASKED, SATISFIED = 0.22, 0.3, (0.62, 0.16, 0.22)


def synthetic(world: World, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The extracts, from random streams of their own; in a small world all are assessed. `frames`: what is sent otherwise."""
    return {**_scores(world), **_victims(world, frames)}


def _scores(world: World) -> dict[str, pl.DataFrame]:
    rng, scales = world.random("scores"), current_pilot().change.scales
    each = 1.0 if world.scenario == "small" else EACH
    assessed = [life for life in world.lives if rng.random() < each]
    rows = [row for life in assessed for row in _of_life(life, scales, world.until, rng)]
    names = {"record_id": pl.String, "life": pl.Int64, "instrument": pl.String, "scale": pl.String, "assessed_on": pl.Date,
             "score": pl.Int64, "assessor": pl.String, "agency": pl.String}  # fmt: skip
    told = pl.DataFrame(rows, schema=names, orient="row")
    theirs = {feed.slug: told.filter(pl.col("agency") == feed.agency).drop("agency") for feed in SCORES}
    return {feed.slug: extract(feed, theirs[feed.slug], lives=world.lives) for feed in SCORES if theirs[feed.slug].height}


def _of_life(life: Life, scales: tuple[ChangeScale, ...], until: date, rng: np.random.Generator) -> Iterator[tuple[object, ...]]:
    """The scores of one life, while it is under supervision; of an instrument all scales on one day."""
    spells = [spell for spell in life.supervision if spell.end is None or spell.end > SINCE]
    if not scales or not spells:
        return
    at = {scale.title: float(rng.uniform(0.35, 0.85)) for scale in scales}
    on, nth = max(spells[0].start, SINCE) + timedelta(days=int(rng.integers(7, FIRST_WITHIN))), 0
    while on <= until and (spell := _running(spells, on)) is not None:
        for scale in scales:
            share = min(max(at[scale.title], 0.0), 1.0)
            worst, best = (scale.highest, scale.lowest) if scale.better == "lower" else (scale.lowest, scale.highest)
            score = round(best + share * (worst - best))
            key = f"SC{life.number}-{nth}-{scale.instrument[:2]}-{scale.scale[:3]}"
            assessor = "London CRC" if spell.agency == "CRC" else "NPS London"
            yield key, life.number, scale.instrument, scale.scale, on, score, assessor, spell.agency
            at[scale.title] += float(rng.normal(-BETTER, SPREAD))
        if rng.random() >= AGAIN:
            return
        on, nth = on + timedelta(days=int(rng.integers(*APART))), nth + 1


def _running(spells: list[SupervisionSpell], on: date) -> SupervisionSpell | None:
    return next((s for s in spells if s.start <= on and (s.end is None or s.end > on)), None)


def _victims(world: World, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """A victim of each event of the pilot's life that the police tell of, and of crimes of which nothing else is known here."""
    if "police-events" not in frames:
        return {}
    pilot, rng = current_pilot(), world.random("victims")
    events = frames["police-events"].filter(pl.col("committed_on") >= str(pilot.life.start))
    events = events.unique("event", keep="first", maintain_order=True)
    known = [(event, date.fromisoformat(on)) for event, on in events.select("event", "committed_on").iter_rows()]
    days = (world.until - pilot.life.start).days
    many = UNKNOWN_TO_US * len(known)
    others = [(f"CR-X-{n:06d}", pilot.life.start + timedelta(days=int(rng.integers(0, days)))) for n in range(many)]
    weights = np.array(list(GROUPS.values())) / sum(GROUPS.values())
    rows = []
    for n, (event, on) in enumerate([*known, *others], start=1):
        asked = rng.random() < ASKED
        rows.append({
            "record_id": f"VI-{n:06d}", "crime": event,
            "victim": blake2b(f"{world.seed}:{n}".encode(), digest_size=8).hexdigest(),
            "offence_group": str(rng.choice(list(GROUPS), p=weights)),
            "recorded_on": min(on + timedelta(days=int(rng.integers(0, 3))), world.until),
            "borough": str(rng.choice(pilot.boroughs)), "repeat": bool(rng.random() < REPEAT),
            "satisfaction": str(rng.choice(["satisfied", "neither", "dissatisfied"], p=SATISFIED)) if asked else None,
        })  # fmt: skip
    return {VICTIMS.slug: extract(VICTIMS, pl.DataFrame(rows))} if rows else {}
