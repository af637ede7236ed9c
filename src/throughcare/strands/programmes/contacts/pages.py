"""Contact after release: a person's own, week by week, and the list of who is slipping in somebody's caseload or office."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.models import Allocation
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import exported
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.frames import reading_once
from throughcare.casework.people.names import Named, named
from throughcare.casework.people.queries import ids_of, on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import known_to
from throughcare.core.pages import Page, Tab
from throughcare.strands.programmes.actions import TAKING_PART
from throughcare.strands.programmes.contacts.queries import Standing, standings
from throughcare.strands.programmes.contacts.states import ON_COURSE, SLIPPING, compliance
from throughcare.strands.programmes.decisions.codes import DECISIONS, REASONS
from throughcare.strands.programmes.decisions.queries import Miss, misses
from throughcare.strands.programmes.family.queries import with_members
from throughcare.strands.programmes.meetings.queries import upcoming
from throughcare.strands.programmes.queries import SERVICES
from throughcare.strands.programmes.reminders.queries import channel_of
from throughcare.strands.programmes.reminders.words import CHANNELS

A_PAGE = 50
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Line:
    """Somebody whose contact goes on: how it stands, whose caseload, how many misses wait for a decision."""

    name: Named
    standing: Standing
    manager: str
    undecided: int
    open: bool = True

    @property
    def person(self) -> int:
        return self.standing.person

    @property
    def shown(self) -> str:
        return self.name.shown


SORTS = {
    "harm": lambda line: (line.standing.slip.rank, -line.standing.slip.days, line.shown),
    "name": lambda line: line.shown, "released": lambda line: line.standing.watch.released_on,
    "seen": lambda line: line.standing.last_seen, "days": lambda line: line.standing.slip.days,
    "next": lambda line: line.standing.next_on, "manager": lambda line: line.manager,
}  # fmt: skip
COLUMNS = (("name", "Person"), ("harm", "How it goes"), ("released", "Released"), ("seen", "Last seen"), ("days", "Days since"),
           ("next", "Next booked"), ("manager", "Manager"))  # fmt: skip


def slipping(request: HttpRequest) -> HttpResponse:
    """Everybody in the reader's work whose contact after release goes on, the most harmful first."""
    lines, asked = _found(request)
    rows = asked.kept(lines)
    shown = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "asked": asked, "total": len(lines),
        "slipping": len([line for line in lines if line.standing.slip.how in SLIPPING]),
        "columns": [(key, words, *asked.heading(key)) for key, words in COLUMNS], "errors": asked.form.errors or None,
        "on_course": ON_COURSE,
    }  # fmt: skip
    return render(request, "programmes/slipping.html", shown)


def slipping_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file; that it was taken is kept."""
    lines, asked = _found(request)
    rows = asked.kept(lines)
    exported(by=request.reader.by, what="contact", people=[line.person for line in rows], asked=asked.chosen)
    header = ("person", "name", "how", "released_on", "last_seen_on", "days", "next_on", "manager", "kept", "missed", "excused",
              "undecided")  # fmt: skip
    return csv_file(f"contact-{request.reader.day}.csv", header, [_cells(line) for line in rows])


def _cells(line: Line) -> list[Any]:
    standing, told = line.standing, compliance(line.standing.told)
    return [line.person, line.shown, standing.slip.how, standing.watch.released_on, standing.last_seen, standing.slip.days,
            standing.next_on, line.manager, told.kept, told.missed, told.excused, line.undecided]  # fmt: skip


def _found(request: HttpRequest) -> tuple[list[Line], Asked]:
    lines = _lines(request.reader)
    managers = sorted({line.manager for line in lines if line.manager})
    filters = (
        Filter(name="how", label="How it goes", values=(*SLIPPING, ON_COURSE), of=lambda line: line.standing.slip.how),
        Filter(name="manager", label="Manager", values=managers, of=lambda line: line.manager),
    )
    return lines, Asked(request.GET, filters, sorts=SORTS, first="harm")


def _lines(reader: Reader) -> list[Line]:
    people = list(reader.people("sessions").values_list("pk", flat=True))
    going_on = [each for each in standings(people, day=reader.day, pilot=current_pilot()) if each.watch.runs(reader.day)]
    latest = {each.person: each for each in going_on}
    names = named(latest, known=reader.allowed("identity", latest))
    held = Allocation.objects.filter(on_the_day(reader.day), person__in=latest, post__role="offender_manager")
    managers = {a.person_id: a.post.title for a in held.select_related("post").order_by("start", "pk")}
    limits = current_pilot().contact
    waiting: dict[int, int] = defaultdict(int)
    for miss in misses(list(latest), since=reader.day - timedelta(days=limits.decide_for), day=reader.day):
        waiting[miss.person] += miss.decision is None
    return [
        Line(name=names[person], standing=standing, manager=managers.get(person, ""), undecided=waiting[person])
        for person, standing in latest.items()
    ]


def contact(request: HttpRequest) -> dict[str, Any]:
    """A person's contact: each release with its weeks, the misses of the last year, what is planned, how they are reminded."""
    person, reader, pilot = request.person, request.reader, current_pilot()
    told = [(each, compliance(each.told)) for each in standings([person], day=reader.day, pilot=pilot)][::-1]
    missed = misses(ids_of(person), since=reader.day - A_YEAR, day=reader.day)[::-1]
    desk = "court_cases" in request.rows
    return {
        "releases": told, "day": reader.day, "targets": pilot.targets,
        "running": bool(told) and told[0][0].watch.runs(reader.day),
        "misses": [(miss, _words(miss) if desk else _neutral(miss), miss.decide_by(pilot.contact.decide_within))
                   for miss in missed],
        "failures": len([m for m in missed if m.failure and (reader.day - m.on).days < pilot.contact.failures_within]),
        "limits": pilot.contact, "planned": [m for m in upcoming(reader) if m.referral.person_id == person],
        "families": _families(request), "channel_words": CHANNELS,
        "channel": channel_of(person) if "supervision" in request.edits else None,
    }  # fmt: skip


def _families(request: Any) -> list[Referral]:
    """The referrals of the person with whose families work may be seen or begun."""
    if "referrals" not in request.rows:
        return []
    found = known_to(request.reader).filter(person__in=ids_of(request.person), service__in=SERVICES)
    found = list(found.order_by("-sent_on", "-pk"))
    worked_with = with_members(found)
    return [each for each in found if each.state in TAKING_PART or each.pk in worked_with]


def _words(miss: Miss) -> str:
    if miss.decision is None:
        return ""
    why = f": {REASONS[miss.decision.reason].lower()}" if miss.decision.reason else ""
    return DECISIONS[miss.decision.decision] + why


def _neutral(miss: Miss) -> str:
    """For who may not know what was decided: that it was."""
    return "Looked at by the offender manager" if miss.decision else ""


TABS = (
    Tab(name="person-contact", route="contact/", words="Contact", needs="sessions", told=contact,
        template="programmes/contact.html"),
)  # fmt: skip
PAGES = (
    Page(name="contact", route="contact/", view=reading_once()(slipping), needs="sessions", menu="Contact", place=7),
    Page(name="contact-file", route="contact/list.csv", view=slipping_file, needs="sessions"),
)
