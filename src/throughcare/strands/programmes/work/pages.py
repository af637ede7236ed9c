"""The goals of a referral and the report at its end: written by the provider, read by who manages the person."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.referrals.queries import history
from throughcare.casework.referrals.reasons import words_of
from throughcare.casework.referrals.shown import base
from throughcare.casework.referrals.shown import person_of as person_referred
from throughcare.casework.referrals.transitions import TABLE
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.strands.programmes.models import EndReport, Goal
from throughcare.strands.programmes.work import actions, queries
from throughcare.strands.programmes.work.codes import AREAS, ENDED, NO_DETAIL, OUTCOMES

FACT = "sessions"


class GoalForm(forms.Form):
    """A goal agreed with the person."""

    fact = FACT
    text = TextField(label="What was agreed, in plain words?", help_text=f"One goal at a time. {NO_DETAIL}", longest=300)
    area = ChoiceField(label="Which need does it answer?", choices=AREAS, few=False)
    on = DayField(label="On which day was it agreed?")


class ReviewForm(forms.Form):
    """How a goal stands."""

    fact = FACT
    outcome = ChoiceField(label="How does it stand?", choices=OUTCOMES)
    on = DayField(label="On which day was that?")
    note = TextField(label="In a line", help_text=NO_DETAIL, required=False, longest=300)


class EndReportForm(forms.Form):
    """What is reported at the end, in words; the rest is worked out."""

    fact = FACT
    done = TextField(
        label="What was done?", help_text=f"What you worked on together. {NO_DETAIL}", lines=6, asks="Enter what was done"
    )
    needed = TextField(label="What does the person still need?", help_text="Leave it empty if nothing", lines=4, required=False)
    following = TextField(label="What should happen next, and who should do it?", lines=4, asks="Enter what should happen next")


def _goal(number: int) -> Goal:
    found = Goal.objects.filter(pk=number).select_related("referral").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_goal(goal: int) -> int:
    """Whose goal it is. KeyError where there is no such goal."""
    return _goal(goal).referral.person_id


def _found(request: HttpRequest, number: int) -> Any:
    """The referral, where it has goals and is the reader's to look into; and not there otherwise."""
    found = queries.found_by(request.reader, number)
    if found is None:
        raise Http404
    return found


def goals(request: HttpRequest, referral: int) -> HttpResponse:
    """The goals, as they stand; for the provider, a form for another one."""
    reader: Reader = request.reader
    found = _found(request, referral)
    mine = queries.writes(reader, found) and found.state in actions.AGREED_IN
    if request.method == "POST" and not mine:
        raise Http404
    form = GoalForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_goal(by=reader.by, referral=found, today=reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The goal is kept, and whoever manages the person sees it. To end it, say how it stands.")
            return redirect("referral-goals", referral=found.pk)
    shown = _shown(request, found) | {"form": form if mine else None, "errors": form.errors or None}
    return render(request, "programmes/goals.html", shown)


def goal(request: HttpRequest, goal: int) -> HttpResponse:
    """Says how a goal stands. Until the report is sent it can be said again, and the last word holds."""
    reader: Reader = request.reader
    asked = _goal(goal)
    found = _found(request, asked.referral_id)
    if not queries.writes(reader, found):
        raise Http404
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_goal(by=reader.by, goal=asked, today=reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Kept. If it was a mistake, say again how it stands: the last word holds.")
            return redirect("referral-goals", referral=found.pk)
    shown = _shown(request, found) | {"form": form, "errors": form.errors or None, "goal": asked}
    return render(request, "programmes/goal.html", shown)


def end_report(request: HttpRequest, referral: int) -> HttpResponse:
    """The report at the end of the work: for the provider a form until it is sent, for others what was sent."""
    reader: Reader = request.reader
    found = _found(request, referral)
    if request.method == "POST" and request.POST.get("do") == "read":
        return _read(request, found)
    mine = queries.writes(reader, found) and queries.is_unwritten(found)
    if request.method == "POST" and not mine:
        raise Http404
    draft = queries.draft_of(found.pk) if mine else None
    start = {name: getattr(draft, name) for name in ("done", "needed", "following")} if draft else None
    form = EndReportForm(request.POST if request.method == "POST" else None, initial=start)
    for each in form.fields.values() if request.POST.get("do") == "draft" else ():
        each.required = False  # a draft may be kept half written
    if request.method == "POST" and form.is_valid() and not changing(request):
        answer = _keep(request, found, form)
        if answer is not None:
            return answer
    shown = _shown(request, found) | {"form": form if mine else None, "errors": form.errors or None, "draft": draft}
    return render(request, "programmes/end_report.html", shown)


def _keep(request: HttpRequest, found: Any, form: EndReportForm) -> HttpResponse | None:
    """Keeps the draft; then shows it once more, and then sends it. None where something is missing."""
    reader: Reader = request.reader
    try:
        actions.keep_draft(by=reader.by, referral=found, today=reader.day, **form.cleaned_data)
        if request.POST.get("do") == "draft":
            messages.success(request, "The draft is kept. Nobody but your desk reads it until you send it.")
            return redirect("end-report", referral=found.pk)
        open_goals = any(each.review is None for each in queries.goals_of(found.pk))
        if open_goals:
            form.add_error(None, "Say first how each goal stands: the draft is kept meanwhile")
            return None
        if not checked(request):
            return _check(request, found, form.cleaned_data)
        actions.send_report(by=reader.by, referral=found, today=reader.day)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, "The report is sent. It waits on Today of the offender manager, and can be changed no more.")
    return redirect("end-report", referral=found.pk)


def _check(request: HttpRequest, found: Any, told: dict[str, str]) -> HttpResponse:
    """The whole report as its reader will see it."""
    shown = _shown(request, found)
    rows = [("Person", shown["person"].shown), ("Service", shown["service"]), ("How it ended", shown["ended"]),
            ("Sessions", shown["sessions"]), *_in_rows(shown["goals"]), ("What was done", told["done"]),
            ("Still needed", told["needed"] or "Nothing"), ("What should happen next", told["following"])]  # fmt: skip
    then = "The offender manager is asked to read it. Once sent it cannot be changed, and the person may ask to see it."
    return check_answers(request, title="Check the report before you send it", rows=rows, button="Send the report", then=then)


def _in_rows(goals: list[queries.Standing]) -> list[tuple[str, str]]:
    return [
        (f"Goal {place}", f"{each.goal.text}: {OUTCOMES[each.review.outcome].lower() if each.review else 'open'}"
         f"{f' ({each.review.note})' if each.review and each.review.note else ''}")
        for place, each in enumerate(goals, start=1)
    ] or [("Goals", "None was agreed")]  # fmt: skip


def _read(request: HttpRequest, found: Any) -> HttpResponse:
    """Who manages the person has read the newest report."""
    reader: Reader = request.reader
    sent = queries.sent_of(found.pk)
    if not sent or not reader.held(*queries.READERS):
        raise Http404
    actions.mark_read(by=reader.by, report=sent[0], today=reader.day)
    messages.success(request, "Marked as read. It stays with the referral.")
    return redirect("end-report", referral=found.pk)


def _shown(request: HttpRequest, found: Any) -> dict[str, Any]:
    """The referral, its goals, and how the work stands, as every page here tells them."""
    events, reader = history(found.pk), request.reader
    sent = queries.sent_of(found.pk)
    told = base(request, found, events)
    end = events[-1] if events and events[-1].state in ENDED else None
    why = f": {words_of(end.reason).lower()}" if end and end.reason else ""
    attended, offered = queries.sessions_of(found.pk)
    return told | {
        "goals": queries.goals_of(found.pk), "areas": AREAS, "outcomes": OUTCOMES, "reports": [_of_report(each) for each in sent],
        "sessions": f"{attended} attended of {offered} offered", "writes": queries.writes(reader, found), "end": end,
        "ended": f"{TABLE[end.state].shown} on {day_in_words(end.on)}{why}" if end else "",
        "write_by": weekday_in_words(queries.write_by(end.on)) if end else "",
        "last_day": weekday_in_words(queries.last_day(end.on)) if end else "",
        "late": end and reader.day > queries.write_by(end.on), "over": end and reader.day > queries.last_day(end.on),
        "may_read": bool(reader.held(*queries.READERS)) and FACT in request.edits,
        "reported": bool(sent) and end is not None and sent[0].sent_on >= end.on,
        "address": reverse("end-report", kwargs={"referral": found.pk}),
    }  # fmt: skip


def _of_report(report: EndReport) -> dict[str, Any]:
    """A report that was sent, with the goals as they stood then."""
    why = f": {words_of(report.reason).lower()}" if report.reason else ""
    return {
        "report": report, "ended": f"{TABLE[report.how].shown} on {day_in_words(report.ended_on)}{why}",
        "sessions": f"{report.attended} attended of {report.offered} offered",
        "goals": _in_rows(queries.goals_of(report.referral_id, report.sent_on)),
    }  # fmt: skip


ABOUT = {"needs": "sessions", "changes": "sessions"}
PAGES = (
    Page(name="referral-goals", route="referrals/<int:referral>/goals/", view=goals, **ABOUT, person_of=person_referred,
         beside="Goals"),
    Page(name="referral-goal", route="referrals/goals/<int:goal>/", view=goal, **ABOUT, form=True, person_of=person_of_goal),
    Page(name="end-report", route="referrals/<int:referral>/report/", view=end_report, **ABOUT, person_of=person_referred,
         beside="End-of-service report"),
)  # fmt: skip
