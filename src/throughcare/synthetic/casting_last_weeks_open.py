"""What became in 2017 of the referrals that were open at the end of 2016: days are added, none is changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import polars as pl

from throughcare.synthetic.casting_last_weeks_people import DAYS, START, YESTERDAY, later
from throughcare.synthetic.casting_people import Person
from throughcare.synthetic.casting_referrals import Referral, frame

STILL_WAITING = 0.08
"""Chosen: how many of those open have not moved since December."""

Session = tuple[str, date, bool, str]


def carried_on(old: pl.DataFrame, people: Mapping[int, Person], rng: Random) -> tuple[pl.DataFrame, list[Session]]:
    """The same rows with what was done in 2017, and the sessions of those whose work began then."""
    sessions: list[Session] = []
    rows = []
    for row in old.iter_rows(named=True):
        made = _of(row)
        if _open(made) and made.started_on is None and rng.random() >= STILL_WAITING:
            made = _moved(made, people[made.life], rng)
            if made.started_on and made.started_on >= START:
                sessions += _held(made, people[made.life], rng)
        rows.append(made)
    return frame(rows), sessions


def _of(row: Mapping[str, Any]) -> Referral:
    return Referral(**row)


def _open(made: Referral) -> bool:
    return not any((made.declined_on, made.completed_on, made.ended_early_on, made.withdrawn_on))


def _moved(made: Referral, person: Person, rng: Random) -> Referral:
    """Answered in January where it was not; then begun where the person is about, else taken back."""
    answer = rng.choice(DAYS[:14])
    if made.acknowledged_on is None:
        made = replace(made, acknowledged_on=START)
    if made.accepted_on is None:
        if rng.random() < 0.45:
            reason = "in_custody" if person.held(answer) else rng.choice(("no_consent", "no_capacity", "risk_not_manageable"))
            return replace(made, declined_on=answer, decline_reason=reason)
        made = replace(made, accepted_on=answer)
    begun = [day for day in DAYS if day > answer and person.free(day)][:12]
    if begun and person.under(YESTERDAY) and rng.random() < 0.6:
        return replace(made, started_on=rng.choice(begun))
    if rng.random() < 0.92:
        reason = "returned_to_custody" if person.held(YESTERDAY) else rng.choice(("not_engaged", "needs_met_elsewhere"))
        return replace(made, withdrawn_on=later(answer, rng.randint(5, 30)), withdraw_reason=reason)
    return made


def _held(made: Referral, person: Person, rng: Random) -> list[Session]:
    """About weekly from the start on, while in the community."""
    days = [day for day in DAYS if made.started_on and day >= made.started_on][:: rng.choice((5, 5, 6))]
    free = [day for day in days if person.free(day)]
    return [
        (made.record_id, day, True, "ATTC") if n == 0 or rng.random() < 0.76 else (made.record_id, day, False, "UAAB")
        for n, day in enumerate(free)
    ]
