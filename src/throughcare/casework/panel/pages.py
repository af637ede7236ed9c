"""Panels: planning one and its agenda; running it from the shared screen is in `screen.pages`."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader, whom_to_ring
from throughcare.casework.panel import actions, queries
from throughcare.casework.panel import models as m
from throughcare.casework.panel.agenda import GROUPS, reasons, suggestions
from throughcare.casework.panel.forms import AskForm, InviteForm, NumberForm, PlanForm
from throughcare.casework.panel.packs import Pack, pack, visible
from throughcare.casework.panel.room import same_agency
from throughcare.casework.panel.screen.pages import PAGES as OF_THE_SCREEN
from throughcare.casework.people.asked import understand
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import person_of
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused

BY_HAND = m.Why("hand", "panel", "Put on the agenda by the co-ordinator")


def panels(request: HttpRequest) -> HttpResponse:
    """The reader's panels: those it runs, the packs of its posts, its actions; a co-ordinator plans the next."""
    reader: Reader = request.reader
    boroughs = queries.boroughs_of(reader)
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"borough": next(iter(boroughs), "")})
    form.fields["borough"].choices = [(borough, borough) for borough in boroughs]
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(by=reader.by, borough=form.cleaned_data["borough"], on=form.cleaned_data["on"])
        except UserError as error:
            refused(form, error, "on")
        else:
            messages.success(request, "The panel is planned. Nobody sees it until you send the agenda.")
            return redirect("panel", meeting=made.pk)
    whole = reader.whole_pilot("panel_actions")
    seats = m.Seat.objects.filter(post__in=reader.acting).exclude(meeting__agenda_sent_at=None, meeting__packs_sent_at=None)
    mine = list(queries.owned(reader.acting))
    people = {action.person_id for action in mine}
    known = reader.allowed("panel_actions", people)
    names = named(known, known=reader.allowed("identity", people))
    shown = {
        "form": form, "boroughs": boroughs, "whole": whole, "errors": form.errors if request.method == "POST" else None,
        "meetings": m.Meeting.objects.filter(**({} if whole else {"borough__in": boroughs})).order_by("-on", "borough")[:100],
        "seats": seats.select_related("meeting", "post").order_by("-meeting__on")[:50],
        "actions": [(action, names[action.person_id]) for action in mine if action.person_id in names],
    }  # fmt: skip
    return render(request, "panel/panels.html", shown)


def panel(request: HttpRequest, meeting: int) -> HttpResponse:
    """A meeting for its co-ordinator: agenda, who is asked and who is in the room; it is begun, closed and sent from here."""
    found = queries.run_by(request.reader, meeting)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _panel(request, found)
    deed = DEEDS.get(request.POST.get("do", ""))
    try:
        answer = deed(request, found) if deed else None
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("panel", meeting=found.pk)  # the shared screen shows no message
    if answer is not None:
        return answer
    screen = request.POST.get("screen", "")
    if screen.isdigit() and m.Item.objects.filter(pk=screen, meeting=found).exists():
        return redirect("panel-screen", meeting=found.pk, item=int(screen))
    return redirect("panel", meeting=found.pk)


def _panel(
    request: HttpRequest, found: m.Meeting, *, invite: forms.Form | None = None, by_hand: forms.Form | None = None
) -> HttpResponse:
    reader: Reader = request.reader
    invite, by_hand = invite or InviteForm(), by_hand or NumberForm()
    if isinstance(invite, InviteForm):
        invite.offer()
    items = list(m.Item.objects.filter(meeting=found).order_by("place", "pk"))
    suggested = [] if found.state == m.CLOSED else suggestions(reader, found)
    asks = m.Ask.objects.filter(borough=found.borough, discussed=None).select_related("post").order_by("on", "pk")
    people = {i.person_id for i in items} | {s.person for s in suggested}
    known = reader.allowed("panel", people)
    barred = reader.barred_among(people)
    wrong = next((form for form in (invite, by_hand) if form.errors), None)
    shown = {
        "meeting": found, "room": queries.told_apart(found), "items": items,
        "seats": queries.seats_of(found), "decided": queries.decided(items),
        "names": named(known, known=reader.allowed("identity", people)),
        "barred": barred, "ring": whom_to_ring(barred, reader.day),
        "groups": [(slug, words, [s for s in suggested if s.group == slug and s.person in known])
                   for slug, words in GROUPS.items()],
        "asks": {ask.person_id: ask for ask in asks}, "invite": invite, "by_hand": by_hand, "wrong": wrong,
        "first": next((i for i in items if i.person_id in known), None), "errors": wrong.errors if wrong else None,
    }  # fmt: skip
    return render(request, "panel/panel.html", shown)


Answer = HttpResponse | None


def _invite(request: HttpRequest, found: m.Meeting) -> Answer:
    form = InviteForm(request.POST)
    form.offer()
    if not form.is_valid():
        return _panel(request, found, invite=form)
    post = Post.objects.get(slug=form.cleaned_data["post"])
    actions.invite(by=request.reader.by, meeting=found, post=post, bring=form.cleaned_data["bring"])
    return None


def _tick(request: HttpRequest, found: m.Meeting) -> Answer:
    """Those ticked of the suggestions, with the reasons of now."""
    ticked = [int(n) for n in request.POST.getlist("person") if n.isdigit()]
    why = reasons(request.reader, found)
    actions.put_on(by=request.reader.by, meeting=found, people={person: why[person] for person in ticked if person in why})
    return None


def _add(request: HttpRequest, found: m.Meeting) -> Answer:
    """Somebody by number, whom the reader may run a panel about."""
    reader, form = request.reader, NumberForm(request.POST)
    if form.is_valid():
        numbers = understand(form.cleaned_data["number"]).numbers
        known = {p for number in numbers for p in person_of(number.kind, [number.value]).values()}
        theirs = list(reader.people("panel", "edit").filter(pk__in=known).values_list("pk", flat=True))
        if len(theirs) == 1:
            actions.put_on(by=reader.by, meeting=found, people={theirs[0]: [BY_HAND]})
            return None
        form.add_error("number", "Nobody of your borough has this number")
    return _panel(request, found, by_hand=form)


def _item(request: HttpRequest, found: m.Meeting) -> m.Item:
    number = request.POST.get("item", "")
    item = m.Item.objects.filter(pk=number, meeting=found).select_related("meeting").first() if number.isdigit() else None
    if item is None:
        raise Http404
    return item


def _seat(request: HttpRequest, found: m.Meeting) -> m.Seat:
    seat = m.Seat.objects.filter(meeting=found, post__slug=request.POST.get("post", "")).select_related("post", "meeting").first()
    if seat is None:
        raise Http404
    return seat


def _close(request: HttpRequest, found: m.Meeting) -> Answer:
    """Closing is asked twice: after it the record is corrected by addenda alone."""
    if changing(request):
        return None
    if not checked(request):
        items = list(m.Item.objects.filter(meeting=found))
        talked = queries.decided(items)
        rows = [("Discussed", f"{len(talked)} of {len(items)}"), ("Actions", str(len(queries.actions_of(item__meeting=found))))]
        then = "The record is closed: after that it is corrected only by adding to it. What each agency gets is sent afterwards."
        return check_answers(request, title="Close the panel?", rows=rows, button="Close the panel", then=then)
    actions.close(by=request.reader.by, meeting=found)
    messages.success(request, "The panel is closed. Look at what each agency gets, and send it.")
    return None


def _send(request: HttpRequest, found: m.Meeting) -> Answer:
    """What each post gets, once more, before it becomes visible to them."""
    if changing(request):
        return None
    if not checked(request):
        rows = [(seat.post.title, _summary(pack(request.reader, seat))) for seat in queries.seats_of(found)]
        return check_answers(
            request, title="Check what each agency gets", rows=rows, button="Send",
            then="Each sees its own on its Today page, and nobody another's. What is sent cannot be unsent; it can be added to.",
        )  # fmt: skip
    actions.send(by=request.reader.by, meeting=found)
    messages.success(request, "It is sent: each agency finds its own on its Today page.")
    return None


def _summary(told: Pack) -> str:
    """A pack in a sentence: actions word for word, people by name."""
    given = "; ".join(f"{who.shown}: {action.text} (by {day_in_words(action.due_on)})" for action, who in told.actions)
    people = "; ".join(line.person.shown for line in told.lines)
    what = "Decisions of" if told.after else "Agenda with"
    more = ". Of people whom you may not know they work with, it gets its own" if told.left_out else ""
    return f"Actions: {given or 'none'}. {what}: {people or 'nobody'}{more}."


DEEDS: dict[str, Callable[[HttpRequest, m.Meeting], Answer]] = {
    "invite": _invite, "tick": _tick, "add": _add, "close": _close, "send": _send,
    "off": lambda r, f: actions.take_off(by=r.reader.by, item=_item(r, f)),
    "up": lambda r, f: actions.reorder(by=r.reader.by, item=_item(r, f), up=True),
    "down": lambda r, f: actions.reorder(by=r.reader.by, item=_item(r, f), up=False),
    "start": lambda r, f: actions.start(by=r.reader.by, meeting=f, on=r.reader.day),
    "come": lambda r, f: actions.come(reader=r.reader, seat=_seat(r, f)),
    "go": lambda r, f: actions.go(by=r.reader.by, seat=_seat(r, f)),
}  # fmt: skip


def show_pack(request: HttpRequest, meeting: int, post: str) -> HttpResponse:
    """What a post gets: for who holds it, once sent; for the co-ordinator before, to look at what goes."""
    reader: Reader = request.reader
    found = m.Seat.objects.filter(meeting=meeting, post__slug=post).select_related("meeting", "post").first()
    runs = found is not None and found.meeting.borough in queries.boroughs_of(reader)
    holds = found is not None and any(same_agency(found.post, p) and p.role == found.post.role for p in reader.acting)
    if found is None or not (runs or (holds and visible(found.meeting))):
        raise Http404
    return render(request, "panel/pack.html", {"pack": pack(reader, found), "meeting": found.meeting, "runs": runs and not holds})


def ask(request: HttpRequest, person: int) -> HttpResponse:
    """Asks the panel to discuss a person."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(reader=request.reader, person=person, reason=form.cleaned_data["reason"])
        except UserError as error:
            refused(form, error, "reason")
        else:
            messages.success(request, "The co-ordinator of the borough has it, and it stays until the person is discussed.")
            return redirect("person", person=person)
    who = named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]
    shown: dict[str, Any] = {"form": form, "page_title": "Ask the panel to discuss them", "button_words": "Ask the panel",
                             "person": who, "errors": form.errors or None}  # fmt: skip
    return render(request, "people/form.html", shown)


PAGES = (
    Page(name="panels", route="panels/", view=panels, needs="panel_actions", changes="panel", menu="Panels", place=30),
    Page(name="panel", route="panels/<int:meeting>/", view=panel, needs="panel", changes="panel"),
    Page(name="panel-pack", route="panels/<int:meeting>/packs/<slug:post>/", view=show_pack, needs="panel_actions"),
    Page(name="panel-ask", route="people/<int:person>/panel/", view=ask, needs="panel_actions", changes="panel_actions",
         form=True),
    *OF_THE_SCREEN,
)  # fmt: skip
