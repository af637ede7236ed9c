"""What whoever delivers a service will see of a person, row by row of the policy, before it is sent to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.policy import policy
from throughcare.casework.access.queries import manager_of
from throughcare.casework.cohort.standing import in_cohort, score_over_time
from throughcare.casework.notes.queries import risks_of
from throughcare.casework.people.names import SHORT, aliases_of, named
from throughcare.casework.people.queries import ids_of
from throughcare.casework.people.record import timeline
from throughcare.casework.people.where import where
from throughcare.casework.referrals.models import STRUCK
from throughcare.casework.referrals.reach import PATHWAYS
from throughcare.core.dates import day_in_words

WITH_A_REASON = "risks"
"""Struck out only where somebody says why: a worker's safety may rest on it."""
SHOWN = ("identity", *STRUCK)
"""The rows that tell of the person, in the order of the preview. Others tell of the provider's own work with them."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the policy as the provider will see it: what it says now, and in how many entries of the timeline."""

    slug: str
    words: str
    lines: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def struck(self) -> bool:
        """Whether it may be struck out."""
        return self.slug in STRUCK

    @property
    def needs_reason(self) -> bool:
        return self.slug == WITH_A_REASON


def role_of(service: str) -> str:
    """The role that works with the person there."""
    return next((role for role, theirs in PATHWAYS.items() if theirs == service), "provider_worker")


def rows_for(service: str, told: Mapping[str, Row]) -> list[Row]:
    """Of all that is told of the person, the rows that who delivers the service will see."""
    role = role_of(service)
    return [told[row] for row in SHOWN if row in told and policy().cell(row, role)]


def told_of(person: int, day: date) -> dict[str, Row]:
    """By row of the policy, all that may be told of the person on the day, as their page tells it. A row with nothing is there:
    what comes later will be seen too.
    """
    entries: dict[str, list[str]] = {}
    for entry in (entry for number in ids_of(person) for entry in timeline(number)):
        if entry.planned or entry.on <= day:
            entries.setdefault(entry.row, []).append(f"{day_in_words(entry.on)}: {entry.words}")
    return {
        row: Row(slug=row, words=policy().rows[row], lines=tuple(_TOLD[row](person, day)), before=tuple(entries.get(row, ())))
        for row in SHOWN
    }


def _identity(person: int, day: date) -> list[str]:
    who = named([person])[person]
    numbers = [f"{words} {value}" for kind, words in SHORT.items() if (value := getattr(who, kind))]
    born = [f"Born {day_in_words(who.date_of_birth)}"] if who.date_of_birth else []
    also = [f"Also known as {'; '.join(aliases)}"] if (aliases := aliases_of(person)) else []
    return [who.shown, *born, *numbers, *also]


def _address(person: int, day: date) -> list[str]:
    place = where(person, day)
    return [", ".join(filter(None, (place.borough, place.postcode)))] if place.borough or place.postcode else []


def _supervision(person: int, day: date) -> list[str]:
    place = where(person, day)
    until = f" until {day_in_words(place.until)}" if place.until else ""
    return [f"{place.status}{until}, {place.agency}"] if place.status else []


def _custody(person: int, day: date) -> list[str]:
    place = where(person, day)
    if not place.prison or place.prison_since is None:
        return []
    remand = " on remand" if place.on_remand else ""
    planned = [f"Release planned on {day_in_words(place.release_planned_on)}"] if place.release_planned_on else []
    return [f"In {place.prison}{remand} since {day_in_words(place.prison_since)}", *planned]


def _caseload(person: int, day: date) -> list[str]:
    manager = manager_of(person, day)
    return [f"Offender manager: {manager.title} {manager.telephone}".strip()] if manager else []


def _cohort(person: int, day: date) -> list[str]:
    cohort = in_cohort(person, day)
    return [f"In the cohort since {day_in_words(cohort.since)}", *cohort.reasons] if cohort.member and cohort.since else []


def _score(person: int, day: date) -> list[str]:
    found = score_over_time(person, day, moves=1)
    return [f"Score {found[0].score}"] if found and found[0].score is not None else []


_TOLD: Mapping[str, Callable[[int, date], list[str]]] = {
    "identity": _identity, "address": _address, "supervision": _supervision, "custody": _custody, "risks": risks_of,
    "caseload": _caseload, "cohort_membership": _cohort, "score": _score, "offence_history": lambda person, day: [],
}  # fmt: skip
