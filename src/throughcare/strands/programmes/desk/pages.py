"""The provider's desk: who is new, who is waiting, who is today?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.clock import instant_on
from throughcare.casework.people.names import named
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_day
from throughcare.core.pages import Page
from throughcare.strands.programmes.desk.queries import DESKS, SECTIONS, sections
from throughcare.strands.programmes.groups.queries import days_waiting, services_of
from throughcare.strands.programmes.meetings.codes import KINDS, PLANNED
from throughcare.strands.programmes.meetings.queries import changed_by

MOST = 25
"""Rows of a section that are shown before the rest is asked for."""

WHOSE = {"": "Everybody's", "mine": "Given to me", "nobody": "Given to nobody"}


def provider_desk(request: HttpRequest) -> HttpResponse:
    """Today's meetings and group sessions, then every referral in the provider's hands by where it waits: of a long section the
    first, and all of it where it is asked for (`show`).
    """
    reader: Reader = request.reader
    services = {slug for able in services_of(reader).values() for slug in able}
    wanted = request.GET.get("service", "")
    wanted = wanted if wanted in services else ""
    whose = request.GET.get("whose", "") if request.GET.get("whose") in WHOSE else ""
    found = sections(reader, now=instant_on(reader.day), service=wanted, whose=whose)
    show = request.GET.get("show", "")
    counts = {section: len(rows) for section, rows in found.items()}
    found = {section: rows if section == show else rows[:MOST] for section, rows in found.items()}
    start, end = london_day(reader.day)
    today = list(changed_by(reader).filter(state=PLANNED, starts_at__gte=start, starts_at__lt=end))
    people = {row.person for rows in found.values() for row in rows} | {meeting.referral.person_id for meeting in today}
    shown = {
        "sections": found, "counts": counts, "titles": SECTIONS, "today": today, "groups": days_waiting(reader), "kinds": KINDS,
        "day": reader.day,
        "names": named(people, known=reader.allowed("identity", people)), "wanted": wanted, "whose": whose, "all_of": WHOSE,
        "services": {each.slug: each.name for each in current_pilot().services}, "filter": sorted(services),
    }  # fmt: skip
    return render(request, "programmes/desk.html", shown)


PAGES = (
    Page(name="provider-desk", route="provider/", view=provider_desk, needs="referrals", roles=DESKS, menu="Provider's desk",
         place=2),
)  # fmt: skip
