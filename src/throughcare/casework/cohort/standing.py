"""One person's place in the cohort, and how their score came to be what it is: for their page."""

from dataclasses import dataclass
from datetime import date

from throughcare.casework.cohort import queries
from throughcare.casework.cohort.facts import scores_of
from throughcare.casework.cohort.models import Membership, Proposal, Rating, Transfer
from throughcare.casework.frames import only
from throughcare.core.dates import completed_years

YEARS_BACK = 5
MOST_POINTS = 8


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
    """As it stood on the day; of a person who left, the last membership."""
    last = Membership.objects.filter(person=person, start__lte=day).order_by("-start", "-pk").first()
    member = last is not None and (last.end is None or last.end > day)
    passed = Transfer.objects.filter(person=person, on__lte=day).order_by("-on", "-pk").first() if member else None
    borough = passed.to_borough if passed and last and passed.on >= last.start else (last.borough if last else "")
    rating = Rating.objects.filter(person=person, start__lte=day).order_by("-start", "-pk").first()
    open_one = Proposal.objects.filter(person=person, accepted=None, superseded_on=None, as_at__lte=day).order_by("pk").first()
    return InCohort(
        member=member, borough=borough, since=last.start if last else None,
        reasons=tuple(last.reasons.splitlines()) if last else (), off_rule=bool(last and last.off_rule),
        left_on=last.end if last and not member else None, left_because=last.left_because if last and not member else "",
        rag=rating.rag if rating and member else "", rag_since=rating.start if rating else None,
        rag_reason=rating.reason if rating else "", proposed=open_one.kind if open_one else "",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Point:
    """The two-year score on a day (None: none can be worked out), and what moved it there."""

    on: date
    score: int | None
    because: str


def score_over_time(person: int, day: date) -> list[Point]:
    """The score today and how it moved: after each sanction and each birthday that changed it, newest first.

    It is worked out anew for each of those days, from the history as it stands on record now. At most the last eight moves.
    """
    with only(person):
        frames = queries.everybody()
    born = frames.people["date_of_birth"][0] if frames.people.height else None
    start = date(day.year - YEARS_BACK, 1, 1)
    sanctions = sorted({on for on in frames.convictions["convicted_on"] if on and start <= on <= day})
    ages = {_birthday(born, year): completed_years(born, _birthday(born, year)) for year in range(start.year, day.year + 1)} if born else {}
    birthdays = {on: age for on, age in ages.items() if start <= on <= day}
    points: list[Point] = []
    for on in sorted({*sanctions, *birthdays, day}):
        score = _score(frames, on)
        if points and points[-1].score == score and on != day:
            continue
        why = "found guilty or cautioned" if on in sanctions else (f"turned {birthdays[on]}" if on in birthdays else "today")
        if points and points[-1].score == score:
            continue
        points.append(Point(on=on, score=score, because=why))
    return points[::-1][:MOST_POINTS]


def _score(frames: queries.Frames, on: date) -> int | None:
    scored = scores_of(frames, as_at=on)
    return scored["percent_2y"][0] if scored.height else None


def _birthday(born: date, year: int) -> date:
    """The birthday in a year; one of 29 February is reached on 1 March."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
