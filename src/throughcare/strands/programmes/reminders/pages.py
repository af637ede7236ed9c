"""Reminders: what would be sent this evening and what was kept before; agreeing with a person how they are reminded."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.strands.programmes.contact import A_DAY
from throughcare.strands.programmes.reminders import actions, queries
from throughcare.strands.programmes.reminders.words import CHANNELS, reminder

KEPT_FOR = timedelta(days=14)


class ChannelForm(forms.Form):
    """How the person wants to be reminded."""

    fact = "appointments"
    channel = ChoiceField(label="How do they want to be reminded?", choices=CHANNELS)
    address = TextField(label="Number or address", help_text="A telephone that others use is safe: the words tell nothing",
                        required=False, longest=200)  # fmt: skip
    place_too = forms.BooleanField(label="The place may be said too", required=False)
    although_limited = forms.BooleanField(label="Agreed although access to their record is limited", required=False)


def reminders(request: HttpRequest) -> HttpResponse:
    """What would be said this evening to whom is to come tomorrow, and why not to others; what was kept for the last days."""
    reader: Reader = request.reader
    if request.method == "POST":
        return _sent(request, reader)
    tomorrow = reader.day + A_DAY
    due, kept = queries.due_for(reader, tomorrow), queries.kept_for(reader, reader.day - KEPT_FOR)
    people = {each.person for each in due} | {each.person_id for each in kept}
    made = {(each.appointment_id, each.planned_id) for each in kept}
    shown = {
        "tomorrow": tomorrow, "kept": kept, "names": named(people, known=reader.allowed("identity", people)),
        "due": [each for each in due if not each.why_not and _key(each) not in made],
        "not_told": [each for each in due if each.why_not], "why_not": queries.WHY_NOT, "channels": CHANNELS,
        "from_time": f"{current_pilot().contact.remind_from:%H:%M}", "to_send": actions.TO_SEND,
        "may_send": reader.may("sessions", "edit"), "may_agree": reader.allowed("supervision", people)
        if reader.may("supervision", "edit") else frozenset(),
        "states": {actions.TO_SEND: "To be sent by hand", actions.SENT: "Sent", actions.FAILED: "Could not be sent: ring",
                   actions.SENDING: "Not known whether it went: ring"},
    }  # fmt: skip
    return render(request, "programmes/reminders.html", shown)


def _key(each: queries.Due) -> tuple[int | None, int | None]:
    return each.appointment.pk if each.appointment else None, each.planned.pk if each.planned else None


def _sent(request: HttpRequest, reader: Reader) -> HttpResponse:
    mine = {each.pk: each for each in queries.kept_for(reader, reader.day - KEPT_FOR)}
    given = request.POST.get("reminder", "")
    found = mine.get(int(given)) if given.isdecimal() else None
    if found is None or not reader.sees("sessions", found.person_id, "edit"):
        messages.info(request, "That reminder is not on your list.")
        return redirect("reminders")
    actions.sent_by_hand(reader=reader, reminder=found.pk)
    messages.success(request, "It is on record that this reminder was given.")
    return redirect("reminders")


def channel(request: HttpRequest, person: int) -> HttpResponse:
    """Keeps how the person wants to be reminded; shows what would be said."""
    if person != request.person:
        raise Http404
    held = queries.channel_of(person)
    initial = {"channel": held.channel, "address": held.address, "place_too": held.place_too,
               "although_limited": held.although_limited} if held else {}  # fmt: skip
    form = ChannelForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(reader=request.reader, person=person, **form.cleaned_data)
        except UserError as error:
            refused(form, error, "address")
        else:
            messages.success(request, "Kept. To change it, agree on another way: the last one counts.")
            return redirect("person-contact", person=person)
    who: Any = named([person], known=[person] if "identity" in request.rows else [])[person]
    example = reminder(request.reader.day + A_DAY, at=None, ring="020 7946 0000")
    return render(request, "programmes/channel.html", {"form": form, "person": who, "held": held, "example": example,
                                                       "channels": CHANNELS, "errors": form.errors or None})  # fmt: skip


PAGES = (
    Page(name="reminders", route="reminders/", view=reminders, needs="sessions", changes="sessions"),
    Page(name="channel", route="people/<int:person>/reminders/", view=channel, needs="supervision", changes="supervision",
         form=True),
)  # fmt: skip
