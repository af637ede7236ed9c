"""The pages of planned meetings: what is next, planning one, how it went, moving and cancelling, what the prison said."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.reach import known_to, to_provider
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.times import instant, london_time, time_in_words
from throughcare.design.forms import ChoiceField, DayField, TextField, TimeField, refused
from throughcare.strands.programmes.actions import TAKING_PART
from throughcare.strands.programmes.meetings import actions, codes, queries
from throughcare.strands.programmes.meetings.safely import safely, whom_to_ring
from throughcare.strands.programmes.models import PlannedSession
from throughcare.strands.programmes.queries import SERVICES

FACT = "sessions"
KEPT = "Thank you, it is kept. If it was a mistake, take it back from this page."


class PlanForm(forms.Form):
    """When, where, by whom."""

    fact = FACT
    on = DayField(label="On which day?")
    at = TimeField(label="At what time?")
    place = TextField(label="Where?", help_text="Leave out for a visit: the prison is known", required=False, longest=100)


class AgainForm(PlanForm):
    """When and where instead, and why."""

    reason = ChoiceField(label="Why is it moved?", choices=codes.WHY, few=False)


class WentForm(forms.Form):
    """How it went, in one tap; a line where there is something to say."""

    fact = FACT
    how = ChoiceField(label="How did it go?", choices=codes.WENT)
    reason = ChoiceField(label="If it was called off, why?", choices=codes.WHY, required=False, nothing="None")
    line = TextField(label="One line about it", help_text="The manager can read it. Worries go by the link below", required=False,
                     longest=300)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("how") == codes.CALLED_OFF and not told.get("reason"):
            self.add_error("reason", "Choose why it was called off")
        return told


class MetForm(WentForm):
    """A meeting that nobody had planned: when it was, and how it went."""

    on = DayField(label="On which day was it?")
    at = TimeField(label="At about what time?")
    field_order = ("how", "on", "at", "line", "reason")


class CancelForm(forms.Form):
    """Why it will not be."""

    fact = FACT
    reason = ChoiceField(label="Why is it cancelled?", choices=codes.WHY, few=False)


class VisitForm(forms.Form):
    """What the prison said."""

    fact = FACT
    answer = ChoiceField(label="What did the prison say?", choices={"yes": "Confirmed", "no": "Refused"})
    reason = ChoiceField(label="If refused, why?", choices=codes.REFUSALS, required=False, nothing="None")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "no" and not told.get("reason"):
            self.add_error("reason", "Choose why the prison refused")
        return told


def referral_person(referral: int, **_: object) -> int:
    """Whom a meeting of this referral is with. KeyError where there is no such referral."""
    found = Referral.objects.filter(pk=referral).first()
    if found is None:
        raise KeyError(referral)
    return found.person_id


def person_of(meeting: int, **_: object) -> int:
    """Whom a meeting is with. KeyError where there is no such meeting."""
    found = PlannedSession.objects.filter(pk=meeting).select_related("referral").first()
    if found is None:
        raise KeyError(meeting)
    return found.referral.person_id


def meetings(request: HttpRequest) -> HttpResponse:
    """What is next, soonest first; before it what waits for a word: visits that cannot be, meetings nobody has told of."""
    reader: Reader = request.reader
    told = {
        "flagged": queries.flagged(reader), "untold": queries.untold(reader), "upcoming": queries.upcoming(reader),
    }  # fmt: skip
    people = {meeting.referral.person_id for found in told.values() for meeting in found}
    shown = {
        **told, "names": named(people, known=reader.allowed("identity", people)), "kinds": codes.KINDS,
        "flag_words": codes.flag_words, "custody": reader.allowed("custody", people),
        "mine": bool(reader.held(*queries.DESKS, "volunteer")), "ring": queries.ring(list(people), reader.day),
        "may_plan": _may_plan(reader), "clearances": bool(reader.held(*queries.DESKS, "volunteer", "prison_coordinator")),
    }  # fmt: skip
    return render(request, "programmes/meetings.html", shown)


def _may_plan(reader: Reader) -> list[tuple[Referral, str]]:
    """Referrals taking part of which no meeting is planned, with the name of who it is: those of a volunteer, or of a desk."""
    theirs = list(_referrals(reader).order_by("-sent_on", "-pk")[:200])
    planned = set(PlannedSession.objects.filter(referral__in=theirs, state=codes.PLANNED).values_list("referral", flat=True))
    wanted = [r for r in theirs if r.state in TAKING_PART and r.pk not in planned]
    people = {r.person_id for r in wanted}
    names = named(reader.allowed("sessions", people), known=reader.allowed("identity", people))
    return sorted(((r, names[r.person_id].shown) for r in wanted if r.person_id in names), key=lambda told: told[1])


def _referrals(reader: Reader) -> Any:
    """The referrals for which the reader may plan a meeting."""
    if reader.held(*queries.DESKS):
        return known_to(reader).filter(service__in=SERVICES)
    theirs = to_provider(reader.held("volunteer"), reader.day).filter(service__in=SERVICES)
    return theirs.filter(person__in=reader.people("sessions", "edit").values("pk"))


def new(request: HttpRequest, referral: int) -> HttpResponse:
    """Plans a meeting, or a visit where the person is in prison."""
    reader: Reader = request.reader
    found = _referrals(reader).filter(pk=referral).first()
    if found is None or state_of(found.pk) not in TAKING_PART:
        raise Http404
    posts = list(queries.who_may_meet(reader, found.person_id))
    if not posts:
        raise Http404
    prison = queries.prison_of(found.person_id, reader.day) if "custody" in request.rows else ""
    form = PlanForm(request.POST if request.method == "POST" else None)
    if prison:
        kinds = {codes.VISIT: f"Visit to {prison}", codes.MEETING: "Meeting outside, after release"}
        form.fields["kind"] = ChoiceField(label="What is it?", choices=kinds)
        form.order_fields(["kind", "on", "at", "place", "post"])
    if len(posts) > 1:
        form.fields["post"] = ChoiceField(label="Who meets them?", choices={p.slug: p.title for p in posts}, few=False)
        form.initial["post"] = reader.post.slug if reader.post else ""

    def keep(starts_at: datetime, told: dict[str, Any]) -> HttpResponse:
        post = next((p for p in posts if p.slug == told.get("post")), posts[0])
        meeting = actions.plan(
            by=reader.by, referral=found, kind=told.get("kind") or codes.MEETING, starts_at=starts_at, post=post, on=reader.day,
            prison=prison, place=told["place"],
        )  # fmt: skip
        messages.success(request, f"Planned for {_when(meeting)}. It can be moved or cancelled from its page.")
        return redirect("meeting", meeting=meeting.pk)

    return _asked(request, form, keep, title="Plan a meeting", button="Plan it")


def unplanned(request: HttpRequest, referral: int) -> HttpResponse:
    """A meeting that nobody had planned, told of afterwards, by the post that held it."""
    reader: Reader = request.reader
    found = _referrals(reader).filter(pk=referral).first()
    posts = list(queries.who_may_meet(reader, found.person_id)) if found else []
    if found is None or not posts or state_of(found.pk) not in TAKING_PART:
        raise Http404
    form = MetForm(request.POST if request.method == "POST" else None, initial={"on": reader.day})
    post = reader.post if reader.post in posts else posts[0]

    def keep(starts_at: datetime, told: dict[str, Any]) -> HttpResponse:
        meeting = actions.met_unplanned(
            by=reader.by, referral=found, post=post, starts_at=starts_at, on=reader.day, how=told["how"], line=told["line"],
            reason=told["reason"],
        )  # fmt: skip
        messages.success(request, KEPT)
        return redirect("meeting", meeting=meeting.pk)

    return _asked(request, form, keep, title="A meeting that was not planned", button="Keep it")


def _asked(
    request: HttpRequest, form: forms.Form, keep: Callable[[datetime, dict[str, Any]], HttpResponse], *, title: str, button: str
) -> HttpResponse:
    """Shows a form with a day and a time, and keeps what it says; what is refused is said at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            return keep(instant(form.cleaned_data["on"], form.cleaned_data["at"]), form.cleaned_data)
        except UserError as error:
            refused(form, error)
    return _form(request, form, title, button)


def _form(request: HttpRequest, form: forms.Form, title: str, button: str) -> HttpResponse:
    shown = {"form": form, "page_title": title, "button_words": button, "errors": form.errors or None, "person": _who(request)}
    return render(request, "people/form.html", shown)


def _who(request: HttpRequest) -> Any:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


def _when(meeting: PlannedSession) -> str:
    return f"{weekday_in_words(london_date(meeting.starts_at))} at {time_in_words(meeting.starts_at)}"


def _mine(request: HttpRequest, number: int) -> PlannedSession:
    found = queries.changed_by(request.reader).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def meeting(request: HttpRequest, meeting: int) -> HttpResponse:
    """One meeting; on its day, and until somebody has, how it went: a tap, a line, done."""
    reader: Reader = request.reader
    found = queries.seen_by(reader).filter(pk=meeting).first()
    mine = found is not None and queries.changed_by(reader).filter(pk=meeting).exists()
    if found is None or (request.method == "POST" and not mine):
        raise Http404
    form = WentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and request.POST.get("do") == "take-back":
        return _take_back(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.went(by=reader.by, meeting=found, on=reader.day, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, KEPT)
            return redirect("meeting", meeting=found.pk)
    return render(request, "programmes/meeting.html", _one(request, found, form, mine=mine))


def _one(request: HttpRequest, found: PlannedSession, form: WentForm, *, mine: bool) -> dict[str, Any]:
    """One meeting as its reader may know it: whether it is off and why, whom to ring, how to meet them safely."""
    day, custody, planned = request.reader.day, "custody" in request.rows, found.state == codes.PLANNED
    hidden = found.reason in codes.OF_CUSTODY and not custody
    why = "" if hidden else codes.WHY.get(found.reason, "")
    safe = safely(request.person, day, risks="risks" in request.rows, meeting=found) if planned else None
    return {
        "meeting": found, "person": _who(request), "form": form, "errors": form.errors or None, "when": _when(found),
        "mine": mine, "told": codes.STATES[found.state], "kind": codes.KINDS[found.kind], "why": why, "planned": planned,
        "refusal": codes.REFUSALS.get(found.refusal, ""), "due": london_date(found.starts_at) <= day,
        "flag": codes.flag_words(found.flag, found.flag_place, custody=custody), "safe": safe,
        "off": (planned and (found.flag or safe.off)) or found.state in (codes.CANCELLED, codes.CALLED_OFF),
        "moved": found.state == codes.MOVED, "ring": whom_to_ring(found.referral, day),
    }  # fmt: skip


def _take_back(request: HttpRequest, found: PlannedSession) -> HttpResponse:
    try:
        actions.take_back(by=request.reader.by, meeting=found, on=request.reader.day)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "Taken back: the meeting is planned again.")
    return redirect("meeting", meeting=found.pk)


def move(request: HttpRequest, meeting: int) -> HttpResponse:
    """Plans it anew; a visit, to the prison in which the person is now."""
    found, reader = _mine(request, meeting), request.reader
    prison = queries.prison_of(found.referral.person_id, reader.day) if found.kind == codes.VISIT else ""
    initial = {"on": london_date(found.starts_at), "at": london_time(found.starts_at), "place": found.place,
               "reason": found.flag or None}  # fmt: skip
    form = AgainForm(request.POST if request.method == "POST" else None, initial=initial)

    def keep(starts_at: datetime, told: dict[str, Any]) -> HttpResponse:
        again = actions.move(
            by=reader.by, meeting=found, starts_at=starts_at, reason=told["reason"], on=reader.day, place=told["place"],
            prison=prison,
        )  # fmt: skip
        messages.success(request, f"Moved to {_when(again)}. To undo it, move it back.")
        return redirect("meeting", meeting=again.pk)

    title = f"Move the visit, to {prison}" if prison else "Move the meeting"
    return _asked(request, form, keep, title=title, button="Move it")


def cancel(request: HttpRequest, meeting: int) -> HttpResponse:
    """It will not be."""
    found = _mine(request, meeting)
    form = CancelForm(request.POST if request.method == "POST" else None, initial={"reason": found.flag or None})
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(by=request.reader.by, meeting=found, reason=form.cleaned_data["reason"],
                           on=request.reader.day)  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Cancelled. If it was a mistake, take it back from its page.")
            return redirect("meeting", meeting=found.pk)
    return _form(request, form, "Cancel the meeting", "Cancel it")


def visit(request: HttpRequest, meeting: int) -> HttpResponse:
    """What the prison said of a visit."""
    found = _mine(request, meeting)
    if found.kind != codes.VISIT:
        raise Http404
    form = VisitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.answer_visit(by=request.reader.by, meeting=found, confirmed=told["answer"] == "yes", on=request.reader.day,
                                 reason=told["reason"] if told["answer"] == "no" else "")  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "Kept. To correct it, say it again: the last answer counts.")
            return redirect("meeting", meeting=found.pk)
    return _form(request, form, f"What {found.prison} said", "Keep it")


PAGES = (
    Page(name="meetings", route="meetings/", view=meetings, needs="sessions", menu="Meetings", place=8),
    Page(name="meeting-new", route="referrals/<int:referral>/meetings/new/", view=new, needs="sessions", changes="sessions",
         form=True, person_of=referral_person),
    Page(name="meeting-met", route="referrals/<int:referral>/meetings/met/", view=unplanned, needs="sessions", changes="sessions",
         form=True, person_of=referral_person),
    Page(name="meeting", route="meetings/<int:meeting>/", view=meeting, needs="sessions", changes="sessions",
         person_of=person_of),
    Page(name="meeting-move", route="meetings/<int:meeting>/move/", view=move, needs="sessions", changes="sessions", form=True,
         person_of=person_of),
    Page(name="meeting-cancel", route="meetings/<int:meeting>/cancel/", view=cancel, needs="sessions", changes="sessions",
         form=True, person_of=person_of),
    Page(name="meeting-visit", route="meetings/<int:meeting>/visit/", view=visit, needs="sessions", changes="sessions", form=True,
         person_of=person_of),
)  # fmt: skip
