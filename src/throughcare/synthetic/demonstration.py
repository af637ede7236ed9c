"""The demonstration pilot, from an empty home to decided cohort: the same steps as a real pilot, by the same code.

A scripted co-ordinator in each borough follows the rule: accepts what it proposes, with that as the reason. Nothing here
writes a result. It stands still on `DEMONSTRATION_DAY`: what is proposed on that day waits for whoever signs in.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import polars as pl

from throughcare.casework.cohort import actions as cohort
from throughcare.casework.cohort import queries as cohort_queries
from throughcare.casework.cohort.models import Proposal
from throughcare.casework.imports.actions import Progress, import_extracts
from throughcare.casework.linking.actions import link
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.queries import person_of
from throughcare.core.dates import months_after
from throughcare.core.pilot import Pilot
from throughcare.registry.parts import feeds, parts_follow
from throughcare.strands.prison.movements import actions as prison
from throughcare.synthetic import (
    awareness,
    crimes,
    gates,
    groups,
    intelligence,
    jobs,
    meetings,
    panels,
    pathway,
    posts,
    studies,
    tags,
    voices,
)
from throughcare.synthetic.lives import DEMONSTRATION_DAY
from throughcare.synthetic.write import DEFAULT_SEED, synthesise

__all__ = ["DECIDED_UNTIL", "DEMONSTRATION_DAY", "REPORTED", "build"]

Say = Callable[[str], None]
REPORTED = (date(2016, 2, 6), date(2017, 1, 1))
DECIDED_UNTIL = date(2017, 2, 1)
"""The co-ordinators have decided at the ends of the months before this; February's end is left to whoever signs in."""

EARLY_THAT_DAY = datetime.combine(DEMONSTRATION_DAY, time(6, 25), tzinfo=UTC)
"""When the extracts came, so that the service can say which source is late."""

HEARINGS = "court-hearings"
THE_EVENING_BEFORE = datetime.combine(DEMONSTRATION_DAY - timedelta(days=1), time(18, 2), tzinfo=UTC)
"""When the courts' lists of the day came."""
SECOND_THAT_DAY = EARLY_THAT_DAY + timedelta(minutes=4)
"""When the prisons sent again, in time."""

REASON = "The rule proposes it and the facts bear it out (scripted co-ordinator of the demonstration)"


def build(home: Path, *, pilot: Pilot, say: Say, progress: Progress) -> None:
    """Makes the extracts, loads them, chooses the cohort on its reference day, and keeps it up to date by the month."""
    extracts = home / "extracts"
    say("Writing the agencies' extracts")
    synthesise(extracts, scenario="pilot", seed=DEFAULT_SEED, people=None, pilot=pilot)
    lines = posts.Switchboard()
    say(f"{posts.make_officers(extracts, lines)} officers have their posts")
    say("Loading them")
    lists = [path for path in extracts.glob("*.csv") if path.stem == HEARINGS]
    others = sorted(path for path in extracts.glob("*.csv") if path not in lists)
    loaded = [
        outcome for paths, at in ((others, EARLY_THAT_DAY), (lists, THE_EVENING_BEFORE))
        for outcome in import_extracts(
            by="demonstration", paths=paths, feeds=feeds(), resolve=resolve, progress=progress, at=at
        )
    ]  # fmt: skip
    say(f"{sum(o.new for o in loaded):,} rows loaded, {sum(o.quarantined for o in loaded)} in quarantine")
    who = link(by="demonstration")
    say(f"{who.records:,} agencies' records are {who.people:,} people, {who.questions} questions wait")
    start = pilot.reference_days["initial_cohort"]
    for day in month_ends(start, DECIDED_UNTIL):
        decided = decide(day)
        say(f"{day:%-d %B %Y}: {decided}")
        if day == start:
            say(f"{rate(extracts / 'panel' / 'ratings.csv')} people rated by their borough's panel")
    waiting = cohort.propose(by="demonstration", as_at=DEMONSTRATION_DAY)
    say(f"{DEMONSTRATION_DAY:%-d %B %Y}: {len(waiting)} proposals wait")
    posts.make_desks(pilot, lines)
    accounts = posts.make_holders(DEMONSTRATION_DAY, appointments=extracts / "crc-appointments.csv")
    posts.hand_over(DEMONSTRATION_DAY)
    say(f"{posts.match_volunteers(DEMONSTRATION_DAY)} people matched with volunteers, "
        f"{posts.limit_access(DEMONSTRATION_DAY)} with limited access")  # fmt: skip
    _at_the_gates(extracts, say, progress)
    say(f"{panels.plan_panel(DEMONSTRATION_DAY)} people on the agenda of the next panel")
    say(f"{meetings.plan_meetings(DEMONSTRATION_DAY, pilot)} meetings planned by providers")
    say(f"{groups.fill_groups(DEMONSTRATION_DAY)} places in groups, {len(groups.RELATIVES)} families")
    say(f"{jobs.find_work(DEMONSTRATION_DAY)} vacancies kept by the employment broker")
    say(f"{intelligence.make_plans(DEMONSTRATION_DAY)} intelligence plans written in")
    say(f"{pathway.work_pathway(DEMONSTRATION_DAY, pilot)} people followed up on the mental-health pathway")
    say(f"{tags.wear_tags(home, extracts, DEMONSTRATION_DAY)} orders with a tag run")
    say(f"{crimes.ask_about(extracts, DEMONSTRATION_DAY)} crimes asked about and matched with them")
    say(f"{awareness.make_known(DEMONSTRATION_DAY)} trainings and partners' meetings")
    say(f"Studies: {studies.register_studies(DEMONSTRATION_DAY)}")
    say(f"Worth: {studies.keep_worth(DEMONSTRATION_DAY)}")
    answered, held = voices.ask_and_listen(DEMONSTRATION_DAY)
    say(f"{answered} answers to a survey, {held} interviews and focus groups")
    say(f"{accounts} accounts to sign in with, such as offender-manager; the password of each is {posts.PASSWORD}")


def _at_the_gates(extracts: Path, say: Say, progress: Progress) -> None:
    """The prisons' first extract is looked at as of the evening before; the second tells what happened since, and plans begin."""
    prison.learn(by="demonstration", on=DEMONSTRATION_DAY - timedelta(days=1))
    second = gates.write_second(extracts, DEMONSTRATION_DAY)
    import_extracts(by="demonstration", paths=[second], feeds=feeds(), resolve=resolve, progress=progress, at=SECOND_THAT_DAY)
    told = prison.learn(by="demonstration", on=DEMONSTRATION_DAY)
    parts_follow("demonstration", DEMONSTRATION_DAY, people_changed=True)
    say(f"{told} people came, moved or left, {gates.make_plans(DEMONSTRATION_DAY)} release plans begun")


def month_ends(first: date, end: date) -> list[date]:
    """`first`, then the last day of each following month before `end`."""
    days = [first]
    while (following := months_after(days[-1] + timedelta(days=1), 1) - timedelta(days=1)) < end:
        days.append(following)
    return days


def decide(day: date) -> str:
    """Each borough's scripted co-ordinator accepts what is proposed on the day."""
    proposals = cohort.propose(by="demonstration", as_at=day)
    by_borough: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_borough[proposal.borough].append(proposal)
    for borough, theirs in sorted(by_borough.items()):
        cohort.accept_all(by=f"coordinator:{borough.lower().replace(' ', '-')}", proposals=theirs, reason=REASON, on=day)
    kinds = Counter(proposal.kind for proposal in proposals)
    told = ", ".join(f"{kinds[kind]} {words}" for kind, words in (("join", "joined"), ("leave", "left"), ("transfer", "moved")))
    return f"{told}; {cohort_queries.members(day).height:,} members"


def rate(path: Path) -> int:
    """The boroughs' panels set their ratings, a meeting at a time."""
    ratings = pl.read_csv(path, schema_overrides={"crn": pl.String}, try_parse_dates=True)
    people = person_of("crn", ratings["crn"].to_list())
    for (on, reason), meeting in ratings.group_by("on", "reason", maintain_order=True):
        rated = {people[crn]: rag for crn, rag in meeting.select("crn", "rag").iter_rows()}
        cohort.rate_all(by="scripted panel", ratings=rated, reason=str(reason), on=on)
    return ratings.height
