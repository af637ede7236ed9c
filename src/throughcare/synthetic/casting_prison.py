"""Chooses whom the prison co-ordinators worked with, when and where: people in custody by prison, on licence, in the community.

What a person is on the day of a task follows from the life; so casting picks the days.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from random import Random

import polars as pl

from throughcare.core.rounding import half_up
from throughcare.synthetic.casting_people import LAST, Person, Pool, working_days

START = date(2016, 4, 25)
LOOKS = 40
"""On how many days of the period each person is looked at, to find days for tasks."""

FIRST_KIND = {"custody": ("flag_on_delius", "notify_manager", "notify_prison"), "licence": ("case_discussion", "refer_to_iom"),
              "community": ("case_discussion", "flag_on_delius")}  # fmt: skip
LATER_KIND = {
    "custody": ("case_discussion", "identify_services", "refer", "feed_back_to_panel"),
    "licence": ("feed_back_to_panel", "identify_services", "refer", "case_discussion"),
    "community": ("identify_services", "refer_to_iom", "case_discussion"),
}
Day = tuple[date, str, str]
Known = dict[int, list[Day]]
First = tuple[int, str, Day]


def cast_prison(pool: Pool, *, reported: Iterable[int]) -> dict[str, pl.DataFrame]:
    """`prison`, a row a task: life, status, prison, kind, done_on. `reported`: the people with a court report."""
    rng = pool.random("prison")
    known = {person.number: _days(person, rng) for person in pool.people if person.joined is not None}
    both = _both(pool, known, sorted(reported), rng)
    left_out = set(reported) - both
    people = [number for number, days in known.items() if days and number not in left_out]
    rng.shuffle(people)
    people.sort(key=lambda number: number not in both)
    firsts = _custody(pool, known, people, rng)
    for status in ("community", "licence"):
        waiting = both - {number for number, *_ in firsts}
        firsts += _elsewhere(pool, known, people, status, waiting, {number for number, *_ in firsts}, rng)
    pool.short("people with a report and a task", len(both), len(both & {number for number, *_ in firsts}))
    rows = [row for first in firsts for row in _tasks(first, known[first[0]], rng)]
    schema = {"life": pl.Int64, "status": pl.String, "prison": pl.String, "kind": pl.String, "done_on": pl.Date}
    return {"prison": pl.DataFrame(sorted(rows, key=lambda row: (row[4], row[0])), schema=schema, orient="row")}


def _days(person: Person, rng: Random) -> list[Day]:
    """Some working days on which the person's status is clear, in order: day, status, prison (empty unless in custody)."""
    found = []
    for on in sorted(rng.sample(WORKING, LOOKS)):
        if person.member(on) and (status := person.status(on)):
            held = person.held(on)
            found.append((on, status, held.prison if held else ""))
    return found


WORKING = working_days(START, LAST)


def _both(pool: Pool, known: Known, reported: list[int], rng: Random) -> set[int]:
    """Who of the people with a report also had a task: those for whom there are days in custody or on licence first."""
    able = [number for number in reported if known.get(number)]
    rng.shuffle(able)
    able.sort(key=lambda number: all(status == "community" for _, status, _ in known[number]))
    wanted = pool.figures["overlap"]["report_and_prison"]
    pool.short("people with a report and days for a task", wanted, len(able))
    return set(able[:wanted])


def _custody(pool: Pool, known: Known, people: list[int], rng: Random) -> list[First]:
    """First tasks in custody: so many in each prison, the scarcest first, the rest in prisons that are not named."""
    told = pool.figures["prison"]
    quotas = {prison: int(half_up(told["custody"] * share / 100)) for prison, share in told["shares"].items()}
    there = Counter(prison for number in people for prison in {d[2] for d in known[number] if d[1] == "custody"})
    taken: set[int] = set()
    found: list[First] = []
    for prison in sorted(quotas, key=lambda prison: there[prison] - quotas[prison]):
        some = _in(known, people, taken, {place: place == prison for place in there}, quotas[prison], rng)
        pool.short(f"people in {prison}", quotas[prison], len(some))
        found += some
    rest = max(1, told["custody"] - len(found))
    some = _in(known, people, taken, {place: place not in quotas for place in there}, rest, rng)
    pool.short("people in other prisons", rest, len(some))
    return [*found, *some]


def _in(
    known: Known, people: list[int], taken: set[int], prisons: Mapping[str, bool], wanted: int, rng: Random
) -> list[First]:
    """So many people not taken yet, each with a day in custody in one of these prisons."""
    found: list[First] = []
    for number in people:
        if len(found) == wanted:
            break
        days = [day for day in known[number] if day[1] == "custody" and prisons[day[2]]]
        if days and number not in taken:
            taken.add(number)
            found.append((number, "custody", rng.choice(days)))
    return found


def _elsewhere(
    pool: Pool, known: Known, people: list[int], status: str, waiting: set[int], done: set[int], rng: Random
) -> list[First]:
    """First tasks on licence or in the community: first of who waits for one, on licence next of who was met in prison."""
    wanted = pool.figures["prison"][status]
    met = done if status == "licence" else set()
    order = sorted(people, key=lambda number: (number not in waiting, number not in met))
    able = [(number, days) for number in order if (days := [day for day in known[number] if day[1] == status])]
    pool.short(f"people with status {status}", wanted, len(able))
    return [(number, status, rng.choice(days)) for number, days in able[:wanted]]


def _tasks(first: First, days: list[Day], rng: Random) -> list[tuple[int, str, str, str, date]]:
    """The first task and up to three later ones in the same status."""
    number, status, (on, _, prison) = first
    later = [day for day in days if day[0] > on and day[1] == status]
    chosen = sorted(rng.sample(later, min(len(later), rng.choice((0, 0, 1, 1, 2, 3)))))
    return [
        (number, status, prison, rng.choice(FIRST_KIND[status]), on),
        *((number, status, where, rng.choice(LATER_KIND[status]), day) for day, _, where in chosen),
    ]
