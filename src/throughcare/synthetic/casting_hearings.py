"""The appearances of 2016 that a court case of the pilot can have been: convictions that happened, arrests that led to none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Literal

import polars as pl

from throughcare.core.working_days import is_working_day
from throughcare.rules.ogrs3.offences import group_of_code
from throughcare.rules.ogrs3.parameters import OFFENCE_GROUPS
from throughcare.synthetic.casting_eligible import eligible_on
from throughcare.synthetic.casting_people import FIRST, LAST, ONE_DAY, Person, Pool, after
from throughcare.synthetic.lives import Sanction
from throughcare.synthetic.lives_places import NORTH

COURTS = ("Thames", "Highbury Corner")
Ending = Literal["order", "custody", "other", "crown", "none"]
PUBLISHED = {
    "theft": ("theft_non_motor", "theft_from_vehicle"),
    "violence": ("violence",),
    "burglary_robbery": ("burglary_domestic", "burglary_other", "robbery"),
}
ENDINGS: dict[str, Ending] = {"community": "order", "suspended": "order", "custody": "custody"}
LONGEST = 60
"""Days before a sentence within which its case may come to attention and be pleaded to: the age band must hold over them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hearing:
    """A possible case. `on` is the day of the sentence, or of the first hearing where the arrest led to no conviction.

    `ending` says what it came to: an order (community or suspended), custody, another sentence, a sentence of the Crown
    Court, or none. `earliest` is the first day on which it may have come to attention.
    """

    person: Person
    court: str
    on: date
    earliest: date
    ending: Ending
    sentence: str
    months: int | None
    code: str

    @property
    def young(self) -> bool:
        return self.person.age(self.on) <= 25

    @property
    def age(self) -> int:
        return self.person.age(self.on)

    @property
    def group(self) -> str:
        return offence_group(self.code)


@cache
def offence_group(code: str) -> str:
    """The published group of a Home Office code, empty for all others."""
    number = pl.select(group_of_code(pl.lit(code))).to_series()[0]
    name = OFFENCE_GROUPS[number] if number is not None else ""
    return next((label for label, names in PUBLISHED.items() if name in names), "")


def hearings(pool: Pool) -> list[Hearing]:
    """Every possible case, in order of person and kind."""
    rng = pool.random("hearings")
    found: list[Hearing] = []
    for person in pool.people:
        if person.joined is not None:
            found += [each for each in (*_convictions(person), *_dropped(person, rng)) if _steady(each)]
    return _for_the_service(found)


def _for_the_service(found: list[Hearing]) -> list[Hearing]:
    """Those that may come to attention on a day on which the person is a member or eligible.

    A conviction can be what makes somebody eligible: then the case comes to attention on its day, and no earlier.
    """
    days = [(each.earliest, max(each.earliest, each.on - ONE_DAY), each.on) for each in found]
    met = iter(eligible_on([(each.person, day) for each, asked in zip(found, days, strict=True) for day in asked]))
    kept = []
    for each, first, before, last in zip(found, met, met, met, strict=True):
        if last:
            kept.append(each if first and before else replace(each, earliest=each.on))
    return kept


def _steady(hearing: Hearing) -> bool:
    """A member, or eligible by the next review, when it comes to attention; adult, in the area, of one age band throughout."""
    person, first = hearing.person, hearing.earliest
    bands = {person.age(day) <= 25 for day in (first, hearing.on, hearing.on + timedelta(days=LONGEST // 2))}
    eligible = person.eligible(first) and person.eligible(hearing.on)
    return eligible and len(bands) == 1 and person.age(first) >= 18 and person.resident(first)


def _convictions(person: Person) -> Iterator[Hearing]:
    for sanction in person.life.sanctions:
        given = sanction.sentence
        if given is None or not date(2016, 2, 8) <= sanction.on <= LAST or not is_working_day(sanction.on):
            continue
        ending = ENDINGS.get(given.kind, "other")
        court = sanction.court or ""
        if court.endswith("Crown"):
            court, ending = _local_court(person, sanction.on), "crown"
        if court in COURTS:
            code = qualifying(sanction)
            earliest = _not_before(person, sanction.on)
            yield Hearing(
                person=person, court=court, on=sanction.on, earliest=earliest, ending=ending, sentence=given.kind,
                months=given.months, code=code,
            )  # fmt: skip


def qualifying(sanction: Sanction) -> str:
    """The offence that the case is listed by: one of violence where there is any, else the principal."""
    violent = (offence.code for offence in sanction.offences if offence_group(offence.code) == "violence")
    return next(violent, next(offence.code for offence in sanction.offences if offence.principal))


def _not_before(person: Person, on: date) -> date:
    """The first working day of the service within reach of the sentence since which the person has been eligible."""
    day = on
    while day > FIRST and (on - day).days < LONGEST and person.eligible(day - ONE_DAY):
        day -= ONE_DAY
    return after(day, 0)


def _dropped(person: Person, rng: Random) -> Iterator[Hearing]:
    """Arrests after which nothing was proven for four months, each a first hearing within three weeks; a month apart."""
    convicted = [sanction.on for sanction in person.life.sanctions if sanction.on >= FIRST]
    quiet, apart = timedelta(days=120), timedelta(days=30)
    last = date.min
    for arrest in person.life.arrests:
        if arrest.on < FIRST or arrest.on > LAST:
            continue
        on = after(arrest.on, rng.randint(1, 20))
        proven = any(arrest.on <= day < arrest.on + quiet for day in convicted)
        if proven or on > LAST or on < last + apart or not person.free(on):
            continue
        last = on
        yield Hearing(
            person=person, court=_local_court(person, on), on=on, earliest=on, ending="none", sentence="", months=None,
            code=arrest.offence_code,
        )  # fmt: skip


def _local_court(person: Person, on: date) -> str:
    return "Highbury Corner" if person.home(on) in NORTH else "Thames"
