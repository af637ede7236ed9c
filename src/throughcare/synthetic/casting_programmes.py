"""What became of the young men's referrals: which provider, accepted or not, which sessions were held and attended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from throughcare.core.working_days import is_working_day
from throughcare.synthetic.casting_people import Person, Pool, after, before, working_days
from throughcare.synthetic.casting_referrals import Referral, acknowledged, answered, frame, route
from throughcare.synthetic.casting_young_men import Choice

LATER_SERVICES = {"right_track": ("RT", "rise_mutual"), "tiger": ("TG", "rise_mutual"), "building_bridges": ("BB", "pact")}
GROUPS = {"right_track": date(2017, 1, 17), "tiger": date(2017, 1, 19)}
"""The first day of each group: both were to begin in January 2017."""

ACCEPTED = 0.55
"""Chosen: how many of the programmes' referrals were accepted by the end of 2016."""

KNOWN_UNTIL = date(2017, 2, 28)
DECLINED = ("no_consent", "risk_not_manageable", "not_eligible", "no_capacity")
INITIALS = {"caring_for_ex_offenders": "CE", "osmani_trust": "OT", "reaching_all_people": "RP", "new_choices_for_youth": "NC"}
Session = tuple[str, date, bool, str]


def cast_programmes(pool: Pool, choices: list[Choice]) -> dict[str, pl.DataFrame]:
    """`programmes`, a row a referral, and `programmes_sessions`, a row a session: referral, held_on, attended, outcome."""
    rng = pool.random("programmes")
    referrals, sessions = _mentoring(pool, [c for c in choices if "mentoring" in c.services], rng)
    for service in LATER_SERVICES:
        more, held = _programme(pool, service, [c for c in choices if service in c.services], rng)
        referrals += more
        sessions += held
    schema = {"referral": pl.String, "held_on": pl.Date, "attended": pl.Boolean, "outcome": pl.String}
    return {
        "programmes": frame(referrals),
        "programmes_sessions": pl.DataFrame(sorted(sessions, key=lambda s: (s[1], s[0])), schema=schema, orient="row"),
    }


def _made(choice: Choice, record_id: str, service: str, provider: str, sent_on: date, rng: Random) -> Referral:
    way = "activity_requirement" if choice.ordered_on else route(choice.person, sent_on)
    days = rng.choice((20, 30, 40, 60)) if way == "activity_requirement" else None
    return Referral(
        record_id=record_id, life=choice.person.number, service=service, provider=provider, route=way, sent_on=sent_on,
        acknowledged_on=acknowledged(rng, sent_on), days_ordered=days, days_done=None,
    )  # fmt: skip


def _mentoring(pool: Pool, choices: list[Choice], rng: Random) -> tuple[list[Referral], list[Session]]:
    referrals: list[Referral] = []
    sessions: list[Session] = []
    for told, mine in _providers(pool, choices, rng):
        mine = sorted(mine, key=lambda c: (-min(len(_free_days(c.person, after(c.sent_on, 20))), 30), rng.random()))
        for place, choice in enumerate(mine):
            record_id = f"{INITIALS[told['slug']]}-{len(referrals) + 1:04d}"
            made = _made(choice, record_id, "mentoring", told["slug"], choice.sent_on, rng)
            if place < told["seen"]:
                made, held = _seen(choice, made, completed=place < told["completed"], rng=rng)
                sessions += held
            elif place < told["accepted"]:
                made = replace(made, accepted_on=answered(rng, _arrived(made)))
                sessions += _missed(choice, made, rng)
            else:
                made = _refused(choice, made, rng)
            referrals.append(made)
        seen = sum(made.started_on is not None for made in referrals if made.provider == told["slug"])
        pool.short(f"clients of {told['slug']} with days for a session", told["seen"], seen)
    return referrals, sessions


def _providers(pool: Pool, choices: list[Choice], rng: Random) -> list[tuple[Mapping[str, Any], list[Choice]]]:
    """Osmani Trust, of Tower Hamlets, has its own borough first; Reaching All People began early, New Choices late."""
    told = {each["slug"]: each for each in pool.figures["young_men"]["providers"]}
    most = pool.figures["young_men"]["chosen"]["most"]
    left = sorted(choices, key=lambda c: (c.sent_on, c.person.number))
    homely = [c for c in left if c.person.home(c.sent_on) == most][: told["osmani_trust"]["referred"]]
    others = [c for c in left if c not in homely]
    at_hand = sorted(others, key=lambda c: len(_free_days(c.person, after(c.sent_on, 20))) < 5)
    early = at_hand[: told["reaching_all_people"]["referred"]]
    late = [c for c in others if c not in early][-told["new_choices_for_youth"]["referred"] :]
    middle = [c for c in others if c not in early and c not in late]
    rng.shuffle(middle)
    few = told["caring_for_ex_offenders"]["referred"]
    share = {
        "caring_for_ex_offenders": middle[:few], "osmani_trust": [*homely, *middle[few:]], "reaching_all_people": early,
        "new_choices_for_youth": late,
    }  # fmt: skip
    return [(told[slug], mine) for slug, mine in share.items()]


def _arrived(made: Referral) -> date:
    return made.acknowledged_on or made.sent_on


def _free_days(person: Person, start: date, last: date = date(2016, 12, 30)) -> list[date]:
    """Working days on which the person is in the community."""
    return [day for day in working_days(start, last) if person.free(day)]


def _seen(choice: Choice, made: Referral, *, completed: bool, rng: Random) -> tuple[Referral, list[Session]]:
    """Accepted, met in the community, then seen about weekly until completed, back in custody, or the last day known."""
    accepted = answered(rng, _arrived(made), slowest=8)
    free = _free_days(choice.person, after(accepted, 1))
    if not free:
        return replace(made, accepted_on=accepted), []
    first = free[min(len(free) - 1, rng.randrange(6))]
    made = replace(made, accepted_on=accepted, started_on=first)
    if completed:
        made = replace(made, completed_on=max(before(free[-1], rng.randint(4, 30)), after(first, 1)))
    last = made.completed_on or KNOWN_UNTIL
    back = next((s.start for s in choice.person.custody if s.start > first), None)
    if back is not None and back < last and not completed:
        last = back
        if rng.random() < 0.6:
            made = replace(made, ended_early_on=after(back, 3), end_reason="returned_to_custody")
    held: list[Session] = [(made.record_id, first, True, "ATTC")]
    day = first
    while (day := after(day, rng.choice((6, 7, 7, 8, 14)))) < last:
        if choice.person.free(day):
            held.append((made.record_id, day, *_attendance(rng, 0.76)))
    return _with_days_done(made, held), held


def _attendance(rng: Random, chance: float) -> tuple[bool, str]:
    if rng.random() < chance:
        return True, "ATTC"
    return False, rng.choice(("UAAB", "UAAB", "AAME", "AAEM", "AAFC", "RSOF", ""))


def _with_days_done(made: Referral, held: list[Session]) -> Referral:
    if made.days_ordered is None:
        return made
    return replace(made, days_done=min(made.days_ordered, sum(attended for _, _, attended, _ in held)))


def _missed(choice: Choice, made: Referral, rng: Random) -> list[Session]:
    """First meetings arranged and missed, up to two; none for half of those not met yet."""
    free = _free_days(choice.person, after(made.accepted_on or made.sent_on, 2))
    days = sorted(rng.sample(free, min(len(free), rng.choice((0, 0, 1, 2)))))
    return [(made.record_id, day, False, rng.choice(("UAAB", "UAAB", "RSOF"))) for day in days]


def _refused(choice: Choice, made: Referral, rng: Random) -> Referral:
    """Declined, or taken back, or not answered yet."""
    answer = answered(rng, _arrived(made))
    fate = rng.random()
    if fate < 0.6:
        reason = "in_custody" if choice.person.held(answer) else rng.choice(DECLINED)
        return replace(made, declined_on=answer, decline_reason=reason)
    if fate < 0.85:
        return replace(made, withdrawn_on=answer, withdraw_reason=rng.choice(("not_engaged", "no_reply", "needs_met_elsewhere")))
    return made


def _programme(pool: Pool, service: str, choices: list[Choice], rng: Random) -> tuple[list[Referral], list[Session]]:
    """Referrals to a programme, sent within three weeks of the first; the January group begins with some of the accepted."""
    initials, provider = LATER_SERVICES[service]
    size = pool.figures["young_men"]["chosen"].get(f"{service}_group", 0)
    referrals: list[Referral] = []
    sessions: list[Session] = []
    for choice in sorted(choices, key=lambda c: (c.sent_on, c.person.number)):
        sent_on = choice.sent_on
        if len(choice.services) > 1:
            later = after(sent_on, rng.choice((0, 0, 0, 3, 7, 14, 20)))
            able = choice.person.member(later) and choice.person.status(later) and choice.person.age(later) <= 25
            sent_on = later if able and later <= date(2016, 12, 19) else sent_on
        made = _made(choice, f"{initials}-{len(referrals) + 1:04d}", service, provider, sent_on, rng)
        joins = size > 0 and choice.person.free(GROUPS[service]) and choice.person.status(GROUPS[service]) != ""
        if joins or rng.random() < ACCEPTED:
            made = replace(made, accepted_on=answered(rng, _arrived(made)))
        elif rng.random() < 0.3:
            made = _refused(choice, made, rng)
        if joins:
            size -= 1
            made, held = _in_group(choice, made, GROUPS[service], rng)
            sessions += held
        referrals.append(made)
    return referrals, sessions


def _in_group(choice: Choice, made: Referral, start: date, rng: Random) -> tuple[Referral, list[Session]]:
    """Weekly group sessions from the first day of the group, while in the community."""
    days = [start + timedelta(weeks=n) for n in range(6) if is_working_day(start + timedelta(weeks=n))]
    held: list[Session] = [(made.record_id, start, True, "ATTC")]
    held += [(made.record_id, day, *_attendance(rng, 0.8)) for day in days[1:] if choice.person.free(day)]
    return _with_days_done(replace(made, started_on=start), held), held
