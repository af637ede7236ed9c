"""An appointment that is to come, booked here or told by the extract, gets its outcome once, and no extract takes it away."""

from datetime import date

import pytest

from throughcare.casework.elsewhere.queries import owed
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Person
from throughcare.registry.parts import feeds
from throughcare.strands.programmes.actions import AlreadyRecorded, book_appointment, record_appointment
from throughcare.strands.programmes.models import Appointment

DAY = date(2016, 10, 5)
HEAD = "record_id,crn,due_on,held_on,attended,outcome,manager\n"


@pytest.fixture
def load(db, tmp_path):
    def run(name: str, text: str) -> None:
        path = tmp_path / f"{name}.csv"
        path.write_text(text)
        import_extracts(by="test", paths=[path], feeds=feeds(), resolve=resolve)

    return run


@pytest.fixture
def person(load) -> Person:
    load("crc-people", "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity\n"
         "C1,X320741,,,,Vaskin,Orrimund,1994-01-01,M,White\n")  # fmt: skip
    return Person.objects.get()


def test_what_was_booked_is_filled_in_and_not_doubled(person):
    book_appointment(by="manager", person=person, due_on=DAY)
    record_appointment(by="manager", person=person, due_on=DAY, held_on=DAY, outcome="ATTC")
    row = Appointment.objects.get()
    assert (row.held_on, row.attended, row.outcome) == (DAY, True, "ATTC")
    assert [each.text for each in owed()] == [
        "Appointment booked for 5 October 2016",
        "Appointment due 5 October 2016, held 5 October 2016: ATTC (Attended and complied)",
    ]


def test_a_second_of_one_day_is_refused(person):
    book_appointment(by="manager", person=person, due_on=DAY)
    with pytest.raises(AlreadyRecorded):
        book_appointment(by="manager", person=person, due_on=DAY)
    record_appointment(by="manager", person=person, due_on=DAY, held_on=None, outcome="UAAB")
    with pytest.raises(AlreadyRecorded):
        record_appointment(by="manager", person=person, due_on=DAY, held_on=DAY, outcome="ATTC")


def test_an_appointment_of_the_extract_takes_the_outcome_typed_here_and_keeps_it(person, load):
    load("crc-appointments", HEAD + "AP1,X320741,2016-10-05,,no,,N07A112\n")
    record_appointment(by="manager", person=person, due_on=DAY, held_on=DAY, outcome="ATTC")
    load("crc-appointments-2", HEAD + "AP1,X320741,2016-10-05,,no,UAAB,N07A112\n")
    row = Appointment.objects.get()
    assert (row.held_on, row.outcome, row.source.record_id) == (DAY, "ATTC", "AP1")
