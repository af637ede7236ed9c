"""Clearances: which posts may go into which prison, asking for one, the prison's answer. About posts, and no person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import has_come
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.forms import ChoiceField, DayField, refused
from throughcare.strands.programmes.clearances import actions, queries
from throughcare.strands.programmes.clearances.codes import REFUSALS
from throughcare.strands.programmes.models import Clearance

ROLES = ("provider_admin", "provider_worker", "volunteer", "prison_coordinator")


class ClearanceForm(forms.Form):
    """For which post, and which prison."""

    post = ChoiceField(label="Who is to go in?", choices={}, few=False)
    prison = ChoiceField(label="Into which prison?", choices={}, few=False)
    on = DayField(label="When was it asked for?")


class ClearanceAnswerForm(forms.Form):
    """What the prison said, and until when it holds."""

    answer = ChoiceField(label="What did the prison say?", choices={"granted": "Cleared", "refused": "Refused"})
    on = DayField(label="On which day?")
    expires_on = DayField(label="If cleared, the first day on which it holds no more",
                          help_text="Leave empty where it has no end", required=False)  # fmt: skip
    reason = ChoiceField(label="If refused, why?", choices=REFUSALS, required=False, nothing="None")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "refused" and not told.get("reason"):
            self.add_error("reason", "Choose why the prison refused")
        return told


def clearances(request: HttpRequest) -> HttpResponse:
    """The last of each post and prison; a form to ask for one."""
    reader: Reader = request.reader
    if not reader.held(*ROLES):
        raise Http404
    posts = {post.slug: post for post in queries.asks_for(reader)}
    form = ClearanceForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    form.fields["post"].choices = [(slug, post.title) for slug, post in posts.items()]
    form.fields["prison"].choices = [("", "Choose"), *((prison, prison) for prison in current_pilot().prisons)]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            has_come(told["on"], today=reader.day)
            actions.ask(by=reader.by, post=posts[told["post"]], prison=told["prison"], on=told["on"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Asked of {told['prison']}. Keep the answer here when it comes.")
            return redirect("clearances")
    found = queries.latest(queries.seen_by(reader))
    shown = {
        "rows": [(each, queries.state_of(each, reader.day)) for each in found], "form": form if posts else None,
        "errors": form.errors or None, "reasons": REFUSALS, "prisons": [p.place for p in reader.held("prison_coordinator")],
    }  # fmt: skip
    return render(request, "programmes/clearances.html", shown)


def clearance(request: HttpRequest, clearance: int) -> HttpResponse:
    """The prison's answer to one; taken back where it was kept by mistake."""
    reader: Reader = request.reader
    found = queries.seen_by(reader).filter(pk=clearance).first()
    if found is None:
        raise Http404
    form = ClearanceAnswerForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    if request.method == "POST" and request.POST.get("do") == "take-back":
        return _take_back(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(reader, found, form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The answer is kept. If it was a mistake, open it and take it back.")
            return redirect("clearances")
    shown = {"clearance": found, "form": form, "errors": form.errors or None, "state": queries.state_of(found, reader.day),
             "answered": bool(found.granted_on or found.refused_on), "reason": REFUSALS.get(found.reason, "")}  # fmt: skip
    return render(request, "programmes/clearance.html", shown)


def _keep(reader: Reader, found: Clearance, told: dict[str, Any]) -> None:
    has_come(told["on"], today=reader.day)
    if told["answer"] == "granted":
        actions.grant(by=reader.by, clearance=found, on=told["on"], expires_on=told["expires_on"])
    else:
        actions.refuse(by=reader.by, clearance=found, on=told["on"], reason=told["reason"])


def _take_back(request: HttpRequest, found: Clearance) -> HttpResponse:
    try:
        actions.take_back_answer(by=request.reader.by, clearance=found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The answer is taken back: it waits again.")
    return redirect("clearances")


PAGES = (
    Page(name="clearances", route="clearances/", view=clearances, needs=SIGNED_IN, changes=SIGNED_IN),
    Page(name="clearance", route="clearances/<int:clearance>/", view=clearance, needs=SIGNED_IN, changes=SIGNED_IN),
)
