"""Who gets in and who gets served: each step by group, with its ratio to the others; and the same as CSV."""

import csv
import io
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.own import Own
from throughcare.measures.who_is_served import SEXES, WAYS, Served, listed, who_is_served
from throughcare.web.asked import months_of_pilot
from throughcare.web.boards import last_write
from throughcare.web.own import own_of, studies_of, whose
from throughcare.web.period import PeriodForm, period_asked

ROW = "measures_governance"
USUAL = 12


def served_page(request: HttpRequest) -> HttpResponse:
    """The steps over the months asked for, of the pilot or of the reader's own part."""
    form, found, service = _found(request)
    services = [each for each in current_pilot().services if each.by_referral]
    own = own_of(request.reader, ROW)
    shown: dict[str, Any] = {
        "form": form, "found": found, "ways": WAYS, "few": current_pilot().smallest_published,
        "whose": whose(request.reader, ROW), "nobody": own is not None and not own.parts,
        "studies": studies_of(request.reader, ROW), "services": services, "service": service, "sexes": SEXES,
        "query": f"since={form['since'].value()}&until={form['until'].value()}&service={service}",
    }  # fmt: skip
    return render(request, "web/who_is_served.html", shown)


def served_file(request: HttpRequest) -> HttpResponse:
    """The same, a row a step and group."""
    form, found, _ = _found(request)
    if not form.is_valid():
        raise Http404
    rows, text = listed(found), io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="who-is-served.csv"'
    return answer


def _found(request: HttpRequest) -> tuple[PeriodForm, tuple[Served, ...], str]:
    reader, pilot = request.reader, current_pilot()
    form, period = period_asked(request, months=months_of_pilot(reader.day), default=USUAL)
    asked = request.GET.get("service", "")
    service = asked if asked in {each.slug for each in pilot.services if each.by_referral} else ""
    own = own_of(reader, ROW)
    if period is None or (own is not None and not own.parts):
        return form, (), service
    return form, _kept(period, own, service, last_write()), service


@lru_cache(maxsize=16)
def _kept(period: Period, own: Own | None, service: str, written: int | None) -> tuple[Served, ...]:
    """As it was worked out last, where nothing has been written since."""
    with reading_once():
        return who_is_served(pilot=current_pilot(), period=period, own=own, service=service)


PAGES = (
    Page(name="who-is-served", route="who-is-served/", view=served_page, needs=ROW, menu="Who is served", place=47),
    Page(name="who-is-served-file", route="who-is-served/figures.csv", view=served_file, needs=ROW),
)
