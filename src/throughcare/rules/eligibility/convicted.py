"""Convicted: at least one conviction dated on or before the day. A caution is no conviction; a charge plays no part."""

from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility.facts import Facts
from throughcare.rules.eligibility.words import day


def decide(facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision:
    """Met from the day of the first conviction on."""
    first = facts.first_convicted_on
    if first is None:
        return Decision(met=False, reasons=("has no conviction",))
    evidence = {"first_convicted_on": first}
    if first > as_at:
        return Decision(met=False, reasons=("has no conviction yet",), evidence=evidence, next_change_on=first)
    return Decision(met=True, reasons=(f"first convicted on {day(first)}",), evidence=evidence)


def holds(facts: Facts, on: date, told: CriterionParameters, pilot: Pilot) -> bool:
    return facts.first_convicted_on is not None and facts.first_convicted_on <= on
