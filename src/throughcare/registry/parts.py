"""What the casework apps and strands declare, gathered by folder: measures, feeds, timelines, all that is held on a person."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import polars as pl

from throughcare.casework.people.queries import ids_of
from throughcare.core.contracts import NO_USE, Event, Feed, Finding, Measure, Missing, Part, Scope, Strand, TimelineEntry
from throughcare.core.pages import Appointment, Page, Tab, Task
from throughcare.registry.folders import alone, parts


@cache
def declared() -> tuple[Part, ...]:
    """Of every casework app, of a line that is an app and of every app of the report `part.PART`; every strand's `strand.STRAND`.

    Django must be ready.
    """
    named = (*parts("casework"), *alone(), *parts("report"))
    apps = [import_module(f"{name}.part").PART for name in named if find_spec(f"{name}.part")]
    return (*apps, *strands())


@cache
def strands() -> tuple[Strand, ...]:
    """The strands, in alphabetical order of their folders."""
    return tuple(import_module(f"{name}.strand").STRAND for name in parts("strands"))


def measures() -> tuple[Measure, ...]:
    return tuple(measure for part in declared() for measure in part.measures)


def feeds() -> Mapping[str, Feed]:
    """Every feed by its slug, in the order of loading."""
    found = sorted((feed for part in declared() for feed in part.feeds), key=lambda f: (f.order, f.slug))
    return {feed.slug: feed for feed in found}


def findings(scope: Scope) -> list[Finding]:
    """What does not fit together in the data, from every part."""
    return [finding for part in declared() for finding in part.findings(scope)]


def handlers() -> dict[str, list[Callable[[Event], None]]]:
    """By kind of event, the handlers of every part."""
    found: dict[str, list[Callable[[Event], None]]] = {}
    for part in declared():
        for kind, theirs in part.handlers.items():
            found.setdefault(kind, []).extend(theirs)
    return found


def parts_follow(by: str, day: date, *, people_changed: bool) -> None:
    """What every part does after an import."""
    for part in declared():
        part.after_import(by, day, people_changed)


def missing(at: datetime) -> list[Missing]:
    """The parts of feeds that are late at that instant, from every part."""
    return [each for part in declared() for each in part.missing(at)]


def pages() -> tuple[Page, ...]:
    """Every address that a part declares."""
    return tuple(page for part in declared() for page in part.pages)


def beside(service: str) -> tuple[Page, ...]:
    """The pages that the strand of a service has beside its referrals."""
    return tuple(page for strand in strands() if service in strand.services for page in strand.pages if page.beside)


def tabs() -> tuple[Tab, ...]:
    """Every section that a part adds to a person's record."""
    return tuple(tab for part in declared() for tab in part.tabs)


def rounds() -> tuple[Callable[[str, datetime], None], ...]:
    """What every part does in the background."""
    return tuple(each for part in declared() for each in part.rounds)


def retention(by: str, day: date, at: datetime, *, dry_run: bool) -> Iterator[str]:
    """What every part deletes because it may be kept no longer, or would delete, in sentences."""
    for part in declared():
        yield from part.retention(by, day, at, dry_run)


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """By pattern of a measure's slug, the rows that being among those whom it counts discloses, from every part in its order."""
    return {pattern: rows for part in declared() for pattern, rows in part.lists.items()}


def takes() -> dict[str, Callable[[str, str, bytes, datetime, str], Iterable[str]]]:
    """By kind, what takes a file that is no extract."""
    return {kind: taker for part in declared() for kind, taker in part.takes.items()}


def treatments(scope: Scope) -> pl.DataFrame:
    """person, service, on: each time that somebody had some of a service, whichever way they came to it, from every strand."""
    found = [frame for strand in strands() for frame in (strand.service_use(scope), strand.sessions())]
    told = pl.concat([frame.select(NO_USE.columns).cast(NO_USE.schema) for frame in (NO_USE, *found)])
    return told.sort("person", "service", "on")


@cache
def reach() -> Mapping[str, tuple[Callable[[Any, date], Any], ...]]:
    """By scope of the access policy, the queries of every part."""
    found: dict[str, tuple[Callable[[Any, date], Any], ...]] = {}
    for part in declared():
        for scope, queries in part.reach.items():
            found[scope] = (*found.get(scope, ()), *queries)
    return found


@cache
def service_rows() -> Mapping[str, str]:
    """By service, the row of the access policy that is disclosed by telling that somebody has it."""
    return {service: strand.row for strand in strands() for service in strand.services}


@cache
def done_by() -> Mapping[str, str]:
    """By service, the role whose posts do its work; a service that no post does is left out."""
    return {service: strand.done_by for strand in strands() for service in strand.services if strand.done_by}


def tasks(reader: Any) -> list[Task]:
    """What waits for the reader's posts, from every part."""
    return [task for part in declared() for task in part.tasks(reader)]


def diary(reader: Any) -> list[Appointment]:
    """Whom the reader sees today, from every part, by the time; those whose time is not known come last."""
    found = [meeting for part in declared() for meeting in part.diary(reader)]
    return sorted(found, key=lambda m: (m.at is None, m.at.timestamp() if m.at else 0, m.person))


def timeline(person_id: int) -> list[TimelineEntry]:
    """One person's timeline from every part, oldest first."""
    numbers = ids_of(person_id)
    entries = [entry for part in declared() for number in numbers for entry in part.timeline(number)]
    return sorted(entries, key=lambda e: (e.on, e.kind))


def held_about(person_id: int) -> Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]:
    """All that is held on one person, by part and table; also what is held under ids that redirect to the person's."""
    found: dict[str, dict[str, list[Mapping[str, Any]]]] = {part.slug: {} for part in declared()}
    numbers = ids_of(person_id)
    for part in declared():
        for number in numbers:
            for table, rows in part.held_about(number).items():
                found[part.slug].setdefault(table, []).extend(rows)
    return found
