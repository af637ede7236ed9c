"""Which services the same people have had: every two side by side, and any set chosen, with its order, its days and its people.

Every number is a result of the calculator, over the whole pilot for the governance audience, else over the reader's own
people, of services that the reader may know of. Providers are not shown it: they know of their own referrals alone.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import reading_once
from throughcare.casework.people.names import Named, named
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pages import Page
from throughcare.core.pilot import Period, Service
from throughcare.measures.calculate import Run
from throughcare.measures.disclosure import suppress
from throughcare.measures.overlap import label, side_by_side, together
from throughcare.measures.own import PERSON, Own, calculate_own, cut
from throughcare.measures.relations import relations
from throughcare.measures.results import Result
from throughcare.measures.tables import ANY, Relation, Term
from throughcare.measures.windows import window_of
from throughcare.web.asked import months_of_pilot
from throughcare.web.boards import told, view_of
from throughcare.web.dashboard import figures_file
from throughcare.web.own import whose
from throughcare.web.period import PeriodForm, period_asked

ROW, LEAST, A_PAGE, A_DAY = "measures_own", 2, 60, timedelta(days=1)
ROLES = ("pilot_manager", "analyst", "iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator")


class ServicesForm(forms.Form):
    """Two services or more."""

    service = forms.MultipleChoiceField(
        label="Services", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the services of the list"},
    )  # fmt: skip

    def __init__(self, data: object, *, services: tuple[Service, ...]) -> None:
        super().__init__(data)
        self.fields["service"].choices = [(service.slug, service.name) for service in services]

    def clean_service(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["service"]
        if 0 < len(chosen) < LEAST:
            raise forms.ValidationError("Choose one more service, or none to see every two side by side")
        return chosen


@dataclass(frozen=True, kw_only=True)
class Line:
    """A person who had all that was chosen, whom the reader may know as having had each."""

    person: int
    name: Named | None
    order: str
    on: Any
    last: Any

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """The results by slug and group, and the people of the chosen set."""

    results: tuple[Result, ...]
    lines: tuple[Line, ...] = ()
    withheld: bool = False
    cells: dict[tuple[str, str], Result] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cells.update({(r.slug, r.group): r for r in self.results})

    def of(self, one: Service, other: Service) -> Result | None:
        """The people who had both; of one service with itself, those who had it."""
        if one == other:
            return self.cells.get(("overlap.had", one.name))
        pair = self.cells.get(("overlap.both", label((one, other))))
        return pair or self.cells.get(("overlap.both", label((other, one))))

    def all_of(self, slug: str) -> tuple[Result, ...]:
        return tuple(r for r in self.results if r.slug == slug)


def services_known(reader: Reader) -> tuple[Service, ...]:
    """Of the whole pilot's figures, all services; of one's own people's, those that the reader may know of."""
    services = current_pilot().services
    return services if reader.whole_pilot(ROW) else tuple(s for s in services if reader.may(f"service:{s.slug}"))


def overlap_of(reader: Reader, services: tuple[Service, ...], chosen: tuple[Service, ...], period: Period) -> Overlap:
    """The overlaps of the reader's part of the pilot. Small numbers are withheld from who is not of the governance audience,
    unless everybody counted is somebody whom the reader may know of in all these services.
    """
    view, pilot, run = view_of(reader), current_pilot(), Run()
    with reading_once():
        sets = together(chosen) if chosen else ()
        measures = (*side_by_side(services), *sets)
        found = tuple(r for m in measures for r in calculate_own(m, view.own, pilot=pilot, period=period, run=run))
        counted = [frozenset(_rows(m, view.own, period, run)[PERSON].to_list()) for m in measures[:1]]
        exact = view.governance or all(_knows_all(reader, services, people) for people in counted)
        if not exact:
            found = suppress(found, smallest=pilot.smallest_published, relations=(*relations(pilot), *_of_a_set(chosen)))
        lines = _lines(reader, chosen, _rows(sets[0], view.own, period, run)) if sets else ()
    return Overlap(results=found, lines=lines, withheld=not exact)


def _rows(measure: Measure, own: Own | None, period: Period, run: Run) -> pl.DataFrame:
    """The rows that the measure counts of one's own people; of the whole pilot's figures, all. Read once with its results."""
    rows = run.rows(measure.rows, window_of(measure, pilot=current_pilot(), period=period).scope)
    theirs = measure if own is None else cut(measure, own, rows.columns)
    return rows.filter(theirs.counted) if theirs else rows.clear()


def _knows_all(reader: Reader, services: tuple[Service, ...], people: frozenset[int]) -> bool:
    """Whether everybody counted is somebody whom the reader may know as having each of the services."""
    return all(people <= reader.allowed(f"service:{service.slug}", people) for service in services)


def _of_a_set(chosen: tuple[Service, ...]) -> tuple[Relation, ...]:
    """Who had all is among who had each; the orders divide them."""
    if not chosen:
        return ()
    whole = Term(slug="overlap.all", groups=(label(chosen),))
    had = (Relation(whole=Term(slug="overlap.had", groups=(s.name,)), parts=(whole,)) for s in chosen)
    two = (Term(slug="overlap.both", groups=(label((a, b)),)) for a in chosen for b in chosen)
    among = (Relation(whole=pair, parts=(whole,)) for pair in two)
    return (*had, *among, Relation(whole=whole, parts=(Term(slug="overlap.order", groups=(ANY,)),)))


def _lines(reader: Reader, chosen: tuple[Service, ...], rows: pl.DataFrame) -> tuple[Line, ...]:
    """By name, those of whom the reader may know each of the services; nobody who is kept from it."""
    people = frozenset(rows[PERSON].to_list())
    for row in ("contact", *(f"service:{service.slug}" for service in chosen)):
        people &= reader.allowed(row, people)
    names = named(people, known=reader.allowed("identity", people))
    told_of = rows.filter(pl.col(PERSON).is_in(list(people))).select(PERSON, "order", "on", "last")
    lines = (Line(name=names.get(row[PERSON]), **row) for row in told_of.iter_rows(named=True))
    return tuple(sorted(lines, key=lambda line: (line.name is None, line.shown, line.person)))


def _asked(request: HttpRequest) -> tuple[ServicesForm, PeriodForm, tuple[Service, ...], tuple[Service, ...], Period | None]:
    """The forms, the services that the reader may compare, those chosen of them, and the period; None where it cannot be."""
    known = services_known(request.reader)
    chosen, months = ServicesForm(request.GET, services=known), months_of_pilot(request.reader.day)
    form, period = period_asked(request, months=months, default=len(months))
    wanted = chosen.cleaned_data["service"] if chosen.is_valid() else []
    return chosen, form, known, tuple(s for s in known if s.slug in wanted), period


def _in_words(chosen: tuple[Service, ...]) -> str:
    names = [service.name for service in chosen]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if chosen else ""


def overlap(request: HttpRequest) -> HttpResponse:
    """Every two services side by side; of those chosen, how many had all, in what order, how long between, and who."""
    choice, form, known, chosen, period = _asked(request)
    found = overlap_of(request.reader, known, chosen, period) if period else Overlap(results=())
    kept = {name: form[name].value() for name in ("since", "until")} if period else {}
    query = urlencode({**kept, "service": [s.slug for s in chosen]}, doseq=True)
    shown = {
        "choice": choice, "form": form, "services": known, "chosen": chosen, "period": period, "found": found, "told": told,
        "words": _in_words(chosen), "query": query, "period_query": urlencode(kept), "whose": whose(request.reader, ROW),
        "page": Paginator(found.lines, A_PAGE).get_page(request.GET.get("page")), "few": current_pilot().smallest_published,
        "lists": request.reader.may("contact"), "last": period and period.end - A_DAY,
        "governance": view_of(request.reader).governance,
    }  # fmt: skip
    return render(request, "web/overlap.html", shown)


def overlap_file(request: HttpRequest) -> HttpResponse:
    """The tables of the page, as CSV in the form of `throughcare measures`; no names."""
    choice, _, known, chosen, period = _asked(request)
    if period is None or choice.errors:
        raise Http404
    return figures_file(overlap_of(request.reader, known, chosen, period).results, f"overlap-{period.start}-{period.end}.csv")


PAGES = (
    Page(name="overlap", route="services/overlap/", view=overlap, needs=ROW, roles=ROLES),
    Page(name="overlap-file", route="services/overlap/figures.csv", view=overlap_file, needs=ROW, roles=ROLES),
)
