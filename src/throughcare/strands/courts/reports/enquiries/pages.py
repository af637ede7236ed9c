"""The enquiries of a case: asking, and what became of one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.courts.models import Enquiry
from throughcare.strands.courts.reports.enquiries import actions
from throughcare.strands.courts.reports.enquiries.queries import enquiry_of, person_of
from throughcare.strands.courts.reports.forms import AnsweredForm, EnquiryForm
from throughcare.strands.courts.reports.known import TEXT
from throughcare.strands.courts.reports.pages import frame
from throughcare.strands.courts.reports.queries import case_of, name_of, of_case, report_of
from throughcare.strands.courts.reports.queries import person_of as person_of_case


def enquiries(request: HttpRequest, case: int) -> HttpResponse:
    """Every enquiry of the case with its age; asking of those who are not asked already."""
    found, day = case_of(case), request.reader.day
    listed = of_case(found, day)
    standing = {each.enquiry.whom for each in listed if each.enquiry.answered_on is None}
    told = [each for each in current_pilot().court_reports.enquiries if each.slug not in standing]
    whom = request.GET.get("whom", "")
    asks = {each.slug: each.asks for each in told}
    initial = {"asked_on": day, "whom": whom, "question": asks.get(whom, "")}
    sent = request.POST if request.method == "POST" else None
    form = EnquiryForm(sent, names={each.slug: each.name for each in told}, initial=initial)
    if sent is not None and form.is_valid():
        kept = form.cleaned_data
        try:
            actions.ask(reader=request.reader, case=found, whom=kept["whom"], question=kept["question"], on=kept["asked_on"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Kept: {name_of(kept['whom'])} asked. If that is a mistake, open it and take it back.")
            return redirect("enquiries", case=case)
    shown = {
        **frame(request, found, report_of(case)), "form": form, "told": told, "errors": form.errors or None, "listed": listed,
        "writes": TEXT in request.edits,
    }  # fmt: skip
    return render(request, "courts/reports/enquiries.html", shown)


def enquiry(request: HttpRequest, enquiry: int) -> HttpResponse:
    """One enquiry: what was asked, what came back; the answer, a reminder, or that it was a mistake."""
    found = enquiry_of(enquiry)
    deed = request.POST.get("do", "")
    day = found.answered_on or request.reader.day
    initial = {"answered_on": day, "answer": found.answer, "nothing_known": found.nothing_known}
    form = AnsweredForm(request.POST if deed == "answer" else None, initial=initial)
    if request.method == "POST" and (deed != "answer" or form.is_valid()):
        try:
            _do(request, found, deed, form)
        except UserError as error:
            refused(form, error) if deed == "answer" else messages.warning(request, f"{error.what}: {error.mend}.")
        else:
            return redirect("enquiries", case=found.case_id)
    shown = {
        **frame(request, found.case, report_of(found.case_id)), "enquiry": found, "whom": name_of(found.whom), "form": form,
        "errors": form.errors or None, "writes": TEXT in request.edits,
    }  # fmt: skip
    return render(request, "courts/reports/enquiry.html", shown)


def _do(request: HttpRequest, found: Enquiry, deed: str, form: AnsweredForm) -> None:
    reader, whom = request.reader, name_of(found.whom)
    if deed == "answer":
        told = form.cleaned_data
        actions.answer(
            reader=reader, enquiry=found, on=told["answered_on"], words=told["answer"], nothing_known=told["nothing_known"]
        )
        messages.success(request, f"Kept: the answer of {whom}. Open it to correct it.")
    elif deed == "chase":
        actions.chase(reader=reader, enquiry=found)
        messages.success(request, f"Kept: {whom} reminded today.")
    elif deed == "withdraw":
        actions.withdraw(reader=reader, enquiry=found)
        messages.success(request, f"Taken back: {whom} was not asked.")


PAGES = (
    Page(name="enquiries", route="cases/<int:case>/enquiries/", view=enquiries, needs=TEXT, changes=TEXT,
         person_of=person_of_case),
    Page(name="enquiry", route="enquiries/<int:enquiry>/", view=enquiry, needs=TEXT, changes=TEXT, person_of=person_of),
)  # fmt: skip
