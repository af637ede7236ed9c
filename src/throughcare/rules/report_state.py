"""The state of a case's report, from what has happened: nobody sets it, so that it cannot contradict the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["no_clock", "needed", "requested", "in_progress", "delivered", "not_needed"]
STATES: dict[State, str] = {
    "no_clock": "No report yet: no plea of guilt or finding stands",
    "needed": "Needed: the clock runs and none is asked for",
    "requested": "Asked for",
    "in_progress": "In progress",
    "delivered": "Delivered",
    "not_needed": "Not needed",
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report asked for, with the days on which it was begun and delivered; None: not yet."""

    requested_on: date
    started_on: date | None = None
    delivered_on: date | None = None


def state(
    reports: Sequence[Asked], *, clock_on: date | None, not_needed: bool, sentenced_on: date | None, as_at: date
) -> State:
    """The state of a case's report on a day. `clock_on`: the clock as it stands then, None where none runs.

    What came later than the day has not happened. A report delivered is delivered, whatever is said of another; one that
    is said not to be needed, or a case sentenced, needs none; a report asked for stays so while a vacated plea stops its clock.
    """
    known = [report for report in reports if report.requested_on <= as_at]
    if any(report.delivered_on is not None and report.delivered_on <= as_at for report in known):
        return "delivered"
    if not_needed or (sentenced_on is not None and sentenced_on <= as_at):
        return "not_needed"
    if any(report.started_on is not None and report.started_on <= as_at for report in known):
        return "in_progress"
    if known:
        return "requested"
    return "no_clock" if clock_on is None else "needed"
