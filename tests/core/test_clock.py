from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from throughcare.core.clock import LONDON, Clock, ClockUnit, Elapsed, Pause, london_date, london_day
from throughcare.core.errors import ClockError
from throughcare.core.working_days import add_working_days, is_working_day, working_days_between


def at(day: int, hour: int = 10, *, month: int = 6) -> datetime:
    """That hour on the wall in London, 2016."""
    return datetime(2016, month, day, hour, tzinfo=LONDON)


def on(day: int, *, month: int = 6) -> date:
    return date(2016, month, day)


def pause(start: int, end: int | None) -> Pause:
    """A pause in June 2016 from ten on the one day to ten on the other."""
    return Pause(start=at(start), end=None if end is None else at(end), reason="plea_vacated")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2016, 6, 5, 22, 59, tzinfo=UTC), on(5)),
        (datetime(2016, 6, 5, 23, 0, tzinfo=UTC), on(6)),  # midnight in summer
        (datetime(2016, 1, 5, 23, 59, tzinfo=UTC), on(5, month=1)),
        (datetime(2016, 1, 6, 0, 0, tzinfo=UTC), on(6, month=1)),
        (datetime(2016, 6, 6, 1, 0, tzinfo=timezone(timedelta(hours=5))), on(5)),
    ],
)
def test_london_date(instant: datetime, day: date) -> None:
    assert london_date(instant) == day


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        (on(15, month=1), datetime(2016, 1, 15, 0, tzinfo=UTC), 24),
        (on(6), datetime(2016, 6, 5, 23, tzinfo=UTC), 24),
        (on(27, month=3), datetime(2016, 3, 27, 0, tzinfo=UTC), 23),  # the clocks go forward
        (on(30, month=10), datetime(2016, 10, 29, 23, tzinfo=UTC), 25),  # and back
    ],
)
def test_london_day(day: date, start: datetime, hours: int) -> None:
    assert london_day(day) == (start, start + timedelta(hours=hours))
    assert all(instant.tzinfo is UTC for instant in london_day(day))


@given(st.datetimes(datetime(2010, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)))
def test_each_instant_is_in_its_own_london_day(instant: datetime) -> None:
    start, end = london_day(london_date(instant))
    assert start <= instant < end


@pytest.mark.parametrize(
    ("started", "limit", "unit", "due", "why"),
    [
        (at(6), 5, ClockUnit.CALENDAR_DAYS, on(11), "Sat 11 June is within five days of Mon 6 June"),
        (at(6), 0, ClockUnit.CALENDAR_DAYS, on(6), "on the day"),
        (at(22, month=12), 2, ClockUnit.WORKING_DAYS, on(28, month=12), "26 and 27 December are holidays"),
        (at(11), 2, ClockUnit.WORKING_DAYS, on(14), "from a Saturday: Monday, Tuesday"),
        (at(25, 23, month=3), 5, ClockUnit.CALENDAR_DAYS, on(30, month=3), "over the clocks going forward"),
        (at(27, 23, month=10), 5, ClockUnit.CALENDAR_DAYS, on(1, month=11), "over the clocks going back"),
        (
            datetime(2016, 10, 28, 23, 30, tzinfo=UTC),
            5,
            ClockUnit.CALENDAR_DAYS,
            on(3, month=11),
            "29 October in London",
        ),
    ],
)
def test_due_on(started: datetime, limit: int, unit: ClockUnit, due: date, why: str) -> None:
    assert Clock(started=started, limit=limit, unit=unit).due_on == due, why


@pytest.mark.parametrize(
    ("started", "overdue_from"),
    [
        (at(24, month=3), datetime(2016, 3, 29, 23, tzinfo=UTC)),  # due on 29 March, when midnight is 23:00 UTC
        (at(20, month=3), datetime(2016, 3, 26, 0, tzinfo=UTC)),  # due on 25 March, before the change
        (at(28, month=10), datetime(2016, 11, 3, 0, tzinfo=UTC)),  # due on 2 November, back in winter
        (at(22, month=10), datetime(2016, 10, 27, 23, tzinfo=UTC)),  # due on 27 October, still in summer
    ],
)
def test_a_deadline_is_a_london_midnight_on_both_sides_of_a_change(started: datetime, overdue_from: datetime) -> None:
    clock = Clock(started=started, limit=5)
    assert clock.due_by == overdue_from
    assert overdue_from.astimezone(LONDON).hour == 0


@pytest.mark.parametrize(("as_at", "overdue"), [(6, False), (11, False), (12, True)])
def test_the_due_date_is_still_in_time(as_at: int, overdue: bool) -> None:
    assert Clock(started=at(6), limit=5).is_overdue(on(as_at)) is overdue


@pytest.mark.parametrize(
    ("pauses", "due", "why"),
    [
        ([], 11, "Mon 6 June and five days"),
        ([(7, 9)], 13, "two days taken out: 7 and 8"),
        ([(6, 8)], 13, "paused on the day it started: the 8th is day 0"),
        ([(11, 13)], 13, "paused on the due date, which is not overdue yet"),
        ([(7, 9), (9, 10)], 14, "one pause after the other"),
        ([(7, 9), (8, 10)], 14, "the 8th is in both and taken out once"),
        ([(7, 9), (13, 14)], 14, "the second within the limit as the first left it"),
        ([(9, 10), (7, 8)], 13, "told in any order"),
    ],
)
def test_pauses(pauses: list[tuple[int, int]], due: int, why: str) -> None:
    clock = Clock(started=at(6), limit=5, pauses=tuple(pause(start, end) for start, end in pauses))
    assert clock.due_on == on(due), why


def test_a_pause_within_one_day_takes_no_time_out() -> None:
    short = Pause(start=at(7, 9), end=at(7, 17), reason="adjourned")
    assert short.days is None
    assert Clock(started=at(6), limit=5, pauses=(short,)).due_on == on(11)


def test_a_pause_over_a_weekend_takes_no_working_day_out() -> None:
    clock = Clock(started=at(9), limit=2, unit=ClockUnit.WORKING_DAYS, pauses=(pause(11, 13),))
    assert clock.due_on == on(13)


def test_while_it_is_paused_nobody_knows_when_it_is_due() -> None:
    clock = Clock(started=at(6), limit=5, pauses=(pause(8, None),))
    assert clock.due_on is None
    assert clock.due_by is None
    assert not clock.is_overdue(on(30))
    assert clock.elapsed(on(30)) == Elapsed(total=24, running=1, paused=23)


@pytest.mark.parametrize(
    ("as_at", "unit", "total", "running", "paused"),
    [
        (1, ClockUnit.CALENDAR_DAYS, 0, 0, 0),  # before the start
        (6, ClockUnit.CALENDAR_DAYS, 0, 0, 0),
        (7, ClockUnit.CALENDAR_DAYS, 1, 1, 0),
        (8, ClockUnit.CALENDAR_DAYS, 2, 1, 1),  # the day on which the pause begins is paused
        (9, ClockUnit.CALENDAR_DAYS, 3, 1, 2),
        (10, ClockUnit.CALENDAR_DAYS, 4, 2, 2),  # the day on which it ends runs
        (13, ClockUnit.CALENDAR_DAYS, 7, 5, 2),
        (13, ClockUnit.WORKING_DAYS, 5, 3, 2),
    ],
)
def test_elapsed(as_at: int, unit: ClockUnit, total: int, running: int, paused: int) -> None:
    """Started on Mon 6 June, paused on the 8th, resumed on the 10th."""
    clock = Clock(started=at(6), limit=5, unit=unit, pauses=(pause(8, 10),))
    assert clock.elapsed(on(as_at)) == Elapsed(total=total, running=running, paused=paused)


def test_refuses_to_pause_what_is_overdue() -> None:
    with pytest.raises(ClockError, match=r"already passed.*expected a start on or before the due date, 2016-06-11"):
        Clock(started=at(6), limit=5, pauses=(pause(12, 14),))


def test_refuses_a_pause_before_the_clock() -> None:
    with pytest.raises(ClockError, match="The pause starts before the clock"):
        Clock(started=at(6), limit=5, pauses=(pause(5, 7),))


@pytest.mark.parametrize("end", [at(7), at(7, 9)])
def test_refuses_a_pause_that_ends_on_or_before_its_start(end: datetime) -> None:
    with pytest.raises(ClockError, match="The pause ends on or before its start"):
        Pause(start=at(7), end=end, reason="adjourned")


@pytest.mark.parametrize("reason", ["", " ", "the plea was vacated", "Adjourned", "_"])
def test_refuses_a_reason_that_is_no_code(reason: str) -> None:
    with pytest.raises(ClockError, match="The reason of a pause is not a code"):
        Pause(start=at(7), reason=reason)


def test_refuses_a_negative_limit() -> None:
    with pytest.raises(ClockError, match="The limit of a clock is negative"):
        Clock(started=at(6), limit=-1)


def test_refuses_instants_without_a_time_zone() -> None:
    naive = datetime(2016, 6, 6, 10)
    for build in (
        lambda: london_date(naive),
        lambda: Clock(started=naive, limit=5),
        lambda: Pause(start=naive, reason="adjourned"),
        lambda: Pause(start=at(6), end=datetime(2016, 6, 7, 10), reason="adjourned"),
    ):
        with pytest.raises(ClockError, match="An instant has no time zone"):
            build()


STARTS = st.datetimes(datetime(2015, 1, 1), datetime(2018, 12, 31), timezones=st.just(UTC))
LIMITS = st.integers(0, 15)
UNITS = st.sampled_from(ClockUnit)


@st.composite
def paused_clock(draw: st.DrawFn) -> tuple[Clock, Clock]:
    """A clock with pauses that it takes, and the same with one pause fewer."""
    clock = Clock(started=draw(STARTS), limit=draw(LIMITS), unit=draw(UNITS))
    before = clock
    for _ in range(draw(st.integers(1, 4))):
        before = clock
        latest = clock.due_by
        assert latest is not None
        since = clock.pauses[-1].start if clock.pauses else clock.started
        start = draw(
            st.datetimes(since.replace(tzinfo=None), (latest - timedelta(microseconds=1)).replace(tzinfo=None))
        )
        start = start.replace(tzinfo=UTC)
        end = start + timedelta(hours=draw(st.integers(1, 200)))
        taken = Pause(start=start, end=end, reason="adjourned")
        clock = Clock(started=clock.started, limit=clock.limit, unit=clock.unit, pauses=(*clock.pauses, taken))
    return clock, before


@given(paused_clock())
def test_a_pause_never_moves_the_due_date_earlier(clocks: tuple[Clock, Clock]) -> None:
    clock, before = clocks
    assert clock.due_on is not None
    assert before.due_on is not None
    assert clock.due_on >= before.due_on


@given(paused_clock())
def test_on_the_due_date_just_the_limit_has_run(clocks: tuple[Clock, Clock]) -> None:
    clock, _ = clocks
    assert clock.due_on is not None
    assert clock.elapsed(clock.due_on).running == clock.limit
    assert not clock.is_overdue(clock.due_on)
    assert clock.is_overdue(clock.due_on + timedelta(days=1))


@given(paused_clock(), st.integers(0, 100))
def test_running_and_paused_make_the_total_and_no_day_takes_any_back(clocks: tuple[Clock, Clock], later: int) -> None:
    clock, _ = clocks
    day = london_date(clock.started) + timedelta(days=later)
    today, tomorrow = clock.elapsed(day), clock.elapsed(day + timedelta(days=1))
    assert today.running + today.paused == today.total
    assert today.running <= tomorrow.running
    assert 0 <= today.paused <= tomorrow.paused


@given(STARTS, LIMITS, UNITS)
def test_without_pauses_the_due_date_is_the_start_and_the_limit(started: datetime, limit: int, unit: ClockUnit) -> None:
    clock = Clock(started=started, limit=limit, unit=unit)
    first = london_date(started)
    working = unit is ClockUnit.WORKING_DAYS
    assert clock.due_on == (add_working_days(first, limit) if working else first + timedelta(days=limit))


@given(STARTS, st.integers(1, 15), st.integers(1, 30))
def test_a_working_clock_is_due_on_a_working_day(started: datetime, limit: int, hours: int) -> None:
    held = Pause(start=started, end=started + timedelta(hours=hours), reason="adjourned")
    clock = Clock(started=started, limit=limit, unit=ClockUnit.WORKING_DAYS, pauses=(held,))
    assert clock.due_on is not None
    assert is_working_day(clock.due_on)
    assert working_days_between(london_date(started), clock.due_on) >= limit


@given(STARTS, LIMITS)
def test_the_hour_of_the_start_does_not_matter(started: datetime, limit: int) -> None:
    other = london_day(london_date(started))[0]
    assume(other != started)
    assert Clock(started=started, limit=limit).due_by == Clock(started=other, limit=limit).due_by
