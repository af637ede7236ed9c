"""The pages of sessions: the week's calendar by borough, booking, one session with how it went and booking it again."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.times import time_in_words
from throughcare.design.forms import ChoiceField, DayField, TextField, TimeField, refused
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health.consultations.queries import CLINICAL
from throughcare.strands.mental_health.models import Booking, Slot
from throughcare.strands.mental_health.scores.queries import clinicians
from throughcare.strands.mental_health.shown import FACT, LOGGED, frame
from throughcare.strands.mental_health.slots import actions, queries
from throughcare.strands.mental_health.slots.queries import HEALTH

WEEK = timedelta(days=7)
SHOWN = 12
"""Free sessions shown to choose from; the calendar has the others."""


class SlotsForm(forms.Form):
    """Hours that a practitioner offers."""

    post = ChoiceField(label="Whose sessions?", choices={}, few=False)
    borough = ChoiceField(label="In which borough?", choices={}, few=False)
    place = TextField(label="Where?", help_text="Such as the probation office, and the room", required=False, longest=100)
    on = DayField(label="On which day?")
    at = TimeField(label="From what time?")
    minutes = forms.IntegerField(label="How long is each, in minutes?", min_value=10, max_value=240, initial=60)
    number = forms.IntegerField(label="How many, one after the other?", min_value=1, max_value=12, initial=3)
    weeks = forms.IntegerField(label="For how many weeks, on that weekday?", min_value=1, max_value=actions.MOST_WEEKS, initial=1)


class BookForm(forms.Form):
    """A session for somebody."""

    fact = FACT
    slot = ChoiceField(label="Which session?", choices={})
    purpose = ChoiceField(label="What is it for?", choices=codes.PURPOSES)


class SessionForm(forms.Form):
    """How a session went."""

    fact = FACT
    how = ChoiceField(label="How did it go?", choices=codes.WENT)
    reason = ChoiceField(label="If it was missed or cancelled, why?", choices=codes.WHY, required=False, nothing="Choose")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("how") in (codes.MISSED, codes.CANCELLED) and not told.get("reason"):
            self.add_error("reason", "Choose why, or that it is not known")
        return told


def person_of(booking: int, **_: object) -> int:
    """Whose session it is. KeyError where there is none."""
    return _booking(booking).person_id


def _booking(number: int) -> Booking:
    found = Booking.objects.filter(pk=number).select_related("slot", "slot__post", "again").first()
    if found is None:
        raise KeyError(number)
    return found


def when(slot: Slot) -> str:
    """As it is said: Monday 5 December 2016 at 10am, Hackney."""
    return f"{weekday_in_words(london_date(slot.starts_at))} at {time_in_words(slot.starts_at)}, {slot.borough}"


def calendar(request: HttpRequest) -> HttpResponse:
    """A week's sessions of all practitioners, day by day; of one borough where asked. A form to offer more."""
    reader: Reader = request.reader
    monday, boroughs = _monday(request), current_pilot().boroughs
    borough = request.GET.get("borough", "")
    borough = borough if borough in boroughs else ""
    form = _offering(request)
    if request.method == "POST":
        done = _withdrawn(request) if request.POST.get("do") == "withdraw" else _offered(request, form)
        if done is not None:
            return done
    slots = queries.between(monday, monday + WEEK, borough=borough)
    people = queries.people_in(slots)
    may = reader.allowed(CLINICAL, people)
    days = [monday + timedelta(days=n) for n in range(7)]
    shown = {
        "days": [(day, [slot for slot in slots if london_date(slot.starts_at) == day]) for day in days],
        "monday": monday, "before": queries.nearest_week(monday, later=False),
        "after": queries.nearest_week(monday + WEEK, later=True), "boroughs": boroughs, "borough": borough,
        "names": named(may, known=reader.allowed("identity", may)), "states": codes.STATES, "purposes": codes.PURPOSES,
        "free": len([slot for slot in slots if slot.taken is None]), "total": len(slots), "now": instant_on(reader.day),
        "form": form, "errors": form.errors or None, "today": reader.day,
    }  # fmt: skip
    return render(request, "mental_health/calendar.html", shown)


def _monday(request: HttpRequest) -> date:
    """The Monday of the week asked for; of today's where none is, or no day."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = request.reader.day
    first = date(2000, 1, 3)
    asked = min(max(asked, first), date(2100, 1, 1))
    return asked - timedelta(days=asked.weekday())


def _offering(request: HttpRequest) -> SlotsForm:
    posts = {post.slug: post.title for post in clinicians()}
    mine = next((post.slug for post in request.reader.held(HEALTH)), "")
    form = SlotsForm(request.POST if request.POST.get("do") == "offer" else None, initial={"post": mine})
    form.fields["post"].choices = [("", "Choose"), *posts.items()]
    form.fields["borough"].choices = [("", "Choose"), *((name, name) for name in current_pilot().boroughs)]
    return form


def _offered(request: HttpRequest, form: SlotsForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    told = dict(form.cleaned_data)
    told["post"] = next(post for post in clinicians() if post.slug == told["post"])
    try:
        made = actions.offer(reader=request.reader, **told)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, f"{len(made)} sessions are offered. A free one can be withdrawn below.")
    return redirect(f"{request.path}?week={told['on']}")


def _withdrawn(request: HttpRequest) -> HttpResponse:
    which = request.POST.get("which", "")
    slot = Slot.objects.filter(pk=int(which), withdrawn=False).first() if which.isdecimal() else None
    if slot is None:
        raise Http404
    try:
        actions.withdraw(reader=request.reader, slot=slot)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The session is withdrawn. To undo it, offer it again.")
    return redirect(f"{request.path}?week={london_date(slot.starts_at)}")


def book(request: HttpRequest, person: int) -> HttpResponse:
    """Books a free session for the person, their own borough's first."""
    found = _free(request)
    form = BookForm(request.POST if request.method == "POST" else None)
    form.fields["slot"].choices = [(str(slot.pk), f"{when(slot)}, {slot.post.title}") for slot in found[:SHOWN]]
    if request.method == "POST" and form.is_valid():
        slot = next(each for each in found if str(each.pk) == form.cleaned_data["slot"])
        try:
            made = actions.book(
                reader=request.reader, person=person, slot=slot, purpose=form.cleaned_data["purpose"],
                at=instant_on(request.reader.day),
            )  # fmt: skip
        except UserError as error:
            refused(form, error, "slot")
        else:
            messages.success(request, f"Booked: {when(slot)}. To undo it, say that it was cancelled.")
            return redirect("health-session", booking=made.pk)
    shown = frame(request, form, "Book a session", "Book it") | {"found": found, "shown_of": SHOWN}
    return render(request, "mental_health/book.html", shown)


def _free(request: HttpRequest) -> list[Slot]:
    day = request.reader.day
    return queries.free(instant_on(day), current_pilot().health.free_for, first=queries.borough_of(request.person, day))


def session(request: HttpRequest, booking: int) -> HttpResponse:
    """One session: when and where, how it went; where it was missed or cancelled, the free ones, each with its button."""
    found = _booking(booking)
    open_again = found.state in (codes.MISSED, codes.CANCELLED) and found.again is None
    slots = _free(request) if open_again else []
    form = SessionForm(request.POST if request.POST.get("do") == "tell" else None,
                       initial={"how": "" if found.state == codes.BOOKED else found.state, "reason": found.reason})  # fmt: skip
    begun = found.slot.starts_at <= instant_on(request.reader.day)
    if not begun:
        form.fields["how"].choices = [(codes.CANCELLED, codes.WENT[codes.CANCELLED])]
        form.initial["how"] = codes.CANCELLED
    if request.method == "POST":
        done = _told(request, found, form) if request.POST.get("do") == "tell" else _again(request, found, slots)
        if done is not None:
            return done
    shown = frame(request, form, "Session", "Keep this") | {
        "booking": found, "when": when(found.slot), "states": codes.STATES, "why": codes.WHY.get(found.reason, ""),
        "purpose": codes.PURPOSES[found.purpose], "free": [(slot, when(slot)) for slot in slots[:SHOWN]],
        "borough": queries.borough_of(request.person, request.reader.day), "open_again": open_again,
        "again": when(found.again.slot) if found.again else "", "before": found.in_place_of.select_related("slot").first(),
        "begun": begun,
    }  # fmt: skip
    return render(request, "mental_health/session.html", shown)


def _told(request: HttpRequest, found: Booking, form: SessionForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        now = actions.tell(reader=request.reader, booking=found, at=instant_on(request.reader.day), **form.cleaned_data)
    except UserError as error:
        refused(form, error, "how")
        return None
    then = "Said again, the last word holds." if now.state == codes.CAME else "Book it again below."
    messages.success(request, f"Kept. {then}")
    return redirect("health-session", booking=found.pk)


def _again(request: HttpRequest, found: Booking, slots: list[Slot]) -> HttpResponse:
    slot = next((each for each in slots if str(each.pk) == request.POST.get("slot")), None)
    if slot is None:
        messages.warning(request, "That session is not free any more: choose another.")
        return redirect("health-session", booking=found.pk)
    try:
        made = actions.book_again(reader=request.reader, booking=found, slot=slot, at=instant_on(request.reader.day))
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("health-session", booking=found.pk)
    messages.success(request, f"Booked again: {when(slot)}. To undo it, say that it was cancelled.")
    return redirect("health-session", booking=made.pk)


ABOUT: dict[str, Any] = {"needs": CLINICAL, "changes": CLINICAL, "roles": (HEALTH,), "logged": LOGGED}
PAGES = (
    Page(name="health-calendar", route="mental-health/sessions/", view=calendar, menu="Sessions", place=9, **ABOUT),
    Page(name="health-book", route="people/<int:person>/mental-health/sessions/book/", view=book, form=True, **ABOUT),
    Page(name="health-session", route="mental-health/sessions/<int:booking>/", view=session, person_of=person_of, **ABOUT),
)  # fmt: skip
