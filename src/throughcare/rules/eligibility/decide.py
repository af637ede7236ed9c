"""Whether a person is eligible for the cohort on a day, and whether a member should leave it, each with its reasons.

A rule answers; it decides nothing: people accept or refuse what is proposed from the answers.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from throughcare.core.contracts import Decision
from throughcare.core.pilot import CriterionParameters, Pilot
from throughcare.rules.eligibility import adult, convicted, resident, risk, supervised
from throughcare.rules.eligibility.facts import Facts, held_since, residence, turning_days
from throughcare.rules.eligibility.words import day, offence

MOVED_OUT, SENTENCE_ENDED, RISK, CORRECTED = LEAVING = (
    "moved out of the area", "sentence ended", "no longer meets the risk criterion", "record corrected",
)  # fmt: skip


class Criterion(Protocol):
    """One criterion on one person and day, with its parameters of the pilot file."""

    def __call__(self, facts: Facts, *, as_at: date, told: CriterionParameters, pilot: Pilot) -> Decision: ...


CRITERIA: Mapping[str, Criterion] = {
    "convicted": convicted.decide,
    "adult": adult.decide,
    "resident": resident.decide,
    "supervised": supervised.decide,
    "risk": risk.decide,
}
HOLDS: Mapping[str, Callable[[Facts, date, CriterionParameters, Pilot], bool]] = {
    "convicted": convicted.holds,
    "adult": adult.holds,
    "resident": resident.holds,
    "supervised": supervised.holds,
    "risk": risk.holds,
}
"""Whether each criterion holds: what `CRITERIA` answers, without reasons and the next change, which take most of the time."""


def holds(facts: Facts, *, as_at: date, pilot: Pilot) -> bool:
    """Whether all criteria of the pilot file hold on the day: what `eligible` says, without its reasons. For many people."""
    return all(HOLDS[told.slug](facts, as_at, told, pilot) for told in pilot.criteria)


def eligible(facts: Facts, *, as_at: date, pilot: Pilot) -> Decision:
    """Whether all criteria of the pilot file hold on the day.

    Met: the reasons of all, and the first day on which one of them ends. Not met: the reasons of those that fail, in
    the file's order, and the day by which the last of them would hold (None where one will not by itself).
    """
    answers = decided(facts, as_at=as_at, pilot=pilot)
    evidence: dict[str, Any] = {}
    for answer in answers.values():
        evidence.update(answer.evidence)
    failing = [answer for answer in answers.values() if not answer.met]
    reasons = tuple(reason for answer in failing or answers.values() for reason in answer.reasons)
    changes = [answer.next_change_on for answer in failing or answers.values()]
    known = [on for on in changes if on is not None]
    last = max(known, default=None) if len(known) == len(changes) else None
    next_change = last if failing else min(known, default=None)
    return Decision(met=not failing, reasons=reasons, evidence=evidence, next_change_on=next_change)


def decided(facts: Facts, *, as_at: date, pilot: Pilot) -> dict[str, Decision]:
    """Each criterion's own answer, by its slug, in the order of the pilot file."""
    return {told.slug: CRITERIA[told.slug](facts, as_at=as_at, told=told, pilot=pilot) for told in pilot.criteria}


def leaving(facts: Facts, *, as_at: date, pilot: Pilot, off_rule: bool) -> Decision:
    """Whether a member should leave on the day: met with the first reason that holds, which evidence has as `because`,
    and the day from which it holds as `holds_from`.

    The order is: moved out of the area; sentence ended; no longer meets the risk criterion (score fell, or the offence
    is now too old). Where only a corrected record is the cause (no conviction, not yet adult), that is said [decided].
    A member put forward off the rule leaves for the first two only, and never for want of any supervision on record.
    """
    answers = decided(facts, as_at=as_at, pilot=pilot)
    failing = {slug: answer for slug, answer in answers.items() if not answer.met}
    if off_rule:
        asked = {"resident"} | ({"supervised"} if facts.supervision else set())
        failing = {slug: answer for slug, answer in failing.items() if slug in asked}
    for slug in ("resident", "supervised", "risk", "convicted", "adult"):
        if slug in failing:
            return _reason_to_leave(slug, failing[slug], facts, as_at, pilot)
    ends = [answers[slug].next_change_on for slug in ("resident", "supervised") if slug in answers] if off_rule else None
    ends = [answer.next_change_on for answer in answers.values()] if ends is None else ends
    return Decision(
        met=False, reasons=("stays: no reason to leave holds",), next_change_on=min((on for on in ends if on), default=None),
    )  # fmt: skip


def _reason_to_leave(slug: str, answer: Decision, facts: Facts, as_at: date, pilot: Pilot) -> Decision:
    days = turning_days(facts)
    because, words, since = CORRECTED, answer.reasons[0], as_at
    if slug == "resident":
        home = residence(facts, as_at)
        because, since = MOVED_OUT, held_since(days, as_at, lambda on: resident.lives_in(facts, on, pilot))
        words = f"{home.by} is in {home.borough or 'an unnamed borough'}" if home else answer.reasons[0]
    elif slug == "supervised":
        because, since = SENTENCE_ENDED, held_since(days, as_at, lambda on: supervised.is_supervised(facts, on))
        words = "managed by neither NPS nor CRC"
    elif slug == "risk":
        because, (words, since) = RISK, _risk_fell(facts, as_at, pilot)
    evidence = {**answer.evidence, "because": because, "holds_from": since}
    return Decision(met=True, reasons=(f"{because}, from {day(since)}: {words}",), evidence=evidence)


def _risk_fell(facts: Facts, as_at: date, pilot: Pilot) -> tuple[str, date]:
    """Why the risk criterion ended, and when: the offence became too old, or the score fell after that."""
    told, score = pilot.criterion("risk"), facts.percent_2y
    if told is None or score is None:
        return f"there is no two-year score: {facts.score_error or 'not scored'}", as_at
    months, scored = told.committed_within_months or 0, f"two-year score {score}%"
    lapses = [
        (risk.lapses_on(each.committed_on, months), each.group)
        for each in facts.offences
        if each.committed_on is not None and risk.counts(each, as_at, told)
    ]
    middling = told.or_at_or_above is not None and score >= told.or_at_or_above
    lapsed, group = max(lapses, default=(date.min, ""))
    fell = facts.score_since or (date.min if middling and lapses else as_at)
    if middling and lapses and lapsed >= fell:
        return f"{scored}, and the {offence(group)} is {months} months old", lapsed
    return f"the score fell, to {score}%", fell
