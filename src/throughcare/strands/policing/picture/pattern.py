"""When, where and how a person offends, as far as the record says: by hour, weekday, kind of place and method.

Counted is an **offence**: each event (crime reference) in which the person was arrested, charged or convicted, once; and each
offence of a conviction or caution that no event tells of, by the same day and offence code. Arrests and charges without an event
are not counted: the day of an arrest is not the day of an offence. What is not known is counted as not known, never left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.people.models import Conviction
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import WEEKDAYS
from throughcare.rules.aoristic import shares
from throughcare.rules.associations import SUSPECTED
from throughcare.strands.policing.picture.models import EventPart


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a table: what, how many offences (in tenths where they are shared out), and its bar of a hundred."""

    words: str
    number: float
    bar: float


@dataclass(frozen=True, kw_only=True)
class Table:
    """One way of looking: its rows; how many offences it rests on and of how many it is not known. `too_few`: nothing is said."""

    title: str
    head: str
    rows: tuple[Row, ...]
    known: int
    unknown: int
    too_few: bool
    spread: int = 0

    @property
    def most(self) -> str:
        """The commonest, in a word; "" where too few are known."""
        return "" if self.too_few or not self.rows else max(self.rows, key=lambda row: row.number).words


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """How many offences the pattern rests on, and its tables. `span`: the days of the first and the last, or None."""

    offences: int
    events: int
    span: tuple[date, date] | None
    tables: tuple[Table, ...]


def events_of(person: int, day: date) -> list[EventPart]:
    """The person's offences that an event tells of by that day, the latest first: of one event told twice, its latest part."""
    parts = EventPart.objects.filter(person=person, role__in=SUSPECTED, on__lte=day).order_by("-on", "-pk")
    once: dict[str, EventPart] = {}
    for part in parts:
        once.setdefault(part.event, part)
    return sorted(once.values(), key=lambda part: (part.committed_on or part.on, part.pk), reverse=True)


def pattern(person: int, day: date) -> Pattern:
    """The person's pattern as it was known on that day. Two questions to the store."""
    events = events_of(person, day)
    told = Counter((part.committed_on, part.offence_code) for part in events)
    alone: list[date | None] = []
    convictions = Conviction.objects.filter(person=person, convicted_on__lte=day).order_by("pk")
    for committed_on, code in convictions.values_list("committed_on", "offence_code"):
        if committed_on is not None and told[committed_on, code] > 0:
            told[committed_on, code] -= 1
        else:
            alone.append(committed_on)
    offences = len(events) + len(alone)
    days = [each for each in [*(part.committed_on for part in events), *alone] if each is not None]
    return Pattern(
        offences=offences, events=len(events), span=(min(days), max(days)) if days else None,
        tables=(
            *_by_time(events, alone),
            _by_words("By kind of place", "Place", [part.place for part in events], len(alone)),
            _by_words("By method", "Method", [part.method for part in events], len(alone)),
        ),
    )  # fmt: skip


def _by_time(events: Sequence[EventPart], alone: Sequence[date | None]) -> tuple[Table, Table]:
    """By hour and by weekday. A span of hours is shared out among its hours; of a day without an hour the weekday is known."""
    widest = timedelta(hours=current_pilot().picture.widest_hours)
    hours, weekdays = dict.fromkeys(range(24), 0.0), dict.fromkeys(range(7), 0.0)
    with_hour = with_day = spread = 0
    for part in events:
        cells = shares(part.earliest, part.latest, widest=widest) if part.earliest and part.latest else {}
        for (weekday, hour), share in cells.items():
            hours[hour] += share
            weekdays[weekday] += share
        with_hour += bool(cells)
        spread += len(cells) > 1
        if not cells and part.committed_on and not part.earliest:
            weekdays[part.committed_on.weekday()] += 1
            with_day += 1
    for on in alone:
        if on is not None:
            weekdays[on.weekday()] += 1
            with_day += 1
    total, dated = len(events) + len(alone), with_hour + with_day
    by_hour = {f"{hour:02d}:00 to {(hour + 1) % 24:02d}:00": number for hour, number in hours.items()}
    by_day = {WEEKDAYS[weekday]: number for weekday, number in weekdays.items()}
    return (
        _table("By hour of the day", "Hour", by_hour, with_hour, total - with_hour, spread),
        _table("By day of the week", "Day", by_day, dated, total - dated, spread),
    )


def _by_words(title: str, head: str, told: Iterable[str], alone: int) -> Table:
    """By what is said in words, the commonest first; capitals make no difference. "" is not known."""
    found: dict[str, list[str]] = {}
    unknown = alone
    for words in told:
        if words:
            found.setdefault(words.casefold(), []).append(words)
        else:
            unknown += 1
    numbers = sorted(((each[0], float(len(each))) for each in found.values()), key=lambda pair: (-pair[1], pair[0]))
    return _table(title, head, dict(numbers), int(sum(number for _, number in numbers)), unknown, 0)


def _table(title: str, head: str, numbers: Mapping[str, float], known: int, unknown: int, spread: int) -> Table:
    """Nothing of it is shown where fewer are known than the pilot file asks for."""
    most, too_few = max(numbers.values(), default=0.0) or 1.0, known < current_pilot().picture.too_few
    rows = () if too_few else tuple(
        Row(words=words, number=round(number, 1), bar=round(100 * number / most, 2)) for words, number in numbers.items()
    )  # fmt: skip
    return Table(title=title, head=head, rows=rows, known=known, unknown=unknown, too_few=too_few, spread=spread)
