"""Chooses who was referred to a personalised budget, to mental health and to employment, and what came of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random

import polars as pl

from throughcare.synthetic.casting_people import Person, Pool, after, before, working_days
from throughcare.synthetic.casting_referrals import LAST_ANSWER, Referral, acknowledged, answered, frame, route

BUDGET_DAYS = working_days(date(2016, 11, 15), date(2016, 12, 9))
HEALTH_DAYS = working_days(date(2016, 7, 1), date(2016, 12, 9))
JOB_DAYS = working_days(date(2016, 7, 4), date(2016, 12, 9))
ASSESSED_DAYS = 28
NOT_ACCEPTED = {"in_custody": 20, "identified_drug_user": 18, "form_not_returned": 16, "not_resident": 8, "other": 2}
"""Why the employment broker did not accept: the evaluation's four reasons, how often is chosen; as far as lives have them."""

Chosen = list[tuple[Person, date]]
Events = list[tuple[int, str, date]]


def cast_budgets(pool: Pool, *, reported: Iterable[int]) -> dict[str, pl.DataFrame]:
    """`budgets`, a row a referral; `budgets_purchases`: referral, description, asked_on, approved_on, ordered_on."""
    rng = pool.random("budgets")
    told = pool.figures["budgets"]
    with_report = set(reported)
    wanted = pool.figures["overlap"]["report_and_budget"]
    chosen: Chosen = []
    able = _women(pool, rng)
    for borough in (borough for borough, size in told["referred"].items() for _ in range(size)):
        short = sum(each.number in with_report for each, _ in chosen) < wanted
        left = [each for each in able if each not in chosen and (each[0].home(each[1]) == borough or not pool.figures.exact)]
        left.sort(key=lambda each: ((each[0].number in with_report) != short, not each[0].free(each[1])))
        pool.short(f"women in {borough}", 1, len(left))
        chosen += left[:1]
    pool.short("women with a report and a budget", wanted, sum(each.number in with_report for each, _ in chosen))
    referrals = _all_sent(rng, chosen, "PB", "personalised_budget", "london_crc")
    purchases = []
    for n, made in enumerate(sorted(referrals, key=lambda made: made.sent_on)[: told["accepted"]]):
        accepted = answered(rng, made.acknowledged_on or made.sent_on, slowest=5)
        referrals[referrals.index(made)] = replace(made, accepted_on=accepted)
        asked = min(after(accepted, 3), before(LAST_ANSWER, 6))
        purchases += [(made.record_id, what, asked, after(asked, 1), after(asked, 2)) for what in told["purchases"] if n == 0]
    days = dict.fromkeys(("asked_on", "approved_on", "ordered_on"), pl.Date)
    schema = {"referral": pl.String, "description": pl.String} | days
    return {"budgets": frame(referrals), "budgets_purchases": pl.DataFrame(purchases, schema=schema, orient="row")}


def women_for_budgets(pool: Pool) -> list[int]:
    """The women of the boroughs that referred any, one or two a borough as far as there are: some must have a report."""
    told = pool.figures["budgets"]["referred"]
    homes: Counter[str] = Counter()
    found = []
    for person, on in _women(pool, pool.random("budgets")):
        home = person.home(on)
        if homes[home] < told.get(home, 0) * 2:
            homes[home] += 1
            found.append(person.number)
    return found


def _women(pool: Pool, rng: Random) -> Chosen:
    """Women in the cohort and under supervision on a day of the service, in an order by chance, each with such a day."""
    found: Chosen = []
    for person in pool.people:
        if person.life.sex == "F" and person.eligible_at:
            days = [on for on in BUDGET_DAYS if person.member(on) and person.status(on)]
            found += [(person, rng.choice(days))] if days else []
    rng.shuffle(found)
    return found


def _sent(rng: Random, person: Person, record_id: str, service: str, provider: str, on: date) -> Referral:
    return Referral(
        record_id=record_id, life=person.number, service=service, provider=provider, route=route(person, on), sent_on=on,
        acknowledged_on=acknowledged(rng, on),
    )  # fmt: skip


def _all_sent(rng: Random, chosen: Chosen, initials: str, service: str, provider: str) -> list[Referral]:
    return [_sent(rng, person, f"{initials}-{n:04d}", service, provider, on) for n, (person, on) in enumerate(chosen, 1)]


def cast_health(pool: Pool, *, reported: Iterable[int], young_men: Iterable[int]) -> dict[str, pl.DataFrame]:
    """`mental_health`, a row a referral, and `mental_health_events`: life, what, kind, on.

    What is consultation, assessment, care plan or intervention; kind is with whom, or which intervention.
    """
    rng = pool.random("health")
    told, overlap = pool.figures["health"], pool.figures["overlap"]
    with_report, young = set(reported), set(young_men)
    able = [(p, on) for p in pool.people if (on := _health_day(p, rng)) is not None]
    rng.shuffle(able)
    able.sort(key=lambda each: "wellbeing" not in each[0].life.needs)
    chosen = [
        *_some(able, lambda n: n in with_report and n not in young, overlap["report_and_health"]),
        *_some(able, lambda n: n in young and n not in with_report, overlap["health_and_young_men"]),
    ]
    chosen += _some(able, lambda n: n not in with_report and n not in young, told["referred"] - len(chosen))
    pool.short("people for mental health", told["referred"], len(chosen))
    chosen.sort(key=lambda each: (each[1], each[0].number))
    referrals = _all_sent(rng, chosen, "MH", "mental_health", "forensic_mental_health")
    about = {person.number: person for person, _ in chosen}
    referrals, events = _treated(pool, referrals, about, rng)
    rows = [(life, "consultation", kind, on) for life, kind, on in _consultations(told, referrals, about, rng)] + events
    schema = {"life": pl.Int64, "what": pl.String, "kind": pl.String, "on": pl.Date}
    rows.sort(key=lambda row: (row[3], row[0], row[1], row[2]))
    return {"mental_health": frame(referrals), "mental_health_events": pl.DataFrame(rows, schema=schema, orient="row")}


def _some(able: Chosen, fits: Callable[[int], bool], size: int) -> Chosen:
    return [each for each in able if fits(each[0].number)][:size]


def _health_day(person: Person, rng: Random) -> date | None:
    on = rng.choice(HEALTH_DAYS)
    return on if person.member(on) and person.resident(on) and person.status(on) else None


def _consultations(told: dict[str, int], referrals: list[Referral], people: dict[int, Person], rng: Random) -> Events:
    """About the people referred, each at least once where there are enough, from the day of referral on while members."""
    kinds = ["offender_manager"] * told["with_offender_managers"] + ["other_professional"] * told["with_others"]
    found: Events = []
    for place, kind in enumerate(kinds if referrals else ()):
        about = referrals[place] if place < len(referrals) else rng.choice(referrals)
        days = [day for day in working_days(about.sent_on, LAST_ANSWER) if people[about.life].member(day)]
        found.append((about.life, kind, days[int(len(days) * rng.betavariate(1, 2))]))
    return found


def _treated(
    pool: Pool, referrals: list[Referral], people: dict[int, Person], rng: Random
) -> tuple[list[Referral], list[tuple[int, str, str, date]]]:
    """Assessments of people in the community, care plans of some of them, direct work with all who have a plan."""
    told = pool.figures["health"]
    events: list[tuple[int, str, str, date]] = []
    plans: dict[int, date] = {}
    done: list[Referral] = []
    assessed = 0
    for made in sorted(referrals, key=lambda _: rng.random()):
        accepted = answered(rng, made.acknowledged_on or made.sent_on, slowest=10)
        days = _free(people[made.life], accepted, ASSESSED_DAYS, LAST_ANSWER)
        if days and assessed < told["assessed"]:
            assessed += 1
            on = rng.choice(days)
            events.append((made.life, "assessment", "", on))
            made = replace(made, accepted_on=accepted)
            later = _free(people[made.life], on, ASSESSED_DAYS, before(LAST_ANSWER, 5))
            if later and len(plans) < told["care_plans"]:
                plans[made.life] = rng.choice(later)
                made = replace(made, started_on=plans[made.life])
        elif rng.random() < 0.5:
            made = replace(made, accepted_on=accepted)
        elif rng.random() < 0.3:
            made = replace(made, declined_on=accepted, decline_reason=rng.choice(("no_consent", "not_eligible", "no_capacity")))
        done.append(made)
    pool.short("people assessed", told["assessed"], assessed)
    pool.short("people with a care plan", told["care_plans"], len(plans))
    events += [(life, "care_plan", "", on) for life, on in plans.items()]
    return done, [*events, *_direct_work(told["interventions"], plans, people, rng)]


def _free(person: Person, day: date, days: int, last: date) -> list[date]:
    """The working days within so many after a day, not after the last, on which the person is in the community."""
    return [each for each in working_days(after(day, 1), min(after(day, days), last)) if person.free(each)]


def _direct_work(
    told: dict[str, int], plans: dict[int, date], people: dict[int, Person], rng: Random
) -> list[tuple[int, str, str, date]]:
    """Each kind with so many people, those with the least direct work so far first; everybody has some."""
    events: list[tuple[int, str, str, date]] = []
    load: Counter[int] = Counter()
    for kind, size in told.items():
        for life in sorted(plans, key=lambda life: (load[life], rng.random()))[:size]:
            load[life] += 1
            days = working_days(plans[life], LAST_ANSWER)
            free = [day for day in days if people[life].free(day)] or days[:1]
            events.append((life, "intervention", kind, free[int(len(free) * rng.betavariate(1, 3))]))
    return events


def cast_employment(pool: Pool) -> dict[str, pl.DataFrame]:
    """`employment`, a row a referral; `employment_placements`: referral, started_on."""
    rng = pool.random("employment")
    told = pool.figures["employment"]
    able: Chosen = [(p, on) for p in pool.people if p.member(on := rng.choice(JOB_DAYS)) and p.status(on)]
    rng.shuffle(able)
    fit = [each for each in able if _employable(*each)][: told["accepted"]]
    pool.short("people for work", told["accepted"], len(fit))
    accepted = {person.number for person, _ in fit}
    declined: list[tuple[Person, date, str]] = []
    size = told["referred"] - told["accepted"] if pool.figures.exact else len(NOT_ACCEPTED)
    for reason in _reasons(rng, size):
        taken = accepted | {person.number for person, *_ in declined}
        left = [each for each in able if each[0].number not in taken]
        found = next((each for each in left if _fits(*each, reason)), None)
        if left:
            declined.append((*(found or left[0]), reason if found else "form_not_returned"))
    pool.short("employment referrals", size, len(declined))
    referrals = _all_sent(rng, [(person, on) for person, on, _ in declined], "BS", "employment", "blue_sky")
    referrals = [
        replace(made, declined_on=_answer(made), decline_reason=reason)
        for made, (*_, reason) in zip(referrals, declined, strict=True)
    ]  # fmt: skip
    placed: list[tuple[str, date]] = []
    for n, (person, on) in enumerate(fit, len(referrals) + 1):
        made = _sent(rng, person, f"BS-{n:04d}", "employment", "blue_sky", on)
        made = replace(made, accepted_on=answered(rng, made.acknowledged_on or on, slowest=9))
        start = after(made.accepted_on or on, 10)
        if not placed and person.free(start):
            made = replace(made, started_on=start)
            placed.append((made.record_id, start))
        referrals.append(made)
    schema = {"referral": pl.String, "started_on": pl.Date}
    return {"employment": frame(referrals), "employment_placements": pl.DataFrame(placed, schema=schema, orient="row")}


def _answer(made: Referral) -> date:
    return min(after(made.acknowledged_on or made.sent_on, 3), LAST_ANSWER)


def _reasons(rng: Random, size: int) -> list[str]:
    first = list(NOT_ACCEPTED)
    return [*first, *rng.choices(first, weights=list(NOT_ACCEPTED.values()), k=max(0, size - len(first)))][:size]


def _employable(person: Person, on: date) -> bool:
    later = (on, after(on, 30), after(on, 60))
    fit = "employment" in person.life.needs and "drugs" not in person.life.needs
    return fit and on <= date(2016, 10, 31) and all(person.free(day) and person.resident(day) for day in later)


def _fits(person: Person, on: date, reason: str) -> bool:
    answer = after(on, 7)
    match reason:
        case "in_custody":
            return all(person.held(day) is not None for day in (on, answer))
        case "identified_drug_user":
            return "drugs" in person.life.needs and person.free(answer)
        case "not_resident":
            return not person.resident(on)
        case _:
            return person.free(answer)
