"""Learns the model's parameters from records, by Splink: how often strangers agree from pairs drawn at random, how often records
of one person do by expectation maximisation. What the records do not show keeps the number that it had.

Of pairs drawn at random from a small file a good part of those that agree are of one person: that part, as the model to begin
with finds it, is taken off, since a PNC ID is not common because people are on record several times.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from splink import Linker

from throughcare.core.errors import UserError
from throughcare.linkage import thresholds as t
from throughcare.linkage.comparisons import COMPARISONS
from throughcare.linkage.frequencies import frequencies
from throughcare.linkage.model import Model
from throughcare.linkage.parameters import Chances, Parameters, digest
from throughcare.linkage.people import link
from throughcare.linkage.scoring import DuckDB, columns_told, linker_of, quiet

TRAINED_ON = (("pnc",), ("crn",), ("surname", "dob"))
"""Pairs that agree by these are looked at for how often the rest agrees; what they agree by is learned from the others."""



class TooFewToLearn(UserError):
    """Fewer records than a model can be learned from."""


def train(cleaned: pl.DataFrame, start: Parameters, *, on: date, seed: int = 1) -> Parameters:
    """The parameters learned from the cleaned records, beginning with `start`; `on` is the day, for the version's name.

    Frequencies are not used while learning. Refuses fewer than `TRAINING_LEAST` records.
    """
    if cleaned.height < t.TRAINING_LEAST:
        raise TooFewToLearn(
            what=f"{cleaned.height:,} records are too few to learn a model from", record="the records given",
            expected=f"{t.TRAINING_LEAST:,} or more", mend="use the published model, or add records",
        )  # fmt: skip
    model = Model(parameters=start, frequencies=frequencies(cleaned))
    engine = DuckDB()
    with quiet():
        linker, _ = linker_of(cleaned, model, engine, engine.api())
        linker.training.estimate_u_using_random_sampling(max_pairs=t.TRAINING_SAMPLE, seed=seed)
        there = columns_told(cleaned)
        for columns in TRAINED_ON:
            if there.issuperset(columns):
                rule = " AND ".join(f"l.{column} = r.{column}" for column in columns)
                linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    chances = _learned(linker, start, _of_one_person(cleaned, model))
    return Parameters(version=f"trained-{on}-{digest(chances)}", chances=chances)


def _of_one_person(cleaned: pl.DataFrame, model: Model) -> float:
    """The share of all pairs of records that are of one person, as the model has it."""
    sizes = link(cleaned, model).people.group_by("group").len()["len"].cast(pl.Int64)
    return float((sizes * (sizes - 1)).sum()) / (cleaned.height * (cleaned.height - 1))


def _learned(linker: Linker, start: Parameters, of_one: float) -> Mapping[str, Mapping[str, Chances]]:
    told: list[dict[str, Any]] = linker.misc.save_model_to_json()["comparisons"]
    chances: dict[str, dict[str, Chances]] = {}
    for comparison, learned in zip(COMPARISONS, told, strict=True):
        levels = [level for level in learned["comparison_levels"] if not level.get("is_null_level")]
        before = start.chances[comparison.slug]
        chances[comparison.slug] = {
            level.slug: _chances(found.get("m_probability"), found.get("u_probability"), before[level.slug], of_one)
            for level, found in zip(comparison.levels, levels, strict=True)
        }
    return chances


def _chances(m: object, u: object, before: Chances, of_one: float) -> Chances:
    """What was learned; where no pair shows the level, what was known before. Nothing is taken for never."""
    often = min(max(float(m), t.LEAST_OFTEN), 1.0) if isinstance(m, float | int) else before.m
    if not isinstance(u, float | int):
        return Chances(m=often, u=before.u)
    among_strangers = max(float(u) - of_one * often, min(float(u), before.u), t.LEAST_BY_CHANCE)
    return Chances(m=often, u=min(among_strangers, 1.0))
