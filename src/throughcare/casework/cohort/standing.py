"""One person's place in the cohort, and how their score came to be what it is: for their page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.frames import about, only
from throughcare.casework.people import queries as people
from throughcare.casework.people.queries import latest, on_the_day
from throughcare.rules.history import inputs_at
from throughcare.rules.ogrs3.score import score

MOST_MOVES = 12


@dataclass(frozen=True, kw_only=True)
class InCohort:
    """Whether a person is a member on the day, for which borough, since when and why; the panel's rating, "" for none."""

    member: bool
    borough: str
    since: date | None
    reasons: tuple[str, ...]
    off_rule: bool
    left_on: date | None
    left_because: str
    rag: str
    rag_since: date | None
    rag_reason: str
    proposed: str


def in_cohort(person: int, day: date) -> InCohort:
    """As it stood on the day; of a person who left, the last membership. As `queries.members` has it for everybody."""
    stay = _last_stay(person, day)
    last, ends = (stay[0], max(stay, key=_end)) if stay else (None, None)
    member = ends is not None and _end(ends) > day
    passed = latest(about(Transfer, person), day, dated="on") if member else None
    borough = passed.to_borough if passed and last and passed.on >= last.start else (last.borough if last else "")
    rating = latest(about(Rating, person), day)
    open_one = next((p for p in about(Proposal, person) if p.state == "open" and p.as_at <= day), None)
    return InCohort(
        member=member, borough=borough, since=last.start if last else None,
        reasons=tuple(last.reasons.splitlines()) if last else (), off_rule=bool(last and last.off_rule),
        left_on=ends.end if ends and not member else None, left_because=ends.left_because if ends and not member else "",
        rag=rating.rag if rating and member else "", rag_since=rating.start if rating else None,
        rag_reason=rating.reason if rating else "", proposed=open_one.kind if open_one else "",
    )  # fmt: skip


def _end(row: Membership) -> date:
    return row.end or date.max


def _last_stay(person: int, day: date) -> list[Membership]:
    """The memberships of the last unbroken stay begun by the day: one, or those of two people found to be one that overlap."""
    stay: list[Membership] = []
    for row in sorted((m for m in about(Membership, person) if m.start <= day), key=lambda m: (m.start, m.pk)):
        overlaps = bool(stay) and row.start < max(map(_end, stay))
        stay = [*stay, row] if overlaps else [row]
    return stay


def ratings_of(people: Collection[int], day: date) -> dict[int, str]:
    """The rating that holds on the day, of those of these people who have one and are members."""
    members = set(Membership.objects.filter(on_the_day(day), person__in=list(people)).values_list("person", flat=True))
    rated = Rating.objects.filter(person__in=members, start__lte=day).order_by("start", "pk")
    return dict(rated.values_list("person", "rag"))


def scores_on(people_asked: Collection[int], day: date) -> dict[int, int]:
    """The two-year score of the day, of those of these people for whom one can be worked out. As `score_over_time` has it."""
    if not people_asked:
        return {}
    with only(*people_asked):
        convictions, sentences, who = people.convictions(), people.sentences(), people.people()
    moments = who.select("person", as_at=pl.lit(day))
    worked_out = score(inputs_at(convictions, sentences, who, moments=moments))["percent_2y"]
    return {number: percent for number, percent in zip(moments["person"], worked_out, strict=True) if percent is not None}


@dataclass(frozen=True, kw_only=True)
class Point:
    """The two-year score from a day on (None: none can be worked out), and what moved it there."""

    on: date
    score: int | None
    because: str


def score_over_time(person: int, day: date, *, moves: int = MOST_MOVES) -> list[Point]:
    """The score on the day and the days on which it moved, newest first: it moves with a sanction, and with a release.

    It is worked out anew for each of these days from the history as it stands on record now; of the last `moves` of them.
    """
    with only(person):
        convictions, sentences, who = people.convictions(), people.sentences(), people.people()
    sanctioned = {on for on in convictions["convicted_on"] if on is not None and on <= day}
    released = {on for on in sentences["released_on"] if on is not None and on <= day}
    days = [*sorted(sanctioned | released)[-moves:], day]
    moments = pl.DataFrame({"person": [person] * len(days), "as_at": days})
    inputs = inputs_at(convictions, sentences, who, moments=moments)
    scores = score(inputs)["percent_2y"].to_list() if who.height else [None] * len(days)
    points: list[Point] = []
    for on, percent in zip(days, scores, strict=True):
        if not points or points[-1].score != percent:
            why = "found guilty or cautioned" if on in sanctioned else ("released" if on in released else "time has passed")
            points.append(Point(on=on, score=percent, because=why))
    return points[::-1]
