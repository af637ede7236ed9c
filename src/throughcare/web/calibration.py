"""How well the score has held: expected and proven reoffending beside each other, by sex, age, ethnicity and score."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import months_before, months_begun
from throughcare.core.pages import Page
from throughcare.measures.calibration import FEW, WAYS, calibration
from throughcare.web.own import own_of, studies_of, whose
from throughcare.web.period import period_asked

ROW = "measures_governance"
BACK, USUAL = 120, 60
"""Months that may be chosen, and those shown at first."""


def score_held(request: HttpRequest) -> HttpResponse:
    """One year and two, for the pilot or the reader's own borough or posts; of whom it is too early is said."""
    reader = request.reader
    months = months_begun(months_before(reader.day, BACK), reader.day)
    form, period = period_asked(request, months=months, default=USUAL)
    own = own_of(reader, ROW)
    found = []
    if period and (own is None or own.parts):
        with reading_once():
            found = [calibration(years, pilot=current_pilot(), period=period, own=own) for years in (1, 2)]
    shown = {
        "form": form, "found": found, "ways": {"": "", **WAYS, "band": "Score"}, "few": FEW, "whose": whose(reader, ROW),
        "nobody": own is not None and not own.parts, "studies": studies_of(reader, ROW),
    }  # fmt: skip
    return render(request, "web/calibration.html", shown)


PAGES = (Page(name="calibration", route="score/calibration/", view=score_held, needs=ROW, menu="Score", place=46),)
