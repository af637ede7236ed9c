"""The board of incidents, one incident, and the page that is handed over at the change of shifts. Monitoring officers alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.queries import manager_of
from throughcare.casework.clock import instant_on
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.incidents import actions, queries
from throughcare.strands.tagging.incidents.forms import IncidentCloseForm, IncidentStepForm, IncidentsToForm
from throughcare.strands.tagging.incidents.words import OUTCOMES, STEPS
from throughcare.strands.tagging.orders.shown import frame

ROW, ROLES = "tag_positions", ("monitoring_officer",)


def board(request: HttpRequest) -> HttpResponse:
    """What may be happening now, and who has it: by harm; whether positions come at all."""
    at = instant_on(request.reader.day)
    shown = {"incidents": queries.board(request.reader, at), "feed": queries.feed_state(request.reader, at), "at": at,
             "account": request.reader.account, "calls": queries.calls()}  # fmt: skip
    return render(request, "tagging/incidents.html", shown)


def incident(request: HttpRequest, incident: int) -> HttpResponse:
    """One incident: what was found, how the tag was heard last, what to do and whom to ring; take it, work it, close it."""
    found, reader = queries.incident_of(incident), request.reader
    at = instant_on(reader.day)
    do = request.POST.get("do", "")
    saying = IncidentStepForm(request.POST if do == "say" else None)
    closing = IncidentCloseForm(request.POST if do == "close" else None)
    if request.method == "POST" and _done(request, found, {"say": saying, "close": closing}.get(do)):
        return redirect("incident", incident=incident)
    (told,) = queries.opened([found], reader, at)
    manager = manager_of(request.person, reader.day)
    page = frame(request, told.words, saying if do == "say" else closing) | {
        "told": told, "found": found, "saying": saying, "closing": closing, "steps": found.steps.order_by("pk"),
        "step_words": STEPS, "to_do": queries.steps_for(found.kind), "calls": queries.calls(), "manager": manager,
        "mine": found.taken_by_id == reader.account.pk, "may": ROW in request.edits, "outcomes": OUTCOMES,
    }  # fmt: skip
    return render(request, "tagging/incident.html", page)


def _done(request: HttpRequest, found: m.Incident, form: Any) -> bool:
    """Takes a step; False where the form was not whole or was refused, with the reason at it."""
    reader, do = request.reader, request.POST.get("do", "")
    at = instant_on(reader.day)
    try:
        if form is not None and not form.is_valid():
            return False
        if do == "take":
            actions.take(reader=reader, incident=found, at=at)
            messages.success(request, "You have it. To undo it, hand it over.")
        elif do == "reopen":
            actions.reopen(reader=reader, incident=found, at=at)
            messages.success(request, "It is open again, and you have it.")
        elif do == "say":
            actions.say(reader=reader, incident=found, at=at, **form.cleaned_data)
            messages.success(request, "It is kept with the incident.")
        elif do == "close":
            actions.close(reader=reader, incident=found, at=at, **form.cleaned_data)
            messages.success(request, "The incident is closed. If that was a mistake, open it again on this page.")
        else:
            raise Http404
    except UserError as error:
        if form is not None:
            refused(form, error)
            return False
        messages.warning(request, f"{error.what}. {error.mend[:1].upper()}{error.mend[1:]}.")
    return True


def handover(request: HttpRequest) -> HttpResponse:
    """All that is open on one page, to be printed; what the reader has is given to whoever comes on duty."""
    reader = request.reader
    at = instant_on(reader.day)
    others = {each.username: each for each in queries.officers(at) if each.pk != reader.account.pk}
    form = IncidentsToForm(request.POST or None)
    form.fields["to"].choices = [("", "Choose"), *((name, each.shown) for name, each in others.items())]
    told = queries.board(reader, at)
    mine = [each.incident for each in told if each.incident.taken_by_id == reader.account.pk]
    if request.method == "POST" and form.is_valid():
        to = others[form.cleaned_data["to"]]
        try:
            given = actions.hand_over(reader=reader, incidents=mine, to=to, at=at)
        except UserError as error:
            refused(form, error, "to")
        else:
            messages.success(request, f"{to.shown} has {given} of them now. To undo it, they hand them back.")
            return redirect("incident-handover")
    steps: dict[int, list[m.IncidentStep]] = {}
    for step in m.IncidentStep.objects.filter(incident__in=[each.incident.pk for each in told]).order_by("pk"):
        steps.setdefault(step.incident_id, []).append(step)
    absences = m.Absence.objects.filter(ended_at=None, ends_at__gt=at, order__in=[each.incident.order_id for each in told])
    shown = {
        "form": form, "errors": form.errors or None, "incidents": told, "mine": mine, "steps": steps, "step_words": STEPS,
        "feed": queries.feed_state(reader, at), "at": at, "others": others,
        "absences": absences.order_by("starts_at", "pk"),
    }  # fmt: skip
    return render(request, "tagging/handover.html", shown)


PAGES = (
    Page(name="incidents", route="incidents/", view=board, needs=ROW, roles=ROLES, menu="Incidents", place=3),
    Page(name="incident-handover", route="incidents/handover/", view=handover, needs=ROW, changes=ROW, roles=ROLES),
    Page(name="incident", route="incidents/<int:incident>/", view=incident, needs=ROW, changes=ROW,
         person_of=queries.person_of_incident),
)  # fmt: skip
