"""How good the data are: by agency and field how complete and timely, and what contradicts itself, with who mends it.

Numbers of fields are about nobody: those of the governance audience see every feed's, an agency's own people their feeds'.
The records of a contradiction are named to those alone who may open every agency's rows, as a list may hold people with
limited access; others see how many there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.csv_file import csv_file
from throughcare.casework.frames import reading_once
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Feed, Finding, Scope
from throughcare.core.pages import Page
from throughcare.core.pilot import Period
from throughcare.measures.data_quality import FeedQuality, data_quality
from throughcare.registry.parts import declared, feeds
from throughcare.web.asked import GOVERNANCE, months_of_pilot
from throughcare.web.boards import NO_CAVEAT_RESTS_ON, last_write
from throughcare.web.charge import feeds_of
from throughcare.web.menders import Mender, Menders, in_words

MONTHS = 6
SEES = (
    "pilot_manager", "analyst", "evaluator", "iom_coordinator", "senior_officer", "provider_admin", "health_practitioner",
    "employment_broker", "police_researcher", "monitoring_officer",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A finding, the part of the service that found it, the agencies whose rows those are, and the posts that must mend it.

    `months`: how many of its records are of each month, as they stand now; `before`: of earlier months, later ones or no day.
    """

    finding: Finding
    part: str
    agencies: frozenset[str]
    owners: tuple[Mender, ...]
    months: tuple[tuple[date, int], ...] = ()

    @property
    def dated(self) -> bool:
        return any(self.finding.days)

    @property
    def others(self) -> int:
        return len(self.finding.records) - sum(number for _, number in self.months)

    @property
    def change(self) -> int | None:
        """Records by which the last month is above the month before; None where there is no day."""
        return self.months[-1][1] - self.months[-2][1] if self.dated and len(self.months) > 1 else None


def data_quality_page(request: HttpRequest) -> HttpResponse:
    """Every feed that the reader may see, by agency; and what contradicts itself."""
    reader = request.reader
    mine = feeds_seen(reader)
    told = quality(tuple(mine), _months(reader), last_write())
    senders = sorted({one.feed.agency for one in told})
    agencies = {agency: [one for one in told if one.feed.agency == agency] for agency in senders}
    shown = {
        "agencies": agencies, "contradictions": _of_agencies(reader, mine), "names": names_records(reader),
        "governance": reader.may(GOVERNANCE), "imports": reader.may("imports"), "months": _months(reader),
        "in_words": in_words,
    }  # fmt: skip
    return render(request, "web/data_quality.html", shown)


def feed_quality(request: HttpRequest, feed: str) -> HttpResponse:
    """One feed: its fields, each with its last months, and how soon after the fact its rows came."""
    mine = feeds_seen(request.reader)
    if feed not in mine:
        raise Http404
    (told,) = quality((feed,), _months(request.reader), last_write())
    return render(request, "web/data_quality_feed.html", {"told": told})


def contradictions_file(request: HttpRequest) -> HttpResponse:
    """What does not fit together, a row a contradiction, by month; as on the page."""
    reader = request.reader
    months = _months(reader)
    header = ("id", "what", "part", "group", "records", "owner", "mend", *(f"{month:%Y-%m}" for month in months), "other_months")
    return csv_file("contradictions.csv", header, [
        (one.finding.slug, one.finding.title, one.part, one.finding.group, len(one.finding.records), _owners(reader, one),
         one.finding.mend, *(number if one.dated else None for _, number in one.months), one.others)
        for one in _of_agencies(reader, feeds_seen(reader))
    ])  # fmt: skip


def records_file(request: HttpRequest) -> HttpResponse:
    """The list of every contradiction, a row a record, for who may be told which these are."""
    reader = request.reader
    if not names_records(reader):
        raise Http404
    header = ("id", "what", "group", "record", "day", "owner", "mend")
    return csv_file("contradictions-records.csv", header, [
        (one.finding.slug, one.finding.title, one.finding.group, record, day, _owners(reader, one), one.finding.mend)
        for one in _of_agencies(reader, feeds_seen(reader))
        for record, day in zip_longest(one.finding.records, one.finding.days)
    ])  # fmt: skip


def fields_file(request: HttpRequest) -> HttpResponse:
    """Every field of every extract that the reader may see, a row a field: how many rows have it, over all and by month."""
    months = _months(request.reader)
    each_month = [f"{month:%Y-%m}_{what}" for month in months for what in ("filled", "rows")]
    header = ("agency", "extract", "field", "required", "filled", "rows", "days_to_load", "refused", "waiting", *each_month)
    return csv_file("fields.csv", header, [
        (told.feed.agency, told.feed.slug, field.name, field.required, field.whole.filled, field.whole.rows, told.median,
         told.refused, told.waiting, *(number for _, one in field.months for number in (one.filled, one.rows)))
        for told in quality(tuple(feeds_seen(request.reader)), months, last_write())
        for field in told.fields
    ])  # fmt: skip


def _owners(reader: Reader, one: Contradiction) -> str:
    return in_words(one.owners, vacant=reader.may(GOVERNANCE))


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
    found = contradictions(reader.day, _months(reader), last_write(NO_CAVEAT_RESTS_ON))
    return [one for one in found if reader.may(GOVERNANCE) or (one.agencies and one.agencies <= agencies)]


@lru_cache(maxsize=4)
def contradictions(day: date, months: tuple[date, ...], written: int | None) -> tuple[Contradiction, ...]:
    """What every part finds over the pilot's life up to the day. It rests on who holds which post, too."""
    pilot = current_pilot()
    period = Period(start=min(pilot.life.start, day), end=day + timedelta(days=1))
    posts, found = Menders(day), []
    with reading_once():
        for part in declared():
            agencies = frozenset(feed.agency for feed in part.feeds)
            for one in part.findings(Scope(pilot=pilot, period=period, as_at=day)):
                found.append(Contradiction(
                    finding=one, part=part.title, agencies=agencies, owners=posts.of(one.owner), months=by_month(one, months),
                ))  # fmt: skip
    return tuple(found)


def by_month(finding: Finding, months: Iterable[date]) -> tuple[tuple[date, int], ...]:
    """How many of its records are of each of these months (their first days)."""
    counted = Counter(day.replace(day=1) for day in finding.days if day)
    return tuple((month, counted[month]) for month in months)


PAGES = (
    Page(
        name="data-quality", route="data-quality/", view=data_quality_page, needs="measures_own", roles=SEES,
        menu="Data quality", place=48,
    ),
    Page(name="contradictions-file", route="data-quality/contradictions.csv", view=contradictions_file, needs="measures_own",
         roles=SEES),
    Page(name="contradictions-records-file", route="data-quality/records.csv", view=records_file, needs="imports",
         roles=("analyst",)),
    Page(name="fields-file", route="data-quality/fields.csv", view=fields_file, needs="measures_own", roles=SEES),
    Page(name="data-quality-feed", route="data-quality/<slug:feed>/", view=feed_quality, needs="measures_own", roles=SEES),
)  # fmt: skip
