"""The court desk: the list of the day, those of the cohort first; what is typed there; and what keeps it without a connection."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import urlencode

from throughcare.casework.access.kept import owner_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.core.clock import LONDON
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.design.forms import refused
from throughcare.strands.courts.cases.queries import outcomes_to_confirm
from throughcare.strands.courts.desk import actions
from throughcare.strands.courts.desk.forms import PLEAS, DeskAdjournedForm, DeskForm, DeskNoteForm, DeskPleaForm
from throughcare.strands.courts.desk.lines import Desk, desk_of, taken_of
from throughcare.strands.courts.desk.offline import vault_of
from throughcare.strands.courts.desk.which import cases_heard
from throughcare.strands.courts.lists.actions import answer, undo_answer
from throughcare.strands.courts.lists.arrival import arrival
from throughcare.strands.courts.lists.pages import courts_of
from throughcare.strands.courts.lists.queries import entry
from throughcare.strands.courts.models import HearingMatch, ListEntry
from throughcare.strands.courts.queries import clocks_running
from throughcare.strands.courts.reach import AFTER, BEFORE

WORKER = Path(__file__).parents[1] / "static" / "courts" / "worker.js"


def desk(request: HttpRequest) -> HttpResponse:
    """Today's list of the reader's court; another court or day is in the address."""
    reader: Reader = request.reader
    courts = courts_of(reader)
    if not courts:
        if reader.held("court_officer", "senior_officer"):
            return render(request, "courts/no_desk.html", {})
        raise Http404
    court, day, now = _court(request, courts), _day(request), instant_on(reader.day).astimezone(LONDON)
    found = desk_of(reader, court, day)
    actions.shown(reader=reader, people=[line.person for line in found.first if line.person is not None])
    today = day == reader.day
    shown = {
        "courts": courts, "court": court, "day": day, "desk": found, "arrival": arrival(court, day, now), "now": now,
        "looked_for": all(line.entry.matched for line in found.lines), "answers": reader.may("same_person", "edit"),
        **(_after_court(reader, court) if today else {}), "pleas": PLEAS, "key": uuid4, "today": today,
        "reports": _report_pages(found),
        "vault": json.dumps(vault_of(reader.account, _real())),
        "before": reader.day - AFTER, "after": reader.day + BEFORE,
    }  # fmt: skip
    return render(request, "courts/desk.html", shown)


def _court(request: HttpRequest, courts: list[str]) -> str:
    """The court asked for; else that of the post worked as; else the first."""
    asked = request.GET.get("court")
    if asked is None:
        place = request.reader.post.place if request.reader.post else ""
        return place if place in courts else courts[0]
    if asked not in courts:
        raise Http404
    return asked


def _day(request: HttpRequest) -> date:
    """The day asked for, else today; none on which the post reaches nobody."""
    day, today = _typed_day(request.GET.get("on")), request.reader.day
    if day is None:
        return today
    if not today - AFTER <= day <= today + BEFORE:
        raise Http404
    return day


def _typed_day(text: str | None) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


def _real() -> datetime:
    return datetime.now(UTC).astimezone(LONDON)


def _after_court(reader: Reader, court: str) -> dict[str, list[Any]]:
    """What is to be done when the court has risen: sentences to confirm, reports whose clock runs; with the people as the reader
    may know them, and nobody kept from it.
    """
    running, came = clocks_running(reader.day, [court]), outcomes_to_confirm([court], reader.day)
    people = {report.case.person_id for report, _ in running} | {sentence.case.person_id for sentence in came}
    known = reader.allowed("court_cases", people)
    names = named(known, known=reader.allowed("identity", known))
    return {
        "clocks": [(report, clock, names[p].shown) for report, clock in running if (p := report.case.person_id) in names],
        "outcomes": [(sentence, names[p].shown) for sentence in came if (p := sentence.case.person_id) in names],
    }


def _report_pages(desk: Desk) -> dict[int, str]:
    """By person where a report is begun: of the case that is heard where there is one, else the person's court page."""
    offences = {line.person: line.entry.offence_code for line in desk.first if line.writes and line.person is not None}
    heard = cases_heard(desk.court, desk.day, offences)
    return {
        person: reverse("report-oral", kwargs={"case": heard[person].pk}) if person in heard
        else reverse("person-court", kwargs={"person": person})
        for person in offences
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Something that may be typed at the desk: its form, its heading, its button, what is said when it is kept."""

    slug: str
    form: type[DeskForm]
    title: str
    button: str
    kept: str


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(slug="note", form=DeskNoteForm, title="Write a note", button="Keep the note",
             kept="The note is kept. Written by mistake? Take it back on the person's notes."),
        Kind(slug="plea", form=DeskPleaForm, title="Enter the plea", button="Keep the plea",
             kept="The plea is kept. Wrong? Correct it on the page of the case."),
        Kind(slug="adjourned", form=DeskAdjournedForm, title="The case is adjourned", button="Adjourned",
             kept="Adjourned: it is kept. Wrong? Take it back on the page of the case."),
    )
}  # fmt: skip


def _keeps(kind: Kind) -> Callable[..., HttpResponse]:
    """The page of a kind: a form, and where it is sent by the desk and by the tablet's queue."""

    def page(request: HttpRequest, person: int) -> HttpResponse:
        if request.method == "POST" and (other := _another(request)):
            return other
        form = _form(request, kind.form, person)
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            try:
                actions.keep(
                    reader=request.reader, key=told["key"], person=person, court=told["court"], day=told["on"], kind=kind.slug,
                    text=told.get("text", ""), at=told.get("at"), until=told.get("until"),
                )  # fmt: skip
            except UserError as error:
                refused(form, error)
            else:
                return _kept(request, kind.kept, told)
        return _again(request, form, kind, person)

    page.__name__ = kind.slug
    return page


def _form(request: HttpRequest, form: type[DeskForm], person: int) -> DeskForm:
    """The form for that person on that desk; not there where the reader does not work it, or they are not on its list."""
    sent = request.POST if request.method == "POST" else request.GET
    court, day = sent.get("court", ""), _typed_day(sent.get("on"))
    listed = ListEntry.objects.filter(person=person, court=court, hearing_on=day)
    if court not in courts_of(request.reader) or day is None or not listed.exists():
        raise Http404
    if request.method == "POST":
        return form(request.POST)
    return form(initial={"court": court, "on": day, "key": uuid4()})


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _another(request: HttpRequest) -> HttpResponse | None:
    """The refusal of what another account typed: the queue of a tablet is sent by whoever typed it."""
    owner = request.POST.get("owner")
    if owner is None or owner == owner_of(request.reader.account):
        return None
    return JsonResponse({"state": "other"}, status=HTTPStatus.FORBIDDEN)


def _kept(request: HttpRequest, words: str, told: dict[str, Any]) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"state": "kept", "words": words})
    messages.success(request, words)
    return redirect(_address(told["court"], told["on"]))


def _again(request: HttpRequest, form: DeskForm, kind: Kind, person: int) -> HttpResponse:
    """The form once more with what was typed and what is wrong; the same in words for the tablet's queue."""
    if request.method == "POST" and _by_script(request):
        words = " ".join(error for errors in form.errors.values() for error in errors)
        return JsonResponse({"state": "refused", "words": words}, status=HTTPStatus.CONFLICT)
    sent = form.data or form.initial
    who = named([person], known=[person] if "identity" in request.rows else [])[person]
    shown = {
        "form": form, "kind": kind, "who": who, "errors": form.errors or None, "back": _address(sent["court"], sent["on"]),
    }  # fmt: skip
    return render(request, "courts/desk_form.html", shown)


def _address(court: str, on: Any) -> str:
    return f"{reverse('court-desk')}?{urlencode({'court': court, 'on': on})}"


def take(request: HttpRequest, person: int) -> HttpResponse:
    """Takes the person's case in court, hands it back, or takes it over from who has it, which is asked once more."""
    reader: Reader = request.reader
    if request.method == "POST" and (other := _another(request)):
        return other
    form = _form(request, DeskForm, person)
    sent = form.data or form.initial
    court, day = sent["court"], _typed_day(str(sent["on"])) or reader.day
    has = taken_of(court, day, [person]).get(person)
    if request.method != "POST":
        who = named([person], known=[person] if "identity" in request.rows else [])[person]
        return render(request, "courts/desk_take.html", {
            "form": form, "who": who, "has": has, "court": court, "day": day, "back": _address(court, day),
            "mine": has is not None and has.post in reader.acting,
        })  # fmt: skip
    try:
        words = _taken(request, person, court, day, has)
    except UserError as error:
        return _not_done(request, error, {"court": court, "on": day})
    return _kept(request, words, {"court": court, "on": day})


def _not_done(request: HttpRequest, error: UserError, where: dict[str, Any]) -> HttpResponse:
    """That it was refused and how to mend it, on the desk; in words for the tablet's queue."""
    words = f"{str(error.what).rstrip('.')}. To mend it, {error.mend}."
    if _by_script(request):
        return JsonResponse({"state": "refused", "words": words}, status=HTTPStatus.CONFLICT)
    messages.warning(request, words)
    return redirect(_address(**where))


def _taken(request: HttpRequest, person: int, court: str, day: date, has: Any) -> str:
    """Does what was sent, and says it. What is handed back or taken over is what the reader saw, by its number."""
    reader, deed, number = request.reader, request.POST.get("do", "take"), request.POST.get("taken", "")
    if deed == "take" or has is None:
        actions.take(reader=reader, person=person, court=court, day=day)
        return "The case is yours. Hand it back on the desk if somebody else is to have it."
    if str(has.pk) != number:
        raise actions.CaseIsTaken(
            what=f"{has.post.title} has this case now", record=f"person {person}", expected="the case as you saw it",
            mend=f"speak to {has.post.title}, or take it over",
        )  # fmt: skip
    if deed == "back":
        actions.hand_back(reader=reader, taken=has)
        return "The case is handed back: nobody has it."
    actions.take_over(reader=reader, taken=has)
    return f"The case is yours. {has.post.title} sees it on the desk."


ANSWERS = {
    "same": "Kept: it is the person. Wrong? Take it back on the desk, beside their name.",
    "not": "Kept: it is somebody else. Wrong? Take it back on the desk, under Others.",
    "not_sure": "Kept: not sure. The question stays on the desk.",
    "undo": "The answer is taken back: the question is on the desk again.",
}


def match(request: HttpRequest, match: int) -> HttpResponse:
    """Whether an entry of the list is the person that the matching found: the same, not, not sure; or an answer taken back.

    Nothing is told of the person but what the list says and why it was matched.
    """
    reader: Reader = request.reader
    found = HearingMatch.objects.filter(pk=match, court__in=courts_of(reader)).exclude(person=None).first()
    if found is None or reader.barred(found.person_id):
        raise Http404
    if request.method == "POST" and (other := _another(request)):
        return other
    where = {"court": found.court, "on": found.sits_on}
    if request.method != "POST":
        listed = entry(found.reference)
        return render(request, "courts/desk_match.html", {"match": found, "entry": listed, "back": _address(**where)})
    said = request.POST.get("text", "")
    try:
        if said == "undo":
            undo_answer(by=reader.by, match=match)
        else:
            answer(by=reader.by, match=match, answer=said)
    except UserError as error:
        return _not_done(request, error, where)
    return _kept(request, ANSWERS[said], where)


def ready(request: HttpRequest) -> HttpResponse:
    """For the desk's script: who is signed in, as a word that tells nobody else, and what a form sent now needs."""
    request.by_itself = True
    return JsonResponse({"owner": owner_of(request.reader.account), "token": get_token(request)})


def frame(request: HttpRequest) -> HttpResponse:
    """The desk with nobody in it: what the browser shows in place of the page while there is no connection."""
    return render(request, "courts/desk_frame.html", {})


def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers in place of the service while there is no connection: for the addresses of the desk alone."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript")


PAGES = (
    Page(name="court-desk", route="court-desk/", view=desk, needs="court_cases", changes="court_cases", form=True,
         menu="Court desk", place=1),
    *(
        Page(name=f"court-desk-{kind.slug}", route=f"court-desk/<int:person>/{kind.slug}/", view=_keeps(kind),
             needs=(row := "notes" if kind.slug == "note" else "court_cases"), changes=row, form=True)
        for kind in KINDS.values()
    ),
    Page(name="court-desk-take", route="court-desk/<int:person>/take/", view=take, needs="court_cases", changes="court_cases",
         form=True),
    Page(name="court-desk-match", route="court-desk/matches/<int:match>/", view=match, needs="same_person",
         changes="same_person", form=True),
    Page(name="court-desk-ready", route="court-desk/ready/", view=ready, needs=SIGNED_IN),
    Page(name="court-desk-frame", route="court-desk/frame/", view=frame, needs=SIGNED_IN),
    Page(name="court-desk-worker", route="court-desk/worker.js", view=worker, needs=SIGNED_IN),
)  # fmt: skip
