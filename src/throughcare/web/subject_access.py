"""Subject access: a person asks to see what is held. Received, identity, controllers, redaction, sign-off, given.

Two documents come out: what the person is given, and the internal schedule, which alone says what was withheld and why.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.reader import Reader
from throughcare.casework.letters.pages import FILES
from throughcare.casework.letters.queries import greeting, letters_of
from throughcare.casework.notes.models import Said
from throughcare.casework.people.models import Person
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.search import Found, find
from throughcare.casework.pilot import current_pilot
from throughcare.casework.subject_access import actions, documents, queries
from throughcare.casework.subject_access.items import MATTERS, Item, holders_of
from throughcare.casework.subject_access.models import CAME_BY, PROOF, REASONS, Request
from throughcare.casework.subject_access.states import OPEN, SHOWN
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.design.paper import FORMS, Paper, as_page, as_pdf, as_text, shown_again
from throughcare.web.held import held_items
from throughcare.web.subject_access_forms import FIRST, STEPS, ReceiveForm, RuleForm, StepOnPage, WhyForm

MOST = 10
ROW = "subject_access"


def requests(request: HttpRequest) -> HttpResponse:
    """Every request with its state and its last day; names only of those who are in the reader's work now."""
    reader: Reader = request.reader
    mine = reader.may(ROW, "edit")
    waiting, closed = queries.open_requests(), queries.closed_requests()
    people = {each.person_id for each in waiting if each.person_id}
    names = named(reader.allowed(ROW, people))
    shown = {
        "waiting": [(each, _shown_as(each, names) if mine else "", _late(each, reader)) for each in waiting], "closed": closed,
        "mine": mine,
    }  # fmt: skip
    return render(request, "subject_access/requests.html", shown)


def _shown_as(found: Request, names: dict[int, Named]) -> str:
    """The person's name; as it was given, until it is known who that is; nothing where the reader may not know it."""
    if found.person_id is None:
        return f"{found.name_given} (not found yet)"
    return names[found.person_id].shown if found.person_id in names else "Restricted person"


def _late(found: Request, reader: Reader) -> bool:
    return found.is_open and found.due_on is not None and found.due_on < reader.day


def new(request: HttpRequest) -> HttpResponse:
    """Keeps a request as it came."""
    form = ReceiveForm(request.POST if request.method == "POST" else None, initial={"received_on": request.reader.day})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive(reader=request.reader, told=actions.Told(**form.cleaned_data))
        except UserError as error:
            refused(form, error, "received_on")
        else:
            return redirect("request-match", number=made.pk)
    return render(request, "subject_access/new.html", {"form": form, "errors": form.errors or None})


def match(request: HttpRequest, number: int) -> HttpResponse:
    """Who it is that asks, among the few who fit what was given; what is shown of them is no more than that takes."""
    reader: Reader = request.reader
    found = Request.objects.filter(pk=number, person=None, state="received").first()
    if found is None:
        raise Http404
    words = f"{found.name_given} {found.numbers_given}" if request.GET.get("q") is None else request.GET["q"]
    fits = _fitting(reader, words)
    people = [hit.person for hit in fits.hits]
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            return _closed(request, found)
        person = next((each for each in people if str(each) == request.POST.get("person")), None)
        if person is not None:
            actions.match(reader=reader, request=found, person=person)
            messages.success(request, "It is kept who asks. What is held on them is in your work until the request is closed.")
            return redirect("request", number=found.pk)
        messages.warning(request, "Choose one of those who fit, or look again.")
    actions.candidates_shown(reader=reader, request=found, people=people)
    names = named(people)
    shown = {
        "found": found, "words": words.strip(), "hits": [(names[hit.person], hit.why) for hit in fits.hits], "more": fits.more,
        "came_by": CAME_BY, "why": WhyForm(),
    }  # fmt: skip
    return render(request, "subject_access/match.html", shown)


def _fitting(reader: Reader, words: str) -> Found:
    """People of the whole store who fit, less those from whom the reader is barred."""
    everybody: QuerySet[Person] = reader.not_barred(Person.objects.filter(merged_into=None))
    return find(words, among=everybody, limit=MOST)


def _closed(request: HttpRequest, found: Request) -> HttpResponse:
    try:
        actions.withdraw(reader=request.reader, request=found, why=request.POST.get("why", ""))
    except UserError as error:
        messages.warning(request, f"{error.what}: {error.mend}.")
        return redirect("request-match", number=found.pk)
    messages.success(request, f"{found.number} is closed.")
    return redirect("requests")


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request: where it stands, the step that comes next, what was done before."""
    reader: Reader = request.reader
    found = _open(number)
    do = str(request.POST.get("do") or request.GET.get("do") or FIRST.get(found.state, ""))
    step = STEPS.get(do)
    if step is None or found.state not in step.states:
        do, step = FIRST[found.state], STEPS[FIRST[found.state]]
        told = None
    else:
        told = request.POST if request.method == "POST" else None
    items = held_items(request.person)
    form = step.form(told, found=found, day=reader.day) if step.form else None
    if told is not None and (form is None or form.is_valid()) and not changing(request):
        answered = _do(request, found, step, form.cleaned_data if form else {}, items)
        if isinstance(answered, HttpResponse):
            return answered
        if form is not None:
            refused(form, answered)
        else:
            messages.warning(request, f"{answered.what}: {answered.mend}.")
    return render(request, "subject_access/request.html", _shown(request, found, do, form, items))


def _do(request: HttpRequest, found: Request, step: StepOnPage, told: dict[str, Any], items: list[Item]) -> Any:
    """Takes the step, after it was checked where it must be; gives the answer, or the refusal."""
    if step.then and not checked(request):
        rows = [("Request", found.number), *((name, said) for name, said in step.rows(told))]
        return check_answers(request, title=f"{step.button}?", rows=rows, button=step.button, then=step.then)
    who = named([request.person])[request.person].shown
    try:
        step.act(request.reader, found, told, items, who)
    except UserError as error:
        return error
    messages.success(request, step.said)
    found.refresh_from_db()
    return redirect("request", number=found.pk) if found.is_open else redirect("requests")


def _shown(request: HttpRequest, found: Request, do: str, form: Any, items: list[Item]) -> dict[str, Any]:
    reader: Reader = request.reader
    rulings = queries.rulings_of(found)
    deciders = {ruling.account_id for ruling in rulings.values()} | {found.redacted_by_id}
    person: int = request.person
    return {
        "found": found, "person": named([person])[person], "do": do, "form": form, "step": STEPS[do],
        "errors": form.errors if form is not None else None,
        "others": [(slug, each) for slug, each in STEPS.items() if found.state in each.states and slug != do],
        "late": None, "overdue": _late(found, reader), "states": [(slug, SHOWN[slug]) for slug in (*OPEN, "given")],
        "controllers": queries.controllers_of(found), "holders": holders_of(items), "held": len(items),
        "given": len(documents.given(items, rulings)), "undecided": len(documents.undecided(items, rulings)),
        "withheld": sum(not ruling.given for ruling in rulings.values()), "came_by": CAME_BY, "proof": PROOF,
        "letters": [each for each in letters_of(person, rows={ROW}) if each.about == found.pk],
        "said": Said.objects.filter(person=person).order_by("-on", "-pk"), "own": reader.account.pk in deciders,
        "forms": FORMS, "signed": queries.signed_of(found) if found.state == "signed" else None,
    }  # fmt: skip


def _open(number: int) -> Request:
    """An open request. What is closed covers nobody any more: it is not there."""
    found = Request.objects.filter(pk=number, state__in=OPEN).select_related("redacted_by", "signed_by").first()
    if found is None:
        raise Http404
    return found


def items(request: HttpRequest, number: int) -> HttpResponse:
    """Everything held on the person, each thing with who holds it and what was decided; many can be decided alike."""
    found = _open(number)
    held, rulings = held_items(request.person), queries.rulings_of(found)
    form = RuleForm(request.POST if request.method == "POST" else None)
    chosen = set(request.POST.getlist("item"))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.rule(
                reader=request.reader, request=found, items=[item for item in held if item.key in chosen],
                given=told["given"] == "yes", reason=told["reason"], note=told["note"],
            )  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Decided of {len(made)} {'item' if len(made) == 1 else 'items'}.")
            return redirect("request-items", number=number)
    waiting = documents.undecided(held, rulings)
    decided = [item for item in held if item.key in rulings]
    rest = [item for item in held if not item.matter and item.key not in rulings]
    shown = {
        "found": found, "person": named([request.person])[request.person], "form": form, "errors": form.errors or None,
        "rulings": rulings, "reasons": REASONS, "matters": MATTERS, "chosen": chosen, "may": found.state == "asked",
        "groups": [("Waits for a decision", _by_table(waiting), True), ("Decided", _by_table(decided), True),
                   ("Given, unless you decide otherwise", _by_table(rest), False)],
    }  # fmt: skip
    return render(request, "subject_access/items.html", shown)


def _by_table(found: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    return [(table, list(those)) for table, those in groupby(found, key=lambda item: item.table)]


def file(request: HttpRequest, number: int, what: str, form: str, kind: str) -> HttpResponse:
    """A document: as signed off; before that, as it would be now. "pack" is for the person, "schedule" never is."""
    found = _open(number)
    if what not in ("pack", "schedule") or form not in FORMS or kind not in FILES:
        raise Http404
    signed = queries.signed_of(found) if found.state == "signed" else None
    paper = shown_again(getattr(signed, what)) if signed else _draft(request, found, what)
    made = {"pdf": as_pdf, "txt": as_text, "html": as_page}[kind](paper, form)
    answer = HttpResponse(made, content_type=FILES[kind])
    name = f"{found.number}-{what}{'' if signed else '-draft'}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _draft(request: HttpRequest, found: Request, what: str) -> Paper:
    person, day = request.person, request.reader.day
    held, rulings = held_items(person), queries.rulings_of(found)
    if what == "pack":
        return documents.pack(current_pilot(), to=greeting(person), day=day, asked_on=found.received_on,
                              items_given=documents.given(held, rulings), ring=queries.data_team())  # fmt: skip
    return documents.schedule(found, name=named([person])[person].shown, day=day, items_held=held, rulings=rulings,
                              controllers=queries.controllers_of(found), signed_by="nobody yet")  # fmt: skip


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Opens an answered request again, as after a complaint: the person is then in the reader's work again."""
    found = Request.objects.filter(pk=number, state="given").first()
    if found is None or not request.reader.may_know(found.person_id or 0):
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.open_again(reader=request.reader, request=found, why=form.cleaned_data["why"])
        messages.success(request, f"{found.number} is open again.")
        return redirect("request", number=found.pk)
    return render(request, "subject_access/again.html", {"found": found, "form": form, "errors": form.errors or None})


PAGES = (
    Page(name="requests", route="subject-access/", view=requests, needs=ROW, menu="Subject access", place=80),
    Page(name="request-new", route="subject-access/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="request-match", route="subject-access/<int:number>/match/", view=match, needs=ROW, changes=ROW, form=True),
    Page(name="request", route="subject-access/<int:number>/", view=one, needs=ROW, changes=ROW, person_of=queries.person_of),
    Page(name="request-items", route="subject-access/<int:number>/items/", view=items, needs=ROW, changes=ROW,
         person_of=queries.person_of),
    Page(name="request-file", route="subject-access/<int:number>/<slug:what>-<slug:form>.<slug:kind>", view=file, needs=ROW,
         person_of=queries.person_of),
    Page(name="request-again", route="subject-access/<int:number>/again/", view=again, needs=ROW, changes=ROW, form=True),
)  # fmt: skip
