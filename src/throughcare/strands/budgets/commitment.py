"""The arithmetic of a place: what is committed on a day, what is available, and whether that ever falls below zero.

Committed are approved purchases not cancelled; from its delivery a purchase commits only what was delivered. A day is
taken at its end: what is freed on a day can be committed again on it. Amounts are whole pence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One purchase as far as it binds money. None: it has not happened."""

    pence: int
    approved_on: date | None
    cancelled_on: date | None = None
    delivered_on: date | None = None
    delivered_pence: int | None = None

    def on(self, day: date) -> int:
        """The pence that it commits at the end of the day."""
        if self.approved_on is None or self.approved_on > day:
            return 0
        if self.cancelled_on is not None and self.cancelled_on <= day:
            return 0
        if self.delivered_on is not None and self.delivered_on <= day and self.delivered_pence is not None:
            return self.delivered_pence
        return self.pence


    def changes(self) -> list[tuple[date, int, str]]:
        """The days on which it binds or frees pence, with how many (freed: below zero) and by what: a step's name."""
        if self.approved_on is None:
            return []
        told = [(self.approved_on, self.pence, "approved")]
        if self.delivered_on is not None and self.delivered_pence is not None and self.delivered_pence < self.pence:
            told.append((self.delivered_on, self.delivered_pence - self.pence, "delivered"))
        if self.cancelled_on is not None:
            told.append((self.cancelled_on, -self.pence, "cancelled"))
        return told


def committed(commitments: Iterable[Commitment], on: date) -> int:
    """All that is committed at the end of the day."""
    return sum(each.on(on) for each in commitments)


def most_committed(commitments: Sequence[Commitment]) -> int:
    """The most that was, or will be, committed on any day: it rises on days of approval only."""
    days = {each.approved_on for each in commitments if each.approved_on is not None}
    return max((committed(commitments, day) for day in days), default=0)


def shortfall(allocation: int, commitments: Sequence[Commitment]) -> int:
    """By how many pence the commitments go beyond the allocation on their worst day; 0 where they never do."""
    return max(0, most_committed(commitments) - allocation)
