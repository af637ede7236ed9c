"""The directory of services, and my people beside them.

The wait is a result of the calculator. The directory is about nobody; how many places are left is all that it counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.frames import reading_once
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.queries import ELIGIBLE, Line, caseload
from throughcare.casework.referrals.directory.queries import directory, versions
from throughcare.casework.referrals.measures import MEASURES, lately_started_rows
from throughcare.casework.referrals.models import ReferralEvent
from throughcare.casework.referrals.transitions import REFERRERS
from throughcare.core.pages import SIGNED_IN, Page
from throughcare.core.pilot import Period, Pilot
from throughcare.measures.calculate import calculate
from throughcare.measures.results import Result
from throughcare.web.burden import burden_of
from throughcare.web.overlap import ROLES as COMPARE
from throughcare.web.today import last_count

WAIT = replace(
    next(measure for measure in MEASURES if measure.slug == "referrals.wait_to_start"), rows=lately_started_rows
)
"""The measure itself, of rows without the breakdowns that no page of the directory asks for."""
A_PAGE = 60
OF_TEAMS = ("senior_officer", "iom_coordinator")
"""Who answers for the people of several offender managers."""
SOMETHING, NOTHING, IN_HAND = "Eligible and not referred", "Eligible for nothing", "Nothing to refer to"


def waits(pilot: Pilot, day: date) -> dict[str, Result]:
    """By the service's name, the wait of those who started in the days that the pilot file says; where too few did, none."""
    period = Period(start=day - timedelta(days=pilot.directory.wait_over - 1), end=day + timedelta(days=1))
    least = max(pilot.directory.wait_least, pilot.smallest_published)
    return {result.group: result for result in calculate(WAIT, pilot=pilot, period=period) if result.cases >= least}


@lru_cache(maxsize=4)
def _kept(day: date, written: tuple[int | None, ...]) -> dict[str, str]:
    """The waits in words, as worked out last: until something is recorded of a referral, or an extract is loaded."""
    return {name: _in_days(result) for name, result in waits(current_pilot(), day).items()}


def waits_now(day: date) -> dict[str, str]:
    """By the service's name, its wait in words; a service whose wait is not known yet is not there."""
    newest = (model.objects.order_by("-pk").values_list("pk", flat=True).first() for model in (ReferralEvent, FileLoad))
    return _kept(day, tuple(newest))


def in_short(reader: Reader) -> dict[str, Any]:
    """What every page that offers services shows beside each of them: the wait, the places left, the next group."""
    pilot = current_pilot()
    return {"waits": waits_now(reader.day), "entries": {entry.service.slug: entry for entry in directory(pilot, reader.day)}}


def _shown(pilot: Pilot, day: date) -> dict[str, Any]:
    """What both pages of the directory give to their templates."""
    return {"waits": waits_now(day), "over": pilot.directory.wait_over,
            "least": max(pilot.directory.wait_least, pilot.smallest_published), "pilot": pilot}  # fmt: skip


def _in_days(result: Result) -> str:
    return "" if result.shown is None else f"{result.shown} day" + "s" * (result.shown != 1)


def services(request: HttpRequest) -> HttpResponse:
    """Every service, and what each borough has beside them; of one borough, what is there."""
    pilot, day = current_pilot(), request.reader.day
    asked = Asked(request.GET, (Filter(name="borough", label="Borough", values=pilot.boroughs, of=str),))
    borough = asked.value("borough")
    entries = [entry for entry in directory(pilot, day) if not borough or borough in entry.boroughs]
    local = [each for each in pilot.local_services if borough in (None, each.borough)]
    names = {service.slug: service.name for service in pilot.services}
    shown = _shown(pilot, day) | {"entries": entries, "asked": asked, "borough": borough, "local": local, "names": names}
    for name, roles in (("mine", REFERRERS), ("teams", OF_TEAMS), ("compares", COMPARE)):
        shown[name] = bool(request.reader.held(*roles))
    return render(request, "web/services.html", shown)


def service(request: HttpRequest, service: str) -> HttpResponse:
    """One service: all that is published of it, how its wait is worked out, what has changed."""
    pilot, day = current_pilot(), request.reader.day
    entry = next((each for each in directory(pilot, day) if each.service.slug == service), None)
    if entry is None:
        raise Http404
    mine = entry.service.by_referral and bool(request.reader.held(*REFERRERS))
    return render(request, "web/service.html", _shown(pilot, day) | {"entry": entry, "versions": versions(service), "mine": mine})


@reading_once()
def my_caseload(request: HttpRequest) -> HttpResponse:
    """My people beside the services: who is eligible and not referred. For those who refer."""
    reader: Reader = request.reader
    if not reader.held(*REFERRERS):
        raise Http404
    found = caseload(reader, pilot=current_pilot())
    asked = Asked(request.GET, (
        Filter(name="manager", label="Offender manager", values=sorted({line.manager for line in found.lines if line.manager}),
               of=lambda line: line.manager),
        Filter(name="show", label="Show", values=(SOMETHING, NOTHING, IN_HAND), of=_stands),
    ))  # fmt: skip
    lines = asked.kept(found.lines)
    unreferred: Mapping[str, int] = found.unreferred(lines)
    shown = {
        "found": found, "asked": asked, "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")), "total": len(lines),
        "unreferred": [(each, unreferred[each.slug]) for each in found.services],
        "waited": last_count(request),
        "nothing": len([line for line in lines if line.for_nothing]),
        "refers": {each.slug for each in found.services if reader.may(f"service:{each.slug}", "edit")},
        "refer": refer, "burden": burden_of(reader), "figures": reader.may("measures_governance"),
        "opens": reader.allowed("contact", [line.person for line in lines]),
    }  # fmt: skip
    return render(request, "web/services_caseload.html", shown)


def _stands(line: Line) -> str:
    return NOTHING if line.for_nothing else SOMETHING if line.of(ELIGIBLE) else IN_HAND


def refer(person: int, service: str) -> str:
    """Where the person is referred to the service."""
    return f"{reverse('refer', kwargs={'person': person})}?service={service}"


PAGES = (
    Page(name="services-directory", route="services/", view=services, needs=SIGNED_IN, menu="Services", place=36),
    Page(name="services-caseload", route="services/caseload/", view=my_caseload, needs="referrals"),
    Page(name="service", route="services/<slug:service>/", view=service, needs=SIGNED_IN),
)
