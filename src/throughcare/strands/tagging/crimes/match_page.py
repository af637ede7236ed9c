"""One match: the visits behind it, what a person makes of it, and the charges that followed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.names import named
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.crimes import actions, forms, queries
from throughcare.strands.tagging.crimes.kept import in_words
from throughcare.strands.tagging.crimes.seen import seen
from throughcare.strands.tagging.crimes.words import DECISIONS, NOT_PROOF, TO_POLICE
from throughcare.strands.tagging.tracks.pages import shown_picture
from throughcare.strands.tagging.tracks.paint import span_in_words

ROW = "tag_positions"


def one(request: HttpRequest, match: int) -> HttpResponse:
    """The match with its visits on a map and in tables; its review; charges. It says that it proves no presence."""
    found = match_of(match)
    reviewing = forms.MatchReviewForm(request.POST if request.POST.get("do") == "review" else None)
    charging = forms.ChargeForm(request.POST if request.POST.get("do") == "charge" else None)
    if request.method == "POST" and _done(request, found, reviewing, charging):
        return redirect("match", match=match)
    known = [found.person_id] if "identity" in request.rows else []
    looked = seen(found, request.reader, purpose="match")
    reviews = list(found.reviews.order_by("-pk"))
    shown = {
        **shown_picture(request, looked.picture), "seen": looked, "match": found, "version": found.result.version,
        "crime": found.result.version.crime, "person": named([found.person_id], known=known)[found.person_id],
        "reviews": reviews, "review": next((r for r in reviews if r.taken_back_at is None), None), "decisions": DECISIONS,
        "charges": found.charges.order_by("charged_on", "pk"), "reviewing": reviewing, "charging": charging,
        "errors": reviewing.errors or charging.errors or None, "not_proof": NOT_PROOF, "to_police": TO_POLICE,
        "parameters": in_words(looked.parameters), "stands": queries.stands(found), "span": span_in_words,
        "may": ROW in request.edits, "packs": found.packs.order_by("-pk"),
    }  # fmt: skip
    return render(request, "tagging/match.html", shown)


def _done(request: HttpRequest, found: m.Match, reviewing: forms.MatchReviewForm, charging: forms.ChargeForm) -> bool:
    """Does what was asked; False where it was refused, with the reason at the form or in a message."""
    reader: Reader = request.reader
    do = request.POST.get("do", "")
    form = {"review": reviewing, "charge": charging}.get(do)
    if form is not None and not form.is_valid():
        return False
    try:
        if do == "review":
            actions.review(reader=reader, match=found, **reviewing.cleaned_data)
            messages.success(request, "Your decision is kept. If it was wrong, take it back on this page.")
        elif do == "charge":
            actions.charge(reader=reader, match=found, **charging.cleaned_data)
            messages.success(request, "The charge is kept. If it was a mistake, take it back on this page.")
        elif do == "take-back":
            actions.take_back(reader=reader, review=_own(found.reviews, request.POST.get("review", "")))
            messages.success(request, "The decision is taken back: the match waits again. Both stay on record.")
        elif do == "take-charge-back":
            actions.take_charge_back(reader=reader, charge=_own(found.charges, request.POST.get("charge", "")))
            messages.success(request, "The charge is taken back, and stays on record.")
        else:
            return False
    except UserError as error:
        if form is None:
            messages.error(request, f"{error.what}.")
        else:
            refused(form, error)
        return False
    return True


def _own(rows: Any, number: str) -> Any:
    """The row of that number among these; not there otherwise."""
    found = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if found is None:
        raise Http404
    return found


def match_of(number: int) -> m.Match:
    """A match with what it belongs to; KeyError where there is none."""
    told = m.Match.objects.select_related("result__version__crime", "result__run", "fitting", "order").filter(pk=number).first()
    if told is None:
        raise KeyError(number)
    return told


def person_of_match(match: int) -> int:
    return match_of(match).person_id


PAGES = (Page(name="match", route="tags/matches/<int:match>/", view=one, needs=ROW, changes=ROW, person_of=person_of_match),)
