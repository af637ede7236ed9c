"""Time at risk: days since the index not spent in custody. Curves use it; rates use calendar time."""

from collections.abc import Iterable
from datetime import date

from throughcare.core.spans import Span, union


def days_at_risk(index: date, until: date, custody: Iterable[Span]) -> int:
    """Days of [index, until) outside every span of custody; spans that overlap are taken out once."""
    days = (until - index).days
    for span in union(custody):
        start, end = max(span.start, index), min(span.end or until, until)
        days -= max((end - start).days, 0)
    return days
