"""The pages of a placement: its start, what was found in a week, its end."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughcare.casework.referrals.models import Referral
from throughcare.core.dates import has_come, weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.strands.employment.models import CHECKED_AFTER, Application, Placement
from throughcare.strands.employment.placements import actions
from throughcare.strands.employment.placements.codes import FOUND, LOST, NOT_KNOWN, REASONS
from throughcare.strands.employment.placements.forms import CheckForm, EndForm, PlaceForm
from throughcare.strands.employment.placements.queries import can_be_taken_back
from throughcare.strands.employment.shown import (
    DESK,
    ROW,
    form_page,
    referral_person,
    typed_pounds,
    typed_time,
    who,
    whose,
    work_of,
)


def person_of(placement: int, **_: object) -> int:
    return whose(Placement, placement, by="referral__person")


def start(request: HttpRequest, referral: int) -> HttpResponse:
    """A placement begins: by an application that was offered (`?application=`), or without one."""
    found, reader = Referral.objects.get(pk=referral), request.reader
    by = _application(request, found)
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=_offered(by))
    if request.method == "POST" and form.is_valid() and not changing(request) and _has_come(form, "on", reader.day):
        told = form.cleaned_data
        if not checked(request):
            return _check(request, told)
        agreed = actions.Agreed(
            hours_a_week=told["hours_a_week"], shift_from=told["shift_from"], shift_until=told["shift_until"],
            pence_an_hour=told["pence_an_hour"],
        )  # fmt: skip
        try:
            actions.place(by=reader.by, referral=found, employer=told["employer"], job=told["job"], on=told["on"],
                          agreed=agreed, application=by)  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(
                request, "The placement is kept. Weeks 1, 4, 13 and 26 come on your Today when they are reached. If it was a "
                "mistake, choose End it, and take it back there.",
            )  # fmt: skip
            return redirect(work_of(request))
    return form_page(request, form, "They start work", "Check and keep")


def _has_come(form: forms.Form, name: str, day: date) -> bool:
    """Whether the day that was typed has come; where it has not, that is an error of its field."""
    try:
        has_come(form.cleaned_data[name], today=day)
    except UserError as error:
        refused(form, error, name)
        return False
    return True


def _application(request: HttpRequest, referral: Referral) -> Application | None:
    asked = request.GET.get("application", "")
    if not asked:
        return None
    number = int(asked) if asked.isdecimal() and len(asked) < 19 else 0
    found = Application.objects.filter(pk=number, referral=referral).select_related("vacancy").first()
    if found is None:
        raise Http404
    return found


def _offered(by: Application | None) -> dict[str, Any]:
    if by is None:
        return {}
    job = by.vacancy
    return {
        "employer": job.employer, "job": job.job, "hours_a_week": job.hours_a_week, "shift_from": typed_time(job.shift_from),
        "shift_until": typed_time(job.shift_until), "pence_an_hour": typed_pounds(job.pence_an_hour),
    }  # fmt: skip


def _check(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    rows = [("Who", who(request).shown), ("Employer", told["employer"]), ("Job", told["job"]),
            ("First day", weekday_in_words(told["on"]))]  # fmt: skip
    then = "Their manager sees where they work and at what hours. A place of the pathway is taken until it ends."
    return check_answers(request, title="Check before you keep the placement", rows=rows, button="Keep the placement", then=then)


def check(request: HttpRequest, placement: int, weeks: int) -> HttpResponse:
    """What was found in a week. Where it was lost, since when and why is asked next."""
    found, reader = Placement.objects.get(pk=placement), request.reader
    if weeks not in CHECKED_AFTER:
        raise Http404
    due = found.started_on + timedelta(weeks=weeks)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["found"]
        try:
            actions.check(by=reader.by, placement=found, weeks=weeks, found=told, on=reader.day)
        except UserError as error:
            refused(form, error)
        else:
            again = " You can look again." if told == NOT_KNOWN else ""
            messages.success(request, f"Week {weeks}: {FOUND[told].lower()}.{again}")
            lost = told == LOST and found.ended_on is None
            return redirect("placement-end", placement=found.pk) if lost else redirect(work_of(request))
    title = f"Week {weeks}: {found.job or 'the job'} with {found.employer or 'the employer'}"
    note = f"Week {weeks} is {weekday_in_words(due)}. Ring the person or the employer, and say how it was on that day."
    return form_page(request, form, title, "Keep what you found", note=note)


def end(request: HttpRequest, placement: int) -> HttpResponse:
    """The placement is over; an end, or a start, that was kept here by mistake is taken back."""
    found, reader = Placement.objects.get(pk=placement), request.reader
    if request.POST.get("do") in TAKEN_BACK:
        return _taken_back(request, found, *TAKEN_BACK[request.POST["do"]])
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last": reader.day})
    if request.method == "POST" and form.is_valid() and not changing(request) and _has_come(form, "last", reader.day):
        last, reason = form.cleaned_data["last"], form.cleaned_data["reason"]
        if not checked(request):
            rows = [("Who", who(request).shown), ("Employer", found.employer), ("Last day", weekday_in_words(last)),
                    ("Why", REASONS[reason])]  # fmt: skip
            then = "The place of the pathway is free again. Weeks that are not reached yet count as lost."
            return check_answers(request, title="Check before you end it", rows=rows, button="End the placement", then=then)
        try:
            actions.end(by=reader.by, placement=found, on=last + timedelta(days=1), reason=reason)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The placement is ended. If that was a mistake, take the end back on this page.")
            return redirect(work_of(request))
    other = ("never-began", "They never started: it was kept by mistake") if can_be_taken_back(found) else None
    title = f"The end of the job with {found.employer or 'the employer'}"
    return form_page(request, form, title, "Check and end it", other=other)


TAKEN_BACK: Mapping[str, tuple[Callable[..., None], str]] = {
    "take-back": (actions.take_back_end, "The end is taken back: the placement goes on."),
    "never-began": (actions.take_back_start, "The placement is taken back. The referral stays started: mend it on its own page."),
}  # fmt: skip


def _taken_back(request: HttpRequest, placement: Placement, act: Callable[..., None], said: str) -> HttpResponse:
    try:
        act(by=request.reader.by, placement=placement)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, said)
    return redirect(work_of(request))


def _of_desk(name: str, route: str, view: Any, whom: Any) -> Page:
    return Page(name=name, route=route, view=view, needs=ROW, changes=ROW, form=True, roles=DESK, person_of=whom)


PAGES = (
    _of_desk("placement-start", "referrals/<int:referral>/employment/start/", start, referral_person),
    _of_desk("placement-check", "employment/placements/<int:placement>/weeks/<int:weeks>/", check, person_of),
    _of_desk("placement-end", "employment/placements/<int:placement>/end/", end, person_of),
)
