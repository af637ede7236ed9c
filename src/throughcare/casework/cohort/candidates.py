"""What the rule would propose on a day: who should join, leave or pass to another borough. Reads nothing, writes nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughcare.casework.cohort.models import JOIN, LEAVE, TRANSFER
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.decide import eligible, leaving
from throughcare.rules.eligibility.facts import Facts, residence
from throughcare.rules.eligibility.words import day

MOVED_WITHIN = "moved within the area"


@dataclass(frozen=True, kw_only=True)
class Member:
    """A member on the day: the borough responsible, and whether put forward off the rule."""

    borough: str
    off_rule: bool


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One proposal in the making; see `models.Proposal`."""

    person: int
    kind: str
    holds_from: date
    because: str
    reasons: tuple[str, ...]
    evidence: Mapping[str, Any]
    score: int | None
    borough: str

    @property
    def digest(self) -> str:
        """Of the facts that the proposal rests on, whatever day it is made on: it changes when they do."""
        facts = {key: value for key, value in self.evidence.items() if key != "holds_from"}
        told = json.dumps([self.kind, self.borough, self.because, facts], sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


def candidates(
    known: Mapping[int, Facts], *, members: Mapping[int, Member], joined_since: set[int], as_at: date, pilot: Pilot
) -> Iterator[Candidate]:
    """By person, at most one each: to leave or to pass on for a member, to join for anybody else.

    `joined_since` are people who became members after the day: for them it is too late to propose anything.
    """
    for person, facts in known.items():
        member = members.get(person)
        if member is not None:
            found = _to_leave(facts, member, as_at, pilot) or _to_pass_on(facts, member, as_at, pilot)
        else:
            found = None if person in joined_since else _to_join(facts, as_at, pilot)
        if found is not None:
            yield found


def _to_join(facts: Facts, as_at: date, pilot: Pilot) -> Candidate | None:
    answer = eligible(facts, as_at=as_at, pilot=pilot)
    if not answer.met:
        return None
    return Candidate(
        person=facts.person, kind=JOIN, holds_from=as_at, because=answer.evidence.get("because", "eligible"),
        reasons=answer.reasons, evidence=answer.evidence, score=facts.percent_2y, borough=answer.evidence.get("borough", ""),
    )  # fmt: skip


def _to_leave(facts: Facts, member: Member, as_at: date, pilot: Pilot) -> Candidate | None:
    answer = leaving(facts, as_at=as_at, pilot=pilot, off_rule=member.off_rule)
    if not answer.met:
        return None
    return Candidate(
        person=facts.person, kind=LEAVE, holds_from=answer.evidence["holds_from"], because=answer.evidence["because"],
        reasons=answer.reasons, evidence=answer.evidence, score=facts.percent_2y, borough=member.borough,
    )  # fmt: skip


def _to_pass_on(facts: Facts, member: Member, as_at: date, pilot: Pilot) -> Candidate | None:
    home = residence(facts, as_at)
    if home is None or home.borough == member.borough or home.borough not in pilot.boroughs:
        return None
    reason = f"moved from {member.borough} to {home.borough} on {day(home.since)}"
    return Candidate(
        person=facts.person, kind=TRANSFER, holds_from=home.since, because=MOVED_WITHIN, reasons=(reason,),
        evidence={"from_borough": member.borough, "to_borough": home.borough, "borough_since": home.since},
        score=facts.percent_2y, borough=home.borough,
    )  # fmt: skip
