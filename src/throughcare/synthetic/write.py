"""Writes a world: extracts by feed, the panel's decisions, and the truth beside them. Whole or not at all."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.core.pilot import Pilot
from throughcare.core.world import World
from throughcare.registry.parts import strands
from throughcare.synthetic.agencies import agency_extracts, true_people
from throughcare.synthetic.casting import cast
from throughcare.synthetic.faults import Deliveries, as_csv, spoil
from throughcare.synthetic.population import Population, Scenario, population

DEFAULT_SEED = 2016


def synthesise(out: Path, *, scenario: Scenario, seed: int, people: int | None, pilot: Pilot) -> Population:
    """Writes `out`: one CSV a feed, `panel/ratings.csv`, `truth/people.csv` and `truth/effects.csv`.

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
    world = World(seed=seed, scenario=scenario, until=lived.until, lives=lived.lives, casting=casting)
    frames = agency_extracts(world)
    for strand in strands():
        for feed, frame in strand.synthetic(world).items():
            frames[feed] = pl.concat([frames[feed], frame]) if feed in frames else frame
    truth = true_people(lived.lives, frames)
    told = Deliveries(first={feed: as_csv(frame) for feed, frame in frames.items()}, late={})
    if scenario == "hostile":
        told = spoil(frames, world.random("faults"))
    _write(out, told, truth, casting.get("ratings"))
    return lived


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
