"""Hours of the week, typed and shown: a line says on which days, from when to when, on London's clocks.

    Monday to Friday 19:00 to 07:00
    Saturday, Sunday 8pm-8am
    every day 20:00 to 06:00

An end that is not later than the start is on the next day; 00:00 to 00:00 is a day round.
"""

import re
from collections.abc import Sequence
from datetime import time

from throughcare.positions.timetable import Line
from throughcare.strands.tagging.errors import HoursRefused

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_LINES = 28
_EVERY = re.compile(r"^every\s*day$|^daily$|^all days$", re.IGNORECASE)
_CLOCK = r"\d[\d:.]*\s*(?:am|pm)?"
_LINE = re.compile(rf"^(?P<days>.*?[a-z])[\s,:]*(?P<start>{_CLOCK})\s*(?:-|–|to|until)\s*(?P<end>{_CLOCK})$", re.IGNORECASE)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d))?(?P<half>am|pm)?")


def hours_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, by weekday and start; empty text has none. Refuses a line that cannot be read, and says which."""
    found = [line for number, row in enumerate(text.splitlines(), start=1) if row.strip() for line in _line(row.strip(), number)]
    if len(found) > MOST_LINES:
        raise HoursRefused(what="These are too many hours", record=f"{len(found)} lines", expected=f"{MOST_LINES} at most",
                           mend="join days that have the same hours")  # fmt: skip
    return tuple(sorted(set(found), key=lambda line: (line.weekday, line.start, line.end)))


def _line(row: str, number: int) -> list[Line]:
    found = _LINE.match(row)
    start, end = (_time(found[name]) for name in ("start", "end")) if found else (None, None)
    days = _days(found["days"]) if found else []
    if found is None or start is None or end is None or not days:
        raise HoursRefused(
            what=f"Line {number} is no day with hours: {row[:60]}", record=f"line {number}",
            expected="days, then from when to when", mend="write it as in: Monday to Friday 19:00 to 07:00",
        )  # fmt: skip
    return [Line(weekday=day, start=start, end=end) for day in days]


def _days(text: str) -> list[int]:
    """The weekdays of a list of days and of spans of days; a span may run over Sunday. [] where a word is no day."""
    if _EVERY.match(text.strip()):
        return list(range(7))
    found: list[int] = []
    for part in re.split(r"\s*(?:,|&|\band\b)\s*", text.strip().rstrip(",:")):
        ends = [_day(word) for word in re.split(r"\s*(?:-|–|\bto\b)\s*", part)]
        if not 1 <= len(ends) <= 2 or any(day is None for day in ends):
            return []
        first, last = int(ends[0] or 0), int(ends[-1] or 0)
        found += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return found


def _day(word: str) -> int | None:
    letters = word.strip().lower()
    known = (number for number, day in enumerate(DAYS) if len(letters) >= 3 and day.lower().startswith(letters.removesuffix("s")))
    return next(known, None)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text.replace(" ", "").lower())
    if not found:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def hours_typed(lines: Sequence[Line]) -> str:
    """As one would type them: days in a row with the same hours in one line."""
    return "\n".join(hours_in_words(lines))


def hours_in_words(lines: Sequence[Line]) -> list[str]:
    """Monday to Friday 19:00 to 07:00; every day where it is all seven."""
    by_hours: dict[tuple[time, time], list[int]] = {}
    for line in sorted(lines, key=lambda each: (each.weekday, each.start)):
        by_hours.setdefault((line.start, line.end), []).append(line.weekday)
    return [f"{_days_in_words(days)} {start:%H:%M} to {end:%H:%M}" for (start, end), days in by_hours.items()]


def _days_in_words(days: Sequence[int]) -> str:
    if len(set(days)) == len(DAYS):
        return "every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    told = [DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]} to {DAYS[run[-1]]}" for run in runs]
    return ", ".join(told)
