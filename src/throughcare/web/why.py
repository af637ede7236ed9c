"""Why a figure is under its target: shown beside it as long as it stands as it stood then, and written by who answers for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness.about_nobody import about_nobody, like_names
from throughcare.casework.pilot import current_pilot
from throughcare.casework.reasons import actions, queries
from throughcare.casework.reasons.models import Reason
from throughcare.core.dates import months_before
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import TextField, refused
from throughcare.measures.board import View
from throughcare.measures.results import Result
from throughcare.web.asked import GOVERNANCE, Asked, asked
from throughcare.web.boards import ROW, figure_of, measure_asked, told, view_of
from throughcare.web.own import whose

REASONS = "gap_reasons"
PLACES = ("borough", "court", "provider")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What stands beside a figure. reason: the last one written, None where none is or it may not be told; stands: of this very
    figure; now: the figure; write: the address at which a reason is written, "" where the reader may not or there is no gap.
    """

    reason: Reason | None
    stands: bool
    now: str
    write: str

    @property
    def months(self) -> str:
        """Of which months the reason is."""
        return months_in_words(self.reason.since, self.reason.until) if self.reason else ""


def months_in_words(since: date, until: date) -> str:
    """July 2016 to January 2017, of [1 July 2016, 1 February 2017)."""
    first, last = f"{since:%B %Y}", f"{months_before(until, 1):%B %Y}"
    return first if first == last else f"{first} to {last}"


def part_of(reader: Reader, chosen: Mapping[str, str]) -> str | None:
    """Of which part of the pilot the reader's figures are, as reasons name it; None where it is no one place, as people are."""
    row = GOVERNANCE if reader.may(GOVERNANCE) else ROW
    if reader.whole_pilot(row):
        return urlencode(sorted(chosen.items()))
    cells = [(post, cell.scope) for post, cell in reader.cells("view", row)]
    if len(cells) != 1:
        return None
    (post, scope), names = cells[0], {p.slug: p.name for p in current_pilot().providers}
    if scope not in PLACES or post.team or not post.place:
        return None
    return urlencode(sorted({**chosen, scope: names.get(post.place, "") if scope == "provider" else post.place}.items()))


def reasons_shown(reader: Reader, ask: Asked, view: View) -> Callable[[Result], Shown | None]:
    """What gives of a result what stands beside it. One question a page."""
    part = part_of(reader, ask.chosen)
    if part is None or ask.period is None or not reader.may(REASONS):
        return lambda result: None
    found, seen = queries.latest(part), _seen(reader, ask, view)

    def shown(result: Result) -> Shown | None:
        gap = result.meets_target is False and not result.breakdown
        reason, now = found.get((result.slug, result.group)), seen(result)
        if reason is not None and not queries.told(reason, now):
            reason = None
        if not gap and reason is None:
            return None
        to = address(result, ask) if gap and reader.may(REASONS, "edit") else ""
        return Shown(reason=reason, stands=reason is not None and queries.stands(reason, now), now=now.figure, write=to)

    return shown


def _seen(reader: Reader, ask: Asked, view: View) -> Callable[[Result], queries.Seen]:
    since, until = ask.whole_months
    whole = view.own is None or not view.own.without
    return lambda result: queries.Seen(since=since, until=until, figure=told(result), whole=whole, post=reader.post)


def address(result: Result, ask: Asked) -> str:
    """Where the reason of a figure is written, and what was written of it before stands."""
    return f"{reverse('gap-reason', kwargs={'slug': result.slug})}?{ask.query(group=result.group)}"


class GapForm(forms.Form):
    """Why a figure is under its target."""

    text = TextField(
        label="Why is it under its target, and what is being done?", lines=5, longest=600,
        asks="Write why it is under its target",
        help_text="It stands beside the figure on the dashboard and in the governance pack, with your post and today's date. "
        "Do not name a person",
    )  # fmt: skip


def gap_reason(request: HttpRequest, slug: str) -> HttpResponse:
    """Writes why a figure is under its target: checked once more, then kept; shows what was written before, to be taken back."""
    ask, reader = asked(request), request.reader
    part, view = part_of(reader, ask.chosen), view_of(reader, ask.chosen)
    result = _result(request, ask, view, slug)
    if part is None or result is None or result.meets_target is not False:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "take-back":
        return _take_back(request, part, result)
    form = GapForm(request.POST if request.method == "POST" else None)
    seen = _seen(reader, ask, view)(result)
    if request.method == "POST" and form.is_valid() and not changing(request):
        text = form.cleaned_data["text"]
        try:
            about_nobody(text)
            if not checked(request):
                return _check(request, result, text)
            actions.write_reason(
                reader=reader, measure=result.slug, group=result.group, part=part, since=seen.since, until=seen.until,
                figure=seen.figure, target=told(result, "target"), whole=seen.whole, text=text,
            )  # fmt: skip
        except UserError as error:
            refused(form, error)
        else:
            kept = "The reason is kept, and stands beside the figure until the figure changes. You can take it back below."
            messages.success(request, kept)
            return redirect(request.get_full_path())
    history = queries.history(part, slug, result.group)
    before = [(each, queries.stands(each, seen)) for each in history if queries.told(each, seen)]
    shown: dict[str, Any] = {
        "form": form, "errors": form.errors or None, "result": result, "told": told, "before": before, "ask": ask,
        "query": ask.query(), "months": months_in_words, "post": reader.post,
        "whose": ask.words or whose(reader, GOVERNANCE if reader.may(GOVERNANCE) else ROW),
    }  # fmt: skip
    return render(request, "web/gap_reason.html", shown)


def _result(request: HttpRequest, ask: Asked, view: View, slug: str) -> Result | None:
    """The figure that the address names, as the reader sees it."""
    if ask.period is None:
        return None
    found = figure_of(request.reader, measure_asked(slug), ask.period, view)
    group = request.GET.get("group", "all")
    return next((r for r in (found.whole if found else ()) if r.group == group), None)


def _check(request: HttpRequest, result: Result, text: str) -> HttpResponse:
    rows = [("Figure", result.title), ("Stands at", f"{told(result)}, target {told(result, 'target')}"), ("Reason", text)]
    if names := like_names(text, current_pilot()):
        asks = f"{', '.join(names)} looks like a name. Change it if it is a person's: a reason is about nobody."
        rows.append(("Is this a person?", asks))
    then = "Whoever may see this figure can read it, with your post and today's date, until the figure changes."
    return check_answers(request, title="Check the reason", rows=rows, button="Keep it", then=then)


def _take_back(request: HttpRequest, part: str, result: Result) -> HttpResponse:
    number = request.POST.get("reason", "")
    theirs = Reason.objects.filter(part=part, measure=result.slug, group=result.group, post=request.reader.post, taken_back=False)
    found = theirs.filter(pk=number).first() if number.isdigit() else None
    if found is None:
        raise Http404
    actions.take_back(reader=request.reader, reason=found)
    messages.success(request, "The reason is taken back. It stays on record, struck through.")
    return redirect(request.get_full_path())


PAGES = (
    Page(name="gap-reason", route="measures/<str:slug>/reason/", view=gap_reason, needs=REASONS, changes=REASONS, form=True),
)
