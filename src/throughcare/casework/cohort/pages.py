"""A proposal to join, leave or pass: the evidence, and the decision with its reason. One at a time."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.cohort import actions
from throughcare.casework.cohort.models import JOIN, LEAVE, Proposal
from throughcare.casework.people.names import named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import ChoiceField, TextField, refused

TITLES = {JOIN: "Should this person join the cohort?", LEAVE: "Should this person leave the cohort?"}
ANSWERS = {JOIN: ("Join", "Do not join"), LEAVE: ("Leave", "Keep in the cohort")}


def _proposal(number: int) -> Proposal:
    found = Proposal.objects.filter(pk=number).first()
    if found is None:
        raise KeyError(number)
    return found


def person_of(proposal: int) -> int:
    """The person proposed. KeyError where there is no such proposal."""
    return _proposal(proposal).person_id


class DecisionForm(forms.Form):
    """Yes or no, and why."""

    fact = "cohort_membership"
    answer = ChoiceField(label="Your decision", choices={})
    reason = TextField(label="Why?", help_text="Kept with the decision. The person may ask to see it", lines=3, asks="Write why")


def proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """What the rule proposes and why, and what the co-ordinator of the borough decides."""
    found = _proposal(proposal)
    reader = request.reader
    mine = found.borough in {post.place for post in reader.held("iom_coordinator")}
    yes, no = ANSWERS.get(found.kind, ("Take over", "Do not take over"))
    form = DecisionForm(request.POST if request.method == "POST" else None)
    form.fields["answer"].choices = [("yes", yes), ("no", no)]
    if request.method == "POST":
        if not mine or found.state != "open":
            raise Http404
        if form.is_valid():
            answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
            try:
                if answer == "yes":
                    actions.accept(by=reader.by, proposal=found, reason=reason, on=reader.day)
                else:
                    actions.refuse(by=reader.by, proposal=found, reason=reason, on=reader.day)
            except UserError as error:
                refused(form, error)
            else:
                messages.success(request, f"Decided: {(yes if answer == 'yes' else no).lower()}. It is kept with your reason.")
                return redirect("today")
    who = named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]
    shown = {
        "proposal": found, "form": form, "mine": mine, "title": TITLES.get(found.kind, "Does this person pass to your borough?"),
        "person": who, "score": found.score if "score" in request.rows else None, "errors": form.errors or None,
    }  # fmt: skip
    return render(request, "cohort/proposal.html", shown)


PAGES = (
    Page(name="proposal", route="cohort/proposals/<int:proposal>/", view=proposal, needs="cohort_membership",
         changes="cohort_membership", person_of=person_of),
)  # fmt: skip
