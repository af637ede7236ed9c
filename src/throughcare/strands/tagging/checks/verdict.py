"""Whether a day was kept, by what was found of it and what was decided: the one rule, for pages and measures alike."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from throughcare.positions.curfews import LONGEST_SILENCE
from throughcare.strands.tagging.checks.words import BROKEN, EXCUSES, KEPT, KINDS, LOOKED_AT, NOT_TOLD, OPEN

UNJUDGED = ("curfew_uncertain", "attendance_uncertain", "no_tag")
"""With one of these unexplained nobody can say that the day was kept [decided]."""
SILENT = ("silent", "silent_near_victim")


class Told(Protocol):
    """What the rule needs to know of a finding."""

    kind: str
    explained: str
    starts_at: object
    ends_at: object


def raw_verdict(findings: Iterable[Told], *, over: bool) -> str:
    """How a day stands before anybody decides: an unexplained breach breaks it, else what cannot be told leaves it untold. A
    breach counts at once; all else only when the day is over. An hour of silence in all cannot be told.
    """
    open_to = [found for found in findings if not found.explained]
    if any(KINDS[found.kind].breach for found in open_to):
        return BROKEN
    if not over:
        return OPEN
    unsure = any(found.kind in UNJUDGED for found in open_to)
    return NOT_TOLD if unsure or _silence(open_to) > LONGEST_SILENCE else KEPT


def verdict(raw: str, findings: Iterable[tuple[Told, str]]) -> str:
    """How it stands now: `findings` with the decision that stands ("": none yet). A breach is one only once it was reviewed as
    such; excused ones are none; one that waits keeps the day from being judged.
    """
    told = list(findings)
    breaches = [decision for found, decision in told if KINDS[found.kind].breach and not found.explained]
    if any(decision and decision not in EXCUSES for decision in breaches):
        return BROKEN
    if any(not decision for decision in breaches):
        return LOOKED_AT
    if raw == OPEN:
        return OPEN
    left = [found for found, decision in told if decision not in EXCUSES and not KINDS[found.kind].breach]
    return raw_verdict(left, over=True)


def _silence(findings: Iterable[Told]) -> timedelta:
    spans = [found.ends_at - found.starts_at for found in findings if found.kind in SILENT and found.ends_at]  # type: ignore[operator]
    return sum(spans, timedelta(0))
