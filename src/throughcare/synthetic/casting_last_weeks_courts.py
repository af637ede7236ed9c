"""The courts' last weeks: cases with their reports, clocks that run, and the lists of today and the days after."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from random import Random

import polars as pl

from throughcare.synthetic.casting_court_days import Days
from throughcare.synthetic.casting_hearings import COURTS, ENDINGS
from throughcare.synthetic.casting_last_weeks_people import START, YESTERDAY, Weeks, later
from throughcare.synthetic.casting_lists import cast_lists
from throughcare.synthetic.casting_people import ONE_DAY, Person, before, working_days
from throughcare.synthetic.lives import DEMONSTRATION_DAY, Sanction
from throughcare.synthetic.lives_places import NORTH

CLOCKS = {
    "Thames": (date(2017, 2, 20), date(2017, 2, 24), date(2017, 2, 24), date(2017, 2, 27), date(2017, 2, 27), date(2017, 2, 28)),
    "Highbury Corner": (date(2017, 2, 22), date(2017, 2, 24), date(2017, 2, 27), date(2017, 2, 28), date(2017, 2, 28)),
}
"""The pleas whose reports are not delivered: five days on, one is overdue, some are due today, the others this week."""

LISTED = {
    "Thames": ((0, 6, 11), (1, 3, 4), (2, 2, 3)),
    "Highbury Corner": ((0, 4, 8), (1, 3, 3), (2, 1, 2)),
}
"""Days from today, then how many members and how many others are known on that day's list."""

REPORTED = 0.3
LATE = ("failed_to_attend", "assessment", "learned_too_late", "assessment")
UNREPORTED = ("sentenced_without", "sentenced_without", "sentenced_without", "adjourned", "other", "")
Entry = tuple[int, str, date, date]


def cast_courts(weeks: Weeks) -> dict[str, pl.DataFrame]:
    """`courts` and `courts_assessments` as the first casting has them, with `report_kind` where a report is waited for;
    `courts_lists`: life, court, hearing_on, received_on; `courts_hearings`: today's lists as the courts issue them.
    """
    rng = weeks.random("courts")
    running = list(_running(weeks, rng))
    taken = {days.life for days in running}
    past = [days for person in weeks.members if person.number not in taken for days in _past(person, rng)]
    past.sort(key=lambda days: (days.attention_on, days.life))
    lists = [*_to_be_sentenced(running), *_lists(weeks, taken, rng)]
    assessed = [
        (days.life, days.court, rng.choice(("DRR", "DRR", "ATR")), days.attention_on)
        for days in past
        if days.requested_on and rng.random() < 0.25
    ]
    schema = {"life": pl.Int64, "court": pl.String, "kind": pl.String, "carried_out_on": pl.Date}
    entries = {"life": pl.Int64, "court": pl.String, "hearing_on": pl.Date, "received_on": pl.Date}
    cases = pl.DataFrame([asdict(each) for each in (*past, *running)], schema=weeks.casting["courts"].schema)
    waits = pl.col("requested_on").is_not_null() & pl.col("delivered_on").is_null()
    today = {court: [e[0] for e in lists if (e[1], e[2]) == (court, DEMONSTRATION_DAY)] for court in COURTS}
    issued = {(court, DEMONSTRATION_DAY): numbers for court, numbers in today.items()}
    known = frozenset(e[0] for e in lists)
    return {
        "courts_hearings": cast_lists([p.life for p in weeks.people], issued, seed=weeks.seed, off=known),
        "courts": cases.with_columns(report_kind=pl.when(waits).then(pl.lit("fast"))),
        "courts_assessments": pl.DataFrame(assessed, schema=schema, orient="row"),
        "courts_lists": pl.DataFrame(sorted(lists, key=lambda e: (e[2], e[1], e[0])), schema=entries, orient="row"),
    }


def _court(person: Person, on: date) -> str:
    return "Highbury Corner" if person.home(on) in NORTH else "Thames"


def _past(person: Person, rng: Random) -> Iterator[Days]:
    """Each conviction of the last weeks at the two courts, or above them, with a report on some of those on orders."""
    for sanction in person.life.sanctions:
        given = sanction.sentence
        if given is None or not START <= sanction.on <= YESTERDAY or sanction.on.weekday() > 4:
            continue
        court = sanction.court or ""
        crown = court.endswith("Crown")
        court = _court(person, sanction.on) if crown else court
        if court in COURTS:
            ordered = ENDINGS.get(given.kind) == "order"
            if not crown and ordered and rng.random() < REPORTED * 2:
                yield _reported(person, court, sanction, rng)
            else:
                yield _unreported(person, court, sanction, crown, rng)


def _reported(person: Person, court: str, sanction: Sanction, rng: Random) -> Days:
    """Most on the day or within five; the plea is never before the last weeks."""
    plea = max(before(sanction.on, rng.choice((0, 0, 0, 2, 3, 4, 5, 8, 12))), START)
    late = (sanction.on - plea).days > 5
    return _days(person, court, sanction, plea, requested_on=plea, delivered_on=sanction.on, sentenced=True,
                 late_reason=rng.choice(LATE) if late else "")  # fmt: skip


def _unreported(person: Person, court: str, sanction: Sanction, crown: bool, rng: Random) -> Days:
    plea = max(before(sanction.on, rng.choice((0, 0, 0, 3, 10, 20))), START)
    slot = "committed_to_crown" if crown else rng.choice(UNREPORTED)
    return _days(person, court, sanction, plea, no_report_reason=slot, sentenced=slot == "sentenced_without")


def _days(
    person: Person, court: str, sanction: Sanction, plea: date, *, requested_on: date | None = None, sentenced: bool,
    delivered_on: date | None = None, late_reason: str = "", no_report_reason: str = "",
) -> Days:  # fmt: skip
    given = sanction.sentence if sentenced else None
    told = late_reason == "learned_too_late"
    attention = delivered_on if told else plea
    return Days(
        life=person.number, court=court, offence_code=next(o.code for o in sanction.offences if o.principal),
        told_on=attention if told else None, listed_on=None if told else attention, no_report_reason=no_report_reason,
        plea="guilty", plea_on=plea, not_guilty_on=None, vacated_from=None, requested_on=requested_on, delivered_on=delivered_on,
        late_reason=late_reason, sentenced_on=sanction.on if given else None, sentence=given.kind if given else "",
        months=given.months if given else None, enhanced=False,
    )  # fmt: skip


def _running(weeks: Weeks, rng: Random) -> Iterator[Days]:
    """Members arrested in the weeks before who have pleaded guilty; the report was asked for and is not delivered."""
    able = weeks.shuffled(rng, _charged)
    for court, pleas in CLOCKS.items():
        for plea in pleas:
            person = next((p for p in able if _court(p, YESTERDAY) == court and p.life.arrests[-1].on < plea), None)
            if person is None:
                continue
            able.remove(person)
            listed = rng.random() < 0.7
            yield Days(
                life=person.number, court=court, offence_code=person.life.arrests[-1].offence_code,
                told_on=None if listed else later(plea, 1), listed_on=plea if listed else None, no_report_reason="",
                plea="guilty", plea_on=plea, not_guilty_on=None, vacated_from=None, requested_on=plea, delivered_on=None,
                late_reason="", sentenced_on=None, sentence="", months=None, enhanced=False,
            )  # fmt: skip


def _charged(person: Person) -> bool:
    """Arrested in the five weeks before, and nothing of it dealt with yet."""
    arrests = person.life.arrests
    if not arrests or not DEMONSTRATION_DAY - timedelta(days=35) <= arrests[-1].on < DEMONSTRATION_DAY - timedelta(days=2):
        return False
    return not any(sanction.on >= arrests[-1].on for sanction in person.life.sanctions)


def _to_be_sentenced(running: list[Days]) -> Iterator[Entry]:
    """Who pleaded last Friday or before comes back today for sentence; the others on Friday."""
    for days in running:
        due = days.plea_on is not None and days.plea_on <= date(2017, 2, 24)
        yield days.life, days.court, DEMONSTRATION_DAY if due else DEMONSTRATION_DAY + 2 * ONE_DAY, YESTERDAY


def _lists(weeks: Weeks, taken: set[int], rng: Random) -> Iterator[Entry]:
    """Members and others on the lists, received last evening or this morning; nobody twice."""
    members = {person.number for person in weeks.members}
    hearings = working_days(DEMONSTRATION_DAY, DEMONSTRATION_DAY + 2 * ONE_DAY)
    able = [p for p in weeks.people if p.number not in taken and p.life.arrests and p.age(YESTERDAY) >= 18 and p.free(YESTERDAY)]
    rng.shuffle(able)
    able.sort(key=lambda p: -p.life.arrests[-1].on.toordinal() // 30)
    for court, days in LISTED.items():
        here = [p for p in able if _court(p, YESTERDAY) == court]
        ours, others = [p for p in here if p.number in members], [p for p in here if p.number not in members]
        for ahead, some, rest in days:
            chosen = [*ours[:some], *others[:rest]]
            del ours[:some], others[:rest]
            for person in chosen:
                yield person.number, court, hearings[ahead], rng.choice((YESTERDAY, DEMONSTRATION_DAY))
