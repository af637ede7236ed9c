"""The board as a reader may see it, kept until something is written on which a figure rests.

Every number is a result of the calculator.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.http import Http404

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.models import Entry
from throughcare.casework.frames import held, reading_once
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.imports.queries import last_loads
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Measure
from throughcare.core.pilot import Period
from throughcare.measures.all_measures import all_measures
from throughcare.measures.board import Board, Figure, View, board, figure
from throughcare.measures.calculate import Run
from throughcare.measures.caveats import Caveat, caveats
from throughcare.measures.glance import Glance
from throughcare.measures.own import within
from throughcare.measures.results import Result
from throughcare.measures.sources import feeds_of
from throughcare.report.content import Said
from throughcare.report.sentences import cell, words
from throughcare.web.asked import GOVERNANCE
from throughcare.web.own import own_of

ROW = "measures_own"
TOLD_OR_TAKEN = ("notices.", "mail.", "export", "cohort.export", "backup.")
"""Writes of who was told something and of what was taken away as a file: many a day, and of no figure."""

NO_FIGURE_RESTS_ON = ("sign-in.", "access.", "today.", "awareness.read", "reasons.", "packs.", "figures.", *TOLD_OR_TAKEN)
"""Writes after which every figure is as it was: the audit's verbs begin so. Whom a reader reaches is a part of the question."""

OF_THE_LOG = "burden."
"""What begins so counts all that is written and every look at a person: it is never kept."""

NO_CAVEAT_RESTS_ON = ("sign-in.", "today.", "awareness.read", "reasons.", "packs.", *TOLD_OR_TAKEN)
"""The same of what stands beside a figure: a post may be vacant."""


def view_of(reader: Reader, chosen: Mapping[str, str] | None = None) -> View:
    """Of which rows the reader may see figures, as the governance audience or as one's own. `chosen`: of these, a part."""
    governance = reader.may(GOVERNANCE)
    return View(own=within(own_of(reader, GOVERNANCE if governance else ROW), chosen or {}), governance=governance)


def services_of(reader: Reader, view: View) -> tuple[str, ...]:
    """The services whose figures the reader may see: of governance all; else those that it may know of, a provider its own."""
    pilot = current_pilot()
    if view.governance:
        return tuple(service.slug for service in pilot.services)
    places = {post.place for post, cell_ in reader.cells("view", ROW) if cell_.scope in ("provider", "referrals")}
    run = {slug for provider in pilot.providers if provider.slug in places for slug in provider.services}
    known = [service.slug for service in pilot.services if reader.may(f"service:{service.slug}")]
    return tuple(slug for slug in known if not places or slug in run)


def sees_cohort(reader: Reader, view: View) -> bool:
    """Whether the figures of the cohort are on the reader's board."""
    return view.governance or reader.may("cohort_membership")


def glance_of(reader: Reader, period: Period, view: View | None = None) -> Glance:
    """The reader's board over the period at a glance: as it was worked out last, where nothing has been written since."""
    view = view or view_of(reader)
    return _kept(period, view, services_of(reader, view), sees_cohort(reader, view), last_write())


def board_of(reader: Reader, period: Period, view: View | None = None) -> Board:
    """The reader's board over the period."""
    return glance_of(reader, period, view).board


@lru_cache(maxsize=32)
def _kept(period: Period, view: View, services: tuple[str, ...], cohort: bool, written: int | None) -> Glance:
    found = board(all_measures(), pilot=current_pilot(), period=period, view=view, services=services, cohort=cohort)
    return Glance(found)


def figure_of(reader: Reader, measure: Measure, period: Period, view: View) -> Figure | None:
    """The measure as the reader may see it: for governance any, for others what stands on their dashboard, as it stands there.

    What does not stand there is not there: not even that there is such a measure.
    """
    if view.governance:
        counts_the_log = measure.slug.startswith(OF_THE_LOG)
        return _figure(measure.slug, period, view) if counts_the_log else _kept_figure(measure.slug, period, view, last_write())
    results = tuple(r for r in board_of(reader, period, view).results if r.slug == measure.slug)
    return Figure(measure=measure, results=results) if results else None


@lru_cache(maxsize=64)
def _kept_figure(slug: str, period: Period, view: View, written: int | None) -> Figure:
    return _figure(slug, period, view)


def _figure(slug: str, period: Period, view: View) -> Figure:
    with reading_once():
        return figure(measure_of(slug), pilot=current_pilot(), period=period, view=view, run=held(Run))


def last_write(but: tuple[str, ...] = NO_FIGURE_RESTS_ON) -> int | None:
    """The number of the last write on which a figure may rest: of all `but` those whose verb begins so."""
    entries = Entry.objects.exclude(verb="view").order_by("-pk")
    for beginning in but:
        entries = entries.exclude(verb__startswith=beginning)
    return entries.values_list("pk", flat=True).first()


def told(result: Result, form: str = "value", *, sentence: bool = False) -> str:
    """A result as the report has it: in a table, or in a sentence."""
    said = Said(result=result, form=form)  # type: ignore[arg-type]
    return words(said) if sentence else cell(said)


def sources() -> Callable[[Measure], dict[str, Any]]:
    """What tells of a measure the agencies whose extracts it rests on, and when the latest of these came. One question a page."""
    loads = last_loads()
    return lambda measure: _source(measure, loads)


def _source(measure: Measure, loads: Mapping[str, FileLoad]) -> dict[str, Any]:
    feeds = feeds_of(measure.slug)
    came: list[datetime] = [loads[feed.slug].loaded_at for feed in feeds if feed.slug in loads]
    return {"agencies": sorted({feed.agency for feed in feeds}), "updated": max(came, default=None)}


def caveats_told(view: View, period: Period | None) -> Callable[[Measure], tuple[Caveat, ...]]:
    """What gives of a measure what is to be known beside it. Which post is vacant is told to the governance audience alone."""
    written = last_write(NO_CAVEAT_RESTS_ON)

    def told_of(measure: Measure) -> tuple[Caveat, ...]:
        found = _kept_caveats(measure.slug, period, view.governance, written) if period else ()
        return tuple(each for each in found if view.governance or each.kind != "post")

    return told_of


@lru_cache(maxsize=512)
def _kept_caveats(slug: str, period: Period, moved: bool, written: int | None) -> tuple[Caveat, ...]:
    return caveats(measure_of(slug), pilot=current_pilot(), period=period, moved=moved)


def measure_of(slug: str) -> Measure:
    """The measure of that slug; KeyError where there is none."""
    return _by_slug()[slug]


def measure_asked(slug: str) -> Measure:
    """The measure that an address names; not there where there is none."""
    try:
        return measure_of(slug)
    except KeyError:
        raise Http404 from None


@cache
def _by_slug() -> dict[str, Measure]:
    return {measure.slug: measure for measure in all_measures()}
