"""Which reports of a month are checked: drawn by a rule that anybody can repeat, and nobody can steer. No Django."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date


def first_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before the day's."""
    return first_of(day.replace(day=1).fromordinal(first_of(day).toordinal() - 1))


def drawn(reports: Collection[int], *, seed: str, court: str, month: date, many: int) -> Sequence[int]:
    """Of these numbers `many` (all, where there are fewer), in the order in which they are drawn.

    Each number is put in its place by a digest of the seed, court, month and number: so the draw is the same whenever it is
    made, and a report that is recorded later can take a place, but never changes the order of the others.
    """
    def place(number: int) -> str:
        return hashlib.sha256(f"{seed}|{court}|{month.isoformat()}|{number}".encode()).hexdigest()

    return sorted(reports, key=place)[:many]
