"""The manager's decision on one miss: what was missed, how often, what the policy would suggest, and what is decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.frames import about
from throughcare.casework.people.models import Supervision
from throughcare.casework.people.names import named
from throughcare.casework.people.queries import running
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.rules.eligibility.facts import RESTRICTION
from throughcare.strands.programmes.decisions.actions import EVENTS, decide, take_back
from throughcare.strands.programmes.decisions.codes import ACCEPTED, DECISIONS, REASONS, suggested
from throughcare.strands.programmes.decisions.queries import Miss, failures, miss_of


class DecisionForm(forms.Form):
    """What the miss comes to; why, where the reason is accepted."""

    fact = "appointments"
    decision = ChoiceField(label="What do you decide?", choices=DECISIONS)
    reason = ChoiceField(label="Which reason do you accept?", choices=REASONS, help_text="Only where you accept the reason",
                         required=False, nothing="None")  # fmt: skip
    note = TextField(label="Note", help_text="Kept with the decision. The person may ask to see it", required=False, lines=2,
                     longest=500)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("decision") == ACCEPTED and not told.get("reason"):
            self.add_error("reason", "Choose the reason that you accept")
        if told.get("decision") in set(DECISIONS) - {ACCEPTED} and told.get("reason"):
            self.add_error("reason", "Take the reason out, or accept it")
        return told


def missed(request: HttpRequest, person: int, kind: str, number: int) -> HttpResponse:
    """Decides of one miss, or takes the decision back."""
    found = miss_of(request.person, kind, number)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "take-back":
        return _take_back(request, found)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and found.decision is None and form.is_valid() and not changing(request):
        if not checked(request):
            return _check(request, found, form.cleaned_data)
        try:
            decide(reader=request.reader, miss=found, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, _done(form.cleaned_data["decision"]))
            return redirect("person-contact", person=request.person)
    return render(request, "programmes/missed.html", _shown(request, found, form))


def _take_back(request: HttpRequest, found: Miss) -> HttpResponse:
    try:
        take_back(reader=request.reader, miss=found)
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
    else:
        messages.success(request, "The decision is taken back, and stays on record as that. The miss waits for a decision again.")
    return redirect("missed", person=request.person, kind=found.kind, number=found.number)


def _check(request: HttpRequest, found: Miss, told: dict[str, Any]) -> HttpResponse:
    rows = [("Person", _who(request).shown), ("What was missed", f"{found.kind.capitalize()} of {weekday_in_words(found.on)}"),
            ("You decide", DECISIONS[told["decision"]])]  # fmt: skip
    rows += [("Because", REASONS[told["reason"]])] if told["reason"] else []
    rows += [("Note", told["note"] or "none")]
    return check_answers(request, title="Check before you decide", rows=rows, button="Keep the decision", then=_then(found, told))


def _then(found: Miss, told: dict[str, Any]) -> str:
    home = current_pilot().home("appointments")
    owed = f" It is to be entered in {home.system} too." if home.owed else ""
    if told["decision"] in EVENTS:
        told_first = "Providers are told to ring you before they meet the person next, and not why."
        return f"{told_first} Nothing is sent to a court or prison.{owed}"
    session = " The provider is told that you looked at it, and not what you decided." if found.kind == "session" else ""
    return f"It counts {'as excused' if told['decision'] == ACCEPTED else 'as a failure'}.{session}{owed}"


def _done(decision: str) -> str:
    home = current_pilot().home("appointments")
    owed = f" It is to be entered in {home.system}: see what is owed elsewhere." if home.owed else ""
    return f"Decided: {DECISIONS[decision].lower()}.{owed} If it was a mistake, open it below and take it back."


def _who(request: HttpRequest) -> Any:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


def _shown(request: HttpRequest, found: Miss, form: DecisionForm) -> dict[str, Any]:
    limits = current_pilot().contact
    number = failures(request.person, until=found.on, within=limits.failures_within)
    managed = running(about(Supervision, request.person), request.reader.day)
    first = min(managed, key=lambda s: (RESTRICTION.get(s.kind, len(RESTRICTION)), s.pk), default=None)
    return {
        "person": _who(request), "miss": found, "form": form, "errors": form.errors or None, "failures": number, "limits": limits,
        "suggested": DECISIONS[suggested(number, status=first.kind if first else "", limit=limits.failures)],
        "decide_by": found.decide_by(limits.decide_within), "decisions": DECISIONS, "reasons": REASONS,
    }  # fmt: skip


PAGES = (
    Page(name="missed", route="people/<int:person>/missed/<slug:kind>/<int:number>/", view=missed, needs="supervision",
         changes="supervision", form=True),
)  # fmt: skip
