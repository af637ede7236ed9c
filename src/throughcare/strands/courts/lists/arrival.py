"""Whether a court's list of a day has come: never a shrug. "Nobody is listed" is said of a list that came, and of no other.

A list is due by the time of day that the pilot file says for its feed, on the days that it says; one that came the evening
before counts. It is short where fewer names are here than it says it has, or, where it does not say, than is usual.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON, london_date, london_day
from throughcare.core.dates import weekday_in_words
from throughcare.core.pilot import FeedExpectation
from throughcare.core.working_days import is_working_day
from throughcare.rules.pilot_feeds import expected_by, is_short, usual_rows
from throughcare.strands.courts.lists.standing import on_the_list, standing_of
from throughcare.strands.courts.models import Hearing, ListReceived, UnreadLine

FEED = "court-hearings"
Standing = Literal["received", "short", "awaited", "late", "absent", "none expected"]
USUAL_OF = timedelta(days=60)
"""Lists of the last two months tell how many names are usual [decided]."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How a court's list of a day stands at an instant, in London's days.

    `state`: "received"; "short" (here, with fewer names than it should have, or lines not read); "awaited" (not here
    and not yet due); "late" (not here, though due); "absent" (not here, and the court sits); "none expected" (not here, on a day
    without lists). `received_at`: when the first of it came; `updated_at`: the last. `version`: when the newest was issued.
    `names`: entries on it now; None where it has not come, which is not 0. `expected`: names that it should have, where it has
    fewer. `unread`: lines of it, pasted, that nobody could be read from. `before`: the last list of this court that came, for
    another day.
    """

    court: str
    day: date
    at: datetime
    state: Standing
    received_at: datetime | None
    updated_at: datetime | None
    version: datetime | None
    how: str
    names: int | None
    expected: int | None
    unread: int
    due_at: datetime | None
    before: datetime | None

    @property
    def here(self) -> bool:
        """Whether anything can be said of who is listed."""
        return self.state in ("received", "short")

    @property
    def wants_attention(self) -> bool:
        """Somebody is to ask for the list, or to look at the paper one."""
        return self.state in ("short", "late", "absent")

    @property
    def came_late(self) -> bool:
        return self.received_at is not None and self.due_at is not None and self.received_at > self.due_at

    @property
    def words(self) -> str:
        """What stands at the top of the list, whatever its state."""
        if self.here:
            return self._here()
        last = f"last one {_moment(self.before, self.at)}" if self.before else "none has ever been received"
        of = f"{self.court} list" if self.day == london_date(self.at) else f"{self.court} list for {weekday_in_words(self.day)}"
        if self.state == "none expected":
            return f"{of}: none is expected on this day, and none has come; {last}"
        due = f"due by {_moment(self.due_at, self.at)}" if self.due_at else ""
        if self.state == "awaited":
            return f"{of} not received yet, {due}; {last}"
        return f"{of} not received; {last}"

    def _here(self) -> str:
        version = f", version of {_moment(self.version, self.at)}" if self.version else ""
        names = "1 name" if self.names == 1 else f"{self.names} names"
        told = f"{self.court} list received {_moment(self.received_at, self.at)}{version}: {names}"
        if self.state == "short":
            return f"{told}{self._short()}. Look at the paper list"
        if self.names == 0:
            told = f"{self.court} list received {_moment(self.received_at, self.at)}{version}: nobody is listed"
        return f"{told}; it was due by {_moment(self.due_at, self.at)}" if self.came_late else told

    def _short(self) -> str:
        missing = f", where {self.expected} are expected" if self.expected is not None else ""
        lines = "1 line" if self.unread == 1 else f"{self.unread} lines"
        return missing + (f"; {lines} could not be read" if self.unread else "")


def arrival(court: str, day: date, at: datetime) -> Arrival:
    """How the court's list of that day stands at that instant; what came after it is not looked at."""
    came = list(ListReceived.objects.filter(court=court, sits_on=day, received_at__lte=at).order_by("received_at", "pk"))
    due = due_at(day)
    others = ListReceived.objects.filter(court=court, received_at__lte=at).exclude(sits_on=day).order_by("received_at", "pk")
    before = others.last()
    names = len(on_the_list(court, day)) if came else None
    expected = _missing(court, day, came) if came else None
    left = len(UnreadLine.objects.filter(court=court, sits_on=day, done_at=None, pasted_at__lte=at))
    newest = max(came, key=lambda each: (each.issued_at, each.received_at, each.pk)) if came else None
    return Arrival(
        court=court, day=day, at=at, state=_state(day, at, due, names, short=bool(expected is not None or left)),
        received_at=came[0].received_at if came else None, updated_at=came[-1].received_at if came else None,
        version=newest.issued_at if newest else None, how=newest.how if newest else "", names=names, expected=expected,
        unread=left, due_at=due, before=before.received_at if before else None,
    )  # fmt: skip


def arrivals(day: date, at: datetime) -> list[Arrival]:
    """The same for every court that the service runs in, so that one court's list never hides that another's is missing."""
    return [arrival(court, day, at) for court in courts()]


def courts() -> tuple[str, ...]:
    """The courts whose lists are expected: those that the service runs in, else all of the pilot."""
    pilot = current_pilot()
    return pilot.service("court_reports").courts or pilot.courts


def due_at(day: date) -> datetime | None:
    """When the list of that day is due, in UTC; None on a day for which none is."""
    expectation = _expectation()
    if expectation is None:
        return None
    due, _ = expected_by(expectation, london_day(day)[1] - timedelta(microseconds=1))
    return due if london_date(due) == day else None


def sits_from(day: date) -> datetime:
    """When courts begin to sit on that day."""
    return datetime.combine(day, current_pilot().court_lists.sits_at, tzinfo=LONDON)


def _expectation() -> FeedExpectation | None:
    return current_pilot().expectation(FEED)


def _state(day: date, at: datetime, due: datetime | None, names: int | None, *, short: bool) -> Standing:
    if names is not None:
        return "short" if short else "received"
    if due is None and (_expectation() is not None or not is_working_day(day)):
        return "none expected"
    if at >= sits_from(day):
        return "absent"
    return "late" if due is not None and at > due else "awaited"


def _missing(court: str, day: date, came: Sequence[ListReceived]) -> int | None:
    """How many names there should be, where there are fewer; None where there are enough, or nobody can say.

    That is what the newest version that says it says; entries taken off since do not make the list short. Where none says, it
    is what is usual, if the largest part that came has fewer than the feed's share of that.
    """
    saying = [each for each in came if each.expected is not None]
    if saying:
        last = max(saying, key=lambda each: (each.issued_at, each.received_at, each.pk))
        return last.expected if _there(court, day, last.issued_at) < (last.expected or 0) else None
    expectation, usual = _expectation(), usual_rows(_names_of_days(court, day))
    most = max(each.names for each in came)
    return usual if expectation is not None and is_short(most, usual, expectation.least_share) else None


def _there(court: str, day: date, issued: datetime) -> int:
    """Entries of the list as issued then: those on it, and those that have been taken off or moved by a later version."""
    named = Hearing.objects.filter(court=court, sits_on=day).values_list("reference", flat=True).distinct()
    stand = standing_of(named).values()
    return sum(h.version > issued or (not h.withdrawn and (h.court, h.sits_on) == (court, day)) for h in stand)


def _names_of_days(court: str, day: date) -> list[int]:
    """The names of the largest list of each of the days before: what comes later in a day are corrections."""
    most: dict[date, int] = defaultdict(int)
    lists = ListReceived.objects.filter(court=court, sits_on__lt=day, sits_on__gte=day - USUAL_OF)
    for on, names in lists.values_list("sits_on", "names"):
        most[on] = max(most[on], names)
    return list(most.values())


def _moment(instant: datetime | None, at: datetime) -> str:
    """A time of day, with the day where it is not that of `at`: 07:52; yesterday 17:58; Monday 13 June 2016 17:58."""
    if instant is None:
        return ""
    local, today = instant.astimezone(LONDON), london_date(at)
    time = f"{local:%H:%M}"
    if local.date() == today:
        return time
    if local.date() == today - timedelta(days=1):
        return f"yesterday {time}"
    return f"{'tomorrow' if local.date() == today + timedelta(days=1) else weekday_in_words(local.date())} {time}"
