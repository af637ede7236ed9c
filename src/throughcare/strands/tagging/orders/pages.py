"""Making an order and its next versions: begun, written condition by condition, checked, kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.clock import instant_on
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.orders import actions, forms
from throughcare.strands.tagging.orders.queries import (
    draft_of,
    latest_day,
    order_of,
    person_of_draft,
    person_of_order,
    sources,
    terms_of,
)
from throughcare.strands.tagging.orders.shown import frame, who
from throughcare.strands.tagging.orders.terms import Terms, changes, circle, in_words, title
from throughcare.strands.tagging.queries import versions_of
from throughcare.strands.tagging.words import CLOSED, CONDITIONS, CURFEW, NEW, REINSTALLED, VARIATION, ZONES

ROW = "tag_order"


def new(request: HttpRequest, person: int) -> HttpResponse:
    """An order of a requirement; those of which none can be made stand below, with why."""
    reader = request.reader
    found = sources(person, reader.day)
    open_to = [each for each in found if not each.refused and each.order is None]
    earliest = max([reader.day, *filter(None, [current_pilot().tagging.start])])
    form = forms.NewOrderForm(request.POST or None, initial={"first": earliest, "last": latest_day(earliest)})
    said = {each.requirement: f"{each.words} of the {each.kind} sentence of {day_in_words(each.imposed_on)}" for each in open_to}
    form.fields["requirement"].choices = [(str(number), words) for number, words in said.items()]
    if len(open_to) == 1:
        form.initial["requirement"] = str(open_to[0].requirement)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            draft = actions.begin(reader=reader, person=person, requirement=int(told["requirement"]), first=told["first"],
                                  last=told["last"])  # fmt: skip
        except UserError as error:
            refused(form, error, "first")
        else:
            return redirect("tag-draft", draft=draft.pk)
    shut = [each for each in found if each.refused or each.order is not None]
    drafts = m.Draft.objects.filter(person=person, kept_as=None, left_at=None)
    shown = frame(request, "Make an order with a tag", form) | {"open_to": open_to, "shut": shut, "drafts": drafts}
    return render(request, "tagging/new.html", shown)


def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """What is written so far, what is missing, and what can be added."""
    found = draft_of(draft)
    if request.POST.get("do") == "leave":
        return _given_up(request, found)
    held = actions.told(found)
    asked = current_pilot().tagging.questions if held.kind == NEW else ()
    shown = frame(request, _title(held)) | {
        "draft": found, "held": held, "conditions": [(each, title(each), in_words(each)) for each in held.terms.conditions],
        "kinds": CONDITIONS, "missing": actions.missing(found), "asked": asked, "answered": len(held.answers),
        "new": held.kind == NEW,
    }  # fmt: skip
    return render(request, "tagging/draft.html", shown)


def _title(held: actions.Written) -> str:
    titles = {NEW: "New order with a tag", VARIATION: "Vary the order", REINSTALLED: "Reinstall the order"}
    return titles[held.kind]


def _given_up(request: HttpRequest, found: m.Draft) -> HttpResponse:
    actions.leave(reader=request.reader, draft=found, at=instant_on(request.reader.day))
    messages.success(request, "The draft is given up. Nothing of it was kept as an order; to begin anew, use the button.")
    if found.order_id:
        return redirect("tag-order", order=found.order_id)
    return redirect("tag-new", person=found.person_id)


def condition(request: HttpRequest, draft: int, kind: str, number: int) -> HttpResponse:
    """One condition of a draft: written, changed, taken out. Number 0 is a new one."""
    found = draft_of(draft)
    terms = actions.told(found).terms
    known = terms.numbered(number)
    if kind not in CONDITIONS or (number and (known is None or known.kind != kind)):
        raise Http404
    if request.POST.get("do") == "take-out" and known is not None:
        actions.write(reader=request.reader, draft=found, terms=terms.without(number))
        messages.success(request, f"{title(known)} is taken out of the draft. To undo it, add it again.")
        return redirect("tag-draft", draft=draft)
    form = forms.CONDITION_FORMS[kind](request.POST or None, request.FILES or None,
                                       initial=forms.typed(known, kind, _first(found, terms), terms.last))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.put(reader=request.reader, draft=found, condition=form.term(number or _next(terms, found)))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "It is written in the draft.")
            return redirect("tag-draft", draft=draft)
    shown = frame(request, CONDITIONS[kind], form) | {
        "draft": found, "known": known, "kind": kind, "is_curfew": kind == CURFEW, "is_zone": kind in ZONES,
        "others": list(_others(terms, number)),
    }  # fmt: skip
    return render(request, "tagging/condition.html", shown)


def _others(terms: Terms, number: int) -> Iterator[tuple[str, str]]:
    """The shapes of the other conditions, and their addresses as circles: so that one sees where the new one lies."""
    for each in terms.conditions:
        if each.number != number:
            shapes = [each.geometry] if each.geometry else [circle(p.latitude, p.longitude, p.radius_m) for p in each.places]
            yield from ((title(each), shape) for shape in shapes)


def _first(found: m.Draft, terms: Terms) -> date:
    """The first day of a new condition: the order's, or that from which the version applies."""
    return max(terms.first, actions.told(found).applies)


def _next(terms: Terms, found: m.Draft) -> int:
    """A number that no condition of the order ever had."""
    used = m.Condition.objects.filter(version__order=found.order).values_list("number", flat=True) if found.order_id else ()
    return max([0, *(each.number for each in terms.conditions), *used]) + 1


def questions(request: HttpRequest, draft: int) -> HttpResponse:
    """The questions of suitability."""
    found = draft_of(draft)
    form = forms.QuestionsForm(request.POST or None)
    form.ask(current_pilot().tagging.questions, actions.told(found).answers)
    if request.method == "POST" and form.is_valid():
        actions.answer(reader=request.reader, draft=found, answers=form.given())
        messages.success(request, "The answers are written in the draft.")
        return redirect("tag-draft", draft=draft)
    return render(request, "tagging/form.html", frame(request, "Is a tag suitable?", form) | {
        "back": reverse("tag-draft", kwargs={"draft": draft}), "button_words": "Keep the answers",
    })  # fmt: skip


def keep(request: HttpRequest, draft: int) -> HttpResponse:
    """Check your answers: all that the version says, and what it changes; then it is kept for good."""
    found, reader = draft_of(draft), request.reader
    if lacking := actions.missing(found):
        messages.warning(request, f"{'. '.join(lacking)}.")
        return redirect("tag-draft", draft=draft)
    form = forms.KeepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        if not checked(request):
            return _check(request, found, form.cleaned_data["reason"])
        try:
            made = actions.keep(reader=reader, draft=found, reason=form.cleaned_data["reason"], at=instant_on(reader.day))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Version {made.number} of the order is kept. To correct it, vary the order.")
            return redirect("tag-order", order=made.order_id)
    return render(request, "tagging/form.html", frame(request, "Keep the order", form) | {
        "back": reverse("tag-draft", kwargs={"draft": draft}), "button_words": "Continue",
    })  # fmt: skip


def _check(request: HttpRequest, found: m.Draft, reason: str) -> HttpResponse:
    held = actions.told(found)
    rows = [("Person", who(request).shown), ("What", _title(held))]
    if held.kind == NEW:
        rows.append(("From", f"{held.sentence['requirement']} of the {held.sentence['kind']} sentence of "
                             f"{day_in_words(date.fromisoformat(held.sentence['imposed_on']))}"))  # fmt: skip
    rows += [("Applies from", weekday_in_words(held.applies)), ("Last day", weekday_in_words(held.terms.last))]
    rows += [(title(each), "; ".join(in_words(each))) for each in held.terms.conditions]
    if found.order:
        order = order_of(found.order_id)
        before = [version for version in versions_of(order) if version.kind not in CLOSED][-1]
        rows.append(("Otherwise than before", ". ".join(changes(terms_of(order, before), held.terms))))
    for question in current_pilot().tagging.questions if held.kind == NEW else ():
        said, text = held.answers[question.slug]
        rows.append((question.words, forms.SUITABLE[said] + (f": {text}" if text else "")))
    rows.append(("Why", reason or "not said"))
    then = "A version that is kept is never changed. A later one takes its place."
    return check_answers(request, title="Check before it is kept", rows=rows, button="Keep this version", then=then)


def vary(request: HttpRequest, order: int) -> HttpResponse:
    """Begins the next version: a variation of an order that is open, a reinstalling of one that is closed."""
    found, reader = order_of(order), request.reader
    closed = versions_of(found)[-1].kind in CLOSED
    last = max(london_date(v.until) for v in versions_of(found) if v.until)
    offered = {"applies": reader.day, "last": max(reader.day, last - actions.ONE_DAY)}
    form = forms.VersionForm(request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.begin_version(reader=reader, order=found, kind=REINSTALLED if closed else VARIATION,
                                         applies=told["applies"], last=told["last"])  # fmt: skip
        except UserError as error:
            refused(form, error, "applies")
        else:
            return redirect("tag-draft", draft=made.pk)
    return render(request, "tagging/form.html", frame(request, "Reinstall the order" if closed else "Vary the order", form) | {
        "back": reverse("tag-order", kwargs={"order": order}), "button_words": "Begin",
        "draft": m.Draft.objects.filter(order=found, kept_as=None, left_at=None).first(),
    })  # fmt: skip


def close(request: HttpRequest, order: int) -> HttpResponse:
    """The order ends now: revoked, or monitoring ended."""
    found, reader = order_of(order), request.reader
    form = forms.CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not changing(request):
        told = form.cleaned_data
        if not checked(request):
            rows = [("Person", who(request).shown), ("How", forms.CLOSINGS[told["kind"]]), ("Why", told["reason"])]
            then = "From now on nothing is asked of the person by this order. The tag is to be taken off."
            return check_answers(request, title="Check before the order ends", rows=rows, button="End the order", then=then)
        try:
            actions.close(reader=reader, order=found, kind=told["kind"], reason=told["reason"], at=instant_on(reader.day))
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, "The order is ended. Take the tag off. If it was a mistake, reinstall the order.")
            return redirect("tag-order", order=order)
    return render(request, "tagging/form.html", frame(request, "End the order", form) | {
        "back": reverse("tag-order", kwargs={"order": order}), "button_words": "Continue",
    })  # fmt: skip


OF_DRAFT: dict[str, Any] = {"needs": ROW, "changes": ROW, "form": True, "person_of": person_of_draft}
OF_ORDER: dict[str, Any] = {"needs": ROW, "changes": ROW, "form": True, "person_of": person_of_order}
PAGES = (
    Page(name="tag-new", route="people/<int:person>/tag/new/", view=new, needs=ROW, changes=ROW, form=True),
    Page(name="tag-draft", route="tags/drafts/<int:draft>/", view=draft, **OF_DRAFT),
    Page(name="tag-condition", route="tags/drafts/<int:draft>/<slug:kind>/<int:number>/", view=condition, **OF_DRAFT),
    Page(name="tag-questions", route="tags/drafts/<int:draft>/questions/", view=questions, **OF_DRAFT),
    Page(name="tag-keep", route="tags/drafts/<int:draft>/keep/", view=keep, **OF_DRAFT),
    Page(name="tag-vary", route="tags/<int:order>/vary/", view=vary, **OF_ORDER),
    Page(name="tag-close", route="tags/<int:order>/close/", view=close, **OF_ORDER),
)  # fmt: skip
