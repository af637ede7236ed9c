"""Chooses about whom plans and taskings were, and what the boroughs' panels had decided of everybody before."""

from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.synthetic.casting_people import REVIEWS, Person, Pool, after, working_days
from throughcare.synthetic.casting_referrals import LAST_ANSWER

REQUESTS = working_days(date(2016, 7, 4), date(2016, 11, 25))
PANELS = working_days(date(2016, 1, 11), date(2016, 2, 26))
LATER_PANELS = working_days(date(2016, 5, 3), date(2016, 6, 24))
COMES_FROM = {"plan": 62, "daily_meeting": 20, "tactical_group": 10, "panel": 8}
SHARES = {"Red": 12, "Amber": 46, "Green": 42}
"""Chosen: the panels' decisions for members without a plan."""

REASONS = {
    "Red": ("Arrested several times this quarter", "Release due and no settled address", "Intelligence of continued burglary",
            "Breached licence and not engaging"),
    "Amber": ("Engaging, but drug use continues", "Keeps appointments; no work or training", "Recently released, settling",
              "In custody; plan needed before release"),
    "Green": ("No arrest since the last panel", "Engaging well with the offender manager", "In custody for a long time yet",
              "In treatment and in work"),
}  # fmt: skip
Plan = tuple[str, int, str, date | None, date | None, date | None]


def cast_policing(pool: Pool) -> dict[str, pl.DataFrame]:
    """`policing`, a row a plan: record_id, life, borough, requested_on, actioned_on, received_on; `policing_taskings`:
    life, borough, carried_out_on, comes_from, plan; `ratings`: life, crn, on, rag, reason.
    """
    rng = pool.random("policing")
    plans: list[Plan] = []
    people: dict[str, Person] = {}
    for borough in pool.figures["policing"]["requested"]:
        _plans(pool, borough, plans, people, rng)
    sizes = pool.figures["policing"]["taskings"].items()
    taskings = [row for borough, size in sizes for row in _taskings(pool, borough, size, plans, people, rng)]
    days = dict.fromkeys(("requested_on", "actioned_on", "received_on"), pl.Date)
    schema = {"record_id": pl.String, "life": pl.Int64, "borough": pl.String} | days
    tasked = {"life": pl.Int64, "borough": pl.String, "carried_out_on": pl.Date, "comes_from": pl.String, "plan": pl.String}
    return {
        "policing": pl.DataFrame(plans, schema=schema, orient="row"),
        "policing_taskings": pl.DataFrame(sorted(taskings, key=lambda t: (t[2], t[0])), schema=tasked, orient="row"),
        "ratings": _ratings(pool, {person.number for person in people.values()}),
    }


def _plans(pool: Pool, borough: str, plans: list[Plan], people: dict[str, Person], rng: Random) -> None:
    """As many plans as the borough has requests or returns, whichever is more: the excess lacks a request, or a return."""
    requested, received = pool.figures["policing"]["requested"][borough], pool.figures["policing"]["received"][borough]
    able = [p for p in pool.people if _settled(p, borough)]
    rng.shuffle(able)
    able.sort(key=lambda p: sum(p.free(day) for day in REQUESTS[::10]) < len(REQUESTS[::10]) // 2)
    wanted = max(requested, received)
    pool.short(f"members for plans in {borough}", wanted, len(able))
    for place, person in enumerate(able[:wanted]):
        on = rng.choice(REQUESTS)
        actioned = after(on, rng.randint(2, 12))
        record_id = f"IDP-{len(plans) + 1:04d}"
        returned = place < received
        if not returned:
            on = rng.choice(working_days(date(2016, 12, 12), LAST_ANSWER))
        plans.append((
            record_id, person.number, borough, on if place < requested else None,
            actioned if returned else None, after(actioned, rng.randint(0, 4)) if returned else None,
        ))  # fmt: skip
        people[record_id] = person


def _settled(person: Person, borough: str) -> bool:
    """One of the initial cohort who stays a member, at home in the borough and supervised in the second half of 2016."""
    days = (date(2016, 7, 1), date(2016, 9, 1), date(2016, 11, 1), LAST_ANSWER)
    stays = person.joined == REVIEWS[0] and all(person.member(day) for day in REVIEWS[6:12])
    return stays and all(person.home(day) == borough for day in days) and person.under(days[1]) is not None


def _taskings(
    pool: Pool, borough: str, size: int, plans: list[Plan], people: dict[str, Person], rng: Random
) -> list[tuple[int, str, date, str, str]]:
    """About the borough's people with a returned plan, on days at liberty; those that come from the plan follow its return."""
    mine = [plan for plan in plans if plan[2] == borough and plan[5] is not None]
    found: list[tuple[int, str, date, str, str]] = []
    days = [date(2016, 7, 4) + timedelta(days=n) for n in range(180)]
    for _ in range(size * 20):
        if len(found) == size or not mine:
            break
        record_id, life, _, _, _, received = rng.choice(mine)
        source = rng.choices(list(COMES_FROM), weights=list(COMES_FROM.values()))[0]
        on = rng.choice(days)
        if not people[record_id].free(on) or (source == "plan" and (received is None or on <= received)):
            continue
        found.append((life, borough, on, source, record_id if source == "plan" else ""))
    pool.short(f"taskings in {borough}", size, len(found))
    return found


def _ratings(pool: Pool, planned: set[int]) -> pl.DataFrame:
    """A decision on every member of the initial cohort early in 2016; some who had a plan became Red at a later review."""
    rng = pool.random("ratings")
    rows = []
    for person in pool.people:
        if person.joined != REVIEWS[0]:
            continue
        rag = rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
        if person.number in planned:
            rag = rng.choice(("Red", "Red", "Amber"))
        rows.append((person.number, person.life.crn, rng.choice(PANELS), rag, rng.choice(REASONS[rag])))
        if person.number in planned and rag != "Red":
            rows.append((person.number, person.life.crn, rng.choice(LATER_PANELS), "Red", rng.choice(REASONS["Red"])))
    schema = {"life": pl.Int64, "crn": pl.String, "on": pl.Date, "rag": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("on", "life")
