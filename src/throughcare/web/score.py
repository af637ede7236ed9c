"""About the score: what it is now, how it is made, what it is not, how it moved and what would move it next."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.cohort.made import made
from throughcare.casework.cohort.standing import Point, score_over_time
from throughcare.core.pages import Page
from throughcare.rules.ogrs3.explain import REFERENCE
from throughcare.web.person import frame_of

Step = tuple[float, float, int]


def steps(points: Sequence[Point], day: date) -> list[Step]:
    """Each score over the days on which it held, as left, right (hundredths of the whole time) and value; oldest first."""
    told = [(p.on, p.score) for p in reversed(points) if p.score is not None]
    if not told:
        return []
    first = told[0][0]
    whole = max((day - first).days, 1)
    ends = [on for on, _ in told[1:]] + [day]
    return [
        (100 * (on - first).days / whole, 100 * (end - first).days / whole, value)
        for (on, value), end in zip(told, ends, strict=True)
    ]


def score(request: HttpRequest, person: int) -> HttpResponse:
    """The risk score: now, from what, how it moved and why; what it is and is not."""
    day = request.reader.day
    points = score_over_time(request.person, day)
    found = made(request.person, day)
    shown = {
        "points": points, "steps": steps(points, day), "made": found, "reference": REFERENCE, "day": day,
        "may_check": request.reader.may("measures_governance"),
        "most": max((abs(c.points) for year in found.years for c in year.contributions), default=0),
    }  # fmt: skip
    return render(request, "web/person_score.html", frame_of(request, "person-score") | shown)


PAGES = (Page(name="person-score", route="people/<int:person>/score/", view=score, needs="score"),)
