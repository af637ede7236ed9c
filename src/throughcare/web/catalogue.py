"""The catalogue of measures: every figure's rule in words and in code, who answers for it, and how it was defined before."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.measures.all_measures import all_measures
from throughcare.measures.board import COHORT, STEPS
from throughcare.measures.definitions import Definition, definitions
from throughcare.web.boards import ROW, sees_cohort, services_of, view_of

FEW = 3
"""So many are shown opened."""


def catalogue(request: HttpRequest) -> HttpResponse:
    """Every measure that the reader may know of; of those asked for, the ones with all the words."""
    asked, service = request.GET.get("q", "").strip(), request.GET.get("service", "")
    known = known_to(request.reader)
    words = asked.lower().split()
    found = [
        d for d in known if (d.measure.slug == asked or all(word in _text(d) for word in words)) and service in ("", d.service)
    ]
    exact = [d for d in found if d.measure.slug == asked]
    services = sorted({d.service for d in known if d.service})
    return render(request, "web/catalogue.html", {
        "found": exact or found, "known": known, "asked": asked, "service": service, "services": services,
        "opened": len(exact or found) <= FEW,
    })  # fmt: skip


def known_to(reader: Reader) -> tuple[Definition, ...]:
    """The governance audience knows of every measure; any other of those that may stand on its dashboard."""
    view = view_of(reader)
    if view.governance:
        return _all()
    services = {current_pilot().service(slug).name for slug in services_of(reader, view)}
    steps = {*STEPS, *(COHORT if sees_cohort(reader, view) else ())}
    return tuple(d for d in _all() if d.service in services or d.measure.slug in steps)


@cache
def _all() -> tuple[Definition, ...]:
    return definitions(all_measures(), pilot=current_pilot())


def _text(told: Definition) -> str:
    m = told.measure
    return " ".join((m.slug, m.title, m.why, m.definition, told.service, told.owner)).lower()


PAGES = (Page(name="measures", route="measures/", view=catalogue, needs=ROW),)
