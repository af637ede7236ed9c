"""A day of an order as it was looked at, and one finding with its evidence and its decision. Monitoring officers alone."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughcare.casework.clock import instant_on
from throughcare.core.clock import london_date, london_day
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks import actions
from throughcare.strands.tagging.checks.forms import TagReviewForm
from throughcare.strands.tagging.checks.queries import days_of, finding_of, person_of_finding, shown
from throughcare.strands.tagging.checks.words import ACTED, DECISIONS, KINDS, REASON_WORDS, VERDICTS
from throughcare.strands.tagging.orders.queries import order_of, person_of_order
from throughcare.strands.tagging.orders.shown import frame
from throughcare.strands.tagging.queries import in_force, tags_of

ROW = "tag_positions"


def day(request: HttpRequest, order: int, day: str) -> HttpResponse:
    """What the day came to, with its findings; to be looked at again, as when positions came late."""
    on, found = _day(day), order_of(order)
    reader = request.reader
    at = instant_on(reader.day)
    if on > reader.day or not in_force(found, *london_day(on)):
        raise Http404
    if request.method == "POST":
        before = m.Check.objects.filter(order=found, day=on).values_list("changed", flat=True).first()
        (check,) = actions.check_day(by=reader.by, orders=[found], day=on, at=at)
        same = before is not None and before == check.changed
        messages.success(request, "The day was looked at again: nothing changed." if same else "The day was looked at.")
        return redirect("tag-day", order=order, day=day)
    told = next(iter(days_of(found, first=on, last=on)), None)
    gone = shown(m.Finding.objects.filter(order=found, day=on).exclude(gone_at=None).order_by("starts_at", "pk"))
    page = frame(request, "Day of an order") | {
        "order": found, "on": on, "told": told, "verdicts": VERDICTS, "reasons": REASON_WORDS, "gone": gone,
        "worn": tags_of(found, *london_day(on)), "may": ROW in request.edits,
    }  # fmt: skip
    return render(request, "tagging/day.html", page)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def finding(request: HttpRequest, finding: int) -> HttpResponse:
    """One finding: what, when, how it is known; its decision, or the form to take one."""
    found = finding_of(finding)
    form = TagReviewForm(request.POST if request.POST.get("do") == "review" else None)
    kind = KINDS[found.kind]
    if not kind.breach:
        form.fields["decision"].choices = [each for each in DECISIONS.items() if each[0] not in ACTED]
    if request.method == "POST" and _done(request, found, form):
        return redirect("finding", finding=finding)
    (told,) = shown([found])
    page = frame(request, kind.words, form) | {
        "told": told, "found": found, "kind": kind, "acted": ACTED, "decisions": DECISIONS, "reasons": REASON_WORDS,
        "history": found.reviews.order_by("pk"), "may": ROW in request.edits, "on": london_date(found.starts_at),
    }  # fmt: skip
    return render(request, "tagging/finding.html", page)


def _done(request: HttpRequest, found: m.Finding, form: TagReviewForm) -> bool:
    """Decides, undoes or acts; False where a decision was not whole or was refused, with the reason at the form."""
    reader, do = request.reader, request.POST.get("do", "")
    at: Any = instant_on(reader.day)
    standing = found.reviews.filter(undone_at=None).order_by("pk").last()
    try:
        if do == "review":
            if not form.is_valid():
                return False
            actions.review(reader=reader, finding=found, at=at, **form.cleaned_data)
            messages.success(request, "It is decided. Until somebody acts on it, it can be undone on this page.")
        elif standing is None or do not in ("undo", "act"):
            raise Http404
        elif do == "undo":
            actions.undo(reader=reader, review=standing, at=at)
            messages.success(request, "The decision is undone, and stays on record.")
        else:
            actions.act(reader=reader, review=standing, at=at)
            messages.success(request, f"It is kept that {ACTED[standing.decision][:1].lower()}{ACTED[standing.decision][1:]}.")
    except UserError as error:
        if do == "review":
            refused(form, error)
            return False
        messages.warning(request, f"{error.what}. {error.mend[:1].upper()}{error.mend[1:]}.")
    return True


PAGES = (
    Page(name="tag-day", route="tags/<int:order>/days/<slug:day>/", view=day, needs=ROW, changes=ROW, person_of=person_of_order),
    Page(name="finding", route="tags/findings/<int:finding>/", view=finding, needs=ROW, changes=ROW, person_of=person_of_finding),
)  # fmt: skip
