"""Resident: the person belongs to one of the pilot's boroughs on the day; which borough that is, `facts.residence` says."""

from datetime import date

from throughcare.core.contracts import Decision
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility.facts import Facts, next_turn, residence, turning_days
from throughcare.rules.eligibility.words import day


def decide(facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision:
    """Of no fixed abode, the last borough counts until a panel decides otherwise."""
    home = residence(facts, as_at)
    changes = next_turn(turning_days(facts), as_at, lambda on: lives_in(facts, on, pilot))
    if home is None:
        reason = "no address and no supervising office is known"
        return Decision(met=False, reasons=(reason,), evidence={"borough": ""}, next_change_on=changes)
    met = home.borough in pilot.boroughs
    where = home.borough or "an unnamed borough"
    reason = f"{home.by} is in {where}, since {day(home.since)}" + ("" if met else ", outside the area")
    evidence = {"borough": home.borough, "borough_by": home.by, "borough_since": home.since}
    return Decision(met=met, reasons=(reason,), evidence=evidence, next_change_on=changes)


def holds(facts: Facts, on: date, told: CriterionParameters, pilot: Pilot) -> bool:
    return lives_in(facts, on, pilot)


def lives_in(facts: Facts, on: date, pilot: Pilot) -> bool:
    """Whether the person belongs to a borough of the pilot on the day."""
    home = residence(facts, on)
    return home is not None and home.borough in pilot.boroughs
