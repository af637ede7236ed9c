"""How far a study of boroughs' months is from being run: months before and after the start, boroughs, what is told of them.

What was recorded is not looked at, only whether something was.
"""

from datetime import date

import polars as pl

from throughcare.core.dates import months_after
from throughcare.core.pilot import Pilot
from throughcare.evaluation import month_rows
from throughcare.evaluation.gates import Gate, Readiness
from throughcare.stats.design_protocol import DesignProtocol
from throughcare.stats.impact.interrupted import LEAST

LEAST_AFTER = {"differences": 3, "interrupted": LEAST}
"""Whole months told after the start: of a comparison a quarter of a year [decided], of a series what it needs on each side."""
LEAST_BOROUGHS = 2


def worked_out(protocol: DesignProtocol, day: date, *, pilot: Pilot) -> Readiness:
    """Each gate from live data."""
    frame = month_rows.told_months(protocol, day=day, pilot=pilot)
    whole = frame.group_by("period").agg(pl.col("told").all()).filter("told")["period"].sort().to_list()
    start = frame.filter(pl.col("after") == 1)["period"].min()
    asked = month_rows.asked_of(protocol)
    treated = frame.filter(pl.col("treated") == 1)["borough"].n_unique()
    compared = frame["borough"].n_unique() - treated
    before, after = [p for p in whole if p < start], [p for p in whole if p >= start]  # type: ignore[operator]
    gates = (_before(protocol, len(before)), _after(protocol, len(after), months_after(asked.since, int(start))),  # type: ignore[call-overload]
             _gaps(frame, whole), *_boroughs(protocol, treated, compared))  # fmt: skip
    served = {"months before the start, told of every borough": len(before), "months after it": len(after)}
    return Readiness(gates=gates, power=(), needed=None, described=(), counts=(treated, compared), out={}, served=served,
                     no_feed=month_rows.no_feed(day))  # fmt: skip


def _before(protocol: DesignProtocol, months: int) -> Gate:
    season = protocol.design.season
    least = max(LEAST, 2 * season)
    why = ", two whole seasons" if 2 * season > LEAST else ""
    return Gate(name="months before", open=months >= least, says=f"{months} are told of every borough; {least} are needed{why}.",
                missing="" if months >= least else f"{least - months} earlier months")  # fmt: skip


def _after(protocol: DesignProtocol, months: int, start: date) -> Gate:
    least = LEAST_AFTER[protocol.design.method]
    on = months_after(start, least + 1)
    is_open = months >= least
    says = f"{months} are told of every borough; {least} are needed. A month is told in the month after it."
    return Gate(name="months after", open=is_open, says=says, missing="" if is_open else f"{least - months} more months",
                ready_on=None if is_open else on)  # fmt: skip


def _gaps(frame: pl.DataFrame, whole: list[int]) -> Gate:
    """Up to the last month of which every borough is told, nothing is missing."""
    last = whole[-1] if whole else -1
    lacking = frame.filter(pl.col("period") <= last, ~pl.col("told"))
    says = "No borough's month is missing." if not lacking.height else f"Missing of boroughs' months: {lacking.height:,}."
    if not whole:
        return Gate(name="completeness", open=False, says="Of no month is every borough told.", missing="the police's extract")
    some = ", ".join(lacking["id"].head(5).to_list())
    return Gate(name="completeness", open=not lacking.height, says=says, missing=some)


def _boroughs(protocol: DesignProtocol, treated: int, compared: int) -> tuple[Gate, ...]:
    if protocol.design.method != "differences":
        return ()
    least = min(treated, compared)
    return (Gate(name="boroughs", open=least >= LEAST_BOROUGHS, says=f"{treated} of the pilot and {compared} beside it.",
                 missing="" if least >= LEAST_BOROUGHS else f"{LEAST_BOROUGHS} on each side"),)  # fmt: skip
