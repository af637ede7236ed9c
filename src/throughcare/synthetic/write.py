"""Writes a world: extracts by feed, the panel's decisions, and the truth beside them. Whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.core.pilot import Pilot
from throughcare.core.world import World
from throughcare.registry.parts import feeds, strands
from throughcare.synthetic import caseloads, outcomes
from throughcare.synthetic.agencies import agency_extracts, released_today, true_people
from throughcare.synthetic.casting import cast
from throughcare.synthetic.casting_compared import cast_compared
from throughcare.synthetic.casting_last_weeks import cast_last_weeks
from throughcare.synthetic.casting_lists import last_lists
from throughcare.synthetic.faults import Deliveries, as_csv, spoil
from throughcare.synthetic.population import Population, Scenario, population

DEFAULT_SEED = 2016
LATEST, WENT_ON = "_last_weeks", "_carried_on"
NEEDED = {"courts", "programmes", "prison", "budgets", "mental_health", "employment", "policing", "ratings"}
"""The castings without which there are no last weeks: a pilot that runs fewer strands ends with 2016."""


def synthesise(
    out: Path, *, scenario: Scenario, seed: int, people: int | None, pilot: Pilot, last_weeks: bool = True
) -> Population:
    """Writes `out`: one CSV a feed, `panel/ratings.csv`, `truth/people.csv` and `truth/effects.csv`.

    The pilot goes on through January and February 2017, to the day on which the demonstration stands; without `last_weeks`
    its services end with 2016, and nothing that is dated before differs.

    A hostile world has a second delivery too, `late/<feed>-late.csv`: rows that were not there in time for the first.

    A folder that already holds something else than a synthetic world is left alone and refused.
    """
    if out.exists() and any(out.iterdir()) and not (out / "truth" / "people.csv").exists():
        raise UserError(
            what="the folder holds something else",
            record=str(out),
            expected="an empty folder, or an earlier synthetic world",
            mend="name another folder",
        )
    lived = population(scenario=scenario, seed=seed, people=people)
    casting = cast(lived.lives, seed=seed, pilot=pilot)
    without = set(casting["left_out"]["life"])
    lived = replace(lived, lives=tuple(life for life in lived.lives if life.number not in without))
    seen = casting.get("programmes_appointments")
    pooled = frozenset(seen["life"]) if seen is not None else frozenset()
    casting["caseloads"] = caseloads.caseload_frame(lived.lives, seed=seed, pooled=pooled)
    if scenario != "pilot" and "courts" in casting:
        casting["courts_hearings"] = last_lists(lived.lives, casting["courts"], seed=seed)
    latest = _last_weeks(lived, casting, last_weeks=last_weeks)
    world = World(seed=seed, scenario=scenario, until=lived.until, lives=lived.lives, casting={**casting, **latest})
    compared = {}
    if scenario == "pilot" and "courts" in casting:
        compared = cast_compared(lived.lives, seed=seed, pilot=pilot, casting=casting)
    frames = _extracts(world, casting, {name.removesuffix(LATEST): frame for name, frame in latest.items()}, compared)
    truth = true_people(lived.lives, frames)
    told = Deliveries(first={feed: as_csv(frame) for feed, frame in frames.items()}, late={})
    if scenario == "hostile":
        told = spoil(frames, world.random("faults"))
    _write(out, told, truth, casting.get("ratings"))
    return lived


def _last_weeks(lived: Population, casting: dict[str, pl.DataFrame], *, last_weeks: bool) -> dict[str, pl.DataFrame]:
    """The casting of the last weeks by names of its own; nothing for another world than the whole pilot."""
    if not last_weeks or lived.scenario != "pilot" or not casting.keys() >= NEEDED:
        return {}
    found = cast_last_weeks(lived.lives, seed=lived.seed, casting=casting)
    return {f"{name}{LATEST}": frame for name, frame in found.items()}


def _extracts(
    world: World, casting: dict[str, pl.DataFrame], latest: dict[str, pl.DataFrame], compared: dict[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """Every feed: the agencies', the strands' of the first casting, of the last weeks, of what is compared; then caseloads."""
    frames = released_today(agency_extracts(world), latest.get("out_today"))
    went_on = {name.removesuffix(WENT_ON): frame for name, frame in latest.items() if name.endswith(WENT_ON)}
    first = replace(world, casting=casting | went_on)
    for strand in strands():
        for feed, frame in strand.synthetic(first).items():
            frames[feed] = pl.concat([frames[feed], frame]) if feed in frames else frame
    for streams, (ending, more) in enumerate((("-17", latest), ("-C", compared)), start=1):
        after = replace(world, seed=world.seed + streams, casting=more, later=True)
        for strand in strands() if more else ():
            own = strand.synthetic(after)
            for feed, frame in own.items():
                anew = _numbered_anew(feed, frame, own, ending)
                frames[feed] = pl.concat([frames[feed], anew]) if feed in frames else anew
    frames |= caseloads.synthetic(world)
    return frames | outcomes.synthetic(world, frames)


def _numbered_anew(feed: str, frame: pl.DataFrame, own: Mapping[str, pl.DataFrame], ending: str) -> pl.DataFrame:
    """Record_ids of a later casting have an ending, and so has what refers to one of them; what refers to the first stays."""
    refers = {column.name: column.to for column in feeds()[feed].columns if column.kind == "reference"}
    changed = [(pl.col("record_id") + ending).alias("record_id")]
    for name, to in refers.items():
        ours = pl.col(name).is_in(own[to]["record_id"].to_list() if to in own else [])
        changed.append(pl.when(ours).then(pl.col(name) + ending).otherwise(pl.col(name)).alias(name))
    return frame.with_columns(changed)


def _write(out: Path, told: Deliveries, truth: pl.DataFrame, ratings: pl.DataFrame | None) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    files = {f"{feed}.csv": text for feed, text in told.first.items()}
    files |= {f"late/{feed}-late.csv": text for feed, text in told.late.items()}
    try:
        for name, text in files.items():
            if text:
                (beside / name).parent.mkdir(exist_ok=True)
                (beside / name).write_text(text, encoding="utf-8")
        for folder in ("truth", "panel"):
            (beside / folder).mkdir()
        truth.write_csv(beside / "truth" / "people.csv")
        pl.DataFrame({"service": [s.slug for s in strands()], "outcome": "reoffending", "effect": 0.0}).write_csv(
            beside / "truth" / "effects.csv"
        )
        if ratings is not None:
            ratings.write_csv(beside / "panel" / "ratings.csv")
        if out.exists():
            shutil.rmtree(out)
        beside.chmod(0o755)
        beside.rename(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
