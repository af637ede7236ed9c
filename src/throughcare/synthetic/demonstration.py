"""The demonstration pilot, from an empty home to decided cohort: the same steps as a real pilot, by the same code.

A scripted co-ordinator in each borough follows the rule: accepts what it proposes, with that as the reason. Nothing here
writes a result.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from throughcare.casework.cohort import actions as cohort
from throughcare.casework.cohort import queries as cohort_queries
from throughcare.casework.imports.actions import Progress, import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.queries import person_of
from throughcare.core.dates import months_after
from throughcare.core.pilot import Pilot
from throughcare.registry.parts import feeds
from throughcare.synthetic.write import DEFAULT_SEED, synthesise

Say = Callable[[str], None]
REPORTED = (date(2016, 2, 6), date(2017, 1, 1))
REASON = "The rule proposes it and the facts bear it out (scripted co-ordinator of the demonstration)"


def build(home: Path, *, pilot: Pilot, say: Say, progress: Progress) -> None:
    """Makes the extracts, loads them, chooses the cohort on its reference day, and keeps it up to date by the month."""
    extracts = home / "extracts"
    say("Writing the agencies' extracts")
    synthesise(extracts, scenario="pilot", seed=DEFAULT_SEED, people=None, pilot=pilot)
    say("Loading them")
    loaded = import_extracts(by="demonstration", paths=[extracts], feeds=feeds(), resolve=resolve, progress=progress)
    say(f"{sum(o.new for o in loaded):,} rows loaded, {sum(o.quarantined for o in loaded)} in quarantine")
    start = pilot.reference_days["initial_cohort"]
    for day in month_ends(start, REPORTED[1]):
        decided = decide(day)
        say(f"{day:%-d %B %Y}: {decided}")
        if day == start:
            say(f"{rate(extracts / 'panel' / 'ratings.csv')} people rated by their borough's panel")


def month_ends(first: date, end: date) -> list[date]:
    """`first`, then the last day of each following month before `end`."""
    days = [first]
    while (following := months_after(days[-1] + timedelta(days=1), 1) - timedelta(days=1)) < end:
        days.append(following)
    return days


def decide(day: date) -> str:
    """Each borough's scripted co-ordinator accepts what is proposed on the day."""
    proposals = cohort.propose(by="demonstration", as_at=day)
    cohort.accept_all(by="scripted co-ordinator", proposals=proposals, reason=REASON, on=day)
    joined = sum(p.kind == "join" for p in proposals)
    return f"{joined} joined, {len(proposals) - joined} left; {cohort_queries.members(day).height} members"


def rate(path: Path) -> int:
    """The panels' decisions, typed in one by one as a co-ordinator would."""
    ratings = pl.read_csv(path, schema_overrides={"crn": pl.String}, try_parse_dates=True)
    people = person_of("crn", ratings["crn"].to_list())
    for crn, on, rag, reason in ratings.select("crn", "on", "rag", "reason").iter_rows():
        cohort.rate(by="scripted panel", person=people[crn], rag=rag, reason=reason, on=on)
    return ratings.height
