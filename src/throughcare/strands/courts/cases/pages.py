"""A case's page: its clock in words and days, what happened, and a short form for each thing to do."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, has_come
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.rules.report_clock import delivery
from throughcare.strands.courts import models as m
from throughcare.strands.courts import words
from throughcare.strands.courts.actions import FACT
from throughcare.strands.courts.cases import actions
from throughcare.strands.courts.cases.deeds import DEEDS, RESULTS, Asked, Deed
from throughcare.strands.courts.cases.history import delivered_in_words
from throughcare.strands.courts.cases.lists import cases_file, cases_list
from throughcare.strands.courts.cases.queries import one
from throughcare.strands.courts.cases.view import CaseView, view_of
from throughcare.strands.courts.outcomes.actions import confirm_outcome
from throughcare.strands.courts.queries import pleas_of

ROW = "court_cases"


def person_of(case: int, **_: Any) -> int:
    """The person whose case it is. KeyError where there is no such case."""
    return one(case).person_id


def person_of_report(report: int) -> int:
    """The person on whom the report is. KeyError where there is no such report."""
    found = m.Report.objects.filter(pk=report).select_related("case").first()
    if found is None:
        raise KeyError(report)
    return found.case.person_id


def case(request: HttpRequest, case: int) -> HttpResponse:
    """The case as it stands, and what the clock did; what is taken back in one step is taken back here."""
    found = one(case)
    if request.method != "POST":
        return render(request, "courts/case.html", _shown(request, view_of(found, request.reader.day)))
    try:
        said = _at_once(request, found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, said)
    return redirect("case", case=found.pk)


def _at_once(request: HttpRequest, found: m.CourtCase) -> str:
    """What needs no form: taking back an event, a delivery, that no report is needed; confirming the court's result."""
    by, day = request.reader.by, request.reader.day
    match request.POST.get("do", ""):
        case "take-back":
            actions.take_back_event(by=by, event_id=_of(request, found, m.CaseEvent).pk, on=day)
            return "It is taken back, and stays in the history as taken back."
        case "not-delivered":
            actions.take_back_delivery(by=by, report_id=_of(request, found, m.Report).pk)
            return "The delivery is taken back: the clock runs on."
        case "needed":
            actions.needed_after_all(by=by, case_id=found.pk)
            return "The case needs a report after all."
        case "confirm":
            sentence = m.CaseSentence.objects.filter(pk=_number(request), case=found).first()
            if sentence is None:
                raise Http404
            confirm_outcome(by=by, sentence_id=sentence.pk, on=day)
            return "The outcome is confirmed. If it is wrong after all, correct it below."
    raise Http404


def _number(request: HttpRequest) -> int:
    told = request.POST.get("of") or request.GET.get("of") or ""
    return int(told) if told.isdecimal() and len(told) < 19 else 0


def _of(request: HttpRequest, found: m.CourtCase, table: Any) -> Any:
    """What of the case it is done to."""
    row = table.objects.filter(pk=_number(request), case=found).first()
    if row is None:
        raise Http404
    return row


def change(request: HttpRequest, case: int, do: str) -> HttpResponse:
    """The form of one deed; where it is told to others or ends something, the answers are checked before it is done."""
    deed, found = DEEDS.get(do), one(case)
    if deed is None:
        raise Http404
    asked = Asked(reader=request.reader, view=view_of(found, request.reader.day),
                  of=_of(request, found, deed.of) if deed.of else None)  # fmt: skip
    home = current_pilot().home(deed.form.fact)
    if home.copied and (deed.form.fact == FACT or do in RESULTS):
        return render(request, "courts/kept_elsewhere.html", _shown(request, asked.view) | {"home": home})
    if not deed.open(asked):
        messages.warning(request, "That cannot be done now: the case has changed. Look at it again.")
        return redirect("case", case=found.pk)
    return _form(request, deed, asked)


def report_miss(request: HttpRequest, report: int) -> HttpResponse:
    """The reason for a miss: asked for as soon as the last day is missed."""
    found = m.Report.objects.select_related("case").get(pk=report)
    view = view_of(one(found.case_id), request.reader.day)
    if not actions.late(found, pleas_of(found.case_id), as_at=request.reader.day, limit=view.limit):
        messages.warning(request, "The report is not late.")
        return redirect("case", case=found.case_id)
    return _form(request, DEEDS["miss"], Asked(reader=request.reader, view=view, of=found))


def _form(request: HttpRequest, deed: Deed, asked: Asked) -> HttpResponse:
    form = deed.form(request.POST if request.method == "POST" else None, initial=deed.initial(asked))
    deed.fit(form, asked)
    if request.method == "POST" and form.is_valid() and not changing(request):
        for name in filter(form.cleaned_data.get, form.past):
            try:
                has_come(form.cleaned_data[name], today=request.reader.day)
            except UserError as error:
                refused(form, error, name)
        if not form.errors and deed.then and not checked(request):
            return check_answers(request, title=deed.title, rows=_answers(form, asked), button=deed.button, then=deed.then)
        if not form.errors:
            try:
                said = deed.do(asked, form.cleaned_data)
            except UserError as error:
                refused(form, error)
            else:
                messages.success(request, said)
                return redirect("case", case=asked.case)
    shown = _shown(request, asked.view) | {"form": form, "deed": deed, "errors": form.errors or None}
    return render(request, "courts/change.html", shown)


def _answers(form: Any, asked: Asked) -> list[tuple[str, str]]:
    """What was typed, in words, and what it is done to."""
    rows = []
    if isinstance(asked.of, m.Plea):
        rows.append(("Plea", f"{words.PLEAS[asked.of.plea]}, {day_in_words(asked.of.entered_on)}"))
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        choices = dict(getattr(bound.field, "choices", ()))
        if isinstance(value, list):
            told = ", ".join(str(choices[each]) for each in value)
        else:
            told = day_in_words(value) if hasattr(value, "strftime") else str(choices.get(value, "" if value is None else value))
        rows.append((bound.label, told or "none"))
    return rows


def _shown(request: HttpRequest, view: CaseView) -> dict[str, Any]:
    identity = "identity" in request.rows
    return {
        "view": view, "may": ROW in request.edits, "words": words,
        "deliveries": _deliveries(view), "eligibility": identity and "cohort_membership" in request.rows,
        "person": named([request.person], known=[request.person] if identity else [])[request.person],
    }  # fmt: skip


def _deliveries(view: CaseView) -> dict[int, str]:
    """By report delivered, what its clock says."""
    pleas = pleas_of(view.case.pk)
    return {
        report.pk: delivered_in_words(delivery(pleas, delivered_on=report.delivered_on, limit=view.limit), view.limit)
        for report in view.reports if report.delivered_on
    }  # fmt: skip


PAGES = (
    Page(name="cases", route="cases/", view=cases_list, needs=ROW, menu="Cases", place=5),
    Page(name="cases-file", route="cases/cases.csv", view=cases_file, needs=ROW),
    Page(name="case", route="cases/<int:case>/", view=case, needs=ROW, changes=ROW, person_of=person_of),
    Page(name="case-change", route="cases/<int:case>/<slug:do>/", view=change, needs=ROW, changes=ROW, form=True,
         person_of=person_of),
    Page(name="report-miss", route="cases/reports/<int:report>/miss/", view=report_miss, needs=ROW, changes=ROW, form=True,
         person_of=person_of_report),
)  # fmt: skip
