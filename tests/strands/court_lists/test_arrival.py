"""Whether a list has come, in every state, in words; no state can be taken for another, and none of them for an empty list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.strands.court_lists.conftest import DAY
from throughcare.strands.courts.lists.arrival import arrival, missing
from throughcare.strands.courts.lists.typed.actions import keep_pasted, say_nobody_listed, set_aside
from throughcare.strands.courts.models import UnreadLine

HEAD = "record_id | reference | version | court | sits_on | surname | withdrawn | names"


def bst(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """A time of day in London, in June."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


EVENING, LATE_MORNING = bst(17, 58, DAY - timedelta(days=1)), bst(10, 20)


def entries(number: int, *, court: str = "Thames", day: date = DAY, names: str = "", version: str = "1", gone: int = 0) -> str:
    rows = [
        f"{court}{day}{n}/{version} | {court}{day}{n} | 2016-06-13T17:5{version}:00+01:00 | {court} | {day} | Sur{n} | "
        f"{'yes' if n < gone else 'no'} | {names}"
        for n in range(number)
    ]
    return "\n".join([HEAD, *rows])


STATES = [
    # what came and when; asked when; the state; words that say so
    ("nothing", bst(7, 30), "awaited", "Thames list not received yet, due by 08:00; none has ever been received"),
    ("nothing", bst(8, 30), "late", "Thames list not received; none has ever been received"),
    ("nothing", bst(10, 30), "absent", "Thames list not received; none has ever been received"),
    ("yesterday's", bst(7, 30), "awaited", "Thames list not received yet, due by 08:00; last one yesterday 07:40"),
    ("yesterday's", bst(8, 30), "late", "Thames list not received; last one yesterday 07:40"),
    ("yesterday's", bst(10, 30), "absent", "Thames list not received; last one yesterday 07:40"),
    ("the other court's", bst(10, 30), "absent", "Thames list not received; none has ever been received"),
    ("evening before", bst(7, 30), "received", "Thames list received yesterday 17:58, version of yesterday 17:51: 3 names"),
    ("at 10:20", bst(10, 30), "received", "Thames list received 10:20, version of yesterday 17:51: 3 names; it was due by 08:00"),
    ("at 10:20", bst(10, 10), "absent", "Thames list not received; none has ever been received"),
    ("3 of 5", bst(8, 30), "short",
     "Thames list received yesterday 17:58, version of yesterday 17:51: 3 names, where 5 are expected. Look at the paper list"),
    ("3, one gone", bst(8, 30), "received", "Thames list received yesterday 17:58, version of yesterday 17:52: 2 names"),
]


@pytest.fixture
def came(load):
    def run(what: str) -> None:
        match what:
            case "yesterday's":
                load("court-hearings", entries(3, day=DAY - timedelta(days=1)), at=bst(7, 40, DAY - timedelta(days=1)))
            case "the other court's":
                load("court-hearings", entries(3, court="Highbury Corner"), at=EVENING)
            case "evening before":
                load("court-hearings", entries(3), at=EVENING)
            case "at 10:20":
                load("court-hearings", entries(3), at=LATE_MORNING)
            case "3 of 5":
                load("court-hearings", entries(3, names="5"), at=EVENING)
            case "3, one gone":
                load("court-hearings", entries(3, names="3"), at=EVENING)
                load("court-hearings", entries(1, version="2", gone=1), at=EVENING + timedelta(minutes=5))
    return run


@pytest.mark.parametrize(("what", "at", "state", "words"), STATES, ids=lambda v: str(v)[:30])
def test_every_state_of_a_list(db, came, what, at, state, words):
    came(what)
    found = arrival("Thames", DAY, at)
    assert (found.state, found.words) == (state, words)
    assert (found.names is None) == (not found.here)
    assert ("nobody is listed" in found.words) == (found.here and found.names == 0)


@pytest.mark.parametrize("what", ["nothing", "yesterday's", "the other court's"])
def test_of_a_list_that_did_not_come_nobody_says_that_it_is_empty(db, came, what):
    came(what)
    for hour in range(24):
        told = arrival("Thames", DAY, bst(hour))
        assert not told.here and told.names is None and "not received" in told.words and "nobody" not in told.words


def test_a_list_that_somebody_says_is_empty_is_here_and_says_so(db):
    say_nobody_listed(by="officer", court="Thames", sits_on=DAY)
    told = arrival("Thames", DAY, datetime.now(UTC) + timedelta(minutes=1))
    assert (told.state, told.names, told.how) == ("received", 0, "typed") and "nobody is listed" in told.words


def test_on_a_day_without_lists_none_is_expected_and_that_is_said(db):
    sunday = date(2016, 6, 19)
    told = arrival("Thames", sunday, bst(11, 0, sunday))
    assert (told.state, told.names) == ("none expected", None)
    assert told.words == "Thames list: none is expected on this day, and none has come; none has ever been received"


def test_fewer_than_usual_is_short_where_the_list_does_not_say(load):
    for back in (1, 4, 5, 6):
        load("court-hearings", entries(10, day=DAY - timedelta(days=back)), at=EVENING - timedelta(days=back))
    load("court-hearings", entries(4), at=EVENING)
    told = arrival("Thames", DAY, bst(9))
    assert (told.state, told.names, told.expected) == ("short", 4, 10)


def test_a_line_that_could_not_be_read_makes_the_list_short_until_it_is_dealt_with(db):
    keep_pasted(by="officer", court="Thames", sits_on=DAY, text="BRELLAN, Tavik; 14/03/1991\n?? 41 ??")
    at = datetime.now(UTC) + timedelta(minutes=1)
    told = arrival("Thames", DAY, at)
    assert (told.state, told.unread) == ("short", 1) and "1 line could not be read" in told.words
    set_aside(by="officer", line=UnreadLine.objects.get().pk)
    assert arrival("Thames", DAY, at).state == "received"


def test_one_court_s_list_does_not_hide_that_another_s_is_missing(load):
    for court in ("Thames", "Highbury Corner"):
        load("court-hearings", entries(3, court=court, day=DAY - timedelta(days=1)), at=bst(7, 40, DAY - timedelta(days=1)))
    load("court-hearings", entries(3), at=bst(7, 40))
    assert [(each.of, each.words) for each in missing(bst(8, 30))] == [
        ("Highbury Corner", "Highbury Corner list not received; last one yesterday 07:40")
    ]
    assert missing(bst(7, 50)) == []  # it is not yet due
