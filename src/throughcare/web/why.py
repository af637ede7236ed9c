"""Why a figure is under its target, or moves: shown beside it while it stands as it stood, written by who answers for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
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
from throughcare.casework.reasons.queries import Seen
from throughcare.core.dates import months_before
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.check import changing, check_answers, checked
from throughcare.design.forms import TextField, refused
from throughcare.measures.board import STEPS, View
from throughcare.measures.glance import headlines
from throughcare.measures.results import Result
from throughcare.web.asked import GOVERNANCE, Asked, asked
from throughcare.web.boards import ROW, board_of, figure_of, measure_asked, measure_of, told, view_of
from throughcare.web.own import services_led, whose

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
    gap: bool = True

    @property
    def months(self) -> str:
        """Of which months the reason is."""
        return months_in_words(self.reason.since, self.reason.until) if self.reason else ""


def months_in_words(since: date, until: date) -> str:
    """July 2016 to January 2017, of [1 July 2016, 1 February 2017)."""
    first, last = f"{since:%B %Y}", f"{months_before(until, 1):%B %Y}"
    return first if first == last else f"{first} to {last}"


def part_of(reader: Reader, chosen: Mapping[str, str]) -> Callable[[Result], str | None]:
    """What gives of which part of the pilot a figure is, as reasons name it; None where it is no one place, as people are.

    Of a service that the reader's posts are all of, its figures are the pilot's.
    """
    row = GOVERNANCE if reader.may(GOVERNANCE) else ROW
    place, led = _place(reader, chosen, row), services_led(reader, row)
    names = {service.name for service in current_pilot().services if service.slug in led}

    def part(result: Result) -> str | None:
        if place is None and led:
            steps = result.slug in STEPS and result.group in names
            return queries.WHOLE if steps or measure_of(result.slug).service in led else None
        return place

    return part


def _place(reader: Reader, chosen: Mapping[str, str], row: str) -> str | None:
    if reader.whole_pilot(row):
        return urlencode(sorted(chosen.items()))
    cells = [(post, cell.scope) for post, cell in reader.cells("view", row)]
    if len(cells) != 1:
        return None
    (post, scope), names = cells[0], {p.slug: p.name for p in current_pilot().providers}
    if scope not in PLACES or post.team or not post.place:
        return None
    return urlencode(sorted({**chosen, scope: names.get(post.place, "") if scope == "provider" else post.place}.items()))


def reasons_told(
    reader: Reader, view: View, *, chosen: Mapping[str, str], months: tuple[date, date]
) -> Callable[[Result], tuple[Reason | None, Seen]]:
    """What gives of a result the last reason that may be told of it (None: none), and the figure as it is seen. One question."""
    part, seen = part_of(reader, chosen), _seen(reader, view, months)
    found = queries.latest_of_each() if reader.may(REASONS) else {}

    def of(result: Result) -> tuple[Reason | None, Seen]:
        now, place = seen(result), part(result)
        reason = None if place is None or result.breakdown else found.get(place, {}).get((result.slug, result.group))
        return (reason if reason is not None and queries.told(reason, now) else None), now

    return of


def reasons_shown(reader: Reader, ask: Asked, view: View) -> Callable[[Result], Shown | None]:
    """What gives of a result what stands beside it. One question a page."""
    if ask.period is None or not reader.may(REASONS):
        return lambda result: None
    reasons, part = reasons_told(reader, view, chosen=ask.chosen, months=ask.whole_months), part_of(reader, ask.chosen)
    edits, heads = reader.may(REASONS, "edit"), _heading_without_target(reader, ask, view)

    def shown(result: Result) -> Shown | None:
        if part(result) is None:
            return None
        reason, now = reasons(result)
        gap = is_gap(result)
        to = address(result, ask) if edits and (gap or heads(result)) else ""
        if not gap and reason is None and not to:
            return None
        stands = reason is not None and queries.stands(reason, now)
        return Shown(reason=reason, stands=stands, now=now.figure, write=to, gap=gap)

    return shown


def is_gap(result: Result) -> bool:
    return result.meets_target is False and not result.breakdown


def _heading_without_target(reader: Reader, ask: Asked, view: View) -> Callable[[Result], bool]:
    """What tells whether a result heads a service on the reader's board and has no target: then it is asked why it moves.

    Referrals head what people are referred to. Only of a service without referrals the board is worked out to know, once.
    """
    services = {service.slug: service for service in current_pilot().services}
    names = {service.name for service in services.values()}

    @cache
    def heading() -> frozenset[tuple[str, Any]]:
        sections = board_of(reader, ask.period, view).sections if ask.period else ()
        return frozenset((section.slug, line.result.key) for section in sections for line in headlines(section))

    def heads(result: Result) -> bool:
        if result.target is not None or result.value is None or result.breakdown or ask.period is None:
            return False
        if result.slug == "referrals":
            return result.group in names
        service = services.get(measure_of(result.slug).service)
        return service is not None and not service.by_referral and (service.slug, result.key) in heading()

    return heads


def _seen(reader: Reader, view: View, months: tuple[date, date]) -> Callable[[Result], Seen]:
    since, until = months
    whole = view.own is None or not view.own.without
    return lambda result: Seen(since=since, until=until, figure=told(result), whole=whole, post=reader.post)


def address(result: Result, ask: Asked) -> str:
    """Where the reason of a figure is written, and what was written of it before stands."""
    return f"{reverse('gap-reason', kwargs={'slug': result.slug})}?{ask.query(group=result.group)}"


class GapForm(forms.Form):
    """Why a figure is under its target."""

    text = TextField(
        label="Why does it stand so, and what is being done?", lines=5, longest=600,
        asks="Write why it stands so",
        help_text="It stands beside the figure on the dashboard and in the governance pack, with your post and today's date. "
        "Do not name a person",
    )  # fmt: skip


def gap_reason(request: HttpRequest, slug: str) -> HttpResponse:
    """Writes why a figure is under its target: checked once more, then kept; shows what was written before, to be taken back."""
    ask, reader = asked(request), request.reader
    view = view_of(reader, ask.chosen)
    result = _result(request, ask, view, slug)
    part = part_of(reader, ask.chosen)(result) if result else None
    if part is None or result is None or not (is_gap(result) or _heading_without_target(reader, ask, view)(result)):
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "take-back":
        return _take_back(request, part, result)
    form = GapForm(request.POST if request.method == "POST" else None)
    seen = _seen(reader, view, ask.whole_months)(result)
    if request.method == "POST" and form.is_valid() and not changing(request):
        text = form.cleaned_data["text"]
        try:
            about_nobody(text)
            if not checked(request):
                return _check(request, result, text)
            actions.write_reason(
                reader=reader, measure=result.slug, group=result.group, part=part, since=seen.since, until=seen.until,
                figure=seen.figure, target=_target(result), whole=seen.whole, text=text,
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
        "form": form, "errors": form.errors or None, "target": _target(result),
        "result": result, "told": told, "before": before, "ask": ask,
        "query": ask.query(), "months": months_in_words, "post": reader.post,
        "whose": ask.words or whose(reader, GOVERNANCE if reader.may(GOVERNANCE) else ROW),
    }  # fmt: skip
    return render(request, "web/gap_reason.html", shown)


def _target(result: Result) -> str:
    return told(result, "target") if result.target is not None else ""


def _result(request: HttpRequest, ask: Asked, view: View, slug: str) -> Result | None:
    """The figure that the address names, as the reader sees it."""
    if ask.period is None:
        return None
    found = figure_of(request.reader, measure_asked(slug), ask.period, view)
    group = request.GET.get("group", "all")
    return next((r for r in (found.whole if found else ()) if r.group == group), None)


def _check(request: HttpRequest, result: Result, text: str) -> HttpResponse:
    held = f"target {_target(result)}" if _target(result) else "no target"
    rows = [("Figure", result.title), ("Stands at", f"{told(result)}, {held}"), ("Reason", text)]
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
