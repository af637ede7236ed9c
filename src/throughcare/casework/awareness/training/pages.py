"""Training: what is to come, one event, who came, how useful it was, who has not had what."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Account
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.forms import InviteRolesForm, TrainingCameForm, TrainingForm, TrainingUsefulForm
from throughcare.casework.awareness.training import actions, queries
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused

A_PAGE = 50
ROW = "awareness"


def training(request: HttpRequest) -> HttpResponse:
    """Training to come and that was, and what the reader has not had."""
    reader: Reader = request.reader
    page = Paginator(queries.held(reader.day), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "to_come": queries.to_come(reader.day), "page": page, "lacks": queries.lacked_by(reader), "title_of": queries.title_of,
        "may_plan": reader.may(ROW, "edit"), "to_rate": {each.pk for each in queries.to_be_rated(reader)},
    }  # fmt: skip
    return render(request, "awareness/training.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """An event is planned; whom it is for is chosen on its own page."""
    form = TrainingForm(request.POST if request.method == "POST" else None)
    form.offer(current_pilot())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(reader=request.reader, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "It is planned. Nobody is invited yet: choose whom it is for.")
            return redirect("training-event", training=made.pk)
    return render(request, "awareness/form.html", {
        "form": form, "errors": form.errors or None, "page_title": "Plan a training", "button_words": "Plan it",
        "back": "training", "back_words": "Training",
    })  # fmt: skip


def _found(number: int) -> m.Training:
    found = m.Training.objects.filter(pk=number).select_related("post").first()
    if found is None:
        raise Http404
    return found


def event(request: HttpRequest, training: int) -> HttpResponse:
    """One event: when, where, who is invited; whoever plans training invites and calls it off from here."""
    found, reader = _found(training), request.reader
    form = InviteRolesForm(request.POST if request.method == "POST" else None, initial={"roles": _roles_for(found)})
    if request.method == "POST":
        answer = _invite(request, found, form) if request.POST.get("do") != "cancel" else _cancel(request, found)
        if answer is not None:
            return answer
    runs = reader.may(ROW, "edit")
    listed = queries.expected(found)
    mine = next((each for each in listed if each.account_id == reader.account.pk), None)
    shown: dict[str, Any] = {
        "training": found, "title": queries.title_of(found.kind), "runs": runs, "form": form, "errors": form.errors or None,
        "listed": [(each, ROLES.get(each.role, each.role)) for each in listed] if runs else [], "invited": len(listed),
        "mine": mine,
        "mine_rated": mine is not None and mine.came and queries.rating_of(reader.account, found) is not None,
        "outsiders": list(m.Outsiders.objects.filter(training=found).order_by("agency")),
        "came": len([each for each in listed if each.came]), "comments": queries.comments(found) if runs else (),
        "open": not found.cancelled and found.attendance_on is None, "may_keep": not found.cancelled and found.on <= reader.day,
    }  # fmt: skip
    return render(request, "awareness/event.html", shown)


def _roles_for(found: m.Training) -> list[str]:
    return [role for each in current_pilot().awareness.trainings if each.slug == found.kind for role in each.roles]


def _invite(request: HttpRequest, found: m.Training, form: InviteRolesForm) -> HttpResponse | None:
    """Everybody of the roles ticked, once it has been seen how many they are."""
    if changing(request) or not form.is_valid():
        return None
    whom = queries.of_roles(form.cleaned_data["roles"], request.reader.day)
    if not checked(request):
        told = ", ".join(ROLES[role].lower() for role in form.cleaned_data["roles"])
        return check_answers(
            request, title="Check whom you invite", button="Invite them",
            rows=[("Training", queries.title_of(found.kind)), ("On", weekday_in_words(found.on)), ("Roles", told),
                  ("People", str(len(whom)))],
            then="Each has it on their Today page. Who is invited already is not invited twice.",
        )  # fmt: skip
    try:
        fresh = actions.invite(by=request.reader.by, training=found, accounts=whom)
    except UserError as error:
        refused(form, error, "roles")
        return None
    messages.success(request, f"{fresh} invited. It stands on their Today page until the day.")
    return redirect("training-event", training=found.pk)


def _cancel(request: HttpRequest, found: m.Training) -> HttpResponse | None:
    if changing(request):
        return None
    if not checked(request):
        rows = [("Training", queries.title_of(found.kind)), ("On", weekday_in_words(found.on))]
        then = "It leaves the Today page of everybody who was invited. This cannot be taken back; plan it again instead."
        return check_answers(request, title="Call this training off?", rows=rows, button="Call it off", then=then)
    try:
        actions.cancel(by=request.reader.by, training=found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The training is off.")
    return redirect("training-event", training=found.pk)


def attendance(request: HttpRequest, training: int) -> HttpResponse:
    """Who came, taken at once."""
    found, reader = _found(training), request.reader
    listed = queries.expected(found)
    pilot = current_pilot()
    others = queries.of_roles(ROLES, reader.day)
    form = TrainingCameForm(request.POST if request.method == "POST" else None,
                    initial={"came": [str(a.account_id) for a in listed if a.came is not False]})  # fmt: skip
    agencies = dict.fromkeys(agency for kind in pilot.awareness.meetings for agency in kind.agencies)
    form.ask(agencies, {o.agency: o.number for o in m.Outsiders.objects.filter(training=found)})
    there = {a.account_id for a in listed}
    form.offer(listed, Account.objects.filter(pk__in=[a for a in others if a not in there]).order_by("name", "username"))
    if request.method == "POST" and form.is_valid():
        came = {int(each) for each in form.cleaned_data["came"]}
        other = int(form.cleaned_data["other"] or 0)
        try:
            actions.keep_attendance(reader=reader, training=found, came=came, outsiders=form.told(),
                                    others={other: others[other]} if other else {})  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "It is kept who came. Each is asked on Today how useful it was. You can correct it here.")
            return redirect("training-event", training=found.pk)
    shown = {"training": found, "title": queries.title_of(found.kind), "form": form, "errors": form.errors or None}
    return render(request, "awareness/attendance.html", shown)


def rate(request: HttpRequest, training: int) -> HttpResponse:
    """How useful it was, from who came; again, to change it."""
    found, reader = _found(training), request.reader
    if not m.Attendee.objects.filter(training=found, account=reader.account, came=True).exists():
        raise Http404
    given = queries.rating_of(reader.account, found)
    form = TrainingUsefulForm(request.POST if request.method == "POST" else None,
                    initial={"stars": str(given.stars), "comment": given.comment} if given else {})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.rate(reader=reader, training=found, stars=int(told["stars"]), comment=told["comment"])
        except UserError as error:
            refused(form, error, "comment")
        else:
            messages.success(request, "Thank you. Nobody sees that it is yours, and you can change it here.")
            return redirect("training")
    return render(request, "awareness/form.html", {
        "form": form, "errors": form.errors or None, "page_title": "How useful was it?", "button_words": "Keep it",
        "caption": f"{queries.title_of(found.kind)}, {day_in_words(found.on)}", "back": "training", "back_words": "Training",
        "note": "What you say is kept without your name. Others see counts and means alone, and comments once so many people "
                "have answered that nobody is known by theirs.",
    })  # fmt: skip


def gaps(request: HttpRequest) -> HttpResponse:
    """Who in which role began when, and has not had what: a senior's own office, others all of the pilot."""
    reader: Reader = request.reader
    seniors = [post.office for post in reader.held("senior_officer") if post.office]
    whole = bool(reader.held("pilot_manager", "iom_coordinator")) or not seniors
    office = request.GET.get("office", "") if whole else seniors[0]
    role = request.GET.get("role", "")
    found = queries.lacking(reader.day, office=office, role=role)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    ahead = {each.kind for each in queries.to_come(reader.day)}
    shown = {
        "page": page, "roles": ROLES, "role": role, "office": office, "offices": queries.offices() if whole else seniors,
        "whole": whole,
        "unplanned": [each.name for each in current_pilot().awareness.trainings
                      if each.slug not in ahead and any(each in person.lacks for person in found)],
        "total": len(found), "new_since": reader.day - timedelta(days=current_pilot().awareness.news_for),
    }  # fmt: skip
    return render(request, "awareness/gaps.html", shown)


PAGES = (
    Page(name="training", route="training/", view=training, needs=ROW),
    Page(name="training-new", route="training/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="training-gaps", route="training/not-had/", view=gaps, needs=ROW, roles=queries.RUN_BY),
    Page(name="training-event", route="training/<int:training>/", view=event, needs=ROW, changes=ROW),
    Page(name="training-attendance", route="training/<int:training>/attendance/", view=attendance, needs=ROW, changes=ROW,
         form=True),
    Page(name="training-rate", route="training/<int:training>/useful/", view=rate, needs=SIGNED_IN, changes=SIGNED_IN),
)  # fmt: skip
