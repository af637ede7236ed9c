"""The dashboard: is the pilot on course, where not, and why; then a service, one of its parts, and who is behind a figure.

Every number is a result of the calculator. Which part is looked at, over which months and beside which earlier ones stays in the
address.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.measures.board import BY, Board, Section, View
from throughcare.measures.glance import Glance, Line, by_value, headlines, way
from throughcare.measures.listing import as_csv
from throughcare.measures.results import Result
from throughcare.report.run_words import few_months, month_in_words, says, signals_in_words, verdict
from throughcare.report.sentences import number
from throughcare.web.asked import GOVERNANCE, Asked, asked
from throughcare.web.behind import behind
from throughcare.web.beside import beside, difference_in_words
from throughcare.web.boards import ROW, board_of, caveats_told, glance_of, sees_cohort, services_of, sources, told, view_of
from throughcare.web.drawn import drawn, lengths, what_changed
from throughcare.web.own import studies_of, whose
from throughcare.web.packs import ROW as PACKS
from throughcare.web.why import reasons_shown

COHORT = "cohort"


def shared(request: HttpRequest, ask: Asked, view: View) -> dict[str, Any]:
    """What every page of figures gives to its template."""
    row, nobody = GOVERNANCE if view.governance else ROW, view.own is not None and not view.own.parts
    return {
        "ask": ask, "query": ask.query(), "by": BY, "governance": view.governance, "told": told, "source_of": sources(),
        "whose": whose(request.reader, row), "studies": studies_of(request.reader, row) if nobody else None,
        "drawn": drawn, "says": says, "verdict": verdict,
        "caveats_of": caveats_told(view, ask.period), "few_months": few_months, "difference": difference_in_words,
        "to_borough": partial(_to, ask, "borough"), "to_provider": partial(_to, ask, "provider"),
        "lengths": lengths, "month": month_in_words, "signals": signals_in_words, "number": number, "way": way,
        "behind": behind(request.reader), "nobody": nobody,
        "few": current_pilot().smallest_published, "reason_of": reasons_shown(request.reader, ask, view),
    }  # fmt: skip


def _to(ask: Asked, name: str, slug: str) -> Callable[[str], str]:
    """What gives the address of a service's page for one borough, or provider, of what is asked now."""
    page = reverse("dashboard-service", kwargs={"slug": slug})
    return lambda value: f"{page}?{ask.query(**{name: value})}"


def dashboard(request: HttpRequest) -> HttpResponse:
    """The pilot at a glance, or the reader's own part of it: what changed, a line a service, boroughs by one figure."""
    ask = asked(request)
    view = view_of(request.reader, ask.chosen)
    found = glance_of(request.reader, ask.period, view) if ask.period else Glance(Board(sections=()))
    lines = [line for line in found.all_lines if line.boroughs]
    chosen = next((x for x in lines if x.figure.measure.slug == request.GET.get("figure")), _first(lines))
    shown = shared(request, ask, view) | {
        "may_see_packs": request.reader.may(PACKS),
        "glance": found, "board": found.board, "lines": lines, "figure": chosen, "changed": what_changed(found.all_lines),
        "asked_now": parse_qsl(ask.query()), "earlier_of": beside(request.reader, ask, view),
    }  # fmt: skip
    return render(request, "web/dashboard.html", shown)


def _first(lines: Sequence[Line]) -> Line | None:
    """The figure by which boroughs are shown at first: one under its target, else any."""
    under = (line for line in lines if line.result.meets_target is False)
    return next(under, next(iter(lines), None))


def service(request: HttpRequest, slug: str) -> HttpResponse:
    """One service, or the cohort: its way, its months, boroughs and providers, every figure and how it is counted."""
    refuse_unknown(request, slug)
    ask = asked(request)
    view = view_of(request.reader, ask.chosen)
    found = section_of(request, ask, view, slug)
    lines = glance_of(request.reader, ask.period, view).lines_of(found) if found and ask.period else ()
    heading = {line.result.key for line in headlines(found)} if found else set()
    large = [line for line in lines if line.result.key in heading]
    shown_figures = [(f, r) for f in (found.figures if found else ()) for r in f.shown]
    provided = [(f.measure, r, by_value(f.divided("provider", r.group))) for f, r in shown_figures]
    title = next((s.name for s in current_pilot().services if s.slug == slug), "The cohort")
    shown = shared(request, ask, view) | {
        "slug": slug, "title": title, "section": found, "lines": lines, "changed": what_changed(lines, sections=False),
        "large": large,
        "providers": [each for each in provided if each[2]],
        "earlier_of": beside(request.reader, ask, view),
    }  # fmt: skip
    return render(request, "web/service_figures.html", shown)


def section_of(request: HttpRequest, ask: Asked, view: View, slug: str) -> Section | None:
    """The reader's section of a service; None where the part has no figures of it."""
    if ask.period is None:
        return None
    board = board_of(request.reader, ask.period, view)
    return next((section for section in board.sections if section.slug == slug), None)


def refuse_unknown(request: HttpRequest, slug: str) -> None:
    """A service that the reader may not know of is not there."""
    view = view_of(request.reader)
    if slug not in services_of(request.reader, view) and not (slug == COHORT and sees_cohort(request.reader, view)):
        raise Http404


def dashboard_file(request: HttpRequest) -> HttpResponse:
    """Every figure of the dashboard, as CSV in the form of `throughcare measures`."""
    ask = asked(request)
    if ask.period is None:
        raise Http404
    found = board_of(request.reader, ask.period, view_of(request.reader, ask.chosen)).results
    return figures_file(found, f"figures-{ask.period.start}-{ask.period.end}.csv")


def service_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of one service, as CSV."""
    refuse_unknown(request, slug)
    ask = asked(request)
    found = section_of(request, ask, view_of(request.reader, ask.chosen), slug)
    if ask.period is None or found is None:
        raise Http404
    return figures_file(Board(sections=(found,)).results, f"{slug}-{ask.period.start}-{ask.period.end}.csv")


def figures_file(results: tuple[Result, ...], name: str) -> HttpResponse:
    """Results as a CSV to keep, in the form of `throughcare measures`."""
    answer = HttpResponse(as_csv(results), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


PAGES = (
    Page(name="dashboard", route="dashboard/", view=dashboard, needs=ROW, menu="Dashboard", place=38),
    Page(name="dashboard-file", route="dashboard/figures.csv", view=dashboard_file, needs=ROW),
    Page(name="dashboard-service", route="dashboard/<slug:slug>/", view=service, needs=ROW),
    Page(name="dashboard-service-file", route="dashboard/<slug:slug>/figures.csv", view=service_file, needs=ROW),
)
