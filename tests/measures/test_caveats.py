"""What stands beside a figure by itself: tables of days on which extracts came and posts were held, and what is said of them."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import FileLoad
from throughcare.core.contracts import Measure
from throughcare.core.pilot import FeedExpectation, Period, Pilot
from throughcare.measures.caveats import Caveat, caveats
from throughcare.rules.pilot_feeds import first_due_from, times_down

pytestmark = pytest.mark.django_db
D = date.fromisoformat
JUNE = Period(start=date(2016, 6, 1), end=date(2016, 7, 1))
WEEKLY = {"slug": "court-results", "every": "week", "on": "Monday", "by": "09:00", "owner": "the courts"}
DAILY = {"slug": "court-cases", "every": "day", "by": "07:00", "owner": "the courts"}


@pytest.fixture
def expecting(pilot) -> Pilot:
    """A pilot of which two of the courts' extracts are expected: one every Monday, one every day."""
    told = pilot.model_dump() | {"feeds": (WEEKLY, DAILY)}
    told["services"][0]["courts"] = ("Thames", "Highbury Corner")
    return Pilot.model_validate(told)


def measure(service: str = "court_reports", **told: str) -> Measure:
    return Measure(slug="psr.delivered", title="", why="", unit="reports", statistic="count", rows=lambda scope: None,
                   service=service, **told)  # fmt: skip


def came(feed: str, *days: str) -> None:
    """Loads of the feed, each at half past six in the morning."""
    with recording(by="test", verb="imports.load"):
        for day in days:
            at = datetime.fromisoformat(f"{day}T06:30:00+00:00")
            FileLoad(feed=feed, name="x", digest=day, loaded_at=at, loaded_by="test").save()


def every_day(first: str, last: str) -> list[str]:
    return [date.fromordinal(n).isoformat() for n in range(D(first).toordinal(), D(last).toordinal() + 1)]


def post(court: str, *held: tuple[str, str | None], closed: str = "", role: str = "court_officer") -> None:
    made = access.make_post(by="test", slug=f"{role}-{court}".lower().replace(" ", "-").replace("_", "-"),
                            title=f"Court officer, {court}", role=role, place=court)  # fmt: skip
    for n, (start, end) in enumerate(held):
        account = access.make_account(by="test", username=f"{made.slug}-{n}")
        access.hold(by="test", post=made, account=account, start=D(start), end=D(end) if end else None)
    if closed:
        access.close_post(by="test", post=made, on=D(closed))


def of_kind(kind: str, pilot: Pilot, period: Period = JUNE, **of: str) -> list[Caveat]:
    return [caveat for caveat in caveats(measure(**of), pilot=pilot, period=period) if caveat.kind == kind]


@pytest.mark.parametrize(
    ("held", "closed", "said"),
    [
        # held all the time
        ([("2016-02-06", None)], "", ""),
        # a week of June, to the day
        ([("2016-02-06", "2016-06-10"), ("2016-06-17", None)], "", "was vacant from 10 June 2016 to 16 June 2016"),
        # six days: it passed from hand to hand
        ([("2016-02-06", "2016-06-10"), ("2016-06-16", None)], "", ""),
        # long, of which only a part is in June: said whole
        ([("2016-02-06", "2016-05-01"), ("2016-06-02", None)], "", "was vacant from 1 May 2016 to 1 June 2016"),
        # over before June, or not begun in it
        ([("2016-02-06", "2016-05-01"), ("2016-06-01", None)], "", ""),
        ([("2016-02-06", "2016-07-01")], "", ""),
        # never held since, or never at all
        ([("2016-02-06", "2016-06-10")], "", "has been vacant since 10 June 2016"),
        ([], "", "has been vacant since 6 February 2016"),
        # a post that is closed is vacant up to that day, and no longer
        ([("2016-02-06", "2016-06-10")], "2016-06-20", "was vacant from 10 June 2016 to 19 June 2016"),
        ([("2016-02-06", "2016-05-10")], "2016-06-01", ""),
    ],
)
def test_a_vacant_post_is_said_of_the_figures_of_its_days(expecting, held, closed, said):
    post("Highbury Corner", *held, closed=closed)
    found = of_kind("post", expecting)
    assert [c.words for c in found] == ([f"The post Court officer, Highbury Corner {said}"] if said else [])


def test_only_posts_that_do_the_work_of_the_service_count(expecting):
    """Another court's officer, another role, and figures of no service have no vacancy to tell of."""
    post("Westminster")
    post("Thames", ("2016-02-06", None))
    post("Highbury Corner", role="prison_coordinator")
    assert of_kind("post", expecting) == []
    assert of_kind("post", expecting, service="") == []


def test_many_vacancies_are_one_sentence(expecting):
    held = ("2016-02-06", "2016-06-01"), ("2016-06-08", "2016-06-09"), ("2016-06-16", "2016-06-17"), ("2016-06-24", "2016-06-25")
    post("Thames", *held)
    (said,) = of_kind("post", expecting)
    assert said.words == "4 times a post that does this work was vacant for 7 days or more, of 1 posts"
    assert (said.since, said.until) == (D("2016-06-01"), None)


@pytest.mark.parametrize(
    ("weekly", "daily", "missing"),
    [
        # June ends on Thursday: the daily extract of 1 July and the weekly one of Monday 4 July tell the rest of it
        (["2016-07-04"], ["2016-07-01"], []),
        (["2016-06-27"], ["2016-07-01"], ["court-results (HMCTS), due on Monday 4 July 2016, last came on 27 June 2016"]),
        (["2016-07-04"], ["2016-06-30"], ["court-cases (NPS), due on Friday 1 July 2016, last came on 30 June 2016"]),
        # ahead of its time by less than half a week: it is that one
        (["2016-07-02"], ["2016-07-01"], []),
        # a later one will do as well
        (["2016-08-01"], ["2016-09-01"], []),
    ],
)  # fmt: skip
def test_a_figure_is_provisional_until_the_extracts_due_on_its_end_are_in(expecting, weekly, daily, missing):
    came("court-results", "2016-06-20", *weekly)
    came("court-cases", "2016-06-20", *daily)
    found = of_kind("provisional", expecting)
    assert [c.words.partition("Still to come: ")[2] for c in found] == missing


def test_a_feed_that_never_came_is_missing_from_the_first_day(expecting):
    (said,) = of_kind("provisional", expecting)
    assert "court-results (HMCTS), due on Monday 4 July 2016, has never come" in said.words
    assert said.since == JUNE.start


def test_a_figure_of_before_the_service_has_no_caveat(expecting):
    assert caveats(measure(), pilot=expecting, period=Period(start=date(2016, 1, 1), end=date(2016, 2, 6))) == ()


@pytest.mark.parametrize(
    ("days", "down"),
    [
        # every day: never down
        (every_day("2016-05-20", "2016-07-02"), None),
        # nothing from 6 June, until it came again on 13 June: a week, down
        ([*every_day("2016-05-20", "2016-06-05"), *every_day("2016-06-13", "2016-07-02")], ("2016-06-06", "2016-06-13")),
        # until 12 June: six days, late
        ([*every_day("2016-05-20", "2016-06-05"), *every_day("2016-06-12", "2016-07-02")], None),
        # before the first nothing is said: it brought what had been
        (every_day("2016-06-20", "2016-07-02"), None),
        # over before June
        ([*every_day("2016-05-01", "2016-05-05"), *every_day("2016-06-01", "2016-07-02")], None),
    ],
)
def test_a_feed_that_was_down_is_said_of_the_figures_of_its_days(expecting, days, down):
    came("court-cases", *days)
    found = of_kind("feed", expecting)
    assert [(c.since, c.until) for c in found] == ([(D(down[0]), D(down[1]))] if down else [])
    assert all("did not come from 6 June 2016 to 12 June 2016" in c.words for c in found)


@pytest.mark.parametrize(
    ("loads", "spans"),
    [
        (["2016-06-06T06:00", "2016-06-13T06:00"], []),  # Monday and Monday
        (["2016-06-06T06:00", "2016-06-14T06:00"], []),  # a day late
        (["2016-06-06T06:00", "2016-06-20T06:00"], [("2016-06-13", "2016-06-20")]),  # one Monday without
        (["2016-06-04T06:00", "2016-06-13T06:00"], []),  # on Saturday, ahead of its Monday
        (["2016-06-04T06:00", "2016-06-20T06:00"], [("2016-06-13", "2016-06-20")]),
    ],
)
def test_times_down_of_a_weekly_feed(loads, spans):
    at = [datetime.fromisoformat(load).replace(tzinfo=UTC) for load in loads]
    found = times_down(FeedExpectation.model_validate(WEEKLY), at)
    assert [(span.start.isoformat(), span.end.isoformat()) for span in found if span.end] == spans


def test_the_first_due_time_from_a_day_is_of_that_day_or_later():
    for day, due in (("2016-07-04", "2016-07-04"), ("2016-07-05", "2016-07-11"), ("2016-08-29", "2016-08-30")):
        assert first_due_from(FeedExpectation.model_validate(WEEKLY), D(day)).date() == D(due), "a bank holiday gives way"
