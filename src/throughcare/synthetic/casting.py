"""Casts the lives of a world for the services of 2016: who had what, and when, so that counting gives the published figures.

Nothing of a life is changed. Courts come first, since every overlap is with them; then the services that share people with
one another; then those that do not. A small world gets the same in proportion, as far as it has people for it.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from throughcare.core.pilot import Pilot
from throughcare.synthetic import casting_courts, casting_young_men
from throughcare.synthetic.casting_contact import cast_contact, left_out
from throughcare.synthetic.casting_court_days import court_days
from throughcare.synthetic.casting_pathways import cast_budgets, cast_employment, cast_health, women_for_budgets
from throughcare.synthetic.casting_people import pool
from throughcare.synthetic.casting_policing import cast_policing
from throughcare.synthetic.casting_prison import cast_prison
from throughcare.synthetic.casting_programmes import cast_programmes
from throughcare.synthetic.casting_survey import cast_survey
from throughcare.synthetic.lives import Life


def cast(lives: Sequence[Life], *, seed: int, pilot: Pilot) -> dict[str, pl.DataFrame]:
    """Frames by name: a strand's slug for what is first of it, slug and an ending (`courts_assessments`) for the rest.

    `life` in them is the number of a life. `ratings` (life, crn, on, rag, reason) is what the panels decide, no extract;
    `left_out` (life) are later joiners whom the world must do without.
    Raises `CastingError` where lives as many as the pilot's do not hold the people for a published figure.
    """
    everybody = pool(lives, seed=seed)
    without = left_out(everybody.people, everybody.figures["contact"]["fortnightly"]) if everybody.figures.exact else set()
    people = replace(everybody, people=tuple(person for person in everybody.people if person.number not in without))
    cases = casting_courts.choose(people, first=women_for_budgets(people))
    reported = casting_courts.people(cases)
    young_men = casting_young_men.choose(people, cases)
    referred = [choice.person.number for choice in young_men]
    frames = {
        **court_days(people, cases),
        **cast_prison(people, reported=reported),
        **cast_programmes(people, young_men),
        **cast_contact(people),
        **cast_budgets(people, reported=reported),
        **cast_health(people, reported=reported, young_men=referred),
        **cast_employment(people),
        **cast_policing(people),
        "surveys": cast_survey(people),
    }
    frames["left_out"] = pl.DataFrame({"life": sorted(without)}, schema={"life": pl.Int64})
    running = {service.strand for service in pilot.services} | {"surveys", "ratings", "left_out"}
    return {name: frame for name, frame in frames.items() if name in running or name.rsplit("_", 1)[0] in running}
