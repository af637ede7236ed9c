"""Periods in the words of titles, from the pilot file, so that another pilot's figures name its own days."""

from datetime import timedelta

from throughcare.core.dates import months_after
from throughcare.core.pilot import Period
from throughcare.rules.eligibility.words import day


def during(period: Period) -> str:
    """in September 2016, where it is a whole month; else from 1 October to 31 December 2016. The end is exclusive."""
    first, last = period.start, period.end - timedelta(days=1)
    if first.day == 1 and period.end == months_after(first, 1):
        return f"in {first:%B %Y}"
    said = day(first) if first.year != last.year else f"{first.day} {first:%B}"
    return f"from {said} to {day(last)}"
