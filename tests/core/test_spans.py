from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.errors import SpanError
from throughcare.core.spans import Span, covers, gaps, union


def june(start: int, end: int | None = None) -> Span:
    """[start, end) of June 2016."""
    return Span(start=date(2016, 6, start), end=None if end is None else date(2016, 6, end))


@pytest.mark.parametrize(
    ("span", "day", "inside"),
    [
        (june(6, 10), 5, False),
        (june(6, 10), 6, True),  # the start is in
        (june(6, 10), 9, True),
        (june(6, 10), 10, False),  # the end is out
        (june(6), 30, True),  # ongoing
        (june(6), 5, False),
    ],
)
def test_contains(span: Span, day: int, inside: bool) -> None:
    assert span.contains(date(2016, 6, day)) is inside


@pytest.mark.parametrize(
    ("end", "says"),
    [(5, "ends before it starts"), (6, "has no day in it.*for one day give the day after as the end")],
)
def test_refuses_an_end_on_or_before_the_start(end: int, says: str) -> None:
    with pytest.raises(SpanError, match=says):
        june(6, end)


def test_refuses_times_of_day() -> None:
    with pytest.raises(SpanError, match="of days, not of times"):
        Span(start=datetime(2016, 6, 6, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (june(1, 10), june(5, 20), june(5, 10)),
        (june(1, 10), june(10, 20), None),  # they touch and share no day
        (june(1, 10), june(2, 5), june(2, 5)),
        (june(1), june(5, 20), june(5, 20)),
        (june(1), june(5), june(5)),
    ],
)
def test_overlap(one: Span, other: Span, both: Span | None) -> None:
    assert one.overlap(other) == both
    assert other.overlap(one) == both


@pytest.mark.parametrize(
    ("span", "until", "days"),
    [
        (june(6, 10), None, 4),
        (june(6, 7), None, 1),
        (june(6, 10), 8, 2),
        (june(6, 10), 30, 4),
        (june(6, 10), 6, 0),
        (june(6, 10), 1, 0),
        (june(6), 10, 4),
    ],
)
def test_days(span: Span, until: int | None, days: int) -> None:
    assert span.days(until=None if until is None else date(2016, 6, until)) == days


def test_the_days_of_an_ongoing_span_depend_on_the_day_asked() -> None:
    with pytest.raises(SpanError, match=r"\[2016-06-06, ongoing\).*a day to count up to"):
        june(6).days()


@pytest.mark.parametrize(
    ("spans", "joined"),
    [
        ([], ()),
        ([june(5, 8), june(1, 3)], (june(1, 3), june(5, 8))),
        ([june(1, 3), june(3, 8)], (june(1, 8),)),  # a transfer with no gap
        ([june(1, 9), june(3, 5)], (june(1, 9),)),
        ([june(1), june(3, 5)], (june(1),)),
        ([june(1, 4), june(3)], (june(1),)),
    ],
)
def test_union(spans: list[Span], joined: tuple[Span, ...]) -> None:
    assert union(spans) == joined


@pytest.mark.parametrize(
    ("spans", "within", "missing"),
    [
        ([], june(1, 9), (june(1, 9),)),
        ([june(3, 5)], june(1, 9), (june(1, 3), june(5, 9))),
        ([june(1, 5), june(5, 9)], june(1, 9), ()),
        ([june(1, 5)], june(3), (june(5),)),
        ([june(1, 5), june(7)], june(3), (june(5, 7),)),
        ([june(20, 25)], june(1, 9), (june(1, 9),)),
    ],
)
def test_gaps(spans: list[Span], within: Span, missing: tuple[Span, ...]) -> None:
    assert gaps(spans, within) == missing
    assert covers(spans, within) is (missing == ())


FIRST = date(2016, 1, 1)
NUMBERS = st.integers(0, 40)


@st.composite
def any_span(draw: st.DrawFn) -> Span:
    start = draw(NUMBERS)
    length = draw(st.none() | st.integers(1, 20))
    first = FIRST + timedelta(days=start)
    return Span(start=first, end=None if length is None else first + timedelta(days=length))


ANY_SPANS = st.lists(any_span(), max_size=6)
SOME_DAYS = [FIRST + timedelta(days=number) for number in range(80)]


def in_any(spans: list[Span] | tuple[Span, ...], day: date) -> bool:
    return any(span.contains(day) for span in spans)


@given(ANY_SPANS)
def test_a_union_has_the_same_days_in_order_with_a_day_between(spans: list[Span]) -> None:
    joined = union(spans)
    assert [in_any(joined, day) for day in SOME_DAYS] == [in_any(spans, day) for day in SOME_DAYS]
    for earlier, later in pairwise(joined):
        assert earlier.end is not None
        assert earlier.end < later.start


@given(ANY_SPANS, any_span())
def test_each_day_within_is_in_the_spans_or_in_a_gap_never_both(spans: list[Span], within: Span) -> None:
    missing = gaps(spans, within)
    for day in SOME_DAYS:
        assert in_any(missing, day) is (within.contains(day) and not in_any(spans, day))


@given(any_span(), any_span())
def test_an_overlap_has_the_days_in_both(one: Span, other: Span) -> None:
    both = one.overlap(other)
    for day in SOME_DAYS:
        assert (both is not None and both.contains(day)) is (one.contains(day) and other.contains(day))


@given(any_span(), st.sampled_from(SOME_DAYS))
def test_days_are_the_days_contained_before_until(span: Span, until: date) -> None:
    assert span.days(until=until) == sum(span.contains(day) for day in SOME_DAYS if day < until)
