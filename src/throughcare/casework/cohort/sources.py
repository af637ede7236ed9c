"""How old the extracts are on which proposals rest, and which of them are late or out of date. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import polars as pl

from throughcare.casework.cohort.models import JOIN, TRANSFER, Proposal
from throughcare.casework.frames import only
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.clock import LONDON, london_date
from throughcare.core.pilot import Pilot
from throughcare.rules.eligibility.decide import MOVED_OUT, SENTENCE_ENDED
from throughcare.rules.pilot_feeds import counts_from, expected_by

HOMES, ORDERS = ("nps-addresses", "crc-addresses"), ("nps-supervision", "crc-supervision")
HISTORY = ("police-convictions", "police-sentences")
FEEDS = (*HOMES, *ORDERS, *HISTORY)
AGENCIES = {"nps": "NPS", "crc": "CRC", "police": "police"}


@dataclass(frozen=True, kw_only=True)
class Source:
    """A feed: the days since its last extract (None: there was none), whether it is late, whether it is out of date."""

    feed: str
    days: int | None
    late: bool
    out_of_date: bool

    @property
    def agency(self) -> str:
        return AGENCIES[self.feed.partition("-")[0]]

    @property
    def name(self) -> str:
        """As it is said: CRC addresses."""
        return f"{self.agency} {self.feed.partition('-')[2]}"

    @property
    def age(self) -> str:
        if not self.days:
            return "never came" if self.days is None else "of today"
        return f"{self.days} {'day' if self.days == 1 else 'days'} old"


def sources(day: date, *, pilot: Pilot) -> list[Source]:
    """The feeds on which proposals rest, as they stand now, or at the end of a day that is not today."""
    real = datetime.now(UTC)
    at = real if london_date(real) == day else datetime.combine(day, time.max, tzinfo=LONDON)
    return [_source(feed, at, pilot) for feed in FEEDS]


def _source(feed: str, at: datetime, pilot: Pilot) -> Source:
    last = FileLoad.objects.filter(feed=feed, corrects=None, loaded_at__lte=at).order_by("-loaded_at", "-pk").first()
    days = (london_date(at) - london_date(last.loaded_at)).days if last else None
    expected, late = pilot.expectation(feed) if pilot.life.contains(london_date(at)) else None, False
    if expected is not None:
        due, _ = expected_by(expected, at - timedelta(hours=expected.grace_hours))
        late = last is None or last.loaded_at < counts_from(expected, due)
    return Source(feed=feed, days=days, late=late, out_of_date=days is None or days >= pilot.out_of_date_days)


def by_agency(found: Sequence[Source]) -> list[Source]:
    """Of each agency the oldest of its feeds; it is late where any of them is."""
    told = []
    for agency in dict.fromkeys(source.agency for source in found):
        theirs = [source for source in found if source.agency == agency]
        oldest = max(theirs, key=lambda source: (source.days is None, source.days or 0))
        told.append(Source(feed=oldest.feed, days=oldest.days, late=any(s.late for s in theirs), out_of_date=oldest.out_of_date))
    return told


def out_of_date_under(proposals: Collection[Proposal], found: Sequence[Source], day: date) -> dict[int, list[Source]]:
    """By proposal, the out-of-date sources that it rests on; those that rest on none are left out.

    Of the probation agencies, the feeds of the one that manages the person, or did last; of both where none is known.
    """
    stale = {source.feed: source for source in found if source.out_of_date}
    if not stale:
        return {}
    agencies = _agencies({proposal.person_id for proposal in proposals}, day)
    under = {p.pk: [stale[feed] for feed in rests_on(p, agencies) if feed in stale] for p in proposals}
    return {pk: those for pk, those in under.items() if those}


def rests_on(proposal: Proposal, agencies: Mapping[int, str]) -> list[str]:
    """The feeds that tell what the proposal says. `agencies`: by person, who manages them."""
    if proposal.kind == JOIN:
        wanted = FEEDS
    elif proposal.kind == TRANSFER or proposal.because == MOVED_OUT:
        wanted = HOMES
    else:
        wanted = ORDERS if proposal.because == SENTENCE_ENDED else HISTORY
    agency = agencies.get(proposal.person_id, "")
    return [feed for feed in wanted if feed in HISTORY or agency not in ("NPS", "CRC") or feed.startswith(agency.lower())]


def _agencies(wanted: Collection[int], day: date) -> dict[int, str]:
    with only(*wanted):
        asked = pl.DataFrame({"person": list(wanted)}, schema={"person": pl.Int64}).with_columns(on=pl.lit(day))
        return dict(with_breakdowns(asked).select("person", "agency").iter_rows())
