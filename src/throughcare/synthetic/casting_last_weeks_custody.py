"""Prisons and police in the last weeks: the co-ordinators' tasks, who came out this morning, plans asked for, taskings."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.synthetic.casting_last_weeks_people import DAYS, YESTERDAY, Weeks, ago, release_planned
from throughcare.synthetic.casting_people import Person
from throughcare.synthetic.casting_policing import COMES_FROM, Plan
from throughcare.synthetic.casting_prison import FIRST_KIND, LATER_KIND
from throughcare.synthetic.lives import DEMONSTRATION_DAY
from throughcare.synthetic.lives_places import BOROUGHS

TASKS = 320
"""About the rate of the months before, with nobody over-served."""

OUT_TODAY = {"Pentonville": 2, "Thameside": 1, "Isis": 1}
"""How many each prison released this morning, on home detention curfew: before their planned day."""

OUT_FIRST = "Hackney"
"""The office whose people come out first where there are any, so that an officer there has somebody to book in."""

CURFEW_DAYS = 134
PLANS_A_BOROUGH = {"Hackney": 3, "Haringey": 2, "Tower Hamlets": 2}


def cast_custody(weeks: Weeks) -> dict[str, pl.DataFrame]:
    """`prison` as the first casting has it, and `out_today`: life, start of the spell that ended this morning."""
    rng = weeks.random("custody")
    able = [p for p in weeks.members if p.status(YESTERDAY) in ("custody", "licence")]
    rows = []
    for person in rng.sample(able, min(len(able), TASKS * 2 // 3)):
        days = sorted(rng.sample(DAYS, rng.choice((1, 1, 2))))
        rows += [(person.number, *task) for n, day in enumerate(days) for task in _task(person, day, n, rng)]
    schema = {"life": pl.Int64, "status": pl.String, "prison": pl.String, "kind": pl.String, "done_on": pl.Date}
    tasks = pl.DataFrame(rows, schema=schema, orient="row").sort("done_on", "life", maintain_order=True)
    out = pl.DataFrame(list(_out_today(weeks, rng)), schema={"life": pl.Int64, "start": pl.Date}, orient="row")
    return {"prison": tasks, "out_today": out}


def _task(person: Person, day: date, place: int, rng: Random) -> Iterator[tuple[str, str, str, date]]:
    status, held = person.status(day), person.held(day)
    if status:
        prison = held.prison if held else ""
        yield status, prison, rng.choice((LATER_KIND if place else FIRST_KIND)[status]), day


def _out_today(weeks: Weeks, rng: Random) -> Iterator[tuple[int, date]]:
    """Serving a sentence that ends within the curfew's reach, with the CRC; another one than those due this week."""
    latest, week = DEMONSTRATION_DAY + timedelta(days=CURFEW_DAYS), DEMONSTRATION_DAY + timedelta(days=9)
    for prison, size in OUT_TODAY.items():
        able = [p for p in weeks.shuffled(rng, lambda p: p.held(YESTERDAY) is not None) if _there(p, prison)]
        on = {p.number: release_planned(p) for p in able}
        fit = [p for p in able if (day := on[p.number]) is not None and week < day <= latest]
        fit.sort(key=lambda p: _office(p) != OUT_FIRST)
        for person in fit[:size]:
            spell = person.held(YESTERDAY)
            if spell is not None:
                yield person.number, spell.start


def _office(person: Person) -> str:
    under = person.under(YESTERDAY)
    return under.office_borough if under else ""


def _there(person: Person, prison: str) -> bool:
    held, under = person.held(YESTERDAY), person.under(YESTERDAY)
    return held is not None and held.prison == prison and under is not None and under.agency == "CRC"


def cast_policing(weeks: Weeks) -> dict[str, pl.DataFrame]:
    """`policing`: plans asked for by boroughs about people rated Red, some back, some waited for; `policing_taskings`."""
    rng = weeks.random("policing")
    known = set(weeks.casting["policing"]["life"])
    last = weeks.casting["ratings"].sort("on", "life").unique("life", keep="last", maintain_order=True)
    red = set(last.filter(pl.col("rag") == "Red")["life"])
    plans: list[Plan] = []
    for borough in BOROUGHS:
        able = [p for p in weeks.shuffled(rng, lambda p: p.number in red, without=known) if p.home(YESTERDAY) == borough]
        for place, person in enumerate(able[: PLANS_A_BOROUGH.get(borough, 1) + 1]):
            waits = place < PLANS_A_BOROUGH.get(borough, 1)
            asked = ago(rng.randint(1, 8)) if waits else ago(rng.randint(20, 38))
            back = None if waits else asked + timedelta(days=rng.randint(5, 12))
            plans.append((f"IDP-N{len(plans) + 1:03d}", person.number, borough, asked, back, back))
    days = dict.fromkeys(("requested_on", "actioned_on", "received_on"), pl.Date)
    schema = {"record_id": pl.String, "life": pl.Int64, "borough": pl.String} | days
    return {"policing": pl.DataFrame(plans, schema=schema, orient="row"), "policing_taskings": _taskings(weeks, plans, rng)}


def _taskings(weeks: Weeks, plans: list[Plan], rng: Random) -> pl.DataFrame:
    """A few a borough, from plans that are back; the last yesterday."""
    old = weeks.casting["policing"].drop_nulls("received_on").select("record_id", "life", "borough", "received_on")
    mine = [*old.iter_rows(), *((p[0], p[1], p[2], p[5]) for p in plans if p[5] is not None)]
    members = {person.number: person for person in weeks.members}
    rows = []
    for borough in BOROUGHS:
        able = [plan for plan in mine if plan[2] == borough and plan[1] in members]
        for record_id, life, _, received in rng.sample(able, min(6, len(able))):
            source = rng.choices(list(COMES_FROM), weights=list(COMES_FROM.values()))[0]
            days = [day for day in DAYS if day > received and members[life].free(day)]
            if days:
                rows.append((life, borough, rng.choice(days), source, record_id if source == "plan" else ""))
    tasked = {"life": pl.Int64, "borough": pl.String, "carried_out_on": pl.Date, "comes_from": pl.String, "plan": pl.String}
    return pl.DataFrame(sorted(rows, key=lambda t: (t[2], t[0])), schema=tasked, orient="row")
