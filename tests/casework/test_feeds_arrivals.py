"""Feeds that come, come late, come short or do not come."""

from datetime import datetime

import pytest

from tests.casework.conftest import PEOPLE
from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.imports.queries import FeedState, feed_states
from throughcare.casework.people.actions import resolve
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON
from throughcare.registry.parts import feeds

APPOINTMENTS = "crc-appointments"


def london(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def came(*loads: tuple[str, int], feed: str = APPOINTMENTS, corrects: FileLoad | None = None, same: bool = False) -> None:
    with recording(by="test", verb="test.load"):
        for number, (at, rows) in enumerate(loads):
            digest = "the same" if same else f"{at} {number}"
            FileLoad(feed=feed, name=f"{feed}.csv", digest=digest, loaded_at=london(at), loaded_by="cli", rows=rows,
                     corrects=corrects).save()  # fmt: skip


def state(now: str, feed: str = APPOINTMENTS) -> FeedState:
    (found,) = [each for each in feed_states(now=london(now), pilot=current_pilot()) if each.slug == feed]
    return found


USUAL = (("2016-06-07 07:30", 100), ("2016-06-08 07:30", 120), ("2016-06-09 07:30", 110), ("2016-06-10 07:30", 105))
# crc-appointments: every working day by 08:00. 13 June 2016 is a Monday.
STATES = [
    # last load of those that came       now                 state
    (("2016-06-14 07:40", 100), "2016-06-14 09:00", "on time"),
    (("2016-06-13 23:50", 100), "2016-06-14 09:00", "on time"),        # the night before
    (("2016-06-13 17:58", 100), "2016-06-14 09:00", "late"),           # Monday's, late; Tuesday's is not here
    (("2016-06-13 17:58", 100), "2016-06-14 07:59", "came late"),      # Tuesday's is not due yet
    (("2016-06-14 09:30", 100), "2016-06-14 10:00", "came late"),
    (("2016-06-10 07:40", 100), "2016-06-12 12:00", "on time"),        # nothing is due at the weekend
    (("2016-06-14 07:40", 53), "2016-06-14 09:00", "short"),           # the median of those before is 107
    (("2016-06-14 07:40", 0), "2016-06-14 09:00", "short"),
    (("2016-06-12 12:00", 0), "2016-06-14 09:00", "late"),             # not here is told before too few rows
]  # fmt: skip


@pytest.mark.parametrize(("last", "now", "expected"), STATES)
def test_how_a_feed_stands(db, last, now, expected):
    came(*USUAL[:3] if last[0].startswith("2016-06-10") else USUAL, last)
    assert state(now).state == expected


def test_a_late_feed_is_told_in_a_sentence_with_its_owner(db):
    came(("2016-06-13 17:58", 100))
    found = state("2016-06-14 09:00")
    assert found.words == (
        "crc-appointments not received; last one Monday 13 June 2016 at 17:58, expected by 08:00 on 14 June; "
        "London CRC performance team is to be told"
    )
    assert (found.due_at, found.next_due_at) == (london("2016-06-14 08:00"), london("2016-06-15 08:00"))
    assert found.wants_attention


def test_a_short_feed_says_what_is_usual_and_a_file_sent_again_is_told(db):
    came(*USUAL, ("2016-06-14 07:40", 12))
    assert "with 12 rows, where 107 are usual; London CRC performance team is to be told" in state("2016-06-14 09:00").words
    came(("2016-06-14 07:45", 100), ("2016-06-15 07:45", 100), same=True)
    assert state("2016-06-15 09:00").words.endswith("it is the file of Tuesday 14 June 2016 at 07:45 again")


def test_within_its_grace_a_feed_is_not_late(db):
    came(("2016-05-05 11:00", 8), feed="police-plans")  # monthly on the 5th by 12:00 with a day's grace; 5 June is a Sunday
    assert state("2016-06-07 11:00", "police-plans").state == "on time"
    assert state("2016-06-07 12:00", "police-plans").state == "late"
    came(("2016-06-07 10:00", 8), feed="police-plans")
    assert state("2016-06-07 12:00", "police-plans").state == "on time"


def test_never_came_and_no_expectation(db):
    assert state("2016-06-14 09:00").state == "never came"
    assert "has never been received, expected by 08:00 on 14 June 2016" in state("2016-06-14 09:00").words
    came(("2016-06-13 17:58", 30), feed="survey-responses")
    assert state("2016-06-14 09:00", "survey-responses").state == "no expectation"
    assert state("2018-06-14 09:00").state == "no expectation"  # the pilot is over


def test_a_correction_made_here_is_no_load_and_what_came_after_now_is_not_looked_at(db):
    came(("2016-06-13 07:40", 100), ("2016-06-14 09:30", 100))
    came(("2016-06-14 07:50", 1), corrects=FileLoad.objects.earliest("pk"))
    found = state("2016-06-14 09:00")
    assert (found.state, found.rows) == ("late", 100)


def test_the_london_file_expects_feeds_that_there_are_and_leaves_out_the_survey_alone(db):
    expected = {each.slug for each in current_pilot().feeds}
    assert set(feeds()) - expected == {"survey-responses"}
    assert expected <= set(feeds())
    found = feed_states(now=london("2016-06-14 09:00"), pilot=current_pilot(), known=feeds())
    assert [each.slug for each in found] == sorted(feeds())


def test_a_real_file_counts_from_when_it_came(db, extract):
    path = extract("police-people", PEOPLE + "P1,1979/0163001B,,T,Brellan,1979-02-28,F,White\n")
    import_extracts(by="test", paths=[path], feeds=feeds(), resolve=resolve, at=london("2016-06-14 06:50"))
    assert state("2016-06-14 09:00", "police-people").state == "on time"
    assert state("2016-06-15 09:00", "police-people").state == "late"
