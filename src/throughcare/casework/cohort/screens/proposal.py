"""One proposal: the evidence, the decision with its reason, or put off until a day; then what came of it, and the way back."""

import json
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort import actions
from throughcare.casework.cohort.models import JOIN, LEAVE, TRANSFER, Proposal
from throughcare.casework.cohort.second_thoughts.actions import park, take_back, unpark
from throughcare.casework.cohort.sources import out_of_date_under, sources
from throughcare.casework.cohort.standing import in_cohort
from throughcare.casework.cohort.waiting import decides_for
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, DayField, TextField, refused
from throughcare.rules.eligibility.words import STATUSES, offence

TITLES = {JOIN: "Should this person join the cohort?", LEAVE: "Should this person leave the cohort?",
          TRANSFER: "Does this person pass to your borough?"}  # fmt: skip
ANSWERS = {JOIN: ("Join", "Do not join"), LEAVE: ("Leave", "Keep in the cohort"), TRANSFER: ("Take over", "Do not take over")}
THEN = {
    (JOIN, True): "They are in the cohort from today, and can be referred to its services.",
    (LEAVE, True): "They leave the cohort today. Referrals that are open stay as they are.",
    (TRANSFER, True): "Your borough is responsible for them from today.",
}
NOT_AGAIN = "It is kept with your reason, and not proposed again until the facts change."
UNDO = {
    (JOIN, True): "If it was a mistake, take it back: found today, they were never a member; found later, they leave that day.",
    (LEAVE, True): "If it was a mistake, take it back today: they stay a member without a gap. Later, put them forward again.",
    (TRANSFER, True): "If it was a mistake, take it back: they go back to the borough that had them.",
}
FACTS = (
    ("first_convicted_on", "First convicted", "offence_history"), ("adult_from", "18 on", "identity"),
    ("borough", "Borough", "address"), ("borough_by", "Known by", "address"), ("from_borough", "From", "address"),
    ("to_borough", "To", "address"), ("borough_since", "There since", "address"),
    ("supervision", "Supervision", "supervision"), ("agency", "Managed by", "supervision"),
    ("supervised_from", "Since", "supervision"), ("supervised_until", "Until", "supervision"),
    ("percent_2y", "Two-year score", "score"), ("offence", "Recent offence", "offence_history"),
    ("committed_on", "Committed", "offence_history"), ("convicted_on", "Convicted of it", "offence_history"),
)  # fmt: skip
"""What the evidence holds, in the order of the rule, in words, and the row of the policy that each fact tells."""


def _proposal(number: int) -> Proposal:
    found = Proposal.objects.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def person_of(proposal: int) -> int:
    """The person proposed. KeyError where there is no such proposal."""
    return _proposal(proposal).person_id


class DecisionForm(forms.Form):
    """Yes, no or later, and why."""

    fact = "cohort_membership"
    answer = ChoiceField(label="Your decision", choices={})
    until = DayField(label="If parked, until which day?", help_text="It waits again then, or as soon as the facts change",
                     required=False)  # fmt: skip
    reason = TextField(label="Why?", help_text="Kept with the decision. The person may ask to see it", lines=3, asks="Write why")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("answer") == "park" and not told.get("until") and "until" not in self.errors:
            self.add_error("until", "Enter the day on which it is to wait again")
        return told


class TakeBackForm(forms.Form):
    """Why a decision was a mistake."""

    fact = "cohort_membership"
    reason = TextField(label="Why was it a mistake?", help_text="Kept beside the decision, which stays on record", lines=3,
                       asks="Write why it was a mistake")  # fmt: skip


def proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """What the rule proposes and why; what the co-ordinator of the borough decides, or decided."""
    found = _proposal(proposal)
    reader: Reader = request.reader
    mine = found.borough in decides_for(reader)
    posted, do = request.POST if request.method == "POST" else None, request.POST.get("do", "")
    if posted is not None and (not mine or not _asked_of(found, do)):
        raise Http404
    form = _form(found, posted, request.GET.get("do", ""))
    if posted is not None and do == "unpark":
        unpark(by=reader.by, proposal=found)
        messages.success(request, "It waits for your decision again.")
        return redirect("proposal", proposal=found.pk)
    if posted is not None and form.is_valid() and not changing(request):
        answer = _take_back(request, found, form) if do == "take-back" else _decide(request, found, form)
        if answer is not None:
            return answer
    return render(request, "cohort/proposal.html", _shown(request, found, form, mine))


def _asked_of(found: Proposal, do: str) -> bool:
    """Whether this may be done of a proposal in its state."""
    return found.state in (("accepted", "refused") if do == "take-back" else ("open",))


def _form(found: Proposal, posted: Any, do: str) -> forms.Form:
    if found.state in ("accepted", "refused"):
        return TakeBackForm(posted)
    form = DecisionForm(posted, initial={"answer": do if do in ("yes", "no", "park") else None})
    yes, no = ANSWERS[found.kind]
    form.fields["answer"].choices = [("yes", yes), ("no", no), ("park", "Park until a day")]
    return form


def _decide(request: HttpRequest, found: Proposal, form: forms.Form) -> HttpResponse | None:
    """Shows the answers once more, then keeps them; None where they are refused."""
    told, reader = form.cleaned_data, request.reader
    answer, reason, until = told["answer"], told["reason"], told["until"]
    words = dict(form.fields["answer"].choices)[answer]
    if answer == "park":
        words = f"Park until {day_in_words(until)}"
    if not checked(request):
        then = "It waits again on that day, or as soon as the facts change." if answer == "park" else None
        then = then or THEN.get((found.kind, answer == "yes"), NOT_AGAIN)
        rows = [("Person", _who(request)), ("What is proposed", "; ".join(found.reasons.splitlines())),
                ("What you decide", words), ("Why", reason)]  # fmt: skip
        return check_answers(request, title="Check before you decide", rows=rows, button="Keep the decision", then=then)
    try:
        if answer == "park":
            park(by=reader.by, proposal=found, until=until, reason=reason, on=reader.day)
        elif answer == "yes":
            actions.accept(by=reader.by, proposal=found, reason=reason, on=reader.day)
        else:
            actions.refuse(by=reader.by, proposal=found, reason=reason, on=reader.day)
    except UserError as error:
        refused(form, error, "until" if answer == "park" else None)
        return None
    messages.success(request, f"Decided: {words[:1].lower()}{words[1:]}. It is kept with your reason.")
    return redirect("proposal", proposal=found.pk)


def _take_back(request: HttpRequest, found: Proposal, form: forms.Form) -> HttpResponse | None:
    reason, reader = form.cleaned_data["reason"], request.reader
    if not checked(request):
        rows = [("Person", _who(request)), ("What was decided", found.state), ("Why", found.decision_reason),
                ("Why it was a mistake", reason)]  # fmt: skip
        then = UNDO.get((found.kind, bool(found.accepted)), "") + " The proposal then waits for a decision again."
        return check_answers(request, title="Take the decision back?", rows=rows, button="Take it back", then=then.strip())
    try:
        again = take_back(by=reader.by, proposal=found, reason=reason, on=reader.day)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, "The decision is taken back. The proposal waits again.")
    return redirect("proposal", proposal=again.pk if again else found.pk)


def _who(request: HttpRequest) -> str:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person].shown


def _shown(request: HttpRequest, found: Proposal, form: forms.Form, mine: bool) -> dict[str, Any]:
    rows, day = request.rows, request.reader.day
    who = named([request.person], known=[request.person] if "identity" in rows else [])[request.person]
    stale = out_of_date_under([found], sources(day, pilot=current_pilot()), day).get(found.pk, [])
    following = Proposal.objects.filter(borough__in=decides_for(request.reader), accepted=None, superseded_on=None)
    following = following.filter(person__in=request.reader.people("cohort_membership").values("pk"), as_at__lte=day)
    following = following.exclude(pk=found.pk).exclude(parked_until__gt=day).order_by("kind", "as_at", "pk").first()
    return {
        "proposal": found, "form": form, "mine": mine, "title": TITLES[found.kind], "person": who, "age": who.age(day),
        "errors": form.errors or None, "score": found.score if "score" in rows else None, "rows": rows,
        "facts": _facts(found, rows), "stale": stale, "parked": found.parked(day),
        "cohort": in_cohort(request.person, day), "undo": UNDO.get((found.kind, bool(found.accepted)), ""), "next": following,
        "day": day,
    }  # fmt: skip


def _facts(found: Proposal, rows: frozenset[str]) -> list[tuple[str, str]]:
    """The facts that the proposal rests on, as far as the reader may be told each."""
    held = json.loads(found.evidence)
    return [(words, _in_words(key, held[key])) for key, words, row in FACTS if row in rows and held.get(key)]


def _in_words(key: str, value: Any) -> str:
    if key.endswith(("_on", "_from", "_since", "_until")):
        return day_in_words(date.fromisoformat(value))
    if key == "offence":
        return offence(value)
    return STATUSES.get(value, value) if key == "supervision" else str(value)


PAGES = (
    Page(name="proposal", route="cohort/proposals/<int:proposal>/", view=proposal, needs="cohort_membership",
         changes="cohort_membership", person_of=person_of),
)  # fmt: skip
