"""The page of an order's equipment and absences, and the list of dead spots."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.times import instant
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.equipment import actions, forms
from throughcare.strands.tagging.equipment.words import ABSENCES, NOTES, REMOVED
from throughcare.strands.tagging.orders.actions import withdraw_consent
from throughcare.strands.tagging.orders.queries import AGREED, consents, order_of, person_of_order
from throughcare.strands.tagging.orders.shown import frame

ROW = "tag_order"
FORMS: dict[str, type[django_forms.Form]] = {
    "fit": forms.FitForm, "remove": forms.RemoveForm, "note": forms.TagNoteForm, "expect": forms.AbsenceForm,
    "consent": forms.ConsentForm,
}  # fmt: skip
DONE = {
    "fit": "The tag is on record as fitted. If that is wrong, say below that it was taken off.",
    "remove": "The tag is on record as taken off.", "note": "The note is kept.",
    "expect": "The absence is kept: what is found then is explained by it. It can be taken back below.",
    "consent": "It is kept that the householder no longer agrees: vary the order, so that the curfew is kept elsewhere.",
    "take-back": "The absence is taken back. It explains nothing any more.",
}  # fmt: skip


def equipment(request: HttpRequest, order: int) -> HttpResponse:
    """Tags fitted and taken off, notes, absences, consents: each with its form."""
    found, reader = order_of(order), request.reader
    do = request.POST.get("do", "")
    shown = {name: form(request.POST if do == name else None, initial=_now(request)) for name, form in FORMS.items()}
    given = {address: each for address, each in consents(found).items() if each.answer == AGREED}
    shown["consent"].fields["address"].choices = [("", "Choose"), *((address, address) for address in given)]
    if request.method == "POST" and _sent(request, found, do, shown.get(do)):
        messages.success(request, DONE[do])
        return redirect("tag-equipment", order=order)
    worn = sorted(found.fittings.all(), key=lambda each: each.fitted_at, reverse=True)
    page = frame(request, "Equipment and absences", shown.get(do)) | {
        "order": found, "fittings": worn, "worn": next((each for each in worn if each.removed_at is None), None),
        "forms": shown, "removed": REMOVED, "kinds": NOTES, "why": ABSENCES, "now": instant_on(reader.day),
        "notes": found.notes.order_by("-at", "-pk"), "absences": found.absences.order_by("-starts_at", "-pk"),
        "consents": consents(found).values(), "given": given,
    }  # fmt: skip
    return render(request, "tagging/equipment.html", page)


def _now(request: HttpRequest) -> dict[str, Any]:
    day = request.reader.day
    return {"on": day, "from_on": day, "to_on": day}


def _sent(request: HttpRequest, order: m.Order, do: str, form: Any) -> bool:
    """Does what was asked; False where it was refused, with the reason at the form."""
    if do == "take-back":
        return _taken_back(request, order)
    if form is None or not form.is_valid():
        return False
    try:
        VERBS[do](request, order, form.cleaned_data)
    except UserError as error:
        refused(form, error)
        return False
    return True


def _taken_back(request: HttpRequest, order: m.Order) -> bool:
    number = request.POST.get("absence", "")
    absence = order.absences.filter(pk=int(number)).first() if number.isdecimal() else None
    if absence is None:
        raise Http404
    try:
        actions.take_back(reader=request.reader, absence=absence, at=instant_on(request.reader.day))
    except UserError as error:
        messages.warning(request, f"{error.what}.")
        return False
    return True


def _fit(request: HttpRequest, order: m.Order, told: dict[str, Any]) -> None:
    actions.fit(reader=request.reader, order=order, tag=told["tag"], fitted_at=instant(told["on"], told["at"]),
                at=instant_on(request.reader.day))  # fmt: skip


def _remove(request: HttpRequest, order: m.Order, told: dict[str, Any]) -> None:
    worn = order.fittings.filter(removed_at=None).order_by("-fitted_at").first()
    if worn is None:
        raise Http404
    actions.remove(reader=request.reader, fitting=worn, removed_at=instant(told["on"], told["at"]), why=told["why"],
                   at=instant_on(request.reader.day))  # fmt: skip


def _note(request: HttpRequest, order: m.Order, told: dict[str, Any]) -> None:
    actions.note(reader=request.reader, order=order, kind=told["kind"], text=told["text"], at=instant_on(request.reader.day))


def _expect(request: HttpRequest, order: m.Order, told: dict[str, Any]) -> None:
    starts, ends = (instant(told[f"{end}_on"], told[f"{end}_at"]) for end in ("from", "to"))
    actions.expect(reader=request.reader, order=order, why=told["why"], text=told["text"], starts_at=starts, ends_at=ends,
                   at=instant_on(request.reader.day))  # fmt: skip


def _consent(request: HttpRequest, order: m.Order, told: dict[str, Any]) -> None:
    withdraw_consent(reader=request.reader, order=order, address=told["address"], on=request.reader.day)


VERBS: dict[str, Callable[[HttpRequest, m.Order, dict[str, Any]], None]] = {
    "fit": _fit, "remove": _remove, "note": _note, "expect": _expect, "consent": _consent,
}  # fmt: skip


def dead_spots(request: HttpRequest) -> HttpResponse:
    """Places where tags are known to have no signal."""
    reader = request.reader
    form = forms.DeadSpotForm(request.POST if request.POST.get("do") == "add" else None)
    if request.POST.get("do") == "end":
        return _ended(request)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        latitude, longitude = told["where"]
        try:
            actions.know_dead_spot(reader=reader, name=told["name"], latitude=latitude, longitude=longitude,
                                   radius_m=told["radius"], on=reader.day)  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The dead spot is kept. If it is wrong, say below that there is a signal.")
            return redirect("dead-spots")
    spots = m.DeadSpot.objects.order_by("ended_on", "name", "pk")
    return render(request, "tagging/dead_spots.html", {"form": form, "errors": form.errors or None, "spots": spots})


def _ended(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("spot", "")
    spot = m.DeadSpot.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if spot is None:
        raise Http404
    try:
        actions.end_dead_spot(reader=request.reader, spot=spot, on=request.reader.day)
    except UserError as error:
        messages.warning(request, f"{error.what}.")
    else:
        messages.success(request, f"{spot.name}: there is a signal now. To undo it, add it again.")
    return redirect("dead-spots")


PAGES = (
    Page(name="tag-equipment", route="tags/<int:order>/equipment/", view=equipment, needs=ROW, changes=ROW, form=True,
         person_of=person_of_order),
    Page(name="dead-spots", route="tags/dead-spots/", view=dead_spots, needs="tag_positions", changes="tag_positions",
         roles=("monitoring_officer",)),
)  # fmt: skip
