"""Running a panel: the shared screen, the record of a person, and what becomes of an action.

The screen shows what everybody in the room may see, and takes only what it may show. The record of a person is for the
co-ordinator's own screen while the meeting runs; after it, for whoever may see the panel of the person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.panel import actions, queries
from throughcare.casework.panel import models as m
from throughcare.casework.panel.facts import score_of, services_of, told_of
from throughcare.casework.panel.forms import AddendumForm, DecideForm, GiveForm, MoveActionForm
from throughcare.casework.panel.room import Hearing, hearing, reads, same_agency
from throughcare.casework.people.names import named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.rules import meeting_actions as states

NO_CONTENT = 204


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What may be written on a page about an item: by these forms, None where the page does not take it."""

    decide: DecideForm | None
    give: GiveForm | None


def person_of(meeting: int, item: int) -> int:
    """Whom an item is about. KeyError where the meeting has no such item."""
    return queries.item_of(meeting, item).person_id


def screen(request: HttpRequest, meeting: int, item: int) -> HttpResponse:
    """One person, large, in front of everybody: by arrow keys to the next."""
    reader: Reader = request.reader
    found, running = queries.item_of(meeting, item), queries.run_by(reader, meeting)
    if running is None:
        raise Http404
    if running.state != m.RUNNING:
        return redirect("panel", meeting=meeting)
    room = queries.in_the_room(running)
    heard = hearing(reader, request.rows, room, request.person)
    writing = _on_the_screen(request, found, heard, room)
    if request.method == "POST":
        answer = _write(request, found, writing, room)
        if answer is not None:
            return answer
    elif not heard.out:
        actions.shown(by=reader.by, item=found, room=room)
    shown = {
        "meeting": running, "item": found, "room": room, "told_apart": queries.told_apart(running),
        "seats": [seat for seat in queries.seats_of(running) if seat.post not in reader.acting],
        "out": heard.out, "writing": writing,
        **_beside(reader, running, found), **(_told(reader, found, heard) if not heard.out else {}),
        "errors": next((f.errors for f in (writing.decide, writing.give) if f and f.errors), None),
    }  # fmt: skip
    return render(request, "panel/screen.html", shown)


def _beside(reader: Reader, running: m.Meeting, found: m.Item) -> dict[str, Any]:
    """Where the item stands among those that the co-ordinator may show, and which are before and after it."""
    items = list(m.Item.objects.filter(meeting=running).order_by("place", "pk"))
    known = reader.allowed("panel", {i.person_id for i in items})
    order = [i.pk for i in items if i.person_id in known]
    at = order.index(found.pk)
    return {
        "number": at + 1, "total": len(order), "before": order[at - 1] if at else None,
        "after": next(iter(order[at + 1 :]), None),
    }  # fmt: skip


def _told(reader: Reader, found: m.Item, heard: Hearing) -> dict[str, Any]:
    """What everybody may see of the person: facts, why they are discussed, what was decided last and today."""
    person, rows, day = found.person_id, heard.rows, reader.day
    facts = [fact for fact in told_of([person], day)[person] if fact.row in rows]
    if "score" in rows:
        facts.append(score_of(person, day))
    facts += [fact for fact in services_of(person, [each for each, _ in heard.everybody]) if fact.row in rows]
    earlier = list(m.Item.objects.filter(person=person, meeting__borough=found.meeting.borough, meeting__on__lt=found.meeting.on,
                                         meeting__state=m.CLOSED).select_related("meeting").order_by("-meeting__on"))  # fmt: skip
    last = queries.decided(earlier) if "panel" in rows else {}
    waiting = queries.actions_of(person=person, state__in=states.WAITS, item__meeting__borough=found.meeting.borough)
    today = queries.actions_of(item=found)
    return {
        "who": named([person], known=[person] if "identity" in rows else [])[person], "rows": rows, "facts": facts,
        "why": [why.words for why in found.why if why.row in rows and why.row != "panel"],
        "last": next(((i.meeting.on, last[i.pk]) for i in earlier if i.pk in last), None),
        "kept": queries.decided([found]).get(found.pk),
        "waiting": [a for a in waiting if a.item_id != found.pk and heard.all_read(a.owner, a.item.meeting.borough)],
        "actions": [a for a in today if heard.all_read(a.owner, found.meeting.borough)],
        "day": day,
    }  # fmt: skip


def _on_the_screen(request: HttpRequest, found: m.Item, heard: Hearing, room: list[Post]) -> Writing:
    """The forms for what may be shown to everybody: a decision where all see the panel, a rating where all see it, actions for
    those owners whose actions all may read."""
    if heard.out:
        return Writing(decide=None, give=None)
    draft = found.drafted if "panel" in heard.rows else {}
    sent = _sent(request)
    decide = _decide_form(sent("decide", "no_change"), draft) if "panel" in heard.rows else None
    if decide is not None and "rag" not in heard.rows:
        del decide.fields["rag"]
    owners = [post for post in _owners(request, found, "caseload" in heard.rows) if heard.all_read(post, found.meeting.borough)]
    return Writing(decide=decide, give=_give_form(sent("give"), draft, owners) if owners else None)


def _sent(request: HttpRequest) -> Callable[..., Any]:
    """A function: what was sent, where the button was one of these; None otherwise, so that the other forms stay unbound."""
    return lambda *deeds: request.POST if request.method == "POST" and request.POST.get("do") in deeds else None


def _owners(request: HttpRequest, found: m.Item, manager: bool) -> list[Post]:
    """To whom actions may be given: whoever is asked to the meeting, the co-ordinator, and the person's manager."""
    posts = {seat.post_id: seat.post for seat in queries.seats_of(found.meeting)}
    posts |= {post.pk: post for post in request.reader.held("iom_coordinator") if post.place == found.meeting.borough}
    managed = manager_of(found.person_id, request.reader.day) if manager else None
    return sorted((posts | ({managed.pk: managed} if managed else {})).values(), key=lambda post: post.title)


def _decide_form(sent: Any, draft: dict[str, str]) -> DecideForm:
    form = DecideForm(sent, initial=draft)
    form.fields["text"].required = not (sent and sent.get("do") == "no_change")
    form.fields["text"].widget.is_required = True
    return form


def _give_form(sent: Any, draft: dict[str, str], owners: Iterable[Post]) -> GiveForm:
    form = GiveForm(sent, initial=draft)
    form.offer(owners)
    return form


def _write(request: HttpRequest, found: m.Item, writing: Writing, room: list[Post]) -> HttpResponse | None:
    """Does what was sent: None where the page is to be shown again, with what is wrong."""
    reader, deed = request.reader, request.POST.get("do", "")
    form: forms.Form | None = writing.give if deed == "give" else writing.decide
    here = redirect(request.path)
    if deed == "draft" or form is None:  # without a form, somebody came in meanwhile: what was typed is kept out of sight
        for field in actions.DRAFTED:
            if field in request.POST:
                actions.draft(by=reader.by, item=found, field=field, text=request.POST[field])
        return HttpResponse(status=NO_CONTENT) if deed == "draft" else here
    if deed not in ("decide", "no_change", "give"):
        return here
    if not form.is_valid():
        return None
    told = form.cleaned_data
    try:
        if deed == "give":
            owner = Post.objects.get(slug=told["owner"])
            actions.give(reader=reader, item=found, text=told["words"], owner=owner, due_on=told["due_on"])
        else:
            actions.decide(by=reader.by, item=found, text=told["text"], rag=told.get("rag", ""), no_change=deed == "no_change",
                           room=room)  # fmt: skip
    except UserError as error:
        refused(form, error, "owner" if deed == "give" else "text")
        return None
    return here


def record(request: HttpRequest, meeting: int, item: int) -> HttpResponse:
    """All that is recorded of a person at a meeting: by its co-ordinator while it runs, with addenda after it."""
    reader: Reader = request.reader
    found, runs = queries.item_of(meeting, item), queries.run_by(reader, meeting) is not None
    versions = list(m.Decision.objects.filter(item=found).order_by("-pk"))
    if not runs and (found.meeting.packs_sent_at is None or request.method == "POST"):
        raise Http404
    room = queries.in_the_room(found.meeting)
    running, closed = runs and found.meeting.state == m.RUNNING, runs and found.meeting.state == m.CLOSED
    kept, sent, draft = queries.decided([found]).get(found.pk), _sent(request), found.drafted
    written = {"text": draft.get("text") or (kept.text if kept else "")}
    writing = Writing(
        decide=_decide_form(sent("decide", "no_change"), written) if running else None,
        give=_give_form(sent("give"), draft, _owners(request, found, manager=True)) if running else None,
    )
    addendum = AddendumForm(sent("add")) if closed else None
    if request.method == "POST":
        answer = _correct(request, found, addendum, room) or _write(request, found, writing, room)
        if answer is not None:
            return answer
    wrong = next((f for f in (writing.decide, writing.give, addendum) if f and f.errors), None)
    shown = {
        "meeting": found.meeting, "item": found, "runs": runs, "room": queries.told_apart(found.meeting),
        "writing": writing, "addendum": addendum, "kept": kept,
        "heard": [seat.post.title for seat in queries.seats_of(found.meeting) if seat.post.slug in found.heard.split()],
        "versions": versions[1:] if kept and versions else versions, "rows": request.rows, "wrong": wrong,
        "actions": [(a, states.TABLE[a.state]) for a in queries.actions_of(item=found)
                    if reads(reader, a.owner, found.meeting.borough, request.rows)],
        "addenda": m.Addendum.objects.filter(item=found).order_by("pk"), "errors": wrong.errors if wrong else None,
        "who": named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person],
    }  # fmt: skip
    return render(request, "panel/record.html", shown)


def _correct(request: HttpRequest, found: m.Item, addendum: AddendumForm | None, room: list[Post]) -> HttpResponse | None:
    """Takes a decision or an action back while the meeting runs; adds to the record after it."""
    reader, deed = request.reader, request.POST.get("do", "")
    try:
        if deed == "take_back":
            actions.take_back(by=reader.by, item=found, room=room)
        elif deed == "take_back_action":
            number = request.POST.get("action", "")
            action = m.Action.objects.filter(pk=number, item=found).first() if number.isdigit() else None
            if action is None:
                raise Http404
            actions.move(reader=reader, action=action, to=states.TAKEN_BACK)
        elif deed == "add" and addendum is not None and addendum.is_valid():
            actions.add(by=reader.by, item=found, text=addendum.cleaned_data["addendum"])
        elif deed == "add":
            return None if addendum is not None and addendum.errors else redirect(request.path)
        else:
            return None
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    return redirect(request.path)


def action_person(action: int) -> int:
    """Whom an action is about. KeyError where there is no such action."""
    found = m.Action.objects.filter(pk=action).exclude(state=states.TAKEN_BACK).first()
    if found is None:
        raise KeyError(action)
    return found.person_id


def action(request: HttpRequest, action: int) -> HttpResponse:
    """An action: what it is, what became of it, and the answers that its state has for who reads it."""
    reader: Reader = request.reader
    (found,) = queries.actions_of(pk=action)
    meeting = found.item.meeting
    runs = meeting.borough in queries.boroughs_of(reader)
    owns = any(same_agency(found.owner, post) for post in reader.acting) and meeting.packs_sent_at is not None
    if not runs and not (meeting.packs_sent_at and reads(reader, found.owner, meeting.borough, request.rows)):
        raise Http404
    mine = {"owner": owns, "coordinator": runs}
    moves = [each for each in states.TABLE[found.state].moves if mine[each.who] and not each.in_the_meeting]
    move = next((each for each in moves if each.to == (request.POST.get("to") or request.GET.get("to"))), None)
    if request.method == "POST" and move is None:
        raise Http404
    form = _move_form(request, found, move) if move else None
    if request.method == "POST" and move and form and form.is_valid():
        told = form.cleaned_data
        owner = Post.objects.get(slug=told["owner"]) if move.anew else None
        try:
            actions.move(reader=reader, action=found, to=move.to, text=told["words"], owner=owner, due_on=told.get("due_on"))
        except UserError as error:
            refused(form, error, "owner" if move.anew else "words")
        else:
            messages.success(request, f"Kept: {states.TABLE[move.to].shown.lower()}. The co-ordinator sees it.")
            return redirect("panel-action", action=found.pk)
    shown = {
        "action": found, "meeting": meeting, "state": states.TABLE[found.state], "moves": moves, "move": move, "form": form,
        "events": [(e, states.TABLE[e.state].shown) for e in m.ActionEvent.objects.filter(action=found).order_by("-pk")],
        "who": named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person],
        "errors": (form.errors or None) if form else None,
    }  # fmt: skip
    return render(request, "panel/action.html", shown)


def _move_form(request: HttpRequest, found: m.Action, move: states.Move) -> MoveActionForm:
    form = MoveActionForm(request.POST if request.method == "POST" else None, initial={"due_on": found.due_on})
    form.fields["words"].label = move.asks
    if move.anew:
        form.offer(_owners(request, found.item, manager=True))
    else:
        del form.fields["owner"], form.fields["due_on"]
    return form


PAGES = (
    Page(name="panel-screen", route="panels/<int:meeting>/screen/<int:item>/", view=screen, needs="panel", changes="panel",
         person_of=person_of),
    Page(name="panel-record", route="panels/<int:meeting>/record/<int:item>/", view=record, needs="panel", changes="panel",
         person_of=person_of),
    Page(name="panel-action", route="panels/actions/<int:action>/", view=action, needs="panel_actions", changes="panel_actions",
         person_of=action_person),
)  # fmt: skip
