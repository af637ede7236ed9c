"""What is decided of one person without a proposal: put forward off the rule, rated, and a joining that was a mistake."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.cohort import actions
from throughcare.casework.cohort.errors import OtherBorough
from throughcare.casework.cohort.models import JOIN, RATINGS, Proposal, Rating
from throughcare.casework.cohort.queries import facts, home_of
from throughcare.casework.cohort.second_thoughts.actions import take_back_joining
from throughcare.casework.cohort.standing import in_cohort
from throughcare.casework.cohort.waiting import decides_for
from throughcare.casework.frames import only
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.rules.eligibility.decide import eligible
from throughcare.rules.eligibility.facts import Facts


class ReasonForm(forms.Form):
    """Why."""

    fact = "cohort_membership"
    reason = TextField(label="Why?", help_text="Kept with the decision. The person may ask to see it", lines=4, asks="Write why")


class RatingForm(forms.Form):
    """What the panel says, and why."""

    fact = "ratings"
    rag = ChoiceField(label="Rating", choices={rag: rag for rag in RATINGS})
    reason = TextField(label="Why?", help_text="Kept with the rating. The person may ask to see it", lines=3, asks="Write why")


def _who(request: HttpRequest) -> Named:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


def put_forward(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody the rule missed: what it says and why not, and the co-ordinator's reason. Flagged, so that it is counted apart."""
    reader, pilot = request.reader, current_pilot()
    with only(person):
        known = facts(reader.day, pilot)
    answer = eligible(known.get(person, Facts(person=person)), as_at=reader.day, pilot=pilot)
    home = home_of(person, reader.day, known)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        done = _put_forward(request, person, form, home, answer.met)
        if done is not None:
            return done
    proposed = Proposal.objects.filter(person=person, kind=JOIN, accepted=None, superseded_on=None).first()
    shown = {
        "form": form, "person": _who(request), "errors": form.errors or None, "answer": answer, "proposed": proposed,
        "cohort": in_cohort(person, reader.day), "home": home, "mine": home in decides_for(reader),
    }  # fmt: skip
    return render(request, "cohort/put_forward.html", shown)


def _put_forward(request: HttpRequest, person: int, form: ReasonForm, home: str, met: bool) -> HttpResponse | None:
    reader, reason = request.reader, form.cleaned_data["reason"]
    if home not in decides_for(reader):
        where = f"belongs to {home}" if home else "belongs to no borough that is known"
        form.add_error(None, f"The person {where}. It is for the borough's own co-ordinator; if it is yours, correct the address")
        return None
    if not checked(request):
        flag = "by the rule, which finds them eligible today" if met else "off the rule, flagged and counted apart"
        rows = [("Person", _who(request).shown), ("Joins", f"today, for {home}, {flag}"), ("Why", reason)]
        then = "They are in the cohort from today, and can be referred to its services. Today it can still be taken back."
        return check_answers(request, title="Check before you put them forward", rows=rows, button="Put forward", then=then)
    try:
        actions.put_forward(by=reader.by, person=person, reason=reason, on=reader.day)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, f"In the cohort from today, for {home}. If it was a mistake, take it back from this page.")
    return redirect("person", person=person)


def by_mistake(request: HttpRequest, person: int) -> HttpResponse:
    """A joining that was a mistake: found on the day it never was, found later it ends that day."""
    reader, cohort = request.reader, in_cohort(person, request.reader.day)
    today = cohort.since == reader.day
    then = "They were never a member." if today else "They leave the cohort today; the days until now stay on record."
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        reason = form.cleaned_data["reason"]
        if cohort.borough not in decides_for(reader):
            form.add_error(None, "The person is no member for your borough. The borough responsible takes its decision back")
        elif not checked(request):
            since = f"since {day_in_words(cohort.since)}, for {cohort.borough}" if cohort.since else ""
            rows = [("Person", _who(request).shown), ("Member", since), ("Why it was a mistake", reason)]
            return check_answers(request, title="Take the joining back?", rows=rows, button="Take it back", then=then)
        else:
            try:
                take_back_joining(by=reader.by, person=person, reason=reason, on=reader.day)
            except UserError as error:
                refused(form, error)
            else:
                messages.success(request, f"Taken back. {then}")
                return redirect("person", person=person)
    shown: dict[str, Any] = {"form": form, "person": _who(request), "errors": form.errors or None, "cohort": cohort, "then": then}
    return render(request, "cohort/by_mistake.html", shown)


def rag(request: HttpRequest, person: int) -> HttpResponse:
    """A rating from today, with its reason; and those before it."""
    reader, cohort = request.reader, in_cohort(person, request.reader.day)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if cohort.member and cohort.borough not in decides_for(reader):
                raise OtherBorough(
                    what=f"The panel of {cohort.borough} rates this person", record=f"person {person}",
                    expected="a member for whom your borough is responsible", mend="leave it to that panel",
                )  # fmt: skip
            actions.rate(by=reader.by, person=person, rag=told["rag"], reason=told["reason"], on=reader.day)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Rated {told['rag']} from today. To correct it, rate again: the day's last rating counts.")
            return redirect("person", person=person)
    history = Rating.objects.filter(person=person, start__lte=reader.day).order_by("-start", "-pk")
    shown = {"form": form, "person": _who(request), "errors": form.errors or None, "history": history, "day": reader.day,
             "cohort": cohort}  # fmt: skip
    return render(request, "cohort/rag.html", shown)


PAGES = (
    Page(name="put-forward", route="people/<int:person>/put-forward/", view=put_forward, needs="cohort_membership",
         changes="cohort_membership", form=True),
    Page(name="joined-by-mistake", route="people/<int:person>/joined-by-mistake/", view=by_mistake, needs="cohort_membership",
         changes="cohort_membership", form=True),
    Page(name="rag", route="people/<int:person>/rag/", view=rag, needs="rag", changes="rag", form=True),
)  # fmt: skip
