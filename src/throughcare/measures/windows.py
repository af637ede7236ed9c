"""Over what a measure is counted: the period cut to the service's life and to a named window, or a reference day."""

from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.core.contracts import Measure, Scope
from throughcare.core.pilot import Period, Pilot


@dataclass(frozen=True, kw_only=True)
class Window:
    """The scope of a measure. `note` says in words what was cut; `absent` why nothing can be counted at all."""

    scope: Scope
    by_date: bool
    note: str = ""
    absent: str = ""


def window_of(measure: Measure, *, pilot: Pilot, period: Period) -> Window:
    """The scope in which the measure's rows are asked for.

    A measure of a reference day is not cut: it holds on that day, whatever the period. Any other is cut to the life of its
    service, then to its named window; it is as at the last day of the service's part of the period, so that a window may
    be followed up beyond its own end. A service that the pilot does not have, or that did not run, has no figure (not 0).
    """
    if lacking := _lacking(measure, pilot):
        return Window(scope=_without_days(pilot, period), by_date=True, absent=f"the pilot has no such {lacking}")
    if measure.reference_day:
        day = pilot.reference_days[measure.reference_day]
        return Window(scope=Scope(pilot=pilot, period=period, as_at=day), by_date=False, note=f"reference day {said(day)}")
    service = next((s for s in pilot.services if s.slug == measure.service), None)
    lived = period.cut(service.start, service.end) if service else period
    cut = lived
    if measure.window:
        named = pilot.windows[measure.window]
        cut = lived.cut(named.start, named.end)
    scope = Scope(pilot=pilot, period=cut, as_at=last_day(lived))
    if cut.start == cut.end:
        return Window(scope=scope, by_date=True, absent=_why_empty(measure, period, lived))
    return Window(scope=scope, by_date=True, note=_note(measure, period, lived, cut))


def last_day(period: Period) -> date:
    """The last day of a period; its first where it has none."""
    return max(period.start, period.end - timedelta(days=1))


def _lacking(measure: Measure, pilot: Pilot) -> str:
    """What the measure names and the pilot file does not have, in words; empty where it has all."""
    if measure.reference_day and measure.reference_day not in pilot.reference_days:
        return "reference day"
    if measure.service and measure.service not in {service.slug for service in pilot.services}:
        return "service"
    return "window" if measure.window and measure.window not in pilot.windows else ""


def _without_days(pilot: Pilot, period: Period) -> Scope:
    return Scope(pilot=pilot, period=period.cut(period.end, None), as_at=last_day(period))


def _why_empty(measure: Measure, period: Period, lived: Period) -> str:
    if period.start == period.end:
        return "the period has no day"
    if lived.start == lived.end:
        return "the service did not run in the period"
    return "the period for which this is counted lies outside the one asked for"


def _note(measure: Measure, period: Period, lived: Period, cut: Period) -> str:
    if measure.window and cut != lived:
        return f"from {said(cut.start)} to {said(last_day(cut))}"
    parts = []
    if lived.start > period.start:
        parts.append(f"from {said(lived.start)}, when the service began")
    if lived.end < period.end:
        parts.append(f"to {said(last_day(lived))}, when the service ended")
    return "; ".join(parts)


def said(day: date) -> str:
    """A day as a sentence has it: 6 February 2016."""
    return f"{day.day} {day:%B %Y}"
