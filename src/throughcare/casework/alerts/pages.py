"""One alert: what happened, what it upsets, and that it was seen."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.alerts import actions
from throughcare.casework.alerts.queries import alert_of, person_of, waiting
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.casework.people.where import where
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.forms import TextField


class SeenForm(forms.Form):
    """What was done about an alert."""

    note = TextField(label="What you did about it", help_text="If there is something to say, such as who was rung", lines=2,
                     required=False)  # fmt: skip


def alert(request: HttpRequest, alert: int) -> HttpResponse:
    """For the post that it was raised to, or the senior of a vacant one; nobody else's is there."""
    reader: Reader = request.reader
    try:
        found = alert_of(alert)
    except KeyError:
        raise Http404 from None
    own = found.post in reader.acting or waiting(reader).filter(pk=found.pk).exists()
    if not own or not reader.sees(found.row, found.person_id):
        raise Http404
    form = SeenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.seen(reader=reader, alert=found, at=instant_on(reader.day), note=form.cleaned_data["note"])
        except UserError as error:
            messages.info(request, f"{error.what}.")
        else:
            messages.success(request, "Marked as seen. It is off Today for everybody of your post.")
        return redirect("today")
    whole = [found.person_id] if reader.sees("identity", found.person_id) else []
    shown = {
        "alert": found, "form": form, "who": named([found.person_id], known=whole)[found.person_id],
        "where": where(found.person_id, reader.day), "errors": form.errors or None,
    }  # fmt: skip
    return render(request, "alerts/alert.html", shown)


PAGES = (Page(name="alert", route="alerts/<int:alert>/", view=alert, needs="custody", changes=SIGNED_IN, person_of=person_of),)
