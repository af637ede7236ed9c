"""Weighs pairs of records with Splink: those within a set of records, and those between new records and known ones."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator

from throughcare.linkage import thresholds as t
from throughcare.linkage.blocking import RULES, Rule, rules_for
from throughcare.linkage.comparisons import COMPARISONS, FUNCTIONS, OTHERWISE, RARITIES, Comparison
from throughcare.linkage.frequencies import lookup, with_homes
from throughcare.linkage.guards import GUARDED_BY, GUARDS, SAME_NUMBER
from throughcare.linkage.model import Model, Pair
from throughcare.linkage.parameters import Parameters

LEFT, RIGHT = "left", "right"


class Engine(Protocol):
    """Where Splink's SQL is run: `duckdb` in this process, or `spark`."""

    dialect: str

    def api(self) -> Any: ...

    def register(self, api: Any, frame: pl.DataFrame, name: str) -> Any: ...

    def predict(self, api: Any, linker: Linker) -> Any: ...

    def collect(self, api: Any, told: Any, columns: Sequence[str], where: str) -> pl.DataFrame: ...


class _Viewing(DuckDBAPI):
    """While `viewing`, predictions are a view: what `collect` does not ask for is never worked out, and nothing written twice."""

    viewing = False

    def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
        if self.viewing and physical_name.startswith("__splink__df_predict"):
            return f"CREATE OR REPLACE TEMPORARY VIEW {physical_name} AS {sql}"
        return str(super()._setup_for_execute_sql(sql, physical_name))


@dataclass(kw_only=True)
class DuckDB:
    """Splink's own default. One connection in memory for each question; nothing is left behind."""

    dialect: str = "duckdb"

    def api(self) -> _Viewing:
        return _Viewing(connection=duckdb.connect(":memory:", config={"preserve_insertion_order": "false"}))

    def register(self, api: DuckDBAPI, frame: pl.DataFrame, name: str) -> Any:
        return api.register(frame.to_arrow(), dataset_display_name=name)

    def predict(self, api: _Viewing, linker: Linker) -> Any:
        linker.inference.compute_blocked_pairs_for_predict()  # kept by Splink, so that the view finds them
        api.viewing = True
        return linker.inference.predict(warning_mode="never")

    def collect(self, api: DuckDBAPI, told: Any, columns: Sequence[str], where: str) -> pl.DataFrame:
        found: pl.DataFrame = api.duckdb_con.sql(f"SELECT {', '.join(columns)} FROM {told.physical_name} WHERE {where}").pl()
        return found


def settings(
    model: Model, rules: Sequence[Rule], dialect: str, comparisons: Sequence[Comparison] = COMPARISONS
) -> SettingsCreator:  # fmt: skip
    """Splink's settings of the model, or of some of its comparisons."""
    return SettingsCreator(
        link_type="dedupe_only", unique_id_column_name="id", probability_two_random_records_match=model.prior,
        comparisons=[_comparison(c, model.parameters, dialect) for c in comparisons],
        blocking_rules_to_generate_predictions=[rule.as_splink(dialect) for rule in rules],
        retain_matching_columns=True, retain_intermediate_calculation_columns=True,
        additional_columns_to_retain=list(GUARDED_BY), em_convergence=t.TRAINED_WHEN, max_iterations=t.TRAINING_ROUNDS,
    )  # fmt: skip


def _comparison(comparison: Comparison, parameters: Parameters, dialect: str) -> dict[str, Any]:
    absent = {"sql_condition": _sql(comparison.absent, dialect), "label_for_charts": "absent", "is_null_level": True}
    levels = [absent]
    for level in comparison.levels:
        chances = parameters.chances[comparison.slug][level.slug]
        told: dict[str, Any] = {
            "sql_condition": _sql(level.condition, dialect), "label_for_charts": level.words,
            "m_probability": chances.m, "u_probability": chances.u,
        }  # fmt: skip
        if level.rarer:
            told |= {"tf_adjustment_column": level.rarer, "tf_adjustment_weight": level.by}
        levels.append(told)
    return {"output_column_name": comparison.slug, "comparison_levels": levels}


def _sql(condition: str, dialect: str) -> str:
    return condition if condition == OTHERWISE else condition.format(**FUNCTIONS[dialect])


@contextmanager
def quiet() -> Iterator[None]:
    """Splink speaks to analysts at a prompt; here what matters is in the results."""
    log = logging.getLogger("splink")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def score(cleaned: pl.DataFrame, model: Model, *, engine: Engine | None = None, floor: float = t.FLOOR) -> pl.DataFrame:
    """The pairs within these records that weigh `floor` or more, and those in which a number is the same, whatever they weigh.

    See `_told`. `cleaned` has `id` and the columns of `cleaning.clean`.
    """
    return _score(cleaned, None, model, engine or DuckDB(), floor)


def score_between(
    known: pl.DataFrame, new: pl.DataFrame, model: Model, *, engine: Engine | None = None, floor: float = t.FLOOR,
    looked_at: Sequence[Rule] = RULES,
) -> pl.DataFrame:  # fmt: skip
    """The pairs of a known and a new record, as `score` gives them; no record is in both. `looked_at`: by which rules."""
    return _score(new, known, model, engine or DuckDB(), floor, looked_at)


def _score(
    new: pl.DataFrame, known: pl.DataFrame | None, model: Model, engine: Engine, floor: float, looked_at: Sequence[Rule] = RULES
) -> pl.DataFrame:  # fmt: skip
    there = columns_told(new)
    rules, comparisons = rules_for(there, looked_at), [c for c in COMPARISONS if there.intersection(c.about)]
    if not rules or new.height == 0 or (known is not None and known.height == 0) or (known is None and new.height < 2):
        return pl.DataFrame(schema=PAIRS)
    with quiet():
        api = engine.api()
        linker, table = linker_of(new, model, engine, api, rules, comparisons)
        for column in RARITIES:
            values = new[column] if known is None else pl.concat([new[column], known[column]])
            told = lookup(column, values, model.frequencies, model.parameters)
            linker.table_management.register_term_frequency_lookup(engine.register(api, told, f"frequencies_{column}"), column)
        if known is None:
            found = engine.predict(api, linker)
        else:
            before = engine.register(api, with_homes(known, model.frequencies), "known")
            found = linker.inference.predict_between(before, table, warning_mode="never")
        kept = f"match_weight >= {floor} OR {SAME_NUMBER}"
        return _told(engine.collect(api, found, _columns(engine.dialect, comparisons), kept), comparisons)


def parted(cleaned: pl.DataFrame, pairs: pl.DataFrame) -> set[Pair]:
    """Those of the pairs (left, right) that a guard keeps apart, whether or not a rule has looked at them."""
    told = pairs.select(LEFT, RIGHT)
    for name, side in ((LEFT, "l"), (RIGHT, "r")):
        of = cleaned.select(pl.col("id").alias(name), *(pl.col(column).alias(f"{column}_{side}") for column in GUARDED_BY))
        told = told.join(of, on=name, how="left")
    conditions = " OR ".join(f"({_sql(guard.condition, 'duckdb')})" for guard in GUARDS if guard.part)
    with duckdb.connect(":memory:") as connection:
        connection.register("told", told.to_arrow())
        found = connection.sql(f'SELECT "left", "right" FROM told WHERE {conditions}').fetchall()
    return {(left, right) for left, right in found}


def linker_of(
    cleaned: pl.DataFrame, model: Model, engine: Engine, api: Any, rules: Sequence[Rule] = RULES,
    comparisons: Sequence[Comparison] = COMPARISONS,
) -> tuple[Linker, Any]:  # fmt: skip
    """Splink's linker over the records, and its table of them."""
    table = engine.register(api, with_homes(cleaned, model.frequencies), "records")
    told = settings(model, rules, engine.dialect, comparisons)
    return Linker(table, told, log_level=logging.ERROR, validate_settings=False), table


def _columns(dialect: str, comparisons: Sequence[Comparison]) -> list[str]:
    """What is taken of Splink's table: levels, weights, and the first guard that holds."""
    guards = " ".join(f"WHEN {_sql(guard.condition, dialect)} THEN '{guard.slug}'" for guard in GUARDS)
    told = ["id_l", "id_r", "match_weight", f"CASE {guards} ELSE '' END AS guard"]
    for c in comparisons:
        adjusted = " + ".join([f"mw_{c.slug}", *([f"mw_tf_adj_{c.slug}"] if any(level.rarer for level in c.levels) else [])])
        told += [f"gamma_{c.slug}", f"{adjusted} AS {c.slug}_weight"]
    return told


def columns_told(frame: pl.DataFrame) -> set[str]:
    """The columns that tell something of at least one record."""
    some = frame.select(
        (pl.col(name).list.len() > 0).any() if isinstance(kind, pl.List) else pl.col(name).is_not_null().any()
        for name, kind in frame.schema.items()
    )
    return {name for name, there in some.row(0, named=True).items() if there}


PAIRS: dict[str, Any] = {
    LEFT: pl.Int64, RIGHT: pl.Int64, "weight": pl.Float64, "guard": pl.String,
    **{name: kind for c in COMPARISONS for name, kind in (
        (c.slug, pl.Enum(["", *(level.slug for level in c.levels)])), (f"{c.slug}_weight", pl.Float64))},
}  # fmt: skip


def _told(found: pl.DataFrame, comparisons: Sequence[Comparison]) -> pl.DataFrame:
    """left < right, weight, guard ("" where none holds); by comparison the level ("": nothing to compare) and its weight."""
    columns = [pl.min_horizontal("id_l", "id_r").alias(LEFT), pl.max_horizontal("id_l", "id_r").alias(RIGHT),
               pl.col("match_weight").alias("weight"), pl.col("guard")]  # fmt: skip
    for c in COMPARISONS:
        kinds = PAIRS[c.slug]
        if c not in comparisons:
            columns += [pl.lit("", dtype=kinds).alias(c.slug), pl.lit(0.0).alias(f"{c.slug}_weight")]
            continue
        slugs = {len(c.levels) - 1 - place: level.slug for place, level in enumerate(c.levels)} | {-1: ""}
        columns.append(pl.col(f"gamma_{c.slug}").cast(pl.Int64).replace_strict(slugs, return_dtype=kinds).alias(c.slug))
        columns.append(pl.col(f"{c.slug}_weight"))
    return found.select(columns)
