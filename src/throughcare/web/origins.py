"""Where a provider's referrals come from: by borough and month, and by the role and team of who sent them; no names.

A provider's desk sees the numbers of its own referrals as they are: each was sent to it. A team's, those to its service;
those of people who are kept from the reader are in none.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import REFERRALS
from throughcare.casework.referrals.origins import MEASURES
from throughcare.core.contracts import ALL
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.calculate import Run
from throughcare.measures.groups import months_of
from throughcare.measures.own import calculate_own
from throughcare.measures.results import Result
from throughcare.web.asked import months_of_pilot
from throughcare.web.dashboard import figures_file
from throughcare.web.own import own_of, whose
from throughcare.web.period import PeriodForm, period_asked

ROW, USUAL = "measures_own", 6
DESKS = ("provider_admin", "provider_worker")
SENT, BY_SENDER = replace(next(m for m in REFERRALS if m.slug == "referrals"), axes=ALL), MEASURES[0]


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The results: by borough and month, and by sender."""

    by_place: tuple[Result, ...]
    by_sender: tuple[Result, ...]

    def number(self, **at: str) -> int:
        """How many came from there, or in that month; of all, where nothing is named."""
        return next((int(r.value or 0) for r in self.by_place if dict(r.breakdown) == at), 0)

    @property
    def boroughs(self) -> list[str]:
        """The boroughs, those that sent the most first; of the same number by name."""
        found = {r.breakdown["borough"] for r in self.by_place if "borough" in r.breakdown}
        return sorted(found, key=lambda borough: (-self.number(borough=borough), borough))

    @property
    def senders(self) -> list[Result]:
        return sorted((r for r in self.by_sender if r.group != "total"), key=lambda r: (-(r.value or 0), r.group))

    def none_from(self, month: str = "") -> list[str]:
        """The boroughs of the pilot from which nobody was sent; in that month where one is named."""
        at = {"month": month} if month else {}
        return [borough for borough in current_pilot().boroughs if not self.number(borough=borough, **at)]


def origins_of(reader: Reader, period: Period, service: str = "") -> Origins:
    """The numbers of the reader's own referrals; of one service (by its name) where one is named."""
    own, run, pilot = own_of(reader, ROW), Run(), current_pilot()
    only = pl.col("service") == service if service else pl.lit(value=True)
    with reading_once():
        place, sender = (
            calculate_own(replace(m, counted=only), own, pilot=pilot, period=period, by=by, run=run)
            for m, by in ((SENT, ("borough", "month")), (BY_SENDER, ()))
        )
    return Origins(by_place=place, by_sender=sender)


def _asked(request: HttpRequest) -> tuple[Asked, PeriodForm, Period | None]:
    """The services of the reader's desk to choose among, the months, and the period; None where it cannot be."""
    desks = request.reader.held(*DESKS)
    pilot = current_pilot()
    theirs = {provider.slug: provider.services for provider in pilot.providers}
    run = {slug for desk in desks for slug in ((desk.team,) if desk.team else theirs.get(desk.place, ()))}
    names = [s.name for s in pilot.services if s.slug in run and s.by_referral]
    asked = Asked(request.GET, (Filter(name="service", label="Service", values=names, of=str),))
    form, period = period_asked(request, months=months_of_pilot(request.reader.day), default=USUAL)
    return asked, form, period


def where_from(request: HttpRequest) -> HttpResponse:
    """By borough and month, with the boroughs that sent nobody said plainly; then by who sent them."""
    asked, form, period = _asked(request)
    shown: dict[str, Any] = {"asked": asked, "form": form, "period": period, "whose": whose(request.reader, ROW)}
    if period:
        found = origins_of(request.reader, period, asked.value("service") or "")
        months = [f"{month:%Y-%m}" for month in months_of(period)]
        kept = {"since": form["since"].value(), "until": form["until"].value(), "service": asked.value("service") or ""}
        most = max((found.number(borough=borough) for borough in found.boroughs), default=0)
        shown |= {"found": found, "months": dict(zip(months, months_of(period), strict=True)), "most": most,
                  "last": months[-1], "query": urlencode({name: value for name, value in kept.items() if value}),
                  "running": request.reader.day < period.end or months[-1] == f"{request.reader.day:%Y-%m}"}  # fmt: skip
    return render(request, "web/where_from.html", shown)


def where_from_file(request: HttpRequest) -> HttpResponse:
    """The numbers of the page, as CSV in the form of `throughcare measures`; no names."""
    asked, _, period = _asked(request)
    if period is None or asked.form.errors:
        raise Http404
    found = origins_of(request.reader, period, asked.value("service") or "")
    return figures_file((*found.by_place, *found.by_sender), f"where-from-{period.start}-{period.end}.csv")


PAGES = (
    Page(name="where-from", route="provider/where-from/", view=where_from, needs=ROW, roles=DESKS),
    Page(name="where-from-file", route="provider/where-from/figures.csv", view=where_from_file, needs=ROW, roles=DESKS),
)
