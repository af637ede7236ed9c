"""A referral as casting has it: who, to what, by which route, and the day of each thing that happened to it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from random import Random

import polars as pl

from throughcare.synthetic.casting_people import Person, after

ROUTES = {"custody": "through_the_gate", "licence": "licence", "community": "activity_requirement"}
LAST_ANSWER = date(2016, 12, 30)
"""The last working day of the period: what is accepted in it is accepted by then."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Referral:
    """Named as in the feed of referrals; `life` says whose it is. None and empty: it did not happen."""

    record_id: str
    life: int
    service: str
    provider: str
    route: str
    sent_on: date
    acknowledged_on: date | None = None
    accepted_on: date | None = None
    declined_on: date | None = None
    decline_reason: str = ""
    started_on: date | None = None
    completed_on: date | None = None
    ended_early_on: date | None = None
    end_reason: str = ""
    withdrawn_on: date | None = None
    withdraw_reason: str = ""
    days_ordered: int | None = None
    days_done: int | None = None


def frame(referrals: Iterable[Referral]) -> pl.DataFrame:
    """A row a referral, in order of their record_ids."""
    rows = [asdict(each) for each in sorted(referrals, key=lambda each: each.record_id)]
    days = [name for name in Referral.__dataclass_fields__ if name.endswith("_on")]
    numbers = ["life", "days_ordered", "days_done"]
    schema = dict.fromkeys(Referral.__dataclass_fields__, pl.String) | dict.fromkeys(days, pl.Date)
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(numbers, pl.Int64))


def route(person: Person, on: date) -> str:
    """How somebody of that day's status comes to a service."""
    return ROUTES.get(person.status(on), "other")


def acknowledged(rng: Random, sent_on: date) -> date:
    """One to four days after it was sent, and within the year."""
    return min(after(sent_on, rng.randint(1, 4)), LAST_ANSWER)


def answered(rng: Random, seen_on: date, *, slowest: int = 14) -> date:
    """Some days after the provider had it, and within the year."""
    return min(after(seen_on, rng.randint(1, slowest)), LAST_ANSWER)
