"""Where the tag of an order was: a map and the same facts as tables, for a purpose that is said first."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.outlines import outlines
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date, london_day
from throughcare.core.errors import UserError
from throughcare.core.pages import Page
from throughcare.design.forms import refused
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.orders.queries import order_of, person_of_order
from throughcare.strands.tagging.queries import dates_of
from throughcare.strands.tagging.tracks import actions, paint
from throughcare.strands.tagging.tracks.forms import LookForm
from throughcare.strands.tagging.tracks.queries import Question, tracks
from throughcare.strands.tagging.tracks.words import ALL
from throughcare.strands.tagging.tracks.worn import wearings

ROW = "tag_positions"
A_PAGE = 100
"""Fixes on a page of the table."""


def order_map(request: HttpRequest, order: int) -> HttpResponse:
    """Positions of one order's days, for a purpose: one that was said on this page today, a finding or an incident, or the open
    request of the person; without one it is asked for, and nothing is shown.
    """
    reader: Reader = request.reader
    found = order_of(order)
    if request.method == "POST":
        return _say_why(request, found)
    purpose = _purpose(request, found)
    if purpose is None:
        return _ask_why(request, found, _form(request, found))
    about, code, first, last = purpose
    start, end = london_day(first)[0], london_day(last)[1]
    worn = wearings([found])
    question = Question(purpose=code, about=about, start=start, end=min(end, instant_on(reader.day)))
    drawn = tracks(actions.ask(reader=reader, question=question, worn=worn), worn, as_at=instant_on(reader.day))
    who = named([found.person_id], known=[found.person_id] if "identity" in request.rows else [])
    picture = paint.Picture(
        start=start, end=end, people=paint.people_of(drawn, who), zones=paint.zones_of(found, start, end),
        crimes=paint.crimes_of(found.pk, start, end),
    )  # fmt: skip
    shown = {
        **shown_picture(request, picture), "order": found, "person": who[found.person_id], "first": first, "last": last,
        "why": ALL[code], "longest": current_pilot().positions.longest_days, "dates": dates_of(found),
    }  # fmt: skip
    return render(request, "tagging/order_map.html", shown)


def shown_picture(request: HttpRequest, picture: paint.Picture) -> dict[str, Any]:
    """What the template of a map shows: the tables, and the numbers for the script."""
    rows = paint.fix_rows(picture)
    rest = request.GET.copy()
    rest.pop("page", None)
    return {
        "picture": picture, "numbers": paint.numbers(picture), "gaps": paint.gap_rows(picture), "stops": paint.stop_rows(picture),
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "query": f"{rest.urlencode()}&" if rest else "",
        "has_outlines": bool(current_pilot().picture.outlines), "moment": paint.moment, "span": paint.span_in_words,
    }  # fmt: skip


def _say_why(request: HttpRequest, found: m.Order) -> HttpResponse:
    form = LookForm(request.POST)
    if form.is_valid():
        try:
            kept = actions.look(reader=request.reader, order=found, **form.cleaned_data)
        except UserError as error:
            refused(form, error)
        else:
            messages.success(request, f"Kept: you look at positions. {ALL[kept.purpose]}. It holds for today.")
            return redirect(f"{reverse('order-map', kwargs={'order': found.pk})}?look={kept.pk}")
    return _ask_why(request, found, form)


def _ask_why(request: HttpRequest, found: m.Order, form: LookForm) -> HttpResponse:
    who = named([found.person_id], known=[found.person_id] if "identity" in request.rows else [])[found.person_id]
    shown = {
        "form": form, "errors": form.errors or None, "order": found, "person": who, "dates": dates_of(found),
        "longest": current_pilot().positions.longest_days, "may": ROW in request.edits,
    }  # fmt: skip
    return render(request, "tagging/why_positions.html", shown)


def _form(request: HttpRequest, found: m.Order) -> LookForm:
    """The form as it is first shown: the day that was asked for, or the last one of the order that has come."""
    day = _day(request, "day")
    dates = dates_of(found)
    if day is None:
        day = min(london_date(dates[1]), request.reader.day) if dates else request.reader.day
    return LookForm(initial={"first": day, "last": _day(request, "to") or day})


def _purpose(request: HttpRequest, found: m.Order) -> tuple[str, str, date, date] | None:
    """What it is about, the code, the days; None: none is given. A look is good for who said it, on its day, within it."""
    reader: Reader = request.reader
    for given, code, days in (("finding", "alert", _days_of_finding), ("incident", "incident", _days_of_incident)):
        if number := _number(request, given):
            span = days(found, number)
            if span is None:
                raise Http404
            return f"{given} {number}", code, *span
    if number := _number(request, "look"):
        look = m.Look.objects.filter(pk=number, order=found, account=reader.account, on=reader.day).first()
        if look is None:
            return None
        first, last = london_date(look.starts_at), _last(look.ends_at)
        day, to = _day(request, "day"), _day(request, "to")
        if day and first <= day <= last:
            first, last = day, min(max(to or day, day), last)
        return f"look {look.pk}", look.purpose, first, last
    if request.why == "request":
        day = _day(request, "day")
        return ("request of the person", "subject_access", day, day) if day else None
    return None


def _days_of_finding(found: m.Order, number: int) -> tuple[date, date] | None:
    finding = m.Finding.objects.filter(pk=number, order=found).first()
    return (finding.day, finding.day) if finding else None


def _days_of_incident(found: m.Order, number: int) -> tuple[date, date] | None:
    """From the first day of its findings to the last, of the latest so many as may be looked at."""
    incident = m.Incident.objects.filter(pk=number, order=found).first()
    if incident is None:
        return None
    days = sorted(incident.findings.values_list("day", flat=True)) or [london_date(incident.raised_at)]
    longest = current_pilot().positions.longest_days
    return max(days[0], days[-1].fromordinal(days[-1].toordinal() - longest + 1)), days[-1]


def _last(end: datetime) -> date:
    """The last London day of a span that ends with a midnight."""
    return london_date(end).fromordinal(london_date(end).toordinal() - 1)


def _number(request: HttpRequest, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < 18 else 0


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def shapes(request: HttpRequest) -> HttpResponse:
    """The boroughs' outlines for the map; none where the pilot brings none or its file cannot be read."""
    try:
        return JsonResponse(outlines())
    except UserError as error:
        return JsonResponse({"type": "FeatureCollection", "features": [], "refused": str(error.mend)})


def deletions(request: HttpRequest) -> HttpResponse:
    """The deletions of positions, each with its counts before and after: about nobody."""
    shown = {
        "page": Paginator(m.Deletion.objects.order_by("-pk"), 25).get_page(request.GET.get("page")),
        "kept_days": current_pilot().tagging.kept_days,
    }  # fmt: skip
    return render(request, "tagging/deletions.html", shown)


PAGES = (
    Page(name="order-map", route="tags/<int:order>/map/", view=order_map, needs=ROW, changes=ROW, person_of=person_of_order),
    Page(name="tag-outlines", route="tags/outlines.json", view=shapes, needs=ROW),
    Page(name="deletions", route="tags/deletions/", view=deletions, needs=ROW),
)  # fmt: skip
