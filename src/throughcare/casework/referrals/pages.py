"""One referral: its state, how it came there, and the next moves of whoever is at the screen."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals import actions
from throughcare.casework.referrals.clocks import both_in_words, clocks_of
from throughcare.casework.referrals.hands import queries as hands
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import history, state_of
from throughcare.casework.referrals.reach import PATHWAYS, known_to
from throughcare.casework.referrals.reasons import LISTS, PAUSED, words_of
from throughcare.casework.referrals.sending.queries import told_with
from throughcare.casework.referrals.shown import base, find, person_of, row_of
from throughcare.casework.referrals.talk import queries as talk
from throughcare.casework.referrals.talk.codes import SIDES
from throughcare.casework.referrals.transitions import TABLE, Move
from throughcare.core.dates import day_in_words, has_come
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused

CLOCK_BUTTONS = {"running": "Stop the clock", "paused": "Let the clock go on"}
VERBS = {
    "acknowledged": actions.acknowledge, "accepted": actions.accept, "declined": actions.decline, "started": actions.start,
    "on_hold": actions.hold, "completed": actions.complete, "ended_early": actions.end_early, "withdrawn": actions.withdraw,
    "made_in_error": actions.mark_made_in_error,
}  # fmt: skip


def _moves(referral: Referral, events: list[Any], reader: Reader, person: int) -> list[Move]:
    """The ways out of the present state that are the reader's to take. After a hold, only back to where it was held."""
    if not reader.sees(f"service:{referral.service}", person, "edit"):
        return []
    states = ["sent", *(event.state for event in events)]
    roles = {role for role in reader.roles if PATHWAYS.get(role, referral.service) == referral.service}
    moves = [move for move in TABLE[states[-1]].moves if roles & set(move.who)]
    if states[-1] == "on_hold":
        moves = [move for move in moves if move.to not in ("accepted", "started") or move.to == states[-2]]
    return moves


class MoveForm(forms.Form):
    """A move: its day, its coded reason where one is asked, a note."""

    fact = "referrals"
    on = DayField(label="On which day?")
    note = TextField(label="Note", required=False, lines=2, longest=500)


def referral(request: HttpRequest, referral: int) -> HttpResponse:
    """The referral, and a button for each move; a move with a reason asks for it on its own page."""
    found, events = find(referral), history(referral)
    reader: Reader = request.reader
    if not known_to(reader).filter(pk=found.pk).exists():
        raise Http404
    moves = _moves(found, events, reader, request.person)
    chosen = next((m for m in moves if m.to == (request.POST.get("to") or request.GET.get("to"))), None)
    if request.method == "POST" and chosen is None:
        raise Http404
    if chosen is not None:
        return _ask(request, found, chosen)
    shown = base(request, found, events) | {"moves": moves, "told": told_with(found, reader)} | _talk(reader, found)
    shown |= _hands(reader, found, shown["state"].slug)
    return render(request, "referrals/referral.html", shown)


def _talk(reader: Reader, found: Referral) -> dict[str, Any]:
    """What both sides said to each other, and the clocks in words."""
    side, now = talk.side_of(reader, found), clocks_of([found], reader.day).get(found.pk)
    return {
        "questions": talk.thread(found.pk), "pauses": talk.pauses(found.pk), "side": side, "sides": SIDES, "reasons": PAUSED,
        "by": reader.by, "clocks": both_in_words(now, reader.day) if now else (),
        "clock_button": CLOCK_BUTTONS.get(now.decide.state) if now and side else None,
    }  # fmt: skip


def _hands(reader: Reader, found: Referral, state: str) -> dict[str, Any]:
    """Who works with the person while the referral is worked, in words; whether the reader may change that."""
    if state not in hands.WORKED:
        return {"worker": "", "may_give": False, "worked": False}
    now = hands.worker_of(found.pk)
    return {"worker": hands.in_words(now.post, reader.day) if now else "", "may_give": bool(hands.may_give_to(reader, found)),
            "worked": True}  # fmt: skip


def _ask(request: HttpRequest, found: Referral, move: Move) -> HttpResponse:
    """Asks for the day, reason and note of a move, and makes it."""
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"on": request.reader.day})
    if move.reasons:
        form.fields["reason"] = ChoiceField(label="Why?", choices=LISTS[move.reasons])
        form.order_fields(["reason", "on", "note"])
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        try:
            has_come(told["on"], today=request.reader.day, record=f"referral {found.pk}")
            if not checked(request):
                return _check(request, found, move, told)
            _make(request.reader, found, move, on=told["on"], reason=told.get("reason", ""), note=told["note"])
        except UserError as error:
            refused(form, error)
        else:
            name = current_pilot().service(found.service).name
            words = TABLE[move.to].shown.lower()
            messages.success(request, f"The referral to {name} is {words}. Everybody who works on it sees that now.")
            return redirect("referral", referral=found.pk)
    shown = base(request, found, []) | {"form": form, "move": move, "errors": form.errors or None}
    return render(request, "referrals/move.html", shown)


def _check(request: HttpRequest, found: Referral, move: Move, told: dict[str, Any]) -> HttpResponse:
    """What the other side is about to be told, before it is."""
    shown = base(request, found, [])
    rows = [("Person", shown["person"].shown), ("Service", shown["service"]), ("What you do", move.words)]
    if move.reasons:
        rows.append(("Why", words_of(told["reason"])))
    rows += [("On", day_in_words(told["on"])), ("Note", told["note"] or "none")]
    then = "Whoever sent the referral, and everybody who works on it, sees this at once."
    return check_answers(request, title="Check before you send", rows=rows, button=move.words, then=then)


def _make(reader: Reader, found: Referral, move: Move, *, on: date, reason: str, note: str) -> None:
    has_come(on, today=reader.day, record=f"referral {found.pk}")
    state = TABLE[state_of(found.pk)]
    if move.reopens:
        actions.reopen(by=reader.by, referral=found, on=on, reason=reason, note=note)
    elif state.slug == "on_hold" and move.to in ("accepted", "started"):
        actions.resume(by=reader.by, referral=found, on=on, note=note)
    elif move.reasons:
        VERBS[move.to](by=reader.by, referral=found, on=on, reason=reason, note=note)
    else:
        VERBS[move.to](by=reader.by, referral=found, on=on, note=note)


PAGES = (
    Page(name="referral", route="referrals/<int:referral>/", view=referral, needs="referrals", changes="referrals",
         person_of=person_of, row_of=row_of),
)  # fmt: skip
