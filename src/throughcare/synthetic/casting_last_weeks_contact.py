"""Appointments of the last weeks with the CRC's officers: kept, missed, and those of today and the days after.

Everybody whom the CRC supervises in the community, member or not: on licence weekly while young, fortnightly else. What is
to come has no day held, no outcome and no attendance: it has not happened.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_last_weeks_people import START, YESTERDAY, Weeks
from throughcare.synthetic.casting_people import Person, after
from throughcare.synthetic.lives import DEMONSTRATION_DAY

KEPT = 0.88
LAPSED = 0.05
"""Chosen: how many appointments are kept, and of how many people the last three weeks' were all missed."""

AHEAD = timedelta(days=21)
MISSED = ("UAAB", "UAAB", "UAAB", "AAME", "AAEM", "RSSR")
Row = tuple[int, date, date | None, bool | None, str, str]


def cast_contact(weeks: Weeks) -> dict[str, pl.DataFrame]:
    """`programmes_appointments`: life, due_on, held_on, attended (null: to come), outcome, manager."""
    rng = weeks.random("contact")
    managers = _managers(weeks.casting["caseloads"])
    rows = [row for person in weeks.people for row in _of(person, managers, rng)]
    schema = {"life": pl.Int64, "due_on": pl.Date, "held_on": pl.Date, "attended": pl.Boolean, "outcome": pl.String,
              "manager": pl.String}  # fmt: skip
    frame = pl.DataFrame(sorted(rows, key=lambda r: (r[1], r[0])), schema=schema, orient="row")
    return {"programmes_appointments": frame}


def _managers(caseloads: pl.DataFrame) -> dict[int, list[tuple[date, date | None, str]]]:
    found: dict[int, list[tuple[date, date | None, str]]] = {}
    for life, start, end, code in caseloads.select("life", "start", "end", "manager").iter_rows():
        found.setdefault(life, []).append((start, end, code))
    return found


def _manager(spans: list[tuple[date, date | None, str]], on: date) -> str:
    return next((code for start, end, code in spans if start <= on and (end is None or on < end)), "")


def _of(person: Person, managers: dict[int, list[tuple[date, date | None, str]]], rng: Random) -> Iterator[Row]:
    day = START + timedelta(days=rng.randrange(14))
    lapsed = rng.random() < LAPSED
    while day <= DEMONSTRATION_DAY + AHEAD:
        due = after(day, 0)
        under = person.under(min(due, YESTERDAY))
        young = under is not None and under.kind in ("licence", "pss") and person.age(due) <= 25
        step = 7 if young else 14
        if under is not None and under.agency == "CRC" and person.free(min(due, YESTERDAY)):
            manager = _manager(managers.get(person.number, []), min(due, YESTERDAY))
            if due >= DEMONSTRATION_DAY:
                if due <= DEMONSTRATION_DAY + AHEAD and not _just_out(person):
                    yield person.number, due, None, None, "", manager
            elif rng.random() < KEPT and not (lapsed and due > YESTERDAY - timedelta(days=21)):
                yield person.number, due, due, True, "ATTC" if rng.random() < 0.95 else "AFTC", manager
            else:
                yield person.number, due, None, False, rng.choice(MISSED), manager
                again = due + timedelta(days=rng.randint(1, 3))
                if again <= YESTERDAY and is_working_day(again) and not lapsed and person.free(again):
                    yield person.number, again, again, True, "ATTC", manager
        day += timedelta(days=step)


def _just_out(person: Person) -> bool:
    """Released in the last three days: nothing is booked yet, and that is for somebody to see."""
    return any(s.end is not None and s.end >= YESTERDAY - timedelta(days=2) for s in person.custody)
