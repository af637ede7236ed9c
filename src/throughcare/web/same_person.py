"""Same person? Two records side by side, what speaks for and against, and the answer: join, keep apart, or not sure."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.access.actions import viewed
from throughcare.casework.access.policy import Action
from throughcare.casework.access.queries import manager_of
from throughcare.casework.access.reader import Reader, whom_to_ring
from throughcare.casework.cohort.standing import in_cohort
from throughcare.casework.linking import actions
from throughcare.casework.linking.models import APART, NOT_SURE, SAME, Verdict
from throughcare.casework.linking.queries import Question, explained
from throughcare.casework.linking.queries import question as question_between
from throughcare.casework.linking.review.queries import Asked, asked, decided, looked_at, people_of, side_by_side
from throughcare.casework.people.models import AgencyRecord
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.where import where
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.reach import known_to
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import ChoiceField, TextField, refused
from throughcare.linkage.explain import odds

A_PAGE = 25
ROW = "same_person"
NOBODY = "the duty officer"
SHOWN = {"waiting": "Waiting", "resting": "Not sure, resting", "decided": "Decided lately"}
ANSWERS = {SAME: "They are one person: join them", APART: "They are two people: keep them apart", NOT_SURE: "I am not sure"}
WORDS = {SAME: "One person: joined", APART: "Two people: kept apart", NOT_SURE: "Not sure"}


class AnswerForm(forms.Form):
    """The answer, and why."""

    answer = ChoiceField(label="Are these one person?", choices=ANSWERS)
    reason = TextField(label="Why?", help_text="Kept with the decision. The person may ask to see it", lines=3, asks="Write why")


class UndoForm(forms.Form):
    """Why a decision is taken back."""

    reason = TextField(label="Why is it taken back?", lines=2, asks="Write why it is taken back")


def same_person(request: HttpRequest) -> HttpResponse:
    """The questions about the reader's people: those that wait, those that rest, or what was decided; filters in the address."""
    reader: Reader = request.reader
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWN else "waiting"
    shown: dict[str, Any] = {"show": show, "shows": SHOWN}
    if show == "decided":
        return render(request, "same_person/list.html", shown | {"decided": _decided(reader)})
    every = [q for q in asked(reader.people(ROW), reader.day) if (q.again_on is not None) == (show == "resting")]
    agencies = sorted({agency for q in every for agency in q.agencies})
    agency = request.GET.get("agency", "")
    agency = agency if agency in agencies else ""
    page = Paginator([q for q in every if not agency or agency in q.agencies], A_PAGE).get_page(request.GET.get("page"))
    shown |= {"page": page, "agencies": agencies, "agency": agency, "lines": _lines(reader, page),
              "query": f"show={show}&" + (f"agency={agency}&" if agency else "")}  # fmt: skip
    return render(request, "same_person/list.html", shown)


def _lines(reader: Reader, questions: Collection[Asked]) -> list[tuple[Asked, list[tuple[Named | None, str, str]], str]]:
    """Each question with its two sides (a name, or whom to ring; and the agency), and the odds in words."""
    numbers = {person for q in questions for person in q.people}
    barred = reader.barred_among(numbers)
    ring, names = whom_to_ring(barred, reader.day), named(numbers - barred)
    told = {person: (names.get(person), ring.get(person, NOBODY) if person in barred else "") for person in numbers}
    return [
        (q, [(*told[person], agency) for person, agency in zip(q.people, q.agencies, strict=True)],
         "" if barred & set(q.people) else odds(q.weight))
        for q in questions
    ]  # fmt: skip


def _decided(reader: Reader) -> list[tuple[Verdict, str, list[Named]]]:
    """The decisions about the reader's people that stand, with those people; none about somebody kept from the reader."""
    found = decided(reader.people(ROW))
    everybody = {person for _, people in found for person in people}
    barred = reader.barred_among(everybody)
    names = named(reader.allowed(ROW, everybody))
    return [
        (verdict, WORDS[verdict.answer], [names[p] for p in sorted(people) if p in names])
        for verdict, people in found if not people & barred
    ]  # fmt: skip


def question(request: HttpRequest, left: int, right: int) -> HttpResponse:
    """One question, by two records: side by side, the evidence, the answer. What is decided leads to its decision."""
    reader: Reader = request.reader
    people = _people(reader, left, right)
    barred = reader.barred_among(people)
    found = question_between(*people) if people[0] != people[1] else None
    if barred:
        if found is None or request.method == "POST":
            raise Http404
        return _restricted(request, people, barred)
    if found is None:
        return _no_more(request, left, right)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not _mine(reader, people, "edit"):
            raise Http404
        if form.is_valid() and not changing(request):
            if form.cleaned_data["answer"] == SAME and not checked(request):
                return _told(request, people, _check(request, found, form.cleaned_data["reason"]))
            try:
                return _answered(request, people, form)
            except UserError as error:
                refused(form, error)
    names = named(people)
    one, other = names[found.one.person], names[found.other.person]
    shown = {
        "question": found, "one": one, "other": other, "lines": side_by_side(found.one, found.other), "form": form,
        "evidence": explained(found.strongest), "others": [(pair, odds(pair.weight)) for pair in found.pairs[1:]],
        "before": looked_at(left, right) if found.unsure else None, "may_decide": _mine(reader, people, "edit"),
        "errors": form.errors or None,
    }  # fmt: skip
    return _told(request, people, render(request, "same_person/question.html", shown))


def _people(reader: Reader, left: int, right: int) -> tuple[int, int]:
    """Whose the two records are; 404 where neither person is the reader's."""
    owners = dict(AgencyRecord.objects.filter(pk__in=(left, right)).values_list("pk", "person_id"))
    if left == right or len(owners) < len({left, right}) or not _mine(reader, owners.values(), "view"):
        raise Http404
    return owners[left], owners[right]


def _mine(reader: Reader, people: Collection[int], action: Action) -> bool:
    """Whether one of these people or more is among those of whom the reader may do this."""
    return reader.people(ROW, action).filter(pk__in=set(people)).exists()


def _told(request: HttpRequest, people: Collection[int], answer: HttpResponse) -> HttpResponse:
    """The answer, with the view of each of the two kept: the one is the reader's, the other is looked at for its sake."""
    for person in sorted(set(people)):
        viewed(reader=request.reader, person=person, page="same-person-question",
               why=request.reader.why(ROW, person) or "same person")  # fmt: skip
    return answer


def _restricted(request: HttpRequest, people: tuple[int, int], barred: Collection[int]) -> HttpResponse:
    """A side is kept from the reader: whom to ring, and nothing else of it; it is for somebody else to decide."""
    reader: Reader = request.reader
    theirs = [person for person in people if person not in barred]
    shown = {"known": named(theirs)[theirs[0]], "ring": whom_to_ring(barred, reader.day).get(next(iter(barred)), NOBODY)}
    return _told(request, theirs, render(request, "same_person/restricted.html", shown))


def _no_more(request: HttpRequest, left: int, right: int) -> HttpResponse:
    verdict = looked_at(left, right)
    if verdict is not None and verdict.answer != NOT_SURE:
        return redirect("same-person-decision", verdict=verdict.pk)
    messages.info(request, "That question is no more: the records have changed, and what they say now answers it.")
    return redirect("same-person")


def _answered(request: HttpRequest, people: tuple[int, int], form: AnswerForm) -> HttpResponse:
    """Takes the answer; says what happened and how it is undone."""
    reader, told = request.reader, form.cleaned_data
    if told["answer"] == NOT_SURE:
        verdict = actions.not_sure(by=reader.by, people=people, reason=told["reason"], on=reader.day)
        messages.success(
            request, f"Kept: you are not sure. It is asked again on {day_in_words(verdict.again_on)}, or as soon as the records "
            "say something else."
        )  # fmt: skip
        return redirect("same-person")
    decide = actions.join if told["answer"] == SAME else actions.keep_apart
    verdict = decide(by=reader.by, people=people, reason=told["reason"])
    messages.success(request, f"{WORDS[verdict.answer]}. Nobody is asked again. It can be taken back on this page.")
    return redirect("same-person-decision", verdict=verdict.pk)


def _check(request: HttpRequest, found: Question, reason: str) -> HttpResponse:
    """What becomes one when the two are joined: records, memberships, supervision, caseloads, open referrals."""
    names = named([found.one.person, found.other.person])
    rows = []
    for side in (found.one, found.other):
        who = names[side.person].shown
        rows.append((f"Records of {who}", "; ".join(f"{r['agency']} {r['record_id']}".strip() for r in side.records)))
        rows += [(f"{title}, {who}", words) for title, words in _held(request.reader, side.person)]
    rows.append(("Why", reason))
    then = (
        "All that is held on either is then held on one person, under the older of the two numbers, to which the other leads. "
        "It can be taken back, and everything returns to where it was."
    )
    return check_answers(request, title="Check before you join them", rows=rows, button="Join them", then=then)


def _held(reader: Reader, person: int) -> list[tuple[str, str]]:
    """What the reader may see of what passes with the person; what it may not passes too, and is not told."""
    rows, day, told = reader.rights(person).view, reader.day, []
    if "cohort_membership" in rows:
        cohort = in_cohort(person, day)
        since = f"Member since {day_in_words(cohort.since)}, {cohort.borough}" if cohort.since else ""
        told.append(("Cohort", since if cohort.member else "Not a member"))
    if "supervision" in rows:
        place, manager = where(person, day), manager_of(person, day)
        told.append(("Open case", ", ".join(filter(None, (place.status, place.agency))) or "None"))
        told.append(("Caseload", manager.title if manager else "Nobody's"))
    if "referrals" in rows:
        names = {service.slug: service.name for service in current_pilot().services}
        sent = known_to(reader).filter(person=person).order_by("sent_on", "pk")
        open_ones = [r for r in sent if (r.state or "sent") not in CLOSED and reader.row_of(f"service:{r.service}") in rows]
        words = [f"{names.get(r.service, r.service)} ({TABLE[r.state or 'sent'].shown.lower()})" for r in open_ones]
        told.append(("Open referrals", "; ".join(words) or "None"))
    return told or [("Held", "Your post may not see what else is held; it passes with the records")]


def decision(request: HttpRequest, verdict: int) -> HttpResponse:
    """What was decided, by whom and why; and taking it back, with a reason."""
    reader: Reader = request.reader
    found = Verdict.objects.filter(pk=verdict).first()
    people = people_of(found) if found else frozenset()
    if found is None or reader.barred_among(people) or not _mine(reader, people, "view"):
        raise Http404
    may_undo = found.undone_at is None and _mine(reader, people, "edit")
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_undo:
            raise Http404
        if form.is_valid():
            try:
                actions.undo(by=reader.by, verdict=found, reason=form.cleaned_data["reason"])
            except UserError as error:
                refused(form, error)
            else:
                messages.success(request, "Taken back: people, numbers and facts are as they were before it.")
                return redirect("same-person-decision", verdict=found.pk)
    theirs = named(reader.allowed(ROW, people))
    shown = {"verdict": found, "title": WORDS[found.answer], "people": [theirs[p] for p in sorted(theirs)],
             "outside": len(people) - len(theirs), "form": form, "may_undo": may_undo, "errors": form.errors or None}  # fmt: skip
    return _told(request, theirs, render(request, "same_person/decision.html", shown))


PAGES = (
    Page(name="same-person", route="same-person/", view=same_person, needs=ROW, menu="Same person?", place=30),
    Page(name="same-person-question", route="same-person/<int:left>/<int:right>/", view=question, needs=ROW, changes=ROW),
    Page(name="same-person-decision", route="same-person/decisions/<int:verdict>/", view=decision, needs=ROW, changes=ROW),
)
