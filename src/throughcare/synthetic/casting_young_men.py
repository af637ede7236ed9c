"""Chooses the young men who were referred to mentoring and the three programmes: which of them to what, and when.

114 men in eleven cells, so that every published overlap holds; 13 of them with a court report, nine by its requirement.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from throughcare.synthetic.casting_courts import Case
from throughcare.synthetic.casting_people import CastingError, Person, Pool, after, working_days

WINDOWS = {
    "before_september": working_days(date(2016, 4, 25), date(2016, 8, 31)),
    "september": working_days(date(2016, 9, 1), date(2016, 9, 30)),
    "after_september": working_days(date(2016, 10, 3), date(2016, 12, 14)),
}
SERVICES = ("mentoring", "right_track", "tiger", "building_bridges")
TRIES = 400
UNHURRIED = 12
"""At the most so many of each other borough, so that one borough can have the most referrals to every service."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One young man: the services he was referred to and the day of the first referral. `ordered_on`: the day of the
    order whose enhanced activity requirement brought him, None where another way did.
    """

    person: Person
    services: tuple[str, ...]
    sent_on: date
    ordered_on: date | None


def choose(pool: Pool, cases: Iterable[Case]) -> list[Choice]:
    """The young men, in order of number. Raises `CastingError` where the pilot's cells cannot be filled."""
    cases = list(cases)
    rng = pool.random("young men")
    ordered = {c.hearing.person.number: c.hearing.on for c in cases if c.slot == "enhanced"}
    days = {p.number: found for p in pool.people if (found := _days(p, ordered.get(p.number), rng))}
    people = _people(pool, cases, days, rng)
    services = _services(pool, people, rng)
    windows = _windows(pool, people, days, services, rng)
    return [
        Choice(
            person=person, services=services[person.number], sent_on=days[person.number][windows[person.number]],
            ordered_on=ordered.get(person.number),
        )
        for person in people
    ]  # fmt: skip


def _days(person: Person, ordered_on: date | None, rng: Random) -> dict[str, date]:
    """By window a day on which the man could be referred: a member of 18 to 25, in custody or supervised, at home in the area."""
    if person.life.sex != "M" or person.joined is None:
        return {}
    first = after(ordered_on, 2) if ordered_on else person.joined
    found = {}
    for name, days in WINDOWS.items():
        for on in days if ordered_on else rng.sample(days, 8):
            able = on >= first and person.member(on) and person.resident(on)
            if able and 18 <= person.age(on) <= 25 and _bound(person, on, ordered_on):
                found[name] = on
                break
    return found


def _bound(person: Person, on: date, ordered_on: date | None) -> bool:
    """On the order that has the requirement; of the others, on licence or about to be released."""
    status = person.status(on)
    if ordered_on is not None:
        return status == "community"
    held = person.held(on)
    leaving = held is not None and held.end is not None and (held.end - on).days < 90
    return status == "licence" or (status == "custody" and leaving)


def _people(pool: Pool, cases: list[Case], days: Mapping[int, dict[str, date]], rng: Random) -> list[Person]:
    """Those with the requirement, then others with a report as far as wanted, then men without a report."""
    told, overlap = pool.figures["young_men"]["chosen"], pool.figures["overlap"]
    wanted = sum(pool.figures["young_men"]["sets"].values())
    reported = {c.hearing.person.number: c.slot for c in cases if c.reported}
    able = [person for person in pool.people if person.number in days]
    rng.shuffle(able)
    required = [p for p in able if reported.get(p.number) == "enhanced"]
    pool.short("men with the enhanced requirement", pool.figures["courts"]["young_sentences"]["enhanced"], len(required))
    young = {c.hearing.person.number for c in cases if c.hearing.young}
    others = [p for p in able if reported.get(p.number) == "report" and p.number in young]
    some = [*required, *others][: overlap["report_and_young_men"]]
    pool.short("young men with a report", overlap["report_and_young_men"], len(some))
    rest = [p for p in able if p.number not in reported]
    most = [p for p in rest if _home(p, days) == told["most"]][: told["most_people"]]
    chosen = [*some, *most]
    homes: Counter[str] = Counter(_home(p, days) for p in chosen)
    for person in rest:
        if len(chosen) < wanted and homes[_home(person, days)] < UNHURRIED and person not in most:
            chosen.append(person)
            homes[_home(person, days)] += 1
    pool.short("young men", wanted, len(chosen))
    return sorted(chosen[:wanted], key=lambda person: person.number)


def _home(person: Person, days: Mapping[int, dict[str, date]]) -> str:
    return person.home(max(days[person.number].values()))


def _services(pool: Pool, people: list[Person], rng: Random) -> dict[int, tuple[str, ...]]:
    """Who was referred to what; in the borough with the most people, the most referrals to every service."""
    cells = [tuple(cell.split()) for cell, size in pool.figures["young_men"]["sets"].items() for _ in range(size)]
    most, last = pool.figures["young_men"]["chosen"]["most"], date(2016, 12, 14)
    for _ in range(TRIES):
        rng.shuffle(cells)
        given = {person.number: cell for person, cell in zip(people, cells, strict=False)}
        counts = Counter((service, p.home(last)) for p in people for service in given[p.number])
        best = all(
            counts[service, most] > counts[service, home] for service, home in counts if home != most
        )  # fmt: skip
        if best or not pool.figures.exact:
            return given
    raise CastingError(f"no share of services gives {most} the most referrals to each")


def _windows(
    pool: Pool, people: list[Person], days: Mapping[int, dict[str, date]], services: Mapping[int, tuple[str, ...]], rng: Random
) -> dict[int, str]:
    """The window of each man's first referral: those of mentoring as published, the fewest choices first."""
    left = dict(pool.figures["young_men"]["months"])
    mentored = [p.number for p in people if "mentoring" in services[p.number]]
    found = {n: rng.choice(list(days[n])) for n in (p.number for p in people) if n not in set(mentored)}
    for number in sorted(mentored, key=lambda n: len(days[n])):
        window = max(days[number], key=lambda name: left[name])
        left[window] -= 1
        found[number] = window
    _even_out(left, found, mentored, days)
    pool.short("mentoring referrals by month", 0 if not any(left.values()) else 1, 0)
    return found


def _even_out(left: dict[str, int], found: dict[int, str], mentored: list[int], days: Mapping[int, dict[str, date]]) -> None:
    """Moves men from windows that have too many to windows that have too few."""
    for number in mentored:
        window = found[number]
        short = next((name for name in days[number] if left[name] > 0), None)
        if left[window] < 0 and short is not None:
            left[window] += 1
            left[short] -= 1
            found[number] = short
