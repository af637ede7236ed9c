"""Reminders: what they say, to whom, once whatever happens; and what they never say."""

from datetime import UTC, date, datetime, time
from itertools import product

import pytest
from django.core import mail

from throughcare.casework.access import actions as access
from throughcare.casework.letters.tests.reading import grade
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot_work import LABELS
from throughcare.core.times import instant
from throughcare.strands.programmes.actions import book_appointment, record_appointment
from throughcare.strands.programmes.models import Channel, Reminder
from throughcare.strands.programmes.reminders import actions
from throughcare.strands.programmes.reminders.queries import channel_of, due
from throughcare.strands.programmes.reminders.rounds import evening
from throughcare.strands.programmes.reminders.words import SUBJECT, reminder

DAY = date(2016, 10, 15)
EVE = datetime(2016, 10, 14, 16, 30, tzinfo=UTC)  # half past five in London
RING = "020 7946 0101"


@pytest.mark.parametrize(
    ("at", "place", "ring", "said"),
    [
        (None, "", RING, "You have an appointment tomorrow. It is on Thursday 16 June. Ring 020 7946 0101 if you cannot come."),
        (instant(date(2016, 6, 16), time(10)), "", RING,
         "You have an appointment tomorrow. It is on Thursday 16 June at 10am. Ring 020 7946 0101 if you cannot come."),
        (instant(date(2016, 6, 16), time(14, 30)), "the library, Mare Street", "",
         "You have an appointment tomorrow. It is on Thursday 16 June at 2:30pm. Come to the library, Mare Street. "
         "Tell us if you cannot come."),
    ],
)
def test_what_a_reminder_says(at, place, ring, said):
    assert reminder(date(2016, 6, 16), at=at, ring=ring, place=place) == said


def test_a_reminder_is_plain_and_names_no_service_and_nobody():
    """Whoever looks at the telephone learns that somebody has an appointment."""
    pilot = current_pilot()
    told = [
        reminder(date(2016, 9, day), at=at, ring=ring) for day, at, ring in product(
            range(1, 31), (None, instant(date(2016, 9, 1), time(14, 30))), (RING, ""))
    ]  # fmt: skip
    assert max(grade([s for s in text.replace("?", ".").split(". ") if s]) for text in told) <= 6
    words = [*LABELS, "probation", "prison", "licence", "mentor", "officer", "manager", "court", "police", pilot.name.lower(),
             pilot.letters.own_name.lower(), *(s.name.lower() for s in pilot.services),
             *(p.name.lower() for p in pilot.providers)]  # fmt: skip
    assert [word for text in [*told, SUBJECT] for word in words if word in text.lower()] == []


@pytest.fixture
def person(store, manager) -> Person:
    """On the manager's caseload, with an appointment on the day; nothing agreed yet."""
    found = Person.objects.get(pk=store.person("X000001"))
    access.allocate(by="t", person=found.pk, post=manager.post, on=date(2016, 9, 1))
    book_appointment(by="t", person=found, due_on=DAY)
    return found


def agree(manager, person, channel="text", address="07700 900123", **told):
    return actions.agree(reader=manager, person=person.pk, channel=channel, address=address, **told)


def kept() -> list[tuple[str, str, str]]:
    return list(Reminder.objects.order_by("pk").values_list("channel", "address", "state"))


def test_each_is_kept_once_in_the_evening(person, manager):
    agree(manager, person)
    evening("worker", datetime(2016, 10, 14, 15, 59, tzinfo=UTC))  # a minute to five in London
    assert kept() == []
    for _ in range(3):
        evening("worker", EVE)
    assert kept() == [("text", "07700 900123", "to send")]
    said = f"You have an appointment tomorrow. It is on Saturday 15 October. Ring {RING} if you cannot come."
    assert Reminder.objects.get().text == said


def inside(store, person, manager):
    store.load("prison-spells", "record_id prison_number prison kind start\nC1 A0001AA Isis remand 2016-10-13")


def limited(store, person, manager):
    access.limit(by="t", person=person.pk, kind="excluded", accounts=[], start=date(2016, 10, 1))


def declined(store, person, manager):
    agree(manager, person, "none", "")


def recorded(store, person, manager):
    record_appointment(by="t", person=person, due_on=DAY, held_on=None, outcome="RSOF")


def unasked(store, person, manager):
    store.load("crc-people", "record_id crn surname date_of_birth sex\nN9 X000009 Nobody 1990-01-01 M")


@pytest.mark.parametrize(
    ("happens", "why_not"),
    [(inside, ["in custody"]), (limited, ["limited access"]), (declined, ["no reminder wanted"]), (recorded, []),
     (unasked, [""])],
)
def test_who_is_not_reminded_and_why(store, person, manager, happens, why_not):
    agree(manager, person)
    happens(store, person, manager)
    assert [each.why_not for each in due(DAY)] == why_not
    actions.remind(by="worker", day=DAY, at=EVE)
    assert len(kept()) == (why_not == [""])


def test_nobody_is_reminded_who_was_not_asked_and_limited_people_only_where_agreed(person, manager):
    assert [each.why_not for each in due(DAY)] == ["nothing agreed"]
    access.limit(by="t", person=person.pk, kind="excluded", accounts=[], start=date(2016, 10, 1))
    agree(manager, person, although_limited=True)
    assert [each.why_not for each in due(DAY)] == [""]


def test_an_e_mail_goes_once_even_where_the_program_dies_while_it_goes(person, manager, settings, monkeypatch):
    settings.MAIL_SERVER, settings.DEMONSTRATION, settings.DEFAULT_FROM_EMAIL = "smtps://x@y", None, "hello@example.org"
    agree(manager, person, "email", "someone@example.org")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(actions, "send_mail", dies)
        actions.remind(by="worker", day=DAY, at=EVE)
    assert kept() == [("email", "someone@example.org", "sending")], "known to have begun, so that somebody rings"
    actions.remind(by="worker", day=DAY, at=EVE)
    assert mail.outbox == []


def test_an_e_mail_is_sent_where_there_is_a_server_and_never_from_a_demonstration(person, manager, settings):
    settings.MAIL_SERVER, settings.DEMONSTRATION, settings.DEFAULT_FROM_EMAIL = "smtps://x@y", None, "hello@example.org"
    agree(manager, person, "email", "someone@example.org")
    actions.remind(by="worker", day=DAY, at=EVE)
    said = Reminder.objects.get().text
    assert [(m.subject, m.to, m.body) for m in mail.outbox] == [("Tomorrow", ["someone@example.org"], said)]
    assert kept() == [("email", "someone@example.org", "sent")]
    settings.DEMONSTRATION = DAY
    book_appointment(by="t", person=person, due_on=date(2016, 10, 16))
    actions.remind(by="worker", day=date(2016, 10, 16), at=EVE)
    assert len(mail.outbox) == 1 and kept()[-1][-1] == "to send"


def test_a_server_that_refuses_is_said(person, manager, settings, monkeypatch):
    settings.MAIL_SERVER, settings.DEMONSTRATION, settings.DEFAULT_FROM_EMAIL = "smtps://x@y", None, "hello@example.org"
    agree(manager, person, "email", "someone@example.org")

    def refuses(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(actions, "send_mail", refuses)
    actions.remind(by="worker", day=DAY, at=EVE)
    assert kept() == [("email", "someone@example.org", "failed")]


@pytest.mark.parametrize(
    ("channel", "address"), [("text", ""), ("text", "a number"), ("email", "someone"), ("letter", " "), ("no such", "1234567")]
)
def test_a_way_without_its_number_or_address_is_refused(person, manager, channel, address):
    with pytest.raises(actions.NotAWay):
        agree(manager, person, channel, address)
    assert not Channel.objects.exists()


def test_the_last_word_counts(person, manager):
    agree(manager, person)
    agree(manager, person, "letter", "1 Mare Street")
    assert channel_of(person.pk).channel == "letter"
