"""Who is behind a figure: the cases that it counts, by name, for who may see these people, and of these alone.

Nobody is told how many there are whom they may not see. The governance group sees no names here, as nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import reading_once
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.board import COHORT, STEPS, View
from throughcare.measures.calculate import Run
from throughcare.measures.cases import HIT, cases
from throughcare.measures.own import PERSON
from throughcare.measures.results import Result
from throughcare.web.asked import Asked, asked
from throughcare.web.boards import ROW, board_of, figure_of, measure_asked, told, view_of

A_PAGE = 60
CONTACT = "contact"
COURTS = "psr."
OF_COURTS = "court_cases"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case whose person the reader may know of, as the figure counts it; `on`: None where it is of no one day."""

    person: int
    name: Named | None
    on: date | None
    hit: bool

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"


def row_told(slug: str, group: str) -> str | None:
    """The row of the access policy that is told of somebody by being among these; None where no list is given.

    Only of figures of which being among them tells no more than that row: the cohort, the way through a service, court reports.
    """
    if slug in COHORT:
        return "cohort_membership"
    if slug.startswith(COURTS):
        return OF_COURTS
    service = next((each.slug for each in current_pilot().services if each.name == group), None)
    return f"service:{service}" if slug in STEPS and service else None


def behind(reader: Reader) -> Callable[[Result, Asked], str]:
    """What gives the address of the people behind a result; "" where the reader may see none of such."""
    known = reader.may(CONTACT)

    def to(result: Result, ask: Asked) -> str:
        row = row_told(result.slug, result.group) if known and not result.breakdown else None
        if row is None or not reader.may(row):
            return ""
        return f"{reverse('behind', kwargs={'slug': result.slug})}?{ask.query(group=result.group)}"

    return to


def cases_of(reader: Reader, measure: Measure, group: str, period: Period, view: View) -> tuple[Case, ...]:
    """The cases of the reader's part whose people it may know of in this way, the misses of a share first, then by name.

    Who is kept from the reader is in none, by the rows themselves and again by the policy.
    """
    row = row_told(measure.slug, group)
    if row is None or not reader.may(CONTACT):
        return ()
    with reading_once():
        rows = cases(measure, group, view.own, pilot=current_pilot(), period=period, run=Run())
    people = frozenset(rows[PERSON].to_list())
    people = people & reader.allowed(CONTACT, people) & reader.allowed(row, people)
    names = named(people, known=reader.allowed("identity", people))
    found = (
        Case(person=each[PERSON], name=names.get(each[PERSON]), on=each["on"], hit=each[HIT])
        for each in rows.iter_rows(named=True) if each[PERSON] in people
    )  # fmt: skip
    return tuple(sorted(found, key=lambda case: (case.hit, case.name is None, case.shown, case.on or date.min)))


def behind_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The people behind one figure of the reader's."""
    ask, reader = asked(request), request.reader
    measure = measure_asked(slug)
    group = request.GET.get("group", "all")
    row = row_told(slug, group)
    if ask.period is None or row is None or not reader.may(row) or not reader.may(CONTACT):
        raise Http404
    view = view_of(reader, ask.chosen)
    found = figure_of(reader, measure, ask.period, view)
    result = next((r for r in (found.whole if found else ()) if r.group == group), None)
    standing = {(r.slug, r.group) for r in board_of(reader, ask.period, view).results}
    if result is None or (slug, group) not in standing:
        raise Http404
    listed = cases_of(reader, measure, group, ask.period, view)
    shown: dict[str, Any] = {
        "ask": ask, "query": ask.query(), "result": result, "measure": measure, "told": told,
        "share": measure.statistic == "share",
        "page": Paginator(listed, A_PAGE).get_page(request.GET.get("page")), "group_query": ask.query(group=group),
    }  # fmt: skip
    return render(request, "web/behind.html", shown)


PAGES = (Page(name="behind", route="measures/<str:slug>/people/", view=behind_page, needs=ROW),)
