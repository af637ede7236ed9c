"""Who is behind a figure: the cases that it counts, by name, for who may see these people, and of these alone.

The figure counts nobody who is kept from the reader, and the list has all others whom it may see so: how many are missing is said
where the figure is. The governance group sees no names here, as nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import held, reading_once
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import SERVICE, Measure
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.board import View
from throughcare.measures.calculate import Run
from throughcare.measures.cases import HIT, cases
from throughcare.measures.own import PERSON
from throughcare.measures.results import Result
from throughcare.registry.parts import lists
from throughcare.web.asked import Asked, asked
from throughcare.web.boards import ROW, figure_of, measure_asked, measure_of, told, view_of

A_PAGE = 60
CONTACT = "contact"


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


def rows_told(slug: str, group: str) -> tuple[str, ...]:
    """The rows of the access policy that are all told of somebody by being among these; none where no list is given.

    The part that declares the measure says which. Those of a total over services are of no one service: of these there is none.
    """
    found = next((rows for pattern, rows in lists().items() if fnmatchcase(slug, pattern)), ())
    if SERVICE not in found:
        return found
    service = measure_of(slug).service or _service_of(group)
    return tuple(f"service:{service}" if row == SERVICE else row for row in found) if service else ()


def _service_of(group: str) -> str:
    """The service that a group names, alone or among other groups."""
    names = {each.name: each.slug for each in current_pilot().services}
    return next((names[label] for label in group.split("|") if label in names), "")


def _may(reader: Reader, rows: tuple[str, ...]) -> bool:
    """Whether the reader may know all of this of anybody."""
    return bool(rows) and all(reader.may(row) for row in (CONTACT, *rows))


def behind(reader: Reader) -> Callable[[Result, Asked], str]:
    """What gives the address of the people behind a result; "" where the reader may see none of such."""

    def to(result: Result, ask: Asked) -> str:
        if result.breakdown or not _may(reader, rows_told(result.slug, result.group)):
            return ""
        return f"{reverse('behind', kwargs={'slug': result.slug})}?{ask.query(group=result.group)}"

    return to


def cases_of(reader: Reader, measure: Measure, group: str, period: Period, view: View) -> tuple[tuple[Case, ...], int]:
    """The cases of the reader's part whose people it may know of in this way, the misses of a share first, then by name; and how
    many cases of the figure are of others: of people who are no longer the reader's, or of nobody known.

    Who is kept from the reader is in neither, by the rows themselves and again by the policy.
    """
    wanted = rows_told(measure.slug, group)
    if not _may(reader, wanted):
        return (), 0
    with reading_once():
        rows = cases(measure, group, view.own, pilot=current_pilot(), period=period, run=held(Run))
    people = frozenset(rows[PERSON].drop_nulls().to_list())
    for row in (CONTACT, *wanted):
        people = people & reader.allowed(row, people)
    names = named(people, known=reader.allowed("identity", people))
    found = tuple(
        Case(person=each[PERSON], name=names.get(each[PERSON]), on=each["on"], hit=each[HIT])
        for each in rows.iter_rows(named=True) if each[PERSON] in people
    )  # fmt: skip
    ordered = sorted(found, key=lambda case: (case.hit, case.name is None, case.shown, case.on or date.min))
    return tuple(ordered), rows.height - len(found)


def behind_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The people behind one figure of the reader's."""
    ask, reader = asked(request), request.reader
    measure = measure_asked(slug)
    group = request.GET.get("group", "all")
    if ask.period is None or not _may(reader, rows_told(slug, group)):
        raise Http404
    view = view_of(reader, ask.chosen)
    with reading_once():
        found = figure_of(reader, measure, ask.period, view)
        result = next((r for r in (found.whole if found else ()) if r.group == group), None)
        if result is None:
            raise Http404
        listed, others = cases_of(reader, measure, group, ask.period, view)
    shown: dict[str, Any] = {
        "ask": ask, "query": ask.query(), "result": result, "measure": measure, "told": told,
        "share": measure.statistic == "share", "others": others if result.value is not None else 0,
        "page": Paginator(listed, A_PAGE).get_page(request.GET.get("page")), "group_query": ask.query(group=group),
    }  # fmt: skip
    return render(request, "web/behind.html", shown)


PAGES = (Page(name="behind", route="measures/<str:slug>/people/", view=behind_page, needs=ROW),)
