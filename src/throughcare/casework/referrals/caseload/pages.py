"""Not now: a service that is for the person is put off until a day, with a reason; and taken up again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload import actions
from throughcare.casework.referrals.caseload.queries import put_off
from throughcare.casework.referrals.reasons import NOT_NOW, words_of
from throughcare.casework.referrals.transitions import REFERRERS
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, DayField, TextField, refused


class NotNowForm(forms.Form):
    """Why not now, and when to be asked again."""

    fact = "referrals"
    reason = ChoiceField(label="Why not now?", choices=NOT_NOW)
    note = TextField(label="Note", required=False, lines=2, longest=500, help_text="Whoever works with the person reads it")
    until = DayField(label="When should it be asked about again?")


def row_of(service: str, **_: object) -> str:
    """The row that is told: that of the service. KeyError where people are not referred to it, or there is none."""
    if not current_pilot().service(service).by_referral:
        raise KeyError(service)
    return f"service:{service}"


def not_now(request: HttpRequest, person: int, service: str) -> HttpResponse:
    """Asks why and until when; where it is put off already, says so and offers to ask now."""
    if not request.reader.held(*REFERRERS):
        raise Http404
    day, pilot = request.reader.day, current_pilot()
    held, name = put_off([person], day).get((person, service)), pilot.service(service).name
    longest = day + timedelta(days=pilot.directory.not_now_within)
    if request.method == "POST" and request.POST.get("do") == "ask":
        if held is not None:
            actions.ask_now(by=request.reader.by, dismissal=held)
        messages.success(request, f"{name} is asked about again from now on.")
        return redirect("person-services", person=person)
    form = NotNowForm(request.POST if request.method == "POST" else None)
    example = min(day + timedelta(days=28), longest)
    form.fields["until"].help_text = f"A day from tomorrow to {weekday_in_words(longest)}, such as {example:%-d/%-m/%Y}"
    if request.method == "POST" and form.is_valid() and _kept(request, form, person, service):
        until = weekday_in_words(form.cleaned_data["until"])
        messages.success(request, f"{name} is not asked about until {until}. You can take this back under Services.")
        return redirect("person-services", person=person)
    whole = [person] if "identity" in request.rows else []
    shown = {"form": form, "service": name, "held": held, "why": words_of(held.reason) if held else "",
             "person": named([person], known=whole)[person]}  # fmt: skip
    return render(request, "referrals/not_now.html", shown)


def _kept(request: HttpRequest, form: NotNowForm, person: int, service: str) -> bool:
    told: dict[str, Any] = form.cleaned_data
    try:
        actions.not_now(by=request.reader.by, person=person, service=service, on=request.reader.day, **told)
    except UserError as error:
        refused(form, error, "note" if told["reason"] == "other" and not told["note"].strip() else "until")
        return False
    return True


PAGES = (
    Page(name="not-now", route="people/<int:person>/services/<slug:service>/not-now/", view=not_now, needs="referrals",
         changes="referrals", form=True, row_of=row_of),
)  # fmt: skip
