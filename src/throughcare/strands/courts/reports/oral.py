"""The oral report: one screen to speak from, and two taps to record that it was given."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.courts.models import Report
from throughcare.strands.courts.reports import actions
from throughcare.strands.courts.reports.forms import LateForm
from throughcare.strands.courts.reports.known import TEXT, known
from throughcare.strands.courts.reports.pages import frame, late
from throughcare.strands.courts.reports.queries import case_of, person_of, report_of


def oral(request: HttpRequest, case: int) -> HttpResponse:
    """Spoken from; the first tap asks whether it was given, the second records it. After it, how to undo it."""
    found, report = case_of(case), report_of(case)
    facts, deed = known(found, request.reader, request.rows), request.POST.get("do", "")
    if deed == "undo" and report is not None:
        return _undo(request, case, report)
    written = report is not None and report.delivered_on is None and report.kind != "oral"
    given = report is not None and report.kind == "oral" and report.delivered_on is not None
    asking = deed in ("given", "record") and TEXT in request.edits and not written
    form = LateForm(request.POST if deed == "record" else None, late=late(found, report, request)) if asking else None
    if deed == "record" and form is not None and form.is_valid():
        try:
            actions.speak(reader=request.reader, case=found, known=facts, **form.reason)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Recorded: delivered orally today. If that is a mistake, undo it below.")
            return redirect("report-oral", case=case)
    shown = {
        **frame(request, found, report), "known": facts, "told": [each for each in actions.spoken(facts) if each[1]],
        "asking": asking, "form": form, "errors": (form.errors or None) if form else None, "written": written, "given": given,
        "may_undo": given and report is not None and may_undo(request, report), "writes": TEXT in request.edits,
    }  # fmt: skip
    return render(request, "courts/reports/oral.html", shown)


def may_undo(request: HttpRequest, report: Report) -> bool:
    """Whether this account recorded the oral delivery today."""
    reader = request.reader
    mine = report.texts.filter(signer=reader.account, signed_on=reader.day).exists()
    return report.kind == "oral" and report.delivered_on == reader.day and mine


def _undo(request: HttpRequest, case: int, report: Report) -> HttpResponse:
    try:
        actions.take_back(reader=request.reader, report=report)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "Undone: no oral report is recorded as delivered.")
    return redirect("report-oral", case=case)


PAGES = (
    Page(name="report-oral", route="cases/<int:case>/report/oral/", view=oral, needs=TEXT, changes=TEXT, person_of=person_of),
)
