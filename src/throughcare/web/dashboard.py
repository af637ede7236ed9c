"""The dashboard: each service's figures against target, by month and borough, and a page for every measure.

Every number is a result of the calculator. What was worked out is kept until something is written on which a figure rests.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.models import Entry
from throughcare.casework.frames import reading_once
from throughcare.casework.imports.queries import last_loads
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.measures.board import BY, Board, Figure, View, board, figure
from throughcare.measures.calculate import Run
from throughcare.measures.listing import as_csv
from throughcare.measures.results import Result
from throughcare.registry.parts import declared
from throughcare.report.content import Said
from throughcare.report.sentences import cell, words
from throughcare.web.own import own_of, whose
from throughcare.web.period import PeriodForm, months_begun, period_asked

ROW, GOVERNANCE = "measures_own", "measures_governance"
USUAL = 12
"""Months shown at first."""
NO_FIGURE_RESTS_ON = ("sign-in.", "access.", "today.", "awareness.read")
"""Writes after which every figure is as it was: the audit's verbs begin so. Whom a reader reaches is a part of the question."""


def view_of(reader: Reader) -> View:
    """Of which rows the reader may see figures, as the governance audience or as one's own."""
    governance = reader.may(GOVERNANCE)
    return View(own=own_of(reader, GOVERNANCE if governance else ROW), governance=governance)


def services_of(reader: Reader, view: View) -> tuple[str, ...]:
    """The services whose figures the reader may see: of governance all; else those that it may know of, a provider its own."""
    pilot = current_pilot()
    if view.governance:
        return tuple(service.slug for service in pilot.services)
    places = {post.place for post, cell_ in reader.cells("view", ROW) if cell_.scope in ("provider", "referrals")}
    run = {slug for provider in pilot.providers if provider.slug in places for slug in provider.services}
    known = [service.slug for service in pilot.services if reader.may(f"service:{service.slug}")]
    return tuple(slug for slug in known if not places or slug in run)


def board_of(reader: Reader, period: Period) -> Board:
    """The reader's board over the period: as it was worked out last, where nothing has been written since."""
    view = view_of(reader)
    cohort = view.governance or reader.may("cohort_membership")
    return _kept(period, view, services_of(reader, view), cohort, last_write())


@lru_cache(maxsize=32)
def _kept(period: Period, view: View, services: tuple[str, ...], cohort: bool, written: int | None) -> Board:
    return board(all_measures(), pilot=current_pilot(), period=period, view=view, services=services, cohort=cohort)


def last_write() -> int | None:
    """The number of the last write on which a figure may rest."""
    entries = Entry.objects.exclude(verb="view").order_by("-pk")
    for beginning in NO_FIGURE_RESTS_ON:
        entries = entries.exclude(verb__startswith=beginning)
    return entries.values_list("pk", flat=True).first()


def _asked(request: HttpRequest) -> tuple[PeriodForm, Period | None]:
    return period_asked(request, months=months_of_pilot(request.reader.day), default=USUAL)


def months_of_pilot(day: date) -> list[date]:
    """The first days of the months of the pilot's life that have begun by the day; at least its first."""
    life = current_pilot().life
    return months_begun(life.start, min(day, life.end)) or [life.start.replace(day=1)]


def _shown(request: HttpRequest, form: PeriodForm) -> dict[str, Any]:
    """What both pages give to their templates."""
    view = view_of(request.reader)
    query = "&".join(f"{name}={form[name].value()}" for name in ("since", "until")) if form.is_valid() else ""
    return {
        "form": form, "query": query, "by": BY, "governance": view.governance, "told": told, "source_of": source_of,
        "whose": whose(request.reader, GOVERNANCE if view.governance else ROW),
        "nobody": view.own is not None and not view.own.parts, "few": current_pilot().smallest_published,
    }  # fmt: skip


def told(result: Result, form: str = "value", *, sentence: bool = False) -> str:
    """A result as the report has it: in a table, or in a sentence."""
    said = Said(result=result, form=form)  # type: ignore[arg-type]
    return words(said) if sentence else cell(said)


def source_of(measure: Measure) -> dict[str, Any]:
    """The agencies whose extracts a figure rests on, and the latest of these that came."""
    home = next((part for part in declared() if measure in part.measures), None)
    feeds = (home.feeds if home else ()) or next(part.feeds for part in declared() if part.slug == "people")
    loads = last_loads()
    came = [loads[feed.slug].loaded_at for feed in feeds if feed.slug in loads]
    return {"agencies": sorted({feed.agency for feed in feeds}), "updated": max(came, default=None)}


def dashboard(request: HttpRequest) -> HttpResponse:
    """The pilot at a glance, or the reader's own part of it; first what is under its target."""
    form, period = _asked(request)
    found = board_of(request.reader, period) if period else Board(sections=())
    return render(request, "web/dashboard.html", _shown(request, form) | {"board": found, "period": period})


def dashboard_file(request: HttpRequest) -> HttpResponse:
    """Every figure of the dashboard, as CSV in the form of `throughcare measures`."""
    _, period = _asked(request)
    if period is None:
        raise Http404
    return figures_file(board_of(request.reader, period).results, f"figures-{period.start}-{period.end}.csv")


def measure_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure: what it counts and why, against its target, by month and by borough."""
    measure = _measure(slug)
    form, period = _asked(request)
    found = _figure(request.reader, measure, period) if period else None
    return render(request, "web/measure.html", _shown(request, form) | {"measure": measure, "figure": found, "period": period})


def measure_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure's figures, as CSV."""
    measure = _measure(slug)
    _, period = _asked(request)
    if period is None:
        raise Http404
    return figures_file(_figure(request.reader, measure, period).results, f"{slug}-{period.start}-{period.end}.csv")


def _measure(slug: str) -> Measure:
    found = next((measure for measure in all_measures() if measure.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _figure(reader: Reader, measure: Measure, period: Period) -> Figure:
    """The measure as the reader may see it: for governance any, for others what stands on their dashboard, as it stands there.

    What does not stand there is not there: not even that there is such a measure.
    """
    view = view_of(reader)
    if view.governance:
        with reading_once():
            return figure(measure, pilot=current_pilot(), period=period, view=view, run=Run())
    results = tuple(r for r in board_of(reader, period).results if r.slug == measure.slug)
    if not results:
        raise Http404
    return Figure(measure=measure, results=results)


def figures_file(results: tuple[Result, ...], name: str) -> HttpResponse:
    """Results as a CSV to keep, in the form of `throughcare measures`."""
    answer = HttpResponse(as_csv(results), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


PAGES = (
    Page(name="dashboard", route="dashboard/", view=dashboard, needs=ROW, menu="Dashboard", place=38),
    Page(name="dashboard-file", route="dashboard/figures.csv", view=dashboard_file, needs=ROW),
    Page(name="measure", route="measures/<str:slug>/", view=measure_page, needs=ROW),
    Page(name="measure-file", route="measures/<str:slug>/figures.csv", view=measure_file, needs=ROW),
)
