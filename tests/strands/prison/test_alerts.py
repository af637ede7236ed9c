"""What a new prison extract tells, and who is alerted of it: a table of mornings."""

from datetime import date

import pytest

from tests.outbox import hand_out
from tests.strands.prison.conftest import TODAY
from throughcare.casework.alerts import actions as alerts
from throughcare.casework.alerts.models import Alert
from throughcare.casework.alerts.queries import tasks
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.casework.events.models import Outbox
from throughcare.casework.people.models import Person
from throughcare.strands.prison.models import Movement
from throughcare.strands.prison.movements.actions import learn
from throughcare.strands.programmes.actions import book_appointment

HEAD = "record_id | person | prison | kind | start | end\n"
DETAILS = "record_id | person | prison | start | wing | left_as | release_planned_on\n"
ALL = {"manager", "volunteer", "pentonville", "osmani"}
MORNINGS = [
    # spells | details | who is alerted | of what
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-11-29\nS2 | A | Isis | sentenced | 2016-11-29 |", "",
     ALL | {"isis"}, "Moved from Pentonville to Isis on Tuesday 29 November 2016"),
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-11-30", "",
     ALL, "Released from Pentonville on Wednesday 30 November 2016"),
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-11-30",
     DETAILS + "D1 | A | Pentonville | 2016-09-01 | | rotl |", ALL, "Released from Pentonville on Wednesday 30 November 2016"),
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 |", DETAILS + "D1 | A | Pentonville | 2016-09-01 | | | 2017-03-14",
     ALL, "Planned release from Pentonville: now Tuesday 14 March 2017"),
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 |", "", set(), ""),  # told again
    (HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 |", DETAILS + "D1 | A | Pentonville | 2016-09-01 | C | |", set(), ""),
]  # fmt: skip


def morning(load, spells: str, details: str = "", on: date = TODAY) -> None:
    load({"prison-spells": spells} | ({"prison-details": details} if details else {}))
    learn(by="test", on=on)
    hand_out()


def waiting() -> dict[str, Alert]:
    found = Alert.objects.filter(seen_at=None, replaced_by=None).select_related("post")
    return {alert.post.slug: alert for alert in found}


@pytest.mark.parametrize(("spells", "details", "who", "text"), MORNINGS)
def test_who_is_alerted_of_what_the_same_day(known, load, spells, details, who, text):
    morning(load, spells, details)
    found = waiting()
    assert set(found) == who
    assert {alert.text for alert in found.values()} == ({text} if text else set())
    assert {alert.row for alert in found.values()} <= {"custody"}


def test_the_first_look_alerts_nobody_and_a_second_of_the_same_adds_nothing(known):
    assert Movement.objects.filter(learned_on=None).exists()
    assert not Outbox.objects.filter(kind__startswith="prison.").exists()
    assert learn(by="test", on=TODAY) == 0


def test_the_provider_is_told_the_place_and_its_own_referral_never_why(known, load):
    morning(load, *MORNINGS[2][:2])
    told = waiting()["osmani"]
    assert told.lines == ["Mentoring, accepted"]
    assert "ROTL" not in told.text + told.touched
    assert Movement.objects.get(kind="release").how == "rotl"
    assert "pact" not in waiting()


@pytest.mark.parametrize(("due", "harm"), [(date(2016, 12, 2), 1), (date(2016, 12, 3), 2), (date(2016, 12, 20), 2)])
def test_an_appointment_within_two_days_is_for_now(known, load, due, harm):
    book_appointment(by="test", person=Person.objects.get(pk=known), due_on=due, manager="C1")
    morning(load, *MORNINGS[0][:2])
    told = waiting()
    assert told["manager"].harm == harm and told["manager"].lines == [f"Appointment on {due:%A} {due.day} December 2016"]
    assert told["volunteer"].harm == 2 and told["volunteer"].lines == []


def test_it_waits_until_seen_and_gives_way_to_what_happens_next(known, load, reader):
    morning(load, *MORNINGS[0][:2])
    (task,) = tasks(reader("osmani"))
    assert "to Isis" in task.words and "Mentoring, accepted" in task.words
    alerts.seen(reader=reader("osmani"), alert=waiting()["osmani"], at=instant_on(TODAY), note="Rang the chaplaincy")
    assert list(tasks(reader("osmani"))) == [] and len(list(tasks(reader("volunteer")))) == 1
    with pytest.raises(alerts.SeenAlready):
        alerts.seen(reader=reader("osmani"), alert=Alert.objects.get(post__slug="osmani"), at=instant_on(TODAY))
    later = date(2016, 12, 1)
    morning(load, f"{MORNINGS[0][0]} 2016-12-01", on=later)
    assert [task.words for task in tasks(reader("volunteer", later))] == ["Released from Isis on Thursday 1 December 2016"]


def test_a_vacant_posts_alert_is_its_seniors(known, load, reader):
    morning(load, *MORNINGS[0][:2])
    assert list(tasks(reader("senior"))) == []
    holding = waiting()["manager"].post.holdings.get()
    with recording(by="test", verb="test.leave"):
        holding.end = TODAY
        holding.save()
    (task,) = tasks(reader("senior"))
    assert "which nobody holds" in task.words


def test_what_is_not_borne_out_any_more_is_taken_back_and_kept(known, load):
    morning(load, *MORNINGS[1][:2])
    morning(load, HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 |", on=date(2016, 12, 1))
    gone = Movement.objects.get(kind="release")
    assert gone.withdrawn_on == date(2016, 12, 1)


def test_an_old_movement_is_kept_and_nobody_alerted(known, load):
    morning(load, HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-10-15")
    assert Movement.objects.get(kind="release").learned_on == TODAY
    assert waiting() == {}
