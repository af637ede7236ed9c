"""A study by another design than matching: difference in differences, interrupted time series, or against prediction.

Protocol and rows in, result out; no file is read or written here. The protocol has [design] in the place of [match].
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from throughcare.stats.arrays import Flags, Floats
from throughcare.stats.checks.finding import Finding
from throughcare.stats.checks.trends import pre_trends
from throughcare.stats.design_protocol import CLOCK, Design, DesignOutcome, DesignProtocol
from throughcare.stats.gates import Refusal, enough_treated, follow_up_over
from throughcare.stats.impact.differences import Differences, Panel, difference_in_differences
from throughcare.stats.impact.estimate import Estimate
from throughcare.stats.impact.interrupted import interrupted_series
from throughcare.stats.impact.predicted import CAUTION, against_prediction, ratio_to_expected
from throughcare.stats.maryland import Level, level
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.outcomes import numbers
from throughcare.stats.protocol import check_registered
from throughcare.stats.sample import column
from throughcare.stats.verdicts import Direction, Verdict, direction

HOLDS = "does the prediction hold here"
INSTEAD = {
    "differences": "the change of the others would have led to", "interrupted": "the earlier trend would have led to",
    "predicted": "the predictions led to expect",
}  # fmt: skip
OTHERWISE = {
    "differences": "had they moved alike", "interrupted": "had the trend gone on", "predicted": "were the predictions right",
}  # fmt: skip
WARNINGS = {
    "pre-trends": "The two moved differently before the start already: this difference must not be read as an effect.",
    HOLDS: "The prediction does not hold among those who were not treated either: this difference must not be read as an effect.",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DesignResult:
    """`table`: what the answer rests on, by period, or reoffended over expected. `began`: the period of it in which it began, as
    the table names it; "" where there are no periods. With `refusals` there is no effect to be told: the table is a description.
    """

    protocol: DesignProtocol
    sha256: str
    estimate: Estimate
    verdict: Verdict
    findings: tuple[Finding, ...]
    cautions: tuple[str, ...]
    table: pl.DataFrame
    level: Level
    began: str = ""
    refusals: tuple[Refusal, ...] = ()


def run_design(
    protocol: DesignProtocol, frame: pl.DataFrame, *, sha256: str, as_at: date, registered: bool = False
) -> DesignResult:  # fmt: skip
    """Refuses a protocol that is neither registered nor exploratory, and what the design refuses in its rows."""
    check_registered(protocol.study, registered=registered)
    made = {"differences": _differences, "interrupted": _interrupted, "predicted": _predicted}[protocol.design.method]
    estimate, findings, cautions, table = made(protocol, frame)
    table, began = _periods_named(table, protocol.design, frame)
    outcome = protocol.outcome[0]
    before = next((f.passed for f in findings if f.check == "pre-trends"), None)
    warned = next((WARNINGS[f.check] for f in findings if f.passed is False and f.check in WARNINGS), "")
    told = direction(estimate, trusted=not warned)
    says = _says(protocol.design.method, outcome, estimate, told, warned)
    said = Verdict(outcome=outcome.name, direction=told, says=says, number_needed=None, adjusted_p=estimate.p_value)
    return DesignResult(
        protocol=protocol, sha256=sha256, estimate=estimate, verdict=said, findings=findings, cautions=cautions, table=table,
        level=level(protocol.design.method, reading=protocol.study.maryland, alike=True, before_alike=before), began=began,
        refusals=_refusals(protocol, frame, estimate, as_at),
    )  # fmt: skip


def _refusals(protocol: DesignProtocol, frame: pl.DataFrame, estimate: Estimate, as_at: date) -> tuple[Refusal, ...]:
    """Of people against their predictions: too few of them, or (of the service's own rows) a follow-up that is not over."""
    if protocol.design.method != "predicted":
        return ()
    last = frame[CLOCK].max() if protocol.rows else None
    asked = (enough_treated(estimate.treated),
             follow_up_over(last, as_at=as_at) if isinstance(last, date) else None)  # fmt: skip
    return tuple(refusal for refusal in asked if refusal is not None)


def _periods_named(table: pl.DataFrame, asked: Design, frame: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """The table with each period's name, where the rows have one, in the place of its number; and the first after it began."""
    if "period" not in table.columns:
        return table, ""
    after = table["period"].cast(pl.Float64) >= float(asked.start or 0)
    name = pl.col("period").cast(pl.String)
    if asked.label:
        named = frame.select(period=asked.period, label=column(frame, asked.label).cast(pl.String)).unique("period", keep="first")
        table = table.join(named.with_columns(pl.col("period").cast(table.schema["period"])), on="period", how="left",
                           maintain_order="left")  # fmt: skip
        name = pl.col("label")
    told = table.with_columns(period=name).drop("label", strict=False)
    return told, str(told.filter(after)["period"][0])


def _says(method: str, outcome: DesignOutcome, e: Estimate, told: Direction, warned: str) -> tuple[str, ...]:
    """The difference and its interval in words; of shares, for 100 people."""
    scale, digits = (100, 0) if outcome.kind == "binary" else (1, 2)
    seen, without, low, high = (f"{abs(scale * v):,.{digits}f}" for v in (e.treated_value, e.compared_value, e.ci_low, e.ci_high))
    words = outcome.words or outcome.name
    of = f"Of 100 people {seen} {words}" if outcome.kind == "binary" else f"{words[:1].upper()}{words[1:]}: {seen} on average"
    says = [f"{of}, where {INSTEAD[method]} {without}."]
    if warned:
        says.append(warned)
    if told == "not determined":
        ends = f"lower by as much as {low}, or higher by as much as {high}" if e.ci_low <= 0 <= e.ci_high else (
            f"{'lower' if e.ci_high < 0 else 'higher'} by between {low} and {high}, {OTHERWISE[method]}")
        return (*says, f"It could be {ends}. The direction is not determined.",
                "This should not be taken to mean that the programme fails to affect it.")  # fmt: skip
    near, far = (high, low) if told == "lower" else (low, high)
    return (*says, f"It could be {told} by between {near} and {far}. This is a statistically significant result.")


Made = tuple[Estimate, tuple[Finding, ...], tuple[str, ...], pl.DataFrame]


def _differences(protocol: DesignProtocol, frame: pl.DataFrame) -> Made:
    asked = protocol.design
    panel = Panel(unit=asked.unit, period=asked.period, treated=asked.treated, outcome=protocol.outcome[0].name,
                  start=float(asked.start or 0))  # fmt: skip
    found = difference_in_differences(frame, panel)
    return found.effect, (pre_trends(found),), found.cautions, _by_period(frame, panel, found)


def _by_period(frame: pl.DataFrame, panel: Panel, found: Differences) -> pl.DataFrame:
    """Of each period the means of treated and compared, and their difference against that of the last period before the start,
    with its error and interval; of that period itself none."""
    kind = pl.col(panel.treated) == 1
    worth = pl.col(panel.outcome).cast(pl.Float64)
    means = frame.group_by(period=pl.col(panel.period).cast(pl.Float64)).agg(
        treated=worth.filter(kind).mean(), compared=worth.filter(~kind).mean())  # fmt: skip
    told = pl.DataFrame(found.by_period, schema={"period": pl.Float64, "difference": pl.Float64, "standard_error": pl.Float64},
                        orient="row")  # fmt: skip
    spread = found.effect.spread_of(1.0) * pl.col("standard_error")
    told = told.with_columns(low=pl.col("difference") - spread, high=pl.col("difference") + spread)
    return means.join(told, on="period", how="left").sort("period")


def _interrupted(protocol: DesignProtocol, frame: pl.DataFrame) -> Made:
    asked, name = protocol.design, protocol.outcome[0].name
    if column(frame, asked.period).is_duplicated().any() or frame[asked.period].null_count():
        raise DataRefused(what="A period stands twice or is empty", record=asked.period, expected="one row a period",
                          mend="add the rows up, or name the series of one place")  # fmt: skip
    rows = frame.sort(asked.period)
    series = numbers(rows, name)
    control = numbers(rows, asked.control) if asked.control else None
    start = int((rows[asked.period].cast(pl.Float64) < float(asked.start or 0)).sum())
    found = interrupted_series(series, start=start, season=asked.season, control=control, name=name)
    table = pl.DataFrame({"period": rows[asked.period], "seen": series, "expected": found.expected})
    if control is not None:
        table = table.with_columns(compared=pl.Series(control))
    figures = {"jump": found.jump[0], "jump_error": found.jump[1], "slope": found.slope[0], "slope_error": found.slope[1]}
    says = (f"At the start it moved by {found.jump[0]:,.2f}, and after it by {found.slope[0]:,.2f} more each period than "
            "before.")  # fmt: skip
    return found.effect, (Finding(check="jump and slope", passed=None, says=says, figures=figures),), found.cautions, table


def _predicted(protocol: DesignProtocol, frame: pl.DataFrame) -> Made:
    """The treated against their predictions; where the rows hold others too, whether the prediction holds among these."""
    name, told = protocol.outcome[0].name, protocol.design.predicted
    came, predicted = numbers(frame, name), numbers(frame, told)
    known = ~(np.isnan(came) | np.isnan(predicted))
    mine = _marked(frame, protocol.design.treated) if protocol.design.treated else np.ones(len(came), dtype=bool)
    others = known & ~mine
    lost, known = int((mine & ~known).sum()), known & mine
    if not known.any():
        raise DataRefused(what="Nobody has both outcome and prediction", record=f"{name}, {told}", expected="both on some rows",
                          mend="fill the columns")  # fmt: skip
    beside = (_holds(came[others], predicted[others]),) if predicted[others].sum() > 0 else ()
    came, predicted = came[known], predicted[known]
    estimate = against_prediction(came, predicted, name=name)
    over, low, high = ratio_to_expected(came, predicted)
    says = f"{over:.2f} times as many as predicted ({low:.2f} to {high:.2f}). Without prediction or outcome: {lost}."
    table = pl.DataFrame({"people": [len(came)], "seen": [came.sum()], "expected": [predicted.sum()], "ratio": [over]})
    figures = {"ratio": over, "ratio_low": low, "ratio_high": high}
    seen = Finding(check="seen and expected", passed=None, says=says, figures=figures)
    return estimate, (seen, *beside), (CAUTION,), table


def _marked(frame: pl.DataFrame, name: str) -> Flags:
    """Who is treated: 1. Refuses a mark that is neither 0 nor 1."""
    marks = numbers(frame, name)
    if not np.isin(marks, (0, 1)).all():
        raise DataRefused(what="A mark of treatment is neither 0 nor 1", record=name, expected="0 or 1 on every row",
                          mend="fill the column")  # fmt: skip
    treated: Flags = marks == 1
    return treated


def _holds(came: Floats, predicted: Floats) -> Finding:
    """Among those not treated seen and expected should be alike, but for chance: then the prediction holds for people like them.
    It fails where the interval leaves 1 out; few of them leave much room, and the interval says how much."""
    over, low, high = ratio_to_expected(came, predicted)
    says = (f"Of {len(came):,} who were not treated {over:.2f} times as many did as predicted ({low:.2f} to {high:.2f}): "
            + ("that is what chance allows." if low <= 1 <= high else "the prediction does not hold here."))  # fmt: skip
    figures = {"people": len(came), "ratio": over, "ratio_low": low, "ratio_high": high}
    return Finding(check=HOLDS, passed=bool(low <= 1 <= high), says=says, figures=figures)


def plain_design(result: DesignResult) -> dict[str, Any]:
    """The result as plain values, in the form of a matched study's where they have the same."""
    e, study = result.estimate, result.protocol.study
    told = {name: getattr(e, name) for name in (
        "outcome", "method", "estimate", "standard_error", "ci_low", "ci_high", "p_value", "treated_value", "compared_value",
        "treated", "compared")}  # fmt: skip
    told |= {"verdict": result.verdict.direction, "number_needed": None, "says": list(result.verdict.says)}
    told |= {"kind": result.protocol.outcome[0].kind, "words": result.protocol.outcome[0].words or e.outcome}
    refused = [asdict(refusal) | {"says": refusal.says} for refusal in result.refusals]
    return {
        "title": study.title, "question": study.question, "protocol_sha256": result.sha256, "exploratory": study.exploratory,
        "refused": refused, "estimates": [] if refused else [told], "cautions": list(result.cautions),
        "table": result.table.to_dicts(),
        "checks": [{"check": f.check, "passed": f.passed, "says": f.says, "figures": dict(f.figures)} for f in result.findings],
        "maryland": {"level": result.level.level, "reading": result.level.reading, "why": result.level.why},
    }  # fmt: skip
