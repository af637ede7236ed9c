"""One measure: what it counts and why, its months, boroughs and providers, and each of its charts as a file to keep."""

from collections.abc import Callable
from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.board import Figure
from throughcare.measures.glance import by_value, way
from throughcare.measures.results import Result
from throughcare.measures.run_charts import run_chart
from throughcare.report.content import Bar, Chart
from throughcare.report.pictures import Form, bars_drawn, picture, run_drawn
from throughcare.web.asked import Asked, asked
from throughcare.web.beside import beside_figure
from throughcare.web.boards import ROW, figure_of, measure_asked, view_of
from throughcare.web.dashboard import figures_file, refuse_unknown, section_of, shared

TYPES = {"svg": "image/svg+xml", "png": "image/png"}
DIVIDED = ("borough", "provider")


def measure_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure: against its target, by month with its limits, by borough and by provider."""
    measure, ask = measure_asked(slug), asked(request)
    view = view_of(request.reader, ask.chosen)
    found = _figure(request, measure, ask) if ask.period else None
    charts = [(r, run_chart(found.divided("month", r.group), _life(measure, r, ask))) for r in (found.whole if found else ())]
    divided = {by: [(r, by_value(found.divided(by, r.group))) for r in found.whole] for by in DIVIDED} if found else {}
    shown = shared(request, ask, view) | {
        "measure": measure, "figure": found, "charts": [each for each in charts if each[1].points],
        "divided": {by: told for by, some in divided.items() if (told := [each for each in some if each[1]])},
        "earlier_of": beside_figure(request.reader, ask, view, found) if found else None,
    }  # fmt: skip
    return render(request, "web/measure.html", shown)


def measure_file(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure's figures, as CSV."""
    measure, ask = measure_asked(slug), asked(request)
    if ask.period is None:
        raise Http404
    return figures_file(_figure(request, measure, ask).results, f"{slug}-{ask.period.start}-{ask.period.end}.csv")


def measure_chart(request: HttpRequest, slug: str, chart: str, form: str) -> HttpResponse:
    """One of a measure's charts as a picture or its numbers as CSV: by month, borough or provider, of one of its groups."""
    measure, ask = measure_asked(slug), asked(request)
    group = request.GET.get("group", "all")
    found = _figure(request, measure, ask) if ask.period else None
    whole = next((r for r in (found.whole if found else ()) if r.group == group), None)
    results = found.divided(chart, group) if found else ()
    if whole is None or not results:
        raise Http404
    title = f"{whole.title}{f': {group}' if group not in ('all', 'total') else ''}{f' ({ask.words})' if ask.words else ''}"
    name = f"{slug}-by-{chart}.{form}"
    if form == "csv":
        return figures_file(results, name)
    if chart == "month":
        told = run_chart(results, _life(measure, whole, ask))
        if told.last is None:
            raise Http404
        return _sent(picture(run_drawn(told, title=title, unit=whole.unit, target=whole.target), _form(form)), name, form)
    return _bars(title, chart, by_value(results), name, form, lambda r: r.breakdown[chart])


def _life(measure: Measure, result: Result, ask: Asked) -> Period | None:
    """The part of the period in which the service ran that the measure, or one of its groups, is of."""
    found = next((s for s in current_pilot().services if measure.service == s.slug or result.group == s.name), None)
    return ask.period.cut(found.start, found.end) if found and ask.period else None


def service_chart(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The way through a service, from eligible to completed, as a picture or as CSV."""
    refuse_unknown(request, slug)
    ask = asked(request)
    found = section_of(request, ask, view_of(request.reader, ask.chosen), slug)
    steps = way(found) if found else ()
    if found is None or not steps:
        raise Http404
    name = f"{slug}-way.{form}"
    if form == "csv":
        return figures_file(tuple(r for _, r in steps), name)
    words = {r.slug: step for step, r in steps}
    title = f"{found.title}: from eligible to completed{f' ({ask.words})' if ask.words else ''}"
    return _bars(title, "step", tuple(r for _, r in steps), name, form, lambda r: words[r.slug])


def _bars(
    title: str, by: str, results: tuple[Result, ...], name: str, form: str, called: Callable[[Result], str]
) -> HttpResponse:
    drawing = Chart(
        slug=name.partition(".")[0], caption=title, says="", category=by, unit=results[0].unit,
        bars=tuple(Bar(category=called(r), series="", result=r) for r in results),
    )  # fmt: skip
    return _sent(picture(bars_drawn(drawing), _form(form)), name, form)


def _form(form: str) -> Form:
    found: Form | None = next((each for each in get_args(Form) if each == form), None)
    if found is None:
        raise Http404
    return found


def _sent(drawn: bytes, name: str, form: str) -> HttpResponse:
    answer = HttpResponse(drawn, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _figure(request: HttpRequest, measure: Measure, ask: Asked) -> Figure:
    """The measure of the reader's part. What does not stand on the dashboard of who is not of governance is not there."""
    if ask.period is None:
        raise Http404
    view = view_of(request.reader, ask.chosen)
    found = figure_of(request.reader, measure, ask.period, view)
    if found is None:
        raise Http404
    return found


PAGES = (
    Page(name="measure", route="measures/<str:slug>/", view=measure_page, needs=ROW),
    Page(name="measure-file", route="measures/<str:slug>/figures.csv", view=measure_file, needs=ROW),
    Page(name="measure-chart", route="measures/<str:slug>/by-<slug:chart>.<slug:form>", view=measure_chart, needs=ROW),
    Page(name="service-way", route="dashboard/<slug:slug>/way.<slug:form>", view=service_chart, needs=ROW),
)
