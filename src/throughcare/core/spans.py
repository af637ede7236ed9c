"""Spans of days: `[start, end)`, the end exclusive, `end=None` ongoing. Membership, custody, residence, orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from throughcare.core.errors import SpanError


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days from `start` up to and not including `end`; None: ongoing, no end is known.

    Refuses an end before the start, and an end on the start: such a span holds no day, so everything asked of it ("was
    the person a member on any day?") would contradict the record that it exists. What began and was over on one day is
    that one day, [day, day after); what never was is withdrawn where it was recorded. Refuses times of day.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise SpanError(
                what="A span is of days, not of times",
                record=str(self),
                expected="dates",
                mend="turn each instant into its London date first",
            )
        if self.end is not None and self.end <= self.start:
            raise SpanError(
                what="The span has no day in it" if self.end == self.start else "The span ends before it starts",
                record=str(self),
                expected="an end after the start (the end is the first day outside)",
                mend="for one day give the day after as the end, and withdraw what never was",
            )

    def __str__(self) -> str:
        return f"[{self.start}, {self.end or 'ongoing'})"

    def contains(self, day: date) -> bool:
        """Whether the day is in the span: the start is, the end is not."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlap(self, other: Self) -> Self | None:
        """The days in both; None where there is none. Spans that only touch share no day."""
        start = max(self.start, other.start)
        end = _earlier(self.end, other.end)
        return None if end is not None and end <= start else type(self)(start=start, end=end)

    def days(self, until: date | None = None) -> int:
        """How many days are in the span, before `until` where that is given; 0 where it is not later than the start.

        Refuses to count an ongoing span without `until`: its length depends on the day it is asked on.
        """
        end = _earlier(self.end, until)
        if end is None:
            raise SpanError(
                what="The days of an ongoing span cannot be counted",
                record=str(self),
                expected="a day to count up to",
                mend="give until, the first day not counted",
            )
        return max(0, (end - self.start).days)


def _earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends, where None is never."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as the fewest spans, in order: those that overlap or touch become one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and last.end < span.start):
            joined.append(span)
        elif last.end is not None and (span.end is None or span.end > last.end):
            joined[-1] = Span(start=last.start, end=span.end)
    return tuple(joined)


def gaps(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """The days of `within` that are in none of the spans, as the fewest spans in order. No spans: all of `within`."""
    found: list[Span] = []
    reached: date | None = within.start
    for span in union(shared for span in spans if (shared := span.overlap(within))):
        if reached is not None and reached < span.start:
            found.append(Span(start=reached, end=span.start))
        reached = span.end
    if reached is not None and (within.end is None or reached < within.end):
        found.append(Span(start=reached, end=within.end))
    return tuple(found)


def covers(spans: Iterable[Span], within: Span) -> bool:
    """Whether every day of `within` is in at least one of the spans."""
    return not gaps(spans, within)
