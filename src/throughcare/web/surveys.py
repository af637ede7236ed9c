"""What was answered to the surveys: waves that are files and waves of the service, a page a wave, and its figures as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.measures.listing import as_csv
from throughcare.measures.survey_results import Results, survey_results, turnout
from throughcare.report.likert import diverging
from throughcare.strands.surveys.measures import WAYS
from throughcare.strands.surveys.queries import all_waves, number_of, waves_out

ROW = "survey_answers"


def surveys_results(request: HttpRequest) -> HttpResponse:
    """The waves, the latest first: what was answered to those that are closed, how many answered the others."""
    return render(request, "web/surveys.html", {"closed": list(reversed(all_waves())), "open": waves_out()})


def survey_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One wave: asked and answered, each question in a table and a chart, its change, and by whom."""
    found = _results(slug)
    charts = {
        told.question.slug: Markup(diverging(told.answers, slug=f"q-{place}", title=told.question.text))
        for place, told in enumerate(found.questions) if told.answers
    }  # fmt: skip
    few = current_pilot().smallest_published
    shown = {"found": found, "wave": found.wave, "charts": charts, "few": few, "ways": WAYS, "number": number_of(slug)}
    return render(request, "web/survey.html", shown)


def survey_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of the page, as CSV."""
    answer = HttpResponse(as_csv(_results(slug).figures), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="survey-{slug}.csv"'
    return answer


def _results(slug: str) -> Results:
    """What may be shown of the wave: of one that is open, only how many answered. 404 where there is none."""
    pilot, closed = current_pilot(), all_waves()
    with reading_once():
        for place, wave in enumerate(closed):
            if wave.slug == slug:
                return survey_results(wave, pilot=pilot, earlier=closed[:place])
        wave = next((each for each in waves_out() if each.slug == slug), None)
        if wave is None:
            raise Http404
        return turnout(wave, pilot=pilot, used=True)


PAGES = (
    Page(name="survey-results-all", route="surveys/results/", view=surveys_results, needs=ROW),
    Page(name="survey-results", route="surveys/results/<slug:slug>/", view=survey_page, needs=ROW),
    Page(name="survey-results-file", route="surveys/results/<slug:slug>/figures.csv", view=survey_file, needs=ROW),
)
