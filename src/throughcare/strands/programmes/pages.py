"""Recording an appointment with the offender manager."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.people.models import Person
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, DayField, refused
from throughcare.strands.programmes.actions import record_appointment
from throughcare.strands.programmes.attendance import OUTCOMES

FACT = "appointments"


class AppointmentForm(forms.Form):
    """When it was due, when it was held, what came of it."""

    fact = FACT
    due_on = DayField(label="On which day was it due?")
    held_on = DayField(label="On which day was it held?", help_text="Leave empty if it did not take place", required=False)
    outcome = ChoiceField(label="What came of it?", choices={code: told.words for code, told in OUTCOMES.items()}, few=False)


def appointment(request: HttpRequest, person: int) -> HttpResponse:
    """Keeps an appointment; where another system is its home, it is owed there until somebody has entered it."""
    home = current_pilot().home(FACT)
    if home.copied:
        return render(
            request, "programmes/kept_elsewhere.html", {"home": home, "person": named([request.person])[request.person]}
        )
    form = AppointmentForm(request.POST if request.method == "POST" else None, initial={"due_on": request.reader.day})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            record_appointment(
                by=request.reader.by, person=Person.objects.get(pk=request.person), due_on=told["due_on"],
                held_on=told["held_on"],
                outcome=told["outcome"],
            )  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            owed = f" It is to be entered in {home.system} too: see what is owed elsewhere." if home.owed else ""
            messages.success(request, f"The appointment is kept.{owed}")
            return redirect("person", person=request.person)
    whole = [request.person] if "identity" in request.rows else []
    shown = {"form": form, "page_title": "Record an appointment", "button_words": "Keep the appointment",
             "person": named([request.person], known=whole)[request.person], "errors": form.errors or None}  # fmt: skip
    return render(request, "notes/form.html", shown)


PAGES = (
    Page(
        name="appointment", route="people/<int:person>/appointments/new/", view=appointment, needs="sessions",
        changes="sessions", form=True,
    ),
)  # fmt: skip
