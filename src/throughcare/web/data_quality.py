"""How good the data are: by agency and field how complete and timely, and what contradicts itself, with who mends it.

Numbers of fields are about nobody: those of the governance audience see every feed's, an agency's own people their feeds'.
The records of a contradiction are named to those alone who may open every agency's rows, as a list may hold people with
limited access; others see how many there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Feed, Finding, Part, Scope
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.data_quality import FeedQuality, data_quality
from throughcare.registry.parts import declared, feeds
from throughcare.web.asked import GOVERNANCE, months_of_pilot
from throughcare.web.boards import last_write
from throughcare.web.charge import feeds_of

MONTHS = 6
SEES = (
    "pilot_manager", "analyst", "evaluator", "iom_coordinator", "senior_officer", "provider_admin", "health_practitioner",
    "employment_broker", "police_researcher", "monitoring_officer",
)  # fmt: skip
HERE = "the pilot's analyst"


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A finding, the part of the service that found it, the agencies whose rows those are, and who is asked to mend it."""

    finding: Finding
    part: str
    agencies: frozenset[str]
    owners: tuple[str, ...]


def data_quality_page(request: HttpRequest) -> HttpResponse:
    """Every feed that the reader may see, by agency; and what contradicts itself."""
    reader = request.reader
    mine = feeds_seen(reader)
    told = quality(tuple(mine), _months(reader), last_write())
    senders = sorted({one.feed.agency for one in told})
    agencies = {agency: [one for one in told if one.feed.agency == agency] for agency in senders}
    shown = {
        "agencies": agencies, "contradictions": _of_agencies(reader, mine), "names": names_records(reader),
        "governance": reader.may(GOVERNANCE), "imports": reader.may("imports"),
    }  # fmt: skip
    return render(request, "web/data_quality.html", shown)


def feed_quality(request: HttpRequest, feed: str) -> HttpResponse:
    """One feed: its fields, each with its last months, and how soon after the fact its rows came."""
    mine = feeds_seen(request.reader)
    if feed not in mine:
        raise Http404
    (told,) = quality((feed,), _months(request.reader), last_write())
    return render(request, "web/data_quality_feed.html", {"told": told})


def feeds_seen(reader: Reader) -> dict[str, Feed]:
    """All for the governance audience; else those in the reader's charge."""
    return dict(feeds()) if reader.may(GOVERNANCE) else feeds_of(reader)


def names_records(reader: Reader) -> bool:
    """Whether the reader may be told which records: who may open the rows of every agency."""
    return any(cell.scope == "pilot" for _, cell in reader.cells("view", "imports"))


def _months(reader: Reader) -> tuple[date, ...]:
    return tuple(months_of_pilot(reader.day)[-MONTHS:])


@lru_cache(maxsize=16)
def quality(slugs: tuple[str, ...], months: tuple[date, ...], written: int | None) -> tuple[FeedQuality, ...]:
    """As it was worked out last, where nothing has been written since."""
    with reading_once():
        return data_quality([feeds()[slug] for slug in slugs], months=months)


def _of_agencies(reader: Reader, mine: Iterable[str]) -> list[Contradiction]:
    """Those of the parts that these feeds feed; for the governance audience all, also of what was entered here."""
    agencies = {feeds()[slug].agency for slug in mine}
    found = contradictions(reader.day, last_write())
    return [one for one in found if reader.may(GOVERNANCE) or (one.agencies and one.agencies <= agencies)]


@lru_cache(maxsize=4)
def contradictions(day: date, written: int | None) -> tuple[Contradiction, ...]:
    """What every part finds over the pilot's life up to the day."""
    pilot = current_pilot()
    period = Period(start=min(pilot.life.start, day), end=day + timedelta(days=1))
    expected = {each.slug: each.owner for each in pilot.feeds}
    found = []
    with reading_once():
        for part in declared():
            agencies = frozenset(feed.agency for feed in part.feeds)
            for one in part.findings(Scope(pilot=pilot, period=period, as_at=day)):
                owners = _owners(part, one.group, expected)
                found.append(Contradiction(finding=one, part=part.title, agencies=agencies, owners=owners))
    return tuple(found)


def _owners(part: Part, group: str, expected: Mapping[str, str]) -> tuple[str, ...]:
    """Who sends the extracts of a finding: those that its group names ("spells" of prison-spells), else all of the part."""
    named = [feed.slug for feed in part.feeds if group in feed.slug] or [feed.slug for feed in part.feeds]
    return tuple(sorted({owner for slug in named if (owner := expected.get(slug, ""))})) or (HERE,)


PAGES = (
    Page(
        name="data-quality", route="data-quality/", view=data_quality_page, needs="measures_own", roles=SEES,
        menu="Data quality", place=48,
    ),
    Page(name="data-quality-feed", route="data-quality/<slug:feed>/", view=feed_quality, needs="measures_own", roles=SEES),
)  # fmt: skip
