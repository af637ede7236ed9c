"""An appointment typed here that the extract tells too is one appointment, and stays as it was typed.

What was typed: due on 5 October 2016, held that day, attended (ATTC); the offender manager's code left out.
"""

from datetime import date

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.elsewhere.actions import not_entered
from throughcare.casework.elsewhere.errors import NotEntered
from throughcare.casework.elsewhere.queries import owed, owed_about
from throughcare.casework.imports.actions import stores
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.programmes.actions import AlreadyRecorded, record_appointment
from throughcare.strands.programmes.models import Appointment
from throughcare.strands.programmes.queries import findings

DUE = date(2016, 10, 5)
HEADER = "record_id crn due_on held_on attended outcome manager\n"
SAME = "AP1 X000001 2016-10-05 2016-10-05 yes ATTC N07A112"
YEAR = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))


TYPED = ("-", "2016-10-05", "2016-10-05", "ATTC", "")
ONE = ("AP1", *TYPED[1:])
FILLED = (*ONE[:-1], "N07A112")


def type_one(store, *, outcome: str = "ATTC", held_on: date | None = DUE) -> Appointment:
    person = Person.objects.get(pk=store.person("X000001"))
    return record_appointment(by="officer", person=person, due_on=DUE, held_on=held_on, outcome=outcome)


def rows() -> list[tuple[str, str, str, str, str]]:
    """record_id ("-" where typed only), due, held, outcome, manager."""
    found = Appointment.objects.select_related("source").order_by("pk")
    return [(a.source.record_id if a.source else "-", str(a.due_on), str(a.held_on or "-"), a.outcome, a.manager) for a in found]


def contradictions() -> list[tuple[str, ...]]:
    scope = Scope(pilot=current_pilot(), period=YEAR, as_at=date(2017, 1, 1))
    return [f.records for f in findings(scope) if f.slug == "programmes.typed_and_told_differ"]


TOLD = [
    # what the extract says                                on record then  contradicted in
    (SAME,                                                 FILLED,         ""),
    ("AP1 X000001 2016-10-05 2016-10-05 yes - -",          ONE,            ""),
    ("AP1 X000001 2016-10-05 2016-10-06 yes ATTC N07A112", ONE,            "held_on"),
    ("AP1 X000001 2016-10-05 - no UAAB -",                 ONE,            "attended, outcome"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "kept", "contradicted"), TOLD)
def test_typed_then_imported_is_one_row_that_keeps_what_was_typed(store, told, kept, contradicted):
    type_one(store)
    outcome = store.load("crc-appointments", HEADER + told)
    assert (outcome.new, rows()) == (1, [kept])
    assert contradictions() == ([(f"AP1: {contradicted}",)] if contradicted else [])


def test_the_import_marks_it_as_entered_under_its_number(store):
    typed = type_one(store)
    (waits,) = owed()
    assert waits.text == "Appointment due 5 October 2016, held 5 October 2016: ATTC (Attended and complied)"
    store.load("crc-appointments", HEADER + SAME)
    assert owed() == []
    (done,) = owed_about(typed.person_id)
    assert (done.reference, done.entered_by, done.by_import) == ("AP1", "import by test", True)
    assert Entry.objects.filter(verb="import.adopt_row", subject_id=str(typed.pk), person_id=typed.person_id).exists()
    with pytest.raises(NotEntered, match="an extract shows that it is there"):
        not_entered(by="officer", id=done.pk)


def test_imported_twice_is_one_row(store):
    type_one(store)
    store.load("crc-appointments", HEADER + SAME)
    assert store.load("crc-appointments", HEADER + SAME).same == 1
    assert len(rows()) == 1


def test_a_corrected_extract_still_does_not_overwrite_what_was_typed_and_fills_what_was_not(store):
    type_one(store)
    store.load("crc-appointments", HEADER + SAME)
    store.load("crc-appointments", HEADER + SAME.replace("N07A112", "N07A999"))
    assert rows() == [("AP1", "2016-10-05", "2016-10-05", "ATTC", "N07A999")]
    store.load("crc-appointments", HEADER + "AP1 X000001 2016-10-05 - no UAAB N07A999")
    assert rows() == [("AP1", "2016-10-05", "2016-10-05", "ATTC", "N07A999")]
    assert contradictions() == [("AP1: attended, outcome",)]
    store.load("crc-appointments", HEADER + SAME)
    assert contradictions() == []


def test_an_extract_that_now_tells_another_day_lets_the_typed_one_go_and_it_is_owed_again(store):
    type_one(store)
    store.load("crc-appointments", HEADER + SAME)
    store.load("crc-appointments", HEADER + SAME.replace("2016-10-05", "2016-10-12"))
    assert rows() == [TYPED, ("AP1", "2016-10-12", "2016-10-12", "ATTC", "N07A112")]
    assert len(owed()) == 1


def test_a_copy_corrected_to_the_day_of_a_typed_one_becomes_that_one(store):
    store.load("crc-appointments", HEADER + SAME.replace("2016-10-05", "2016-10-12"))
    type_one(store)
    store.load("crc-appointments", HEADER + SAME)
    assert rows() == [FILLED]


def test_of_two_rows_of_a_day_the_one_that_agrees_is_the_typed_one(store):
    type_one(store)
    store.load("crc-appointments", HEADER + "AP0 X000001 2016-10-05 - no RSSR -\n" + SAME)
    assert sorted(rows()) == [("AP0", "2016-10-05", "-", "RSSR", ""), FILLED]
    assert contradictions() == []


def test_two_that_become_the_same_because_two_people_are_one_are_made_one_by_the_next_load(store):
    typed = type_one(store)
    store.load("crc-appointments", HEADER + SAME.replace("X000001", "X000002"))
    with recording(by="linkage", verb="test.merge"):
        Appointment.objects.filter(pk=typed.pk).update(person=store.person("X000002"))
    assert rows() == [TYPED, FILLED]
    store.load("crc-appointments", HEADER + SAME.replace("AP1", "AP2").replace("-05", "-06"))
    assert [row for row in rows() if row[1] == "2016-10-05"] == [FILLED]
    assert owed() == []


def test_another_day_or_person_is_another_appointment(store):
    type_one(store)
    anothers, another_day = SAME.replace("X000001", "X000002"), SAME.replace("AP1", "AP2").replace("-05", "-06")
    store.load("crc-appointments", HEADER + anothers + "\n" + another_day)
    assert [row[0] for row in rows()] == ["-", "AP1", "AP2"]
    assert len(owed()) == 1


@pytest.mark.parametrize("named", ["(AP1 in the extract)", "(typed here)"])
def test_imported_or_typed_and_then_typed_is_refused_and_names_the_one_there_is(store, named):
    if "AP1" in named:
        store.load("crc-appointments", HEADER + SAME)
    else:
        type_one(store)
    there = Appointment.objects.get()
    with pytest.raises(AlreadyRecorded) as refusal:
        type_one(store, outcome="UAAB", held_on=None)
    assert f"appointment {there.pk} {named}" in str(refusal.value)
    assert len(rows()) == 1 and len(owed()) == ("typed" in named)


def test_agency_copies_are_overwritten_by_a_corrected_extract_as_before(store):
    store.load("crc-appointments", HEADER + SAME)
    store.load("crc-appointments", HEADER + "AP1 X000001 2016-10-05 - no UAAB -")
    assert rows() == [("AP1", "2016-10-05", "-", "UAAB", "")]


def test_only_a_loader_that_keeps_one_fact_a_row_adopts():
    with pytest.raises(ValueError, match="one fact"):
        stores(Appointment, key=("source", "due_on"), adopts=("person", "due_on"))
