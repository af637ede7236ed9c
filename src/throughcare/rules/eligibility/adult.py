"""Adult: completed years on the day are the pilot's minimum age or more. No date of birth is no age, never a guess."""

from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility.facts import Facts
from throughcare.rules.eligibility.words import day


def decide(facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision:
    """Met from the birthday on; a birthday of 29 February is reached on 1 March in common years."""
    born, years = facts.date_of_birth, told.minimum_age or 0
    if born is None:
        return Decision(met=False, reasons=("no date of birth is known, so no age",))
    reached = _birthday(born, years)
    if reached > as_at:
        reason = f"will be {years} on {day(reached)}"
        return Decision(met=False, reasons=(reason,), evidence={"adult_from": reached}, next_change_on=reached)
    return Decision(met=True, reasons=(f"was {years} on {day(reached)}",), evidence={"adult_from": reached})


def holds(facts: Facts, on: date, told: CriterionParameters, pilot: Pilot) -> bool:
    born = facts.date_of_birth
    return born is not None and _birthday(born, told.minimum_age or 0) <= on


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
