"""What is published, for everybody, without sign-in: nothing of a draft, and nothing before its day."""

from datetime import timedelta

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.clock import instant_on, today
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.pages import ANYBODY, Page
from throughcare.report.publication import models as m
from throughcare.report.publication import queries
from throughcare.report.publication.pages import given

WORDS = {
    "index.html": "Report to read here (HTML)", "report.pdf": "Report to print (PDF)", "report.xlsx": "Tables (workbook, XLSX)",
    "report.docx": "Report (Word)", "figures.csv": "Open data: every figure (CSV)",
    "figures.csv-metadata.json": "What the open data's columns mean (CSVW, JSON)",
}  # fmt: skip


def published(request: HttpRequest) -> HttpResponse:
    """What is published, the latest first, and what is announced. Whoever is signed in besides is nobody here."""
    request.reader = None
    at = instant_on(today())
    told = [(edition, period(edition), older) for edition, older in queries.current(at)]
    coming = [(period(edition), queries.out_at(edition)) for edition in queries.announced(at)]
    return render(request, "publication/published.html", {"told": told, "coming": coming, "contact": current_pilot().publication})


def publication(request: HttpRequest, edition: int) -> HttpResponse:
    """One publication: its files, what changed, its other versions; of one that was withdrawn, the notice."""
    request.reader = None
    one = _out(edition)
    cut = queries.cut_of(one)
    before = queries.before(one)
    others = [e for e in queries.listed(instant_on(today())) if (e.start, e.end) == (one.start, one.end) and e.pk != one.pk]
    names = [name for name in WORDS if name in queries.hashes_of(one)]
    names += sorted(name for name in queries.hashes_of(one) if name not in WORDS)
    shown = {
        "one": one, "period": period(one), "files": [(name, WORDS.get(name, name)) for name in names], "others": others,
        "changes": queries.changes(queries.cut_of(before), cut) if before else [], "before": before,
        "out_at": queries.out_at(one), "given": cut.pilot.publication, "pilot": cut.pilot.name,
    }  # fmt: skip
    return render(request, "publication/publication.html", shown)


@csp_update({"style-src": ["'unsafe-inline'"]})
def publication_file(request: HttpRequest, edition: int, file: str) -> HttpResponse:
    """A file as it was approved. Of one that was withdrawn there is none."""
    request.reader = None
    one = _out(edition)
    if one.ended_at:
        raise Http404
    return given(one, file)


def _out(number: int) -> m.Edition:
    one = m.Edition.objects.filter(pk=number).first()
    if one is None or not queries.is_out(one, instant_on(today())):
        raise Http404
    return one


def period(edition: m.Edition) -> str:
    return f"{day_in_words(edition.start)} to {day_in_words(edition.end - timedelta(days=1))}"


PAGES = (
    Page(name="published", route="published/", view=published, needs=ANYBODY),
    Page(name="publication", route="published/<int:edition>/", view=publication, needs=ANYBODY),
    Page(name="publication-file", route="published/<int:edition>/<str:file>", view=publication_file, needs=ANYBODY),
)
