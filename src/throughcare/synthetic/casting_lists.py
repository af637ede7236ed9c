"""The courts' own lists of a day: people of the world among invented strangers, in versions, as the courts issue them.

On each list one name is a slip away from somebody known, and one is somebody's namesake by birth and surname; two entries are
corrected later, one is taken off. A list names more strangers than people known, as real ones do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

import polars as pl

from throughcare.core.clock import LONDON
from throughcare.core.working_days import is_working_day
from throughcare.synthetic.lives import Life
from throughcare.synthetic.names import forename, forenames, surname

NAMES = 40
"""Names on a list of a day."""
CODES = {
    "03900": "Theft from shop", "10501": "Common assault", "80300": "Drunk and disorderly", "09260": "Possession of cannabis",
}  # fmt: skip
FIRST, LAST = time(16, 40), time(17, 58)
SCHEMA = {
    "record_id": pl.String, "reference": pl.String, "version": pl.String, "court": pl.String, "sits_on": pl.Date,
    "courtroom": pl.String, "at": pl.String, "forenames": pl.String, "surname": pl.String, "date_of_birth": pl.Date,
    "pnc": pl.String, "cro": pl.String, "bail": pl.String, "offence_code": pl.String, "offence": pl.String, "plea": pl.String,
    "breach": pl.Boolean, "warrant": pl.Boolean, "withdrawn": pl.Boolean, "names": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Somebody on a list as it has them; a stranger has no number."""

    forenames: str
    surname: str
    date_of_birth: date
    pnc: str = ""
    cro: str = ""


def cast_lists(
    lives: Sequence[Life], listed: Mapping[tuple[str, date], Sequence[int]], *, seed: int, off: frozenset[int] = frozenset()
) -> pl.DataFrame:
    """A row a version of an entry, as the feed has it, of the lists of these courts and days; `listed`: the lives on each.

    `off`: lives that may not be taken for the names that are nearly somebody's.
    """
    rows: list[tuple[object, ...]] = []
    by_number = {life.number: life for life in lives}
    taken = {number for numbers in listed.values() for number in numbers} | off
    near = [life for life in lives if life.number not in taken and _grown(life)]
    rng = Random(f"{seed}:court lists")
    rng.shuffle(near)
    for (court, day), numbers in sorted(listed.items()):
        known = [_named(by_number[number], rng) for number in numbers if number in by_number]
        known += [_slip(near.pop(), rng), _kin(near.pop(), rng)] if len(near) > 1 else []
        known += [_stranger(rng) for _ in range(NAMES - len(known))]
        rng.shuffle(known)
        rows += _issued(court, day, known, rng)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def last_lists(lives: Sequence[Life], cases: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """The same of the last day on which a case of each court was listed, for a world without last weeks."""
    on_a_list = cases.drop_nulls("listed_on").sort("listed_on", "court", "life")
    last = on_a_list.filter(pl.col("listed_on") == pl.col("listed_on").max().over("court"))
    listed: dict[tuple[str, date], list[int]] = {}
    for court, day, life in last.select("court", "listed_on", "life").iter_rows():
        listed.setdefault((court, day), []).append(life)
    return cast_lists(lives, listed, seed=seed)


def _grown(life: Life) -> bool:
    return life.date_of_birth.year < 1997 and bool(life.arrests) and " " in life.forenames


def _named(life: Life, rng: Random) -> Listed:
    """Most entries give the PNC ID; of the others the name and birth must do."""
    pnc = life.pnc if rng.random() < 0.7 else ""
    return Listed(forenames=life.forenames, surname=life.surname, date_of_birth=life.date_of_birth, pnc=pnc)


def _slip(life: Life, rng: Random) -> Listed:
    """The same names, the day of birth one digit off, and no number."""
    one = timedelta(days=1) if life.date_of_birth.day % 10 != 9 else -timedelta(days=1)
    born = life.date_of_birth + one if (life.date_of_birth + one).month == life.date_of_birth.month else life.date_of_birth - one
    return replace(_named(life, rng), pnc="", date_of_birth=born)


def _kin(life: Life, rng: Random) -> Listed:
    """Another forename, with the surname and birth of somebody known."""
    return replace(_named(life, rng), pnc="", forenames=forename(rng, life.sex))


def _stranger(rng: Random) -> Listed:
    born = date(1952, 1, 1) + timedelta(days=rng.randrange(16_000))
    return Listed(forenames=forenames(rng, rng.choice(("M", "M", "M", "F"))), surname=surname(rng), date_of_birth=born)


def _issued(court: str, day: date, people: Sequence[Listed], rng: Random) -> list[tuple[object, ...]]:
    """The list of the afternoon before, and what the evening changes: a name spelled right, a time, an entry taken off."""
    before = _working_day_before(day)
    issued, corrected = (datetime.combine(before, at, tzinfo=LONDON) for at in (FIRST, LAST))
    letters = "".join(word[0] for word in court.upper().split())
    rows: list[tuple[object, ...]] = []
    for place, who in enumerate(people, start=1):
        reference = f"{letters}-{day:%y%m%d}-{place:03d}"
        code = rng.choice(list(CODES))
        told = (str(1 + place % 3), f"{10 + place // 12}:{place % 2 * 30:02d}")
        rest = (rng.choice(("custody", "bail", "bail")), code, CODES[code], rng.choice(("", "", "not_guilty")),
                rng.random() < 0.1, rng.random() < 0.05)  # fmt: skip
        first = replace(who, surname=who.surname[:-1]) if place == 1 else who
        rows.append(_row(reference, 1, issued, court, day, told, first, rest, withdrawn=False, names=len(people)))
        if place in (1, 2):
            again = ("1", "11:30") if place == 2 else told
            rows.append(_row(reference, 2, corrected, court, day, again, who, rest))
    gone = _stranger(rng)
    reference = f"{letters}-{day:%y%m%d}-{len(people) + 1:03d}"
    rest = ("bail", "03900", CODES["03900"], "", False, False)
    rows.append(_row(reference, 2, corrected, court, day, ("2", "14:00"), gone, rest, withdrawn=True))
    rows.append(_row(reference, 1, issued, court, day, ("2", "14:00"), gone, rest))
    return rows


def _working_day_before(day: date) -> date:
    return next(each for each in (day - timedelta(days=n) for n in range(1, 15)) if is_working_day(each))


def _row(
    reference: str, number: int, issued: datetime, court: str, day: date, place: tuple[str, str], who: Listed,
    rest: tuple[object, ...], *, withdrawn: bool = False, names: int | None = None,
) -> tuple[object, ...]:  # fmt: skip
    return (
        f"{reference}/{number}", reference, issued.isoformat(), court, day, *place, who.forenames, who.surname, who.date_of_birth,
        who.pnc, who.cro, *rest, withdrawn, names,
    )
