"""The sample of last month's written reports, for senior officers; and one report against the short list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from markupsafe import Markup

from throughcare.casework.people.names import named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.design.paper import as_html
from throughcare.strands.courts.models import QualityCheck, Report
from throughcare.strands.courts.reports.forms import QualityForm
from throughcare.strands.courts.reports.items import ITEMS, VERDICTS
from throughcare.strands.courts.reports.known import TEXT
from throughcare.strands.courts.reports.papers import KINDS, signed_paper
from throughcare.strands.courts.reports.quality import actions
from throughcare.strands.courts.reports.quality.draw import first_of
from throughcare.strands.courts.reports.quality.queries import last_months, person_of, report_of, sample, suggested, to_check
from throughcare.strands.courts.reports.queries import written_by

CHECKS = "court_cases"
"""The row of the policy that a check changes: a senior officer may, and may not change the text of a report."""


def listed(request: HttpRequest) -> HttpResponse:
    """The samples of the last months: what waits, and what is checked."""
    reader = request.reader
    if not reader.held("senior_officer"):
        raise Http404
    months = [(month, to_check(reader, month)) for month in last_months(reader.day)]
    people = {each.report.case.person_id for _, those in months for each in those}
    shown = {"months": months, "named": named(people, known=reader.allowed("identity", people)), "kinds": KINDS}
    return render(request, "courts/reports/quality.html", shown)


def check(request: HttpRequest, report: int) -> HttpResponse:
    """One report of the sample beside the short list; after it, what was found."""
    reader, found = request.reader, report_of(report)
    done = QualityCheck.objects.filter(report=found).first()
    if not reader.held("senior_officer") or (done is None and not _drawn(request, found)):
        raise Http404
    form = QualityForm(request.POST or None, initial=suggested(found)) if done is None else None
    if form is not None and request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.check(reader=reader, report=found, verdicts={item: told[item] for item in ITEMS}, note=told["note"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Kept. Its author sees what you found on the report's page.")
            return redirect("report-quality")
    text = found.texts.exclude(signed_at=None).order_by("-version").first()
    person = request.person
    shown = {
        "person": named([person], known=[person] if "identity" in request.rows else [])[person], "report": found, "form": form,
        "case": found.case, "done": done, "items": ITEMS, "verdicts": VERDICTS, "own": written_by(found, reader.account),
        "answers": {a.item: VERDICTS[a.verdict] for a in done.answers.all()} if done else {},
        "errors": (form.errors or None) if form else None, "kind": KINDS[found.kind],
        "paper": Markup(as_html(signed_paper(text, request.rows))) if text else "",
    }  # fmt: skip
    return render(request, "courts/reports/check.html", shown)


def _drawn(request: HttpRequest, report: Report) -> bool:
    """Whether the report is in the sample of a month that is over."""
    if report.delivered_on is None or first_of(report.delivered_on) >= first_of(request.reader.day):
        return False
    return report.pk in sample(first_of(report.delivered_on)).get(report.case.court, [])


PAGES = (
    Page(name="report-quality", route="reports/quality/", view=listed, needs=TEXT),
    Page(name="report-check", route="reports/quality/<int:report>/", view=check, needs=TEXT, changes=CHECKS,
         person_of=person_of),
)  # fmt: skip
