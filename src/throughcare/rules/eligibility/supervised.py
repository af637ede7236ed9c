"""Supervised: managed by NPS or CRC on the day; in custody serving, on licence, post-sentence supervision or an order.

Remand alone is no supervision: nobody is sentenced yet.
"""

from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility.facts import Facts, next_turn, supervised_by, turning_days
from throughcare.rules.eligibility.words import STATUSES, day


def decide(facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision:
    """Met while a span of supervision covers the day; on the day that ends it no longer."""
    running = supervised_by(facts, as_at)
    changes = next_turn(turning_days(facts), as_at, lambda on: is_supervised(facts, on))
    if running is None:
        return Decision(met=False, reasons=(_why_not(facts, as_at),), evidence={"supervision": ""}, next_change_on=changes)
    until = running.span.end
    lasts = f", until {day(until)}" if until else ""
    reason = f"{STATUSES.get(running.kind, running.kind)}, managed by {running.agency}{lasts}"
    evidence = {
        "supervision": running.kind, "agency": running.agency, "supervised_from": running.span.start, "supervised_until": until,
    }  # fmt: skip
    return Decision(met=True, reasons=(reason,), evidence=evidence, next_change_on=changes)


def holds(facts: Facts, on: date, told: CriterionParameters, pilot: Pilot) -> bool:
    return is_supervised(facts, on)


def is_supervised(facts: Facts, on: date) -> bool:
    return supervised_by(facts, on) is not None


def _why_not(facts: Facts, as_at: date) -> str:
    ended = [each.span.end for each in facts.supervision if each.span.end is not None and each.span.end <= as_at]
    if any(span.contains(as_at) for span in facts.custody):
        return "in custody, and managed by neither NPS nor CRC: remand alone is no supervision"
    if ended:
        return f"managed by neither NPS nor CRC since {day(max(ended))}"
    return "managed by neither NPS nor CRC"
