"""New referrals of the last weeks and how far each has come: unanswered, answered, waiting, at work, declined."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random

import polars as pl

from throughcare.synthetic.casting_last_weeks_open import carried_on
from throughcare.synthetic.casting_last_weeks_people import DAYS, START, YESTERDAY, Weeks, ago, later, leaves_within
from throughcare.synthetic.casting_people import Person
from throughcare.synthetic.casting_referrals import Referral, frame, route

Fates = tuple[int, int, int, int, int]
Session = tuple[str, date, bool, str]
FATES: tuple[tuple[str, str, str, Fates], ...] = (
    ("OM", "mentoring", "osmani_trust", (3, 3, 2, 4, 2)),
    ("CM", "mentoring", "caring_for_ex_offenders", (2, 1, 1, 2, 1)),
    ("RM", "mentoring", "reaching_all_people", (2, 1, 1, 2, 1)),
    ("NM", "mentoring", "new_choices_for_youth", (2, 1, 1, 2, 1)),
    ("BN", "building_bridges", "pact", (3, 2, 2, 4, 2)),
    ("RN", "right_track", "rise_mutual", (3, 2, 2, 3, 2)),
    ("TN", "tiger", "rise_mutual", (3, 2, 2, 3, 2)),
    ("PN", "personalised_budget", "london_crc", (2, 1, 1, 4, 1)),
    ("MN", "mental_health", "forensic_mental_health", (4, 3, 3, 4, 2)),
    ("EN", "employment", "blue_sky", (4, 2, 3, 2, 3)),
)
"""Chosen: initials of the record_ids, service, provider; how many are only sent, acknowledged, accepted, started, declined."""

FIRST = {"osmani_trust": "Tower Hamlets"}
"""Whose people a provider sees first."""

YOUNG_MEN = ("mentoring", "building_bridges", "right_track", "tiger")
REASONS = {
    "employment": ("identified_drug_user", "form_not_returned", "in_custody"),
    "personalised_budget": ("no_capacity",),
}
ANY_REASON = ("no_consent", "risk_not_manageable", "no_capacity")
STRANDS = {"personalised_budget": "budgets", "mental_health": "mental_health", "employment": "employment"}
DIRECT_WORK = ("motivational interviewing", "psycho-education", "anxiety management", "problem solving")
PURCHASES = ("Bus pass and travel", "Deposit for a room", "Work clothes", "Driving theory lessons", "Moving On coaching",
             "Childcare for a course")  # fmt: skip


def cast_referrals(weeks: Weeks) -> dict[str, pl.DataFrame]:
    """The frames of the four strands that work by referral; also the referrals of 2016, as they went on."""
    rng = weeks.random("referrals")
    made: dict[str, list[Referral]] = {"programmes": [], "budgets": [], "mental_health": [], "employment": []}
    for initials, service, provider, fates in FATES:
        strand = STRANDS.get(service, "programmes")
        old = weeks.casting[strand].filter(pl.col("service") == service)
        without = {*old["life"], *(each.life for each in made[strand] if each.service == service)}
        able = weeks.shuffled(rng, INTENDED[service], without=without)
        first = FIRST.get(provider)
        able = [*(p for p in able if p.home(YESTERDAY) == first), *(p for p in able if p.home(YESTERDAY) != first)]
        made[strand] += _of(able, f"{initials}:{service}:{provider}", fates, rng)
    people = {person.number: person for person in weeks.people}
    sessions = [row for each in made["programmes"] for row in _sessions(each, people[each.life], rng)]
    went_on: dict[str, pl.DataFrame] = {}
    for strand in made:
        went_on[f"{strand}_carried_on"], held = carried_on(weeks.casting[strand], people, rng)
        sessions += held if strand == "programmes" else []
    schema = {"referral": pl.String, "held_on": pl.Date, "attended": pl.Boolean, "outcome": pl.String}
    return {
        **{strand: frame(theirs) for strand, theirs in made.items()},
        **went_on,
        "programmes_sessions": pl.DataFrame(sorted(sessions, key=lambda s: (s[1], s[0])), schema=schema, orient="row"),
        "budgets_purchases": _purchases(made["budgets"], rng),
        "mental_health_events": _health(weeks, made["mental_health"], rng),
        "employment_placements": _placements(made["employment"]),
    }


def _of(able: list[Person], key: str, fates: Fates, rng: Random) -> Iterator[Referral]:
    """As many of each fate as there are people for; whoever started was in the community since the middle of January."""
    initials, about = key.split(":", 1)
    pace: list[Callable[[Person, str, Random], Referral]] = [_sent, _acknowledged, _accepted, _started, _declined]
    n = 0
    for size, fate in zip(fates, pace, strict=True):
        for _ in range(size):
            person = next((p for p in able if fate is not _started or all(p.free(day) for day in DAYS[12:])), None)
            if person is not None:
                able.remove(person)
                n += 1
                yield fate(person, f"{initials}-{n:04d}:{about}", rng)


def _made(person: Person, key: str, sent_on: date) -> Referral:
    """Nobody comes by a requirement: a referral tells of one for the whole order, and so for the days of 2016 too."""
    record_id, service, provider = key.split(":")
    way = route(person, sent_on) if person.status(sent_on) != "community" else "other"
    return Referral(
        record_id=record_id, life=person.number, service=service, provider=provider, route=way, sent_on=sent_on
    )  # fmt: skip


def _sent(person: Person, key: str, rng: Random) -> Referral:
    return _made(person, key, ago(rng.choice((1, 1, 2, 2, 3, 5, 8))))


def _acknowledged(person: Person, key: str, rng: Random) -> Referral:
    sent = ago(rng.choice((4, 5, 6, 8)))
    return replace(_made(person, key, sent), acknowledged_on=later(sent, rng.choice((1, 2))))


def _accepted(person: Person, key: str, rng: Random) -> Referral:
    sent = ago(rng.randint(10, 16))
    seen = later(sent, rng.choice((1, 2)))
    return replace(_made(person, key, sent), acknowledged_on=seen, accepted_on=later(seen, rng.choice((2, 3, 5))))


def _started(person: Person, key: str, rng: Random) -> Referral:
    sent = ago(rng.randint(24, 38))
    seen = later(sent, rng.choice((1, 2)))
    accepted = later(seen, rng.choice((2, 3, 5)))
    started = later(accepted, rng.choice((4, 6, 7)))
    return replace(_made(person, key, sent), acknowledged_on=seen, accepted_on=accepted, started_on=started)


def _declined(person: Person, key: str, rng: Random) -> Referral:
    """Declined in the week before; in custody where the person is, now and then for what the service itself asks."""
    sent = ago(rng.randint(9, 13))
    service = key.split(":")[1]
    reason = "in_custody" if person.held(YESTERDAY) else rng.choice(REASONS.get(service, ANY_REASON))
    if reason == "in_custody" and not person.held(YESTERDAY):
        reason = "form_not_returned"
    seen = later(sent, rng.choice((1, 2)))
    answered = ago(rng.randint(1, 5))
    return replace(_made(person, key, sent), acknowledged_on=seen, declined_on=answered, decline_reason=reason)


def _young_man(person: Person) -> bool:
    """For whom the programmes are: 18 to 25, on licence, or in custody with the release near; throughout the weeks."""
    young = person.life.sex == "M" and person.age(START) >= 18 and person.age(YESTERDAY) <= 25
    if not young or not person.resident(YESTERDAY):
        return False
    if person.held(YESTERDAY):
        return leaves_within(person, 75) and all(person.status(day) in ("custody", "licence") for day in DAYS)
    return all(person.status(day) in ("licence", "custody") for day in DAYS) and person.status(YESTERDAY) == "licence"


def _settled(person: Person) -> bool:
    return person.resident(YESTERDAY) and all(person.status(day) in ("licence", "community") for day in DAYS)


def _in_need(need: str) -> Callable[[Person], bool]:
    return lambda person: need in person.life.needs and _settled(person)


INTENDED: Mapping[str, Callable[[Person], bool]] = {
    **dict.fromkeys(YOUNG_MEN, _young_man),
    "personalised_budget": lambda person: person.life.sex == "F" and all(person.status(day) for day in DAYS),
    "mental_health": _in_need("wellbeing"),
    "employment": _in_need("employment"),
}


def _sessions(made: Referral, person: Person, rng: Random) -> Iterator[Session]:
    """About weekly from the start, while in the community; the last yesterday at the latest."""
    day = made.started_on
    first = True
    while day is not None and day <= YESTERDAY:
        if person.free(day):
            came = first or rng.random() < 0.78
            yield made.record_id, day, came, "ATTC" if came else rng.choice(("UAAB", "UAAB", "AAME", "RSOF"))
        first = False
        nearest = later(day, 7)
        day = nearest if nearest > day and nearest < YESTERDAY else None


def _purchases(budgets: list[Referral], rng: Random) -> pl.DataFrame:
    """Two a place at work: one ordered, one that waits for approval since this week or the last."""
    rows: list[tuple[str, str, date, date | None, date | None]] = []
    for place, made in enumerate(each for each in budgets if each.accepted_on):
        if made.started_on:
            asked = later(made.started_on, 3)
            rows.append((made.record_id, PURCHASES[place % len(PURCHASES)], asked, later(asked, 1), later(asked, 2)))
        rows.append((made.record_id, PURCHASES[(place + 3) % len(PURCHASES)], ago(rng.randint(1, 3)), None, None))
    days = dict.fromkeys(("asked_on", "approved_on", "ordered_on"), pl.Date)
    schema = {"referral": pl.String, "description": pl.String} | days
    return pl.DataFrame(rows, schema=schema, orient="row")


def _health(weeks: Weeks, referrals: list[Referral], rng: Random) -> pl.DataFrame:
    """Consultations about those referred and some referred before; assessments, plans and direct work with those at work."""
    rows: list[tuple[int, str, str, date]] = []
    for made in referrals:
        rows.append((made.life, "consultation", rng.choice(("offender_manager", "offender_manager", "other_professional")),
                     rng.choice([day for day in DAYS if day >= made.sent_on])))  # fmt: skip
        if made.started_on and made.accepted_on:
            rows.append((made.life, "assessment", "", made.accepted_on))
            rows.append((made.life, "care_plan", "", made.started_on))
            rows.append((made.life, "intervention", rng.choice(DIRECT_WORK), later(made.started_on, 7)))
    old = sorted(set(weeks.casting["mental_health"]["life"]) & {person.number for person in weeks.members})
    for life in rng.sample(old, min(30, len(old))):
        rows.append((life, "consultation", "offender_manager", rng.choice(DAYS)))
    rows.sort(key=lambda row: (row[3], row[0], row[1], row[2]))
    schema = {"life": pl.Int64, "what": pl.String, "kind": pl.String, "on": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _placements(referrals: list[Referral]) -> pl.DataFrame:
    rows = [(made.record_id, made.started_on) for made in referrals if made.started_on]
    return pl.DataFrame(rows, schema={"referral": pl.String, "started_on": pl.Date}, orient="row")
