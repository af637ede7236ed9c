"""A study's result as files: results.json for programs, tables as CSV, index.html for people, charts beside it."""

import json
import re
from typing import Any

import numpy as np
import polars as pl

from throughcare.stats.checks.finding import Finding
from throughcare.stats.drawings import balance_chart, interval_chart, survival_chart
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.page import page, part
from throughcare.stats.study import Answer, Compared, Result
from throughcare.stats.times import Times

MARK = "results.json"


def files(result: Result) -> dict[str, str]:
    """The files by their path in the folder."""
    charts = _charts(result)
    told = {MARK: json.dumps(plain(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"}
    shown = plain(result)
    told["index.html"] = page("study.html", result=result, charts=charts, plain=shown)
    told |= {f"charts/{name}.svg": drawing + "\n" for name, drawing in charts.items()}
    told |= {f"tables/{name}.csv": table.write_csv() for name, table in tables(result).items()}
    return told


def part_of_page(result: Result) -> str:
    """What index.html says, without its frame."""
    return part("study.html", result=result, charts=_charts(result), plain=plain(result))


def tables(result: Result) -> dict[str, pl.DataFrame]:
    """The tables by their name."""
    told = {
        "described": pl.DataFrame([_row(each) for each in result.described]), "missing": result.missing,
        "checks": pl.DataFrame([{"check": f.check, "passed": f.passed, "says": f.says} for f in result.findings]),
    }  # fmt: skip
    if result.compared:
        told["balance"] = result.compared.balance.table
        told["estimates"] = pl.DataFrame([_estimate_row(a) for a in result.compared.answers])
    if result.specifications is not None:
        told["specifications"] = result.specifications
    for each in result.times:
        told |= {f"{slug(each.outcome)}-at-risk": each.at_risk}
        told |= {f"{slug(each.outcome)}-curve-{curve.label}": curve.table for curve in each.curves}
    return told


def plain(result: Result) -> dict[str, Any]:
    """The result as plain values, for results.json: what cannot be a number there is null."""
    found = result.compared
    pairs, ones, others = found.comparison.counts if found else (0, 0, 0)
    told = {
        "title": result.protocol.study.title, "question": result.protocol.study.question,
        "protocol_sha256": result.sha256, "exploratory": result.protocol.study.exploratory,
        "treated": result.counts[0], "comparison": result.counts[1], "pairs": pairs,
        "matched_treated": ones, "matched_comparison": others,
        "refused": [_row(r) | {"says": r.says} for r in result.refusals],
        "described": [_row(each) for each in result.described],
        "max_abs_smd": found.balance.max_abs_smd if found else None,
        "smd_by_chance": found.balance.bound if found else None,
        "balance": _balance(found) if found else {},
        "estimates": [_estimate(a) for a in found.answers] if found else [],
        "checks": [_finding(f) for f in result.findings],
        "score": result.score,
        "maryland": {"level": result.level.level, "reading": result.level.reading, "why": result.level.why},
        "specifications": [] if result.specifications is None else result.specifications.to_dicts(),
        "subgroups": [
            {"name": name, "refused": why, "note": "exploration",
             "estimates": [_estimate(a) for a in part.answers] if part else []}
            for name, part, why in result.subgroups
        ],
        "times": [_times(each) for each in result.times],
    }  # fmt: skip
    cleaned: dict[str, Any] = _clean(told)
    return cleaned


def slug(name: str) -> str:
    """A column's name as part of the name of a file."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def _row(each: Any) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__dataclass_fields__}


def _balance(found: Compared) -> dict[str, Any]:
    return {
        row["covariate"]: {"before": row["smd_before"], "after": row["smd_after"]} | {
            name: row[name] for name in row if name.startswith(("variance_ratio", "ecdf"))
        }
        for row in found.balance.table.to_dicts()
    }  # fmt: skip


def _estimate_row(answer: Answer) -> dict[str, Any]:
    e = answer.estimate
    return {
        "outcome": e.outcome, "kind": answer.outcome.kind, "method": e.method, "estimate": e.estimate,
        "standard_error": e.standard_error, "ci_low": e.ci_low, "ci_high": e.ci_high, "p_value": e.p_value,
        "adjusted_p_value": answer.verdict.adjusted_p, "verdict": answer.verdict.direction,
        "number_needed": answer.verdict.number_needed, "least_detectable": answer.least_detectable,
        "treated_value": e.treated_value, "compared_value": e.compared_value, "treated": e.treated, "compared": e.compared,
    }  # fmt: skip


def _estimate(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"e_value": answer.e_value[0], "e_value_of_the_interval": answer.e_value[1]} if answer.e_value else {}
    told["words"] = answer.outcome.words or answer.outcome.name
    return _estimate_row(answer) | told | {"says": list(answer.verdict.says)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"check": finding.check, "passed": finding.passed, "says": finding.says, "figures": dict(finding.figures)}


def _interval(e: Estimate) -> dict[str, Any]:
    return {"estimate": e.estimate, "ci_low": e.ci_low, "ci_high": e.ci_high, "p_value": e.p_value}


def _times(each: Times) -> dict[str, Any]:
    test = {"statistic": each.test.statistic, "p_value": each.test.p_value, "df": each.test.df} if each.test else None
    ratio = dict(zip(("ratio", "ci_low", "ci_high"), each.hazard_ratio, strict=True)) if each.hazard_ratio else None
    return {
        "outcome": each.outcome, "chart": f"{slug(each.outcome)}-curves", "log_rank": test, "hazard_ratio": ratio,
        "restricted_mean": _interval(each.days_without),
        "proportional": _finding(each.proportional) if each.proportional else None, "at_risk": each.at_risk.to_dicts(),
    }  # fmt: skip


def _charts(result: Result) -> dict[str, str]:
    charts = {}
    if found := result.compared:
        charts["balance"] = balance_chart(found.balance.table, found.balance.bound, slug="balance")
    if result.specifications is not None:
        rows = [
            {"name": str(place), "value": r["estimate"], "low": r["ci_low"], "high": r["ci_high"]}
            for place, r in enumerate(result.specifications.to_dicts(), start=1) if r["estimate"] is not None
        ]  # fmt: skip
        title = "The same question asked in other ways"
        charts["specifications"] = interval_chart(rows, slug="specifications", title=title, unit="difference")
    for each in result.times:
        name = f"{slug(each.outcome)}-curves"
        title = "Without the event" if each.outcome == "time" else f"Without the event: {each.outcome}"  # of [time_zero]: no name
        charts[name] = survival_chart(each.curves, slug=name, title=title, unit="days")
    return charts
