"""The partners' meetings: which there are, one with who came and what was decided, and what becomes of an action."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.forms import PartnerActionForm, PartnerAnswerForm, PartnerKeepForm, PartnerMeetingForm
from throughcare.casework.awareness.gatherings import actions, queries
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.rules.meeting_actions import TABLE

ROW = "awareness"
BETWEEN = "|"


def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come and that were, who stays away, and the reader's own actions."""
    reader: Reader = request.reader
    pilot = current_pilot()
    found = queries.latest(reader.day)
    groups = dict.fromkeys((each.kind, each.borough) for each in found)
    away = [(queries.title(kind, borough), agencies) for kind, borough in sorted(groups)
            if (agencies := queries.stays_away(kind, borough, reader.day, pilot))]  # fmt: skip
    shown = {
        "to_come": [each for each in reversed(found) if each.on >= reader.day and each.kept_on is None and not each.cancelled],
        "held": [each for each in found if each.on < reader.day or each.kept_on is not None or each.cancelled],
        "away": away, "missed": pilot.awareness.missed, "actions": queries.owned(reader.acting), "title_of": queries.title_of,
        "runs": bool(queries.runs(reader)),
    }  # fmt: skip
    return render(request, "awareness/meetings.html", shown)


def new(request: HttpRequest) -> HttpResponse:
    """A meeting is planned, of a kind and borough that the reader runs."""
    form = PartnerMeetingForm(request.POST if request.method == "POST" else None)
    offered = [(f"{kind.slug}{BETWEEN}{borough}", f"{kind.name}, {borough}" if borough else kind.name)
               for kind, borough in queries.runs(request.reader)]  # fmt: skip
    form.fields["kind"].choices = [("", "Choose"), *offered]
    if request.method == "POST" and form.is_valid():
        kind, _, borough = form.cleaned_data["kind"].partition(BETWEEN)
        try:
            made = actions.plan(reader=request.reader, kind=kind, borough=borough, on=form.cleaned_data["on"])
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The meeting is planned. Actions of the last ones come back to it.")
            return redirect("partner-meeting", meeting=made.pk)
    return render(request, "awareness/form.html", {
        "form": form, "errors": form.errors or None, "page_title": "Plan a meeting", "button_words": "Plan it",
        "back": "partner-meetings", "back_words": "Partners' meetings",
        "note": "" if offered else "You run no meeting: the pilot's manager does, and a co-ordinator those of the borough.",
    })  # fmt: skip


def meeting(request: HttpRequest, meeting: int) -> HttpResponse:
    """One meeting: who came by agency, what was decided, its actions and those carried from earlier ones."""
    found = m.Meeting.objects.filter(pk=meeting).select_related("post").first()
    reader: Reader = request.reader
    runs = found is not None and queries.may_run(reader, found.kind, found.borough)
    if found is None or (request.method == "POST" and not runs):
        raise Http404
    pilot = current_pilot()
    came = {each.agency: each.number for each in m.Came.objects.filter(meeting=found).order_by("agency")}
    sent = request.POST.get("do", "") if request.method == "POST" else ""
    keep = PartnerKeepForm(request.POST if sent == "keep" else None, initial={"decided": found.decided})
    keep.ask(queries.expected(pilot, found.kind), came)
    give = PartnerActionForm(request.POST if sent == "give" else None)
    give.offer()
    answer = _done(request, found, sent, keep, give)
    if answer is not None:
        return answer
    wrong = next((form for form in (keep, give) if form.errors), None)
    shown: dict[str, Any] = {
        "meeting": found, "title": queries.title_of(found), "runs": runs, "keep": keep, "give": give, "wrong": wrong,
        "errors": wrong.errors if wrong else None, "came": came, "states": TABLE,
        "may_keep": found.on <= reader.day and not found.cancelled,
        "missing": [agency for agency in queries.expected(pilot, found.kind) if agency not in came],
        "away": queries.stays_away(found.kind, found.borough, reader.day, pilot), "missed": pilot.awareness.missed,
        "carried": queries.carried(found) if not found.cancelled else [],
        "given": queries.given_at(found),
    }  # fmt: skip
    return render(request, "awareness/meeting.html", shown)


def _done(
    request: HttpRequest, found: m.Meeting, sent: str, keep: PartnerKeepForm, give: PartnerActionForm
) -> HttpResponse | None:
    """What was sent is done, and where to go then; None where the page is to be shown."""
    reader, form = request.reader, {"keep": keep, "give": give}.get(sent)
    if sent == "cancel":
        return _cancel(request, found)
    if form is None or not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        if sent == "keep":
            actions.keep(reader=reader, meeting=found, came=keep.told(), decided=told["decided"])
            messages.success(request, "It is kept. You can correct it here.")
        else:
            owner = Post.objects.get(slug=told["owner"])
            actions.give(reader=reader, meeting=found, text=told["text"], owner=owner, due_on=told["due_on"])
            messages.success(request, f"{owner.title} has it on Today, and it comes back to every meeting until it is done.")
    except UserError as error:
        refused(form, error)
        return None
    return redirect("partner-meeting", meeting=found.pk)


def _cancel(request: HttpRequest, found: m.Meeting) -> HttpResponse | None:
    if changing(request):
        return None
    if not checked(request):
        then = "Nobody is counted as having missed it. This cannot be taken back; plan it again instead."
        return check_answers(request, title="Call this meeting off?", rows=[("Meeting", queries.title_of(found))],
                             button="Call it off", then=then)  # fmt: skip
    try:
        actions.cancel(by=request.reader.by, meeting=found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The meeting is off.")
    return redirect("partner-meeting", meeting=found.pk)


def action(request: HttpRequest, action: int) -> HttpResponse:
    """An action of a meeting, for its owner and for who runs the meeting: what happened, and the ways out of its state."""
    reader: Reader = request.reader
    found = m.Action.objects.filter(pk=action).select_related("owner", "meeting").first()
    who = _who(reader, found) if found else set()
    if found is None or not who:
        raise Http404
    state = TABLE[found.state]
    moves = [each for each in state.moves if each.who in who and not each.in_the_meeting]
    move = next((each for each in moves if each.to == (request.POST or request.GET).get("to", "")), None)
    form: forms.Form | None = None
    if move is not None:
        form = PartnerAnswerForm(request.POST if request.method == "POST" else None)
        form.fields["text"].label = move.asks
        form.offer()
        for name in () if move.anew else ("owner", "due_on"):
            del form.fields[name]
        if request.method == "POST" and form.is_valid() and _moved(request, found, move.to, form):
            messages.success(request, f"It is kept: {TABLE[move.to].shown.lower()}.")
            return redirect("partner-meeting-action", action=found.pk)
    shown = {
        "action": found, "title": queries.title_of(found.meeting), "state": state, "moves": moves, "move": move, "form": form,
        "errors": form.errors if form else None,
        "events": [(event, TABLE[event.state].shown) for event in m.ActionEvent.objects.filter(action=found).order_by("pk")],
    }  # fmt: skip
    return render(request, "awareness/action.html", shown)


def _who(reader: Reader, found: m.Action) -> set[str]:
    """As whom the reader may answer: its owner, who runs the meeting, or both."""
    runs = queries.may_run(reader, found.meeting.kind, found.meeting.borough)
    return {who for who, may in (("owner", found.owner in reader.acting), ("coordinator", runs)) if may}


def _moved(request: HttpRequest, found: m.Action, to: str, form: forms.Form) -> bool:
    told = form.cleaned_data
    owner = Post.objects.get(slug=told["owner"]) if told.get("owner") else None
    try:
        actions.move(reader=request.reader, action=found, to=to, text=told["text"], owner=owner, due_on=told.get("due_on"))
    except UserError as error:
        refused(form, error, "text")
        return False
    return True


PAGES = (
    Page(name="partner-meetings", route="partner-meetings/", view=meetings, needs=ROW),
    Page(name="partner-meeting-new", route="partner-meetings/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="partner-meeting", route="partner-meetings/<int:meeting>/", view=meeting, needs=ROW, changes=ROW),
    Page(name="partner-meeting-action", route="partner-meetings/actions/<int:action>/", view=action, needs=SIGNED_IN,
         changes=SIGNED_IN),
)  # fmt: skip
