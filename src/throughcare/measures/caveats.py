"""What is to be known beside a figure: returns that are not in yet, a post that was vacant, a feed that was down. By itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from throughcare.casework.access.queries import vacancies
from throughcare.casework.imports.queries import times_of_loads
from throughcare.core.clock import london_date
from throughcare.core.contracts import Feed, Measure
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pilot import FeedExpectation, Period, Pilot
from throughcare.core.spans import Span
from throughcare.measures.sources import feeds_of, posts_of
from throughcare.measures.windows import last_day, window_of
from throughcare.rules.pilot_feeds import counts_from, first_due_from, times_down

VACANT = 7
"""A post that nobody held for so many days was vacant [decided]; for fewer it passed from hand to hand."""
NAMED = 3
"""So many are named each; of more it is said how many."""

AS_TOLD = "what happened then is counted as far as later extracts told of it"


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """One thing to know beside a figure, as a sentence. `since`, `until`: the days [since, until) that it is about.

    kind: "provisional", not all returns are in, and `since` is the day from which they are not; "post", nobody held a post that
    does the work; "feed", an extract did not come though due. until None: it still is so.
    """

    kind: Literal["provisional", "post", "feed"]
    words: str
    since: date | None = None
    until: date | None = None


def caveats(measure: Measure, *, pilot: Pilot, period: Period) -> tuple[Caveat, ...]:
    """The caveats of the measure's figures over the period: provisional first, then posts, then feeds, each by its days.

    The period is cut as the figure is, to the life of its service and to its window. Where there is no figure there is no caveat.
    Asked for many measures within `frames.reading_once`, the store is asked once.
    """
    window = window_of(measure, pilot=pilot, period=period)
    if window.absent:
        return ()
    day = window.scope.as_at
    days = window.scope.period if window.by_date else Period(start=day, end=day + timedelta(days=1))
    loads = times_of_loads()
    expected = [(feed, e) for feed in feeds_of(measure.slug) if (e := pilot.expectation(feed.slug))]
    return (
        *_provisional(expected, loads, days, pilot),
        *_vacant(measure, pilot, days),
        *_down(expected, loads, days),
    )


def is_provisional(found: Sequence[Caveat]) -> bool:
    return any(caveat.kind == "provisional" for caveat in found)


Expected = Sequence[tuple[Feed, FeedExpectation]]
Loads = Mapping[str, list[datetime]]


def _provisional(expected: Expected, loads: Loads, days: Period, pilot: Pilot) -> list[Caveat]:
    """One caveat where a feed has not come since the days ended: the extract due first on their end, or later, tells of them."""
    missing = []
    for feed, expectation in expected:
        due = first_due_from(expectation, days.end)
        if pilot.life.contains(london_date(due)) and not _came(loads.get(feed.slug, ()), counts_from(expectation, due)):
            missing.append((feed, due, loads.get(feed.slug, [])))
    if not missing:
        return []
    since = min((london_date(came[-1]) if came else days.start for _, _, came in missing))
    words = f"Provisional: {_missing_words(missing)}"
    return [Caveat(kind="provisional", words=words, since=max(since, days.start), until=None)]


def _came(loads: Sequence[datetime], since: datetime) -> bool:
    return bool(loads) and loads[-1] >= since


def _missing_words(missing: Sequence[tuple[Feed, datetime, Sequence[datetime]]]) -> str:
    """Which returns are not in: "crc-appointments (CRC), due on Monday 6 March 2017, last came on 28 February 2017"."""
    named = [
        f"{feed.slug} ({feed.agency}), due on {weekday_in_words(london_date(due))}, "
        + (f"last came on {day_in_words(london_date(came[-1]))}" if came else "has never come")
        for feed, due, came in missing[:NAMED]
    ]
    more = f"; and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    return f"not all returns are in. Still to come: {'; '.join(named)}{more}"


def _vacant(measure: Measure, pilot: Pilot, days: Period) -> list[Caveat]:
    """Each vacancy of a post of the service that lasted, where it fell on the days; many of them in one sentence."""
    posts = posts_of(measure, pilot)
    if not posts:
        return []
    service, over = pilot.service(measure.service), _span(days)
    empty = vacancies(Span(start=service.start, end=service.end))
    found = []
    for post in posts:
        for gap in empty[post.pk]:
            until = min((day for day in (gap.end, post.closed_on) if day), default=None)
            lasted = until is None or (until - gap.start).days >= VACANT
            if lasted and (until is None or until > over.start) and gap.start < over.end:  # type: ignore[operator]
                found.append(Caveat(kind="post", words=_vacant_words(post.title, gap.start, until), since=gap.start, until=until))
    if len(found) <= NAMED:
        return sorted(found, key=lambda c: (c.since or date.min, c.words))
    since, ends = min(c.since for c in found if c.since), [c.until for c in found]
    until = None if None in ends else max(end for end in ends if end)
    words = f"{len(found)} times a post that does this work was vacant for {VACANT} days or more, of {len(posts)} posts"
    return [Caveat(kind="post", words=words, since=since, until=until)]


def _vacant_words(title: str, start: date, end: date | None) -> str:
    if end is None:
        return f"The post {title} has been vacant since {day_in_words(start)}"
    return f"The post {title} was vacant from {_days_words(start, end)}"


def _days_words(start: date, end: date) -> str:
    return f"{day_in_words(start)} to {day_in_words(last_day(Period(start=start, end=end)))}"


def _down(expected: Expected, loads: Loads, days: Period) -> list[Caveat]:
    """Each time that a feed did not come for long and then came again, where it fell on the days."""
    over, found = _span(days), []
    for feed, expectation in expected:
        for gap in times_down(expectation, loads.get(feed.slug, ())):
            if gap.overlap(over) and gap.end:
                came_not = f"The extract {feed.slug} ({feed.agency}) did not come from {_days_words(gap.start, gap.end)}"
                found.append(Caveat(kind="feed", words=f"{came_not}: {AS_TOLD}", since=gap.start, until=gap.end))
    return sorted(found, key=lambda c: (c.since or date.min, c.words))


def _span(days: Period) -> Span:
    return Span(start=days.start, end=days.end)
