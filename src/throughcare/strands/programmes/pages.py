"""Appointments with the offender manager: booking one that is to come, recording what came of one."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.people.models import Person
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.pilot import Home
from throughcare.design.forms import ChoiceField, DayField, refused
from throughcare.strands.programmes.actions import book_appointment, record_appointment
from throughcare.strands.programmes.attendance import OUTCOMES

FACT = "appointments"


class InThePast(UserError):
    """A booking for a day that is past."""


class AppointmentForm(forms.Form):
    """When it was due, when it was held, what came of it."""

    fact = FACT
    due_on = DayField(label="On which day was it due?")
    held_on = DayField(label="On which day was it held?", help_text="Leave empty if it did not take place", required=False)
    outcome = ChoiceField(label="What came of it?", choices={code: told.words for code, told in OUTCOMES.items()}, few=False)


class BookingForm(forms.Form):
    """The day of an appointment to come."""

    fact = FACT
    due_on = DayField(label="On which day?")


def appointment(request: HttpRequest, person: int) -> HttpResponse:
    """Keeps what came of an appointment; where another system is its home, it is owed there until somebody has entered it."""
    home = current_pilot().home(FACT)
    if home.copied:
        return _kept_elsewhere(request, home)
    form = AppointmentForm(request.POST if request.method == "POST" else None, initial={"due_on": request.reader.day})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_appointment(
                by=request.reader.by, person=Person.objects.get(pk=request.person), due_on=told["due_on"],
                held_on=told["held_on"], outcome=told["outcome"],
            )  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            return _done(request, home, "The appointment is kept.")
    return render(request, "people/form.html", _shown(request, form, "Record an appointment", "Keep the appointment"))


def book(request: HttpRequest, person: int) -> HttpResponse:
    """Books an appointment that is to come; owed to its home like any other."""
    home = current_pilot().home(FACT)
    if home.copied:
        return _kept_elsewhere(request, home)
    form = BookingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        try:
            if due_on < request.reader.day:
                raise InThePast(what="The day is past", record=str(due_on), expected="today or later", mend="choose another")
            book_appointment(by=request.reader.by, person=Person.objects.get(pk=request.person), due_on=due_on)
        except UserError as error:
            refused(form, error, "due_on")
        else:
            return _done(request, home, f"Booked for {due_on:%-d %B %Y}.")
    return render(request, "people/form.html", _shown(request, form, "Book an appointment", "Book it"))


def _done(request: HttpRequest, home: Home, words: str) -> HttpResponse:
    owed = f" It is to be entered in {home.system} too: see what is owed elsewhere." if home.owed else ""
    messages.success(request, words + owed)
    return redirect("person", person=request.person)


def _kept_elsewhere(request: HttpRequest, home: Home) -> HttpResponse:
    """A fact that is copied here is not asked for here."""
    return render(request, "programmes/kept_elsewhere.html", {"home": home, **_shown(request, None, "", "")})


def _shown(request: HttpRequest, form: forms.Form | None, title: str, words: str) -> dict[str, object]:
    whole = [request.person] if "identity" in request.rows else []
    return {
        "form": form, "page_title": title, "button_words": words, "errors": form.errors or None if form else None,
        "person": named([request.person], known=whole)[request.person],
    }  # fmt: skip


PAGES = (
    Page(
        name="appointment", route="people/<int:person>/appointments/new/", view=appointment, needs="supervision",
        changes="supervision", form=True,
    ),
    Page(
        name="book", route="people/<int:person>/appointments/book/", view=book, needs="supervision",
        changes="supervision", form=True
    ),
)  # fmt: skip
