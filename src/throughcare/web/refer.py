"""Refer: which services fit the person, one form for all that are chosen with what each will see, check, and send."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.policy import policy
from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import reading_once
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import AGREEMENTS
from throughcare.casework.referrals.sending import actions
from throughcare.casework.referrals.sending.forms import ROUTE_WORDS, SendForm
from throughcare.casework.referrals.sending.preview import Row, rows_for, told_of
from throughcare.casework.referrals.sending.queries import Offer, Offers, clashes_among, offers
from throughcare.core.dates import weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.core.working_days import add_working_days
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.registry import parts
from throughcare.web.services import in_short


def refer(request: HttpRequest, person: int) -> HttpResponse:
    """What fits; then, of the services chosen (`to`), the form; then what is sent once more. `service`: ticked beforehand."""
    if "cohort_membership" not in request.rows:  # for whom a service is tells of the cohort
        raise Http404
    found = offers(request.reader, person, request.edits)
    chosen = _chosen(request, found)
    if not chosen:
        return _what_fits(request, found)
    told = {row: each for row, each in _told(request).items() if row in request.rows}
    rows = {offer.service.slug: rows_for(offer.service.slug, told) for offer in chosen}
    clashes = clashes_among(chosen)
    form = SendForm(request.POST if request.method == "POST" else None, chosen=chosen, rows=rows, clashing=bool(clashes))
    answer = _send(request, form) if request.method == "POST" and form.is_valid() and not changing(request) else None
    if answer is not None:
        return answer
    shown = {"person": _named(request), "form": form, "clashes": clashes, "chosen": chosen, **in_short(request.reader)}
    return render(request, "referrals/sending/form.html", shown | {"errors": form.errors if request.method == "POST" else None})


@reading_once()
def _told(request: HttpRequest) -> dict[str, Row]:
    """By row, what the person's page tells today, and the timeline of every part less sessions with other providers."""
    reader, entries = request.reader, defaultdict(list)
    for entry in parts.timeline(request.person):
        own = entry.row == "sessions" and entry.referral is not None  # of another provider's work, told to that one alone
        if (entry.planned or entry.on <= reader.day) and not own and not entry.also:
            entries[reader.row_of(entry.row)].append(entry)
    return told_of(request.person, reader.day, entries)


def _chosen(request: HttpRequest, found: Offers) -> list[Offer]:
    """The services ticked. What was sent is asked of the actions, so that one referred to meanwhile is refused in words."""
    sent = request.method == "POST"
    ticked = (request.POST if sent else request.GET).getlist("to")
    known = (*found.fit, *found.referred, *found.nearly, *found.not_fit) if sent else found.fit
    return [offer for offer in known if offer.service.slug in ticked]


def _what_fits(request: HttpRequest, found: Offers) -> HttpResponse:
    """The first page. Where two of those that fit do not go together, it is said before they are ticked."""
    names = {provider.slug: provider.name for provider in current_pilot().providers}
    shown = {
        "person": _named(request), "offers": found, "providers": names, "ticked": request.GET.getlist("service"),
        "clashes": clashes_among(found.fit), "nothing": "go" in request.GET or request.method == "POST",
        **in_short(request.reader),
    }  # fmt: skip
    return render(request, "referrals/sending/fits.html", shown)


def _send(request: HttpRequest, form: SendForm) -> HttpResponse | None:
    """Sends, or shows what is to be sent; None where it is refused, and the form says why. What is refused is refused first."""
    reader, sendings, told = request.reader, form.sendings(), form.cleaned_data
    override = told.get("override", "")
    try:
        told_too = {"agreement": told["agreement"], "on": reader.day, "override": override}
        actions.check(person_id=request.person, sendings=sendings, **told_too)
        if not checked(request):
            return _check(request, sendings, told["agreement"], override)
        actions.send(by=reader.by, person_id=request.person, sendings=sendings, **told_too)
    except UserError as error:
        refused(form, error)
        return None
    messages.success(request, _sent(reader, sendings))
    return redirect("person-services", person=request.person)


def _check(request: HttpRequest, sendings: Sequence[actions.Sending], agreement: str, override: str) -> HttpResponse:
    words = policy().rows
    rows = [("Person", _named(request).shown)]
    for each in sendings:
        struck = [words[row] + (f" ({why})" if why else "") for row, why in each.withheld.items()]
        told = [ROUTE_WORDS[each.route], f"Struck out: {'; '.join(struck) or 'nothing'}"]
        rows.append((_where(each), ". ".join([*told, f"Added for them: {each.for_provider or 'nothing'}"])))
    rows.append(("Explained and agreed", AGREEMENTS[agreement]))
    rows += [("Sent all the same", override)] if override else []
    return check_answers(
        request, title="Check before you send", rows=rows, button="Send", then=f"All go together. {_clock(request.reader)}"
    )


def _where(each: actions.Sending) -> str:
    pilot = current_pilot()
    provider = next((p.name for p in pilot.providers if p.slug == each.provider), "")
    return pilot.service(each.service).name + (f" ({provider})" if provider else "")


def _clock(reader: Reader) -> str:
    limits = current_pilot().today
    known, decided = (add_working_days(reader.day, days) for days in (limits.acknowledge_within, limits.decide_within))
    return (
        f"Each provider is to acknowledge by {weekday_in_words(known)} and to decide by {weekday_in_words(decided)}; "
        "what is not answered stands on your Today."
    )


def _sent(reader: Reader, sendings: Sequence[actions.Sending]) -> str:
    """What happened, what happens when, and how it is undone."""
    where = "; ".join(_where(each) for each in sendings)
    return f"Sent to {where}. {_clock(reader)} To undo one, open it here and withdraw it, or say that it was made in error."


def _named(request: HttpRequest) -> Any:
    return named([request.person], known=[request.person] if "identity" in request.rows else [])[request.person]


PAGES = (
    Page(name="refer", route="people/<int:person>/refer/", view=refer, needs="referrals", changes="referrals", form=True),
)  # fmt: skip
