"""Who is eligible and not referred, by team and worker, for who answers for the teams: the rule is that of the caseload.

The numbers are the lengths of lists that the reader may read, person by person: each leads to its list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.queries import managers
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.caseload.queries import ELIGIBLE, Line, caseload
from throughcare.core.pages import Page
from throughcare.core.pilot import Service
from throughcare.web.services import OF_TEAMS, refer

A_PAGE = 60
NO_TEAM, NOBODY = "No team", "Nobody's caseload"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A person's line, with the team and the worker on whose caseload the person is. `waiting`: the services not sent to."""

    line: Line
    team: str
    worker: str

    @property
    def waiting(self) -> tuple[Service, ...]:
        return tuple(cell.service for cell in self.line.of(ELIGIBLE))


@dataclass(frozen=True, kw_only=True)
class Row:
    """A team, or one worker of it: whom they have that is in the cohort, who of them waits, and by service."""

    team: str
    worker: str
    placed: tuple[Placed, ...]

    @property
    def people(self) -> int:
        return len(self.placed)

    @property
    def waiting(self) -> int:
        return len([each for each in self.placed if each.waiting])

    def of(self, service: Service) -> int:
        return len([each for each in self.placed if service in each.waiting])


def placed_of(reader: Reader) -> tuple[tuple[Placed, ...], tuple[Service, ...]]:
    """The reader's people, each under the team and worker whose caseload they are on; and the services beside them."""
    found = caseload(reader, pilot=current_pilot())
    people = [line.person for line in found.lines]
    whose = managers(reader.allowed("caseload", people), reader.day)
    placed = (
        Placed(line=line, team=(post.office or NO_TEAM) if (post := whose.get(line.person)) else NO_TEAM,
               worker=post.title if post else NOBODY)
        for line in found.lines
    )  # fmt: skip
    return tuple(placed), found.services


def by_team(placed: Sequence[Placed]) -> list[Row]:
    """Each team, followed by its workers; who is on nobody's caseload comes last, as nobody sees to them."""
    rows = []
    for team in sorted({each.team for each in placed}, key=lambda team: (team == NO_TEAM, team)):
        theirs = tuple(each for each in placed if each.team == team)
        rows.append(Row(team=team, worker="", placed=theirs))
        for worker in sorted({each.worker for each in theirs}):
            rows.append(Row(team=team, worker=worker, placed=tuple(each for each in theirs if each.worker == worker)))
    return rows


def unreferred(request: HttpRequest) -> HttpResponse:
    """The table by team and worker; under it, where one is chosen, its people. What is chosen stays in the address."""
    with reading_once():
        placed, services = placed_of(request.reader)
    names = {service.name: service for service in services}
    asked = Asked(request.GET, (
        Filter(name="team", label="Team", values=sorted({each.team for each in placed}), of=lambda each: each.team),
        Filter(name="worker", label="Offender manager", values=sorted({each.worker for each in placed}), of=lambda e: e.worker),
        Filter(name="service", label="Service", values=list(names), of=str),
    ))  # fmt: skip
    wanted = asked.chosen
    kept = [each for each in placed if each.waiting and wanted.get("team", each.team) == each.team
            and wanted.get("worker", each.worker) == each.worker
            and ("service" not in wanted or names[wanted["service"]] in each.waiting)]  # fmt: skip
    shown: dict[str, Any] = {
        "rows": by_team(placed), "services": services, "asked": asked, "total": len(kept), "people": len(placed),
        "waiting": len([each for each in placed if each.waiting]), "to": to, "refer": refer, "no_team": NO_TEAM,
        "page": Paginator(kept, A_PAGE).get_page(request.GET.get("page")) if wanted else None,
        "refers": {s.slug for s in services if request.reader.may(f"service:{s.slug}", "edit")},
        "opens": request.reader.allowed("contact", [each.line.person for each in kept]) if wanted else (),
    }  # fmt: skip
    return render(request, "web/unreferred.html", shown)


def to(row: Row, service: Service | None = None) -> str:
    """The address of the row's people, or of those who wait for one service."""
    asked = {"team": row.team, "worker": row.worker, "service": service.name if service else ""}
    return "?" + urlencode({name: value for name, value in asked.items() if value}) + "#people"


PAGES = (Page(name="unreferred", route="services/unreferred/", view=unreferred, needs="referrals", roles=OF_TEAMS),)
