"""A model's result as files: results.json, index.html, tables as CSV, the tornado chart; whole or not at all."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from throughcare.core.whole_folder import refuse_other, write_whole
from throughcare.stats.drawings import tornado_chart
from throughcare.stats.page import page, part
from throughcare.stats.value.model import Model, load_model
from throughcare.stats.value.rates import uprated
from throughcare.stats.value.sums import Line, lines_of, sums, worth_by_year
from throughcare.stats.value.uncertainty import determined, spread, tornado

MARK = "results.json"


def value_files(path: Path, output: Path) -> dict[str, Any]:
    """Works the model out and writes its folder; gives what stands in results.json."""
    refuse_other(output, mark=MARK, kind="model's result")
    model, sha256 = load_model(path)
    told, files = value_as_files(model, sha256=sha256)
    write_whole(output, files, mark=MARK, kind="model's result")
    return told


def value_as_files(model: Model, *, sha256: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What stands in results.json, and the files by their path in the folder."""
    told, tables = value(model, sha256=sha256)
    chart = chart_of(told)
    files = {MARK: json.dumps(told, indent=2, ensure_ascii=False) + "\n"}
    files["index.html"] = page("value.html", told=told, charts={"tornado": chart})
    files["charts/tornado.svg"] = chart + "\n"
    files |= {f"tables/{name}.csv": table.write_csv() for name, table in tables.items()}
    return told, files


def part_of_page(told: dict[str, Any]) -> str:
    """What index.html says, without its frame."""
    return part("value.html", told=told, charts={"tornado": chart_of(told)})


def chart_of(told: dict[str, Any]) -> str:
    """The tornado chart as SVG."""
    title = "Net present value, with one input at its low and its high"
    return tornado_chart(told["tornado"], told["npv"], slug="tornado", title=title, unit="pounds")


def value(model: Model, *, sha256: str) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    """The result as plain values, and its tables. What cannot be concluded comes first, in `says`."""
    lines = lines_of(model)
    base, sure = sums(model, lines), spread(model, lines)
    bars = [{"name": bar.name, "low": bar.low, "high": bar.high} for bar in tornado(model, lines)]
    tables = {"pays": _pays(model), "gains": _gains(model, lines), "unit_costs": _unit_costs(lines)}
    tables["tornado"] = pl.DataFrame(bars)
    told: dict[str, Any] = {
        "title": model.model.title, "model_sha256": sha256, "prices": model.model.prices, "says": says(model, lines),
        "left_out": list(model.model.left_out), "counts_reoffences": any(line.benefit.counts_reoffences for line in lines),
        "determined": all(determined(line.benefit) for line in lines),
        "costs": float(base.costs.sum()), "benefits": float(base.benefits.sum()), "npv": base.npv, "npv_range": list(sure.npv),
        "bcr": base.bcr, "bcr_range": list(sure.bcr) if sure.bcr else None, "fiscal_return": base.fiscal_return,
        "fiscal": float(base.by_kind["fiscal"].sum()), "economic": float(base.by_kind["economic"].sum()),
        "social": float(base.by_kind["social"].sum()), "cashable": base.cashable,
        "payback_years": base.payback, "reoffences_avoided": base.avoided, "cost_per_reoffence_avoided": base.per_avoided,
        "chance_benefits_exceed_costs": sure.chance_benefits_exceed_costs,
        "chance_fiscal_exceed_costs": sure.chance_fiscal_exceed_costs, "tornado": bars,
    }  # fmt: skip
    return told | {name: table.to_dicts() for name, table in tables.items() if name != "tornado"}, tables


def says(model: Model, lines: tuple[Line, ...]) -> list[str]:
    """What must be read before any ratio: effects that are not determined, and unit costs that nobody confirmed."""
    told = []
    for outcome in dict.fromkeys(line.benefit.outcome for line in lines if not determined(line.benefit)):
        told.append(
            f"The effect on {outcome} is not determined: its interval runs from worse to better. The figures below show what "
            "would follow from the estimate; they are not a finding that the programme pays."
        )
    for item in dict.fromkeys(line.cost.item for line in lines if not line.cost.confirmed):
        told.append(f"The unit cost of {item} is the user's own, and not confirmed against its source.")
    return told


def _pays(model: Model) -> pl.DataFrame:
    """By partner and strand: cost in the model's prices with optimism, discounted; and what was spent to date, as paid."""
    worth = worth_by_year(model)
    rows = [
        {
            "partner": cost.partner, "strand": cost.strand, "cash": cost.cash, "spent_to_date": cost.spent,
            "cost": uprated(cost.amount, cost.price_year, model.model.prices, model.deflator) * (1 + cost.optimism)
            * float(worth[cost.year - model.model.first_year]),
        }
        for cost in model.cost
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema_overrides={"spent_to_date": pl.Float64})
    keys = ["partner", "strand", "cash"]
    spent = pl.when(pl.col("spent_to_date").is_not_null().any()).then(pl.col("spent_to_date").sum())
    return frame.group_by(keys, maintain_order=True).agg(pl.col("cost").sum(), spent.alias("spent_to_date"))


def _gains(model: Model, lines: tuple[Line, ...]) -> pl.DataFrame:
    """By line: who gains, of what kind, how much."""
    worth = worth_by_year(model)
    return pl.DataFrame(
        [
            {
                "benefit": line.benefit.name, "agency": line.cost.agency, "kind": line.cost.kind,
                "value": float((line.value_at(float(line.benefit.impact or 0)) * worth).sum()),
                "cashable": float((line.value_at(float(line.benefit.impact or 0)) * worth).sum()) * line.cost.cashable,
                "units": float(line.units_at(float(line.benefit.impact or 0)).sum()), "determined": determined(line.benefit),
            }
            for line in lines
        ]
    )  # fmt: skip


def _unit_costs(lines: tuple[Line, ...]) -> pl.DataFrame:
    rows = {
        line.cost.item: {
            "item": line.cost.item, "value": line.cost.value, "price_year": line.cost.price_year, "worth": line.worth,
            "source": line.cost.source, "confirmed": line.cost.confirmed,
        }
        for line in lines
    }  # fmt: skip
    return pl.DataFrame(list(rows.values()))
