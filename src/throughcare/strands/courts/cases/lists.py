"""The cases of a court, or of whom the reader may see: those whose clock ends first, first; and the same as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.actions import exported
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.cohort.filters import Asked, Filter
from throughcare.casework.people.names import Named, named
from throughcare.design.forms import ChoiceField
from throughcare.strands.courts.cases.queries import Standing, recent, standings
from throughcare.strands.courts.queries import cases_of
from throughcare.strands.courts.words import SHORT

A_PAGE = 50
WAITS = RUNS, MISSED, CONFIRM = "Clock runs", "Missed, no reason given", "Outcome to confirm"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A case in the list, with its person."""

    standing: Standing
    person: Named

    @property
    def waits(self) -> tuple[str, ...]:
        """What the case waits for."""
        told = ((RUNS, self.standing.clock is not None), (MISSED, self.standing.unexplained), (CONFIRM, self.standing.to_confirm))
        return tuple(words for words, holds in told if holds)


COLUMNS: tuple[tuple[str, str, Callable[[Line], Any]], ...] = (
    ("name", "Person", lambda line: line.person.shown),
    ("court", "Court", lambda line: line.standing.court),
    ("state", "Report", lambda line: SHORT[line.standing.state]),
    ("clock", "Clock since", lambda line: line.standing.clock_on),
    ("day", "Day", lambda line: line.standing.clock.days if line.standing.clock else None),
    ("last", "Last working day", lambda line: line.standing.alerts.last if line.standing.alerts else None),
    ("waits", "Waits for", lambda line: ", ".join(line.waits)),
)
"""By its name in the address, a column: its heading and what it sorts by."""


def lines(reader: Reader) -> list[Line]:
    """The cases of the reader's courts, or of everybody whose cases they may see; nobody who is kept from them."""
    cases = recent(reader.day).filter(person__in=reader.people("court_cases").values("pk"))
    courts = [post.place for post in reader.held("court_officer")]
    if courts and reader.roles == {"court_officer"}:
        cases = cases.filter(pk__in=cases_of(courts).values("pk"))
    found = standings(cases, reader.day)
    people = {each.case.person_id for each in found}
    names = named(people, known=reader.allowed("identity", people))
    return [Line(standing=each, person=names[each.case.person_id]) for each in found]


def _asked(request: HttpRequest, found: list[Line]) -> Asked:
    """What the address asks. A case may wait for several things, and is kept for any of them."""
    filters = [
        Filter(name="state", label="Report", values=tuple(SHORT.values()), of=lambda line: SHORT[line.standing.state]),
        Filter(name="court", label="Court", values=sorted({line.standing.court for line in found}),
               of=lambda line: line.standing.court),
    ]  # fmt: skip
    waits = ChoiceField(label="Waits for", choices={words: words for words in WAITS}, required=False, few=False)
    return Asked(request.GET, filters, days={"waits": waits}, sorts={name: by for name, _, by in COLUMNS}, first="last")


def _kept(asked: Asked, found: list[Line]) -> list[Line]:
    waits = asked.value("waits")
    return asked.kept([line for line in found if waits is None or waits in line.waits])


def cases_list(request: HttpRequest) -> HttpResponse:
    """The list. Filters stand in its address."""
    found = lines(request.reader)
    asked = _asked(request, found)
    kept = _kept(asked, found)
    per_page = max(len(kept), 1) if request.GET.get("show") == "all" else A_PAGE
    counts = [(words, sum(words in line.waits for line in found), asked.address(waits=words)) for words in WAITS]
    shown = {
        "page": Paginator(kept, per_page).get_page(request.GET.get("page")), "asked": asked, "total": len(found),
        "columns": [(name, words, *asked.heading(name)) for name, words, _ in COLUMNS], "counts": counts, "short": SHORT,
        "courts": [post.place for post in request.reader.held("court_officer")], "errors": asked.form.errors or None,
    }  # fmt: skip
    return render(request, "courts/cases.html", shown)


def cases_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file, with the same people; that it was taken is kept."""
    reader: Reader = request.reader
    found = lines(reader)
    asked = _asked(request, found)
    kept = _kept(asked, found)
    told = {name: value for name in asked.form.fields if (value := asked.value(name))}
    exported(by=reader.by, what="cases", people=[line.standing.case.person_id for line in kept], asked=told)
    header = ["case", "person", "court", "report", "clock_since", "day", "last_working_day", "waits_for"]
    return csv_file(f"cases-{reader.day}.csv", header, [_cells(line) for line in kept])


def _cells(line: Line) -> list[Any]:
    by_name = {name: of(line) for name, _, of in COLUMNS}
    return [line.standing.case.pk, line.person.shown, *(by_name[name] for name, _, _ in COLUMNS[1:])]
