"""Whether a job fits a person, as tables; hours of the day by their minutes."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.work_fit import ASK_THE_MANAGER, Condition, Hours, Job, Seeker, clashes, fit


def hours(text: str) -> Hours:
    start, end = text.split(" to ")
    return Hours(start=time.fromisoformat(start), end=time.fromisoformat(end))


@pytest.mark.parametrize(
    ("work", "curfew", "clash"),
    [
        ("08:00 to 16:00", "19:00 to 07:00", False),
        ("14:00 to 19:00", "19:00 to 07:00", False),  # it ends as the curfew starts
        ("14:00 to 19:01", "19:00 to 07:00", True),
        ("06:59 to 15:00", "19:00 to 07:00", True),
        ("07:00 to 15:00", "19:00 to 07:00", False),
        ("22:00 to 06:00", "19:00 to 07:00", True),   # a night shift within it
        ("22:00 to 06:00", "08:00 to 18:00", False),  # a curfew by day
        ("22:00 to 08:30", "08:00 to 18:00", True),
        ("00:00 to 00:01", "19:00 to 07:00", True),
    ],
)  # fmt: skip
def test_hours_that_go_past_midnight(work, curfew, clash):
    assert hours(work).overlaps(hours(curfew)) is clash
    assert bool(clashes(hours(work), [Condition(hours=hours(curfew))])) is clash


TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
SPANS = st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Hours(start=pair[0], end=pair[1]))


def minutes(of: Hours) -> set[int]:
    start, end = of.start.hour * 60 + of.start.minute, of.end.hour * 60 + of.end.minute
    return set(range(start, end)) if start < end else set(range(start, 1440)) | set(range(end))


@given(SPANS, SPANS)
def test_they_overlap_where_they_share_a_minute_whichever_is_asked(one, other):
    assert one.overlaps(other) is other.overlaps(one) is bool(minutes(one) & minutes(other))
    assert one.holds(other) is (minutes(other) <= minutes(one))


CURFEW = Condition(told="curfew 7pm to 7am", hours=hours("19:00 to 07:00"))
UNSAID = Condition(involves=frozenset({"children"}))
ANYWHERE = frozenset({"Hackney", "Camden"})
DAY = Job(borough="Hackney", hours_a_week=35, hours=hours("08:00 to 16:00"))
EVENING = Job(borough="Hackney", hours_a_week=20, hours=hours("17:00 to 21:00"))


@pytest.mark.parametrize(
    ("job", "seeker", "cannot"),
    [
        (DAY, {}, ()),
        (DAY, {"conditions": (CURFEW,)}, ()),
        (EVENING, {"conditions": (CURFEW,)}, ("curfew 7pm to 7am",)),
        (EVENING, {"conditions": (CURFEW, CURFEW)}, ("curfew 7pm to 7am",)),
        (DAY, {"boroughs": frozenset({"Camden"})}, ("does not look for work in Hackney",)),
        (DAY, {"most_hours": 35}, ()),
        (DAY, {"most_hours": 34}, ("can work 34 hours a week at most",)),
        (EVENING, {"free": hours("09:00 to 21:00")}, ()),
        (EVENING, {"free": hours("09:00 to 20:59")}, ("can work from 9am to 8:59pm only",)),
        (Job(licences=frozenset({"cscs"})), {}, ("has no CSCS card",)),
        (Job(licences=frozenset({"cscs"})), {"licences": frozenset({"cscs"})}, ()),
        (Job(involves=frozenset({"children"})), {"conditions": (UNSAID,)}, (ASK_THE_MANAGER,)),  # and not a word of which
        (Job(involves=frozenset({"driving"})), {"conditions": (UNSAID,)}, ()),
        (DAY, {"conditions": (Condition(told="not in Hackney", borough="Hackney"),)}, ("not in Hackney",)),
        (DAY, {"kept_away": True}, (ASK_THE_MANAGER,)),
        (DAY, {"inside": True}, ("in custody",)),
    ],
)  # fmt: skip
def test_what_stands_in_the_way(job, seeker, cannot):
    found = fit(job, Seeker(**{"boroughs": ANYWHERE, **seeker}), licence_words=[("cscs", "CSCS card")])
    assert found.cannot == cannot


def test_what_is_not_known_is_asked_and_bars_nobody():
    told = fit(Job(disclosure=True), Seeker(conditions=(CURFEW,)))
    assert told.cannot == ()
    assert told.ask == (
        "where they look for work", "the hours of the job", "whether the employer may be told of convictions"
    )  # fmt: skip
    assert fit(Job(disclosure=True, hours=DAY.hours), Seeker(boroughs=ANYWHERE, agreed=True, conditions=(CURFEW,))).ask == ()
