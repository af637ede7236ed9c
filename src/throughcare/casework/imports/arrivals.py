"""Whether each feed came when it was to come, and whole; reads only. `queries.feed_states` is where others ask."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from throughcare.casework.imports.models import FeedTold, FileLoad
from throughcare.core.clock import LONDON, london_date
from throughcare.core.pilot import FeedExpectation, Pilot
from throughcare.rules.pilot_feeds import counts_from, expected_by, is_short, usual_rows

Standing = Literal["on time", "came late", "late", "short", "never came", "no expectation"]
RECENT = 30
"""Of how many loads before the last one the usual number of rows is taken."""


@dataclass(frozen=True, kw_only=True)
class FeedState:
    """How a feed stands. `due_at`: the last due time; `next_due_at`: the one after it. `late`: not here, although due.

    "came late" is here, after its due time and grace. `rows` of the last load; `usual_rows` of those before it, none where
    there were too few to say. `how` says so in words. `told_at`: when those in whose charge it is were told, of this
    due time, that it is so.
    """

    slug: str
    owner: str
    state: Standing
    last_load: FileLoad | None
    due_at: datetime | None
    next_due_at: datetime | None
    rows: int | None
    usual_rows: int | None
    how: str
    told_at: datetime | None = None

    @property
    def wants_attention(self) -> bool:
        return self.state in ("late", "short", "never came")

    @property
    def told_as(self) -> str:
        """What it is told as, once a due time: one that never came is late."""
        return "short" if self.state == "short" else "late"

    @property
    def words(self) -> str:
        """One plain sentence: how it stands, and where it wants attention whether its owner was told."""
        if not self.wants_attention:
            return self.how
        return f"{self.how}; {self.owner} {f'was told on {_day(self.told_at)}' if self.told_at else 'is to be told'}"


def feed_states(*, now: datetime, pilot: Pilot, known: Collection[str] = ()) -> list[FeedState]:
    """Every feed that the pilot file expects, that ever came, or that is in `known`, by slug.

    Loads after `now` are not looked at, corrections made here are no loads. Nothing is expected outside the pilot's life. An
    instant without a time zone is refused.
    """
    slugs = {*known, *(each.slug for each in pilot.feeds), *FileLoad.objects.values_list("feed", flat=True)}
    running = pilot.life.contains(london_date(now))
    found = [_state(slug, pilot.expectation(slug) if running else None, now) for slug in sorted(slugs)]
    return _told(found)


def _told(found: list[FeedState]) -> list[FeedState]:
    """The same, those that want attention with when that was told: one question for all."""
    dues = {state.due_at for state in found if state.wants_attention}
    told = {(t.feed, t.due_at, t.state): t.at for t in FeedTold.objects.filter(due_at__in=dues)} if dues else {}
    return [replace(s, told_at=told.get((s.slug, s.due_at, s.told_as))) if s.wants_attention else s for s in found]


def _state(slug: str, expected: FeedExpectation | None, now: datetime) -> FeedState:
    came = FileLoad.objects.filter(feed=slug, corrects=None, loaded_at__lte=now)
    loads = list(came.order_by("-loaded_at", "-pk")[: RECENT + 1])
    last = loads[0] if loads else None
    usual = usual_rows([load.rows for load in loads[1:]])
    rows = last.rows if last else None
    if expected is None:
        words = f"{slug} is not expected at any time; {_last_words(last)}"
        return FeedState(slug=slug, owner="", state="no expectation", last_load=last, due_at=None, next_due_at=None, rows=rows,
                         usual_rows=usual, how=words)  # fmt: skip
    grace = timedelta(hours=expected.grace_hours)
    due, _ = expected_by(expected, now - grace)
    _, following = expected_by(expected, now)
    state, words = _found(expected, due, last, usual)
    words += _again(loads)
    return FeedState(slug=slug, owner=expected.owner, state=state, last_load=last, due_at=due, next_due_at=following, rows=rows,
                     usual_rows=usual, how=words)  # fmt: skip


def _found(expected: FeedExpectation, due: datetime, last: FileLoad | None, usual: int | None) -> tuple[Standing, str]:
    slug = expected.slug
    if last is None:
        return "never came", f"{slug} has never been received, expected by {_when(due)}"
    if last.loaded_at < counts_from(expected, due):
        return "late", f"{slug} not received; {_last_words(last)}, expected by {_when(due, after=last.loaded_at)}"
    came = f"{slug} received on {_day(last.loaded_at)}"
    if is_short(last.rows, usual, expected.least_share):
        return "short", f"{came} with {last.rows:,} rows, where {usual:,} are usual"
    if last.loaded_at > due + timedelta(hours=expected.grace_hours):
        return _late_or_ahead(expected, due, last, came)
    return "on time", came


def _late_or_ahead(expected: FeedExpectation, due: datetime, last: FileLoad, came: str) -> tuple[Standing, str]:
    """What came after its due time: late, or the next one ahead of its time."""
    _, following = expected_by(expected, due)
    if last.loaded_at >= counts_from(expected, following):
        return "on time", f"{came}, ahead of {_when(following)}"
    return "came late", f"{came}, expected by {_when(due)}"


def _again(loads: list[FileLoad]) -> str:
    """That the last file is one that came before, where it holds anything: it may have been sent again in place of a new one."""
    same = [load for load in loads[1:] if load.digest == loads[0].digest and load.rows]
    return f"; it is the file of {_day(same[0].loaded_at)} again" if same else ""


def _last_words(last: FileLoad | None) -> str:
    return f"last one {_day(last.loaded_at)}" if last else "none has been received"


def _day(instant: datetime) -> str:
    return f"{instant.astimezone(LONDON):%A %-d %B %Y at %H:%M}"


def _when(due: datetime, *, after: datetime | None = None) -> str:
    """The due time; the year is left out where what is said before has it."""
    local = due.astimezone(LONDON)
    same_year = after is not None and after.astimezone(LONDON).year == local.year
    return f"{local:%H:%M on %-d %B}" if same_year else f"{local:%H:%M on %-d %B %Y}"
