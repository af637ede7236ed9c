"""Every write has its entry; no entry can be altered or removed unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry, Head
from throughcare.casework.audit.queries import about_person, verify
from throughcare.casework.people.models import Person

pytestmark = pytest.mark.django_db


def add(surname: str) -> Person:
    with recording(by="tester", verb="people.add") as entry:
        person = Person(surname=surname)
        person.save()
        entry.about(person, person_id=person.pk)
    return person


def test_an_action_writes_its_entry_in_the_same_transaction():
    person = add("Brellan")
    entry = Entry.objects.get()
    assert (entry.actor, entry.verb, entry.subject_type, entry.subject_id) == (
        "tester",
        "people.add",
        "people.person",
        str(person.pk),
    )
    assert about_person(person.pk) == [entry]
    assert "Brellan" not in entry.details


def test_an_action_that_fails_leaves_neither_write_nor_entry():
    with pytest.raises(ZeroDivisionError), recording(by="tester", verb="people.add"):
        Person(surname="Brellan").save()
        1 / 0  # noqa: B018
    assert (Person.objects.count(), Entry.objects.count()) == (0, 0)
    with pytest.raises(RuntimeError):
        Person(surname="Brellan").save()


def test_nobody_acts_namelessly():
    with pytest.raises(ValueError, match="who acts"), recording(by="", verb="people.add"):
        pass


def test_a_whole_chain_is_found_whole():
    for name in ("Brellan", "Castrick", "Dovane"):
        add(name)
    found = verify()
    assert (found.whole, found.entries, found.head) == (True, 3, Head.objects.get().hash)


REPLACED = """INSERT OR REPLACE INTO audit_entry (id, at, actor, verb, subject_type, subject_id, details, hash)
    SELECT id, at, 'nobody', verb, subject_type, subject_id, details, hash FROM audit_entry WHERE id = 2"""
REWRITES = ["UPDATE audit_entry SET actor = 'nobody' WHERE id = 2", "DELETE FROM audit_entry WHERE id = 3"]


@pytest.mark.parametrize("sql", REWRITES + [REPLACED] * (connection.vendor == "sqlite"))
def test_the_database_itself_refuses_to_alter_or_remove_an_entry(sql):
    for name in ("Brellan", "Castrick", "Dovane"):
        add(name)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert verify().whole


TAMPERINGS = [
    ("altered", "UPDATE audit_entry SET actor = 'nobody' WHERE id = 2", "entry 2 was altered"),
    ("its hash altered too", "UPDATE audit_entry SET hash = 'x' WHERE id = 3", "entry 3 was altered"),
    ("removed from the middle", "DELETE FROM audit_entry WHERE id = 2", "entry 2 is missing"),
    ("removed from the end", "DELETE FROM audit_entry WHERE id = 3", "3 entries were written, 2 are there"),
    ("all removed", "DELETE FROM audit_entry", "3 entries were written, 0 are there"),
]


@pytest.mark.parametrize(("case", "sql", "fault"), TAMPERINGS, ids=[t[0] for t in TAMPERINGS])
def test_with_the_triggers_out_of_the_way_every_tampering_is_found(case, sql, fault):
    for name in ("Brellan", "Castrick", "Dovane"):
        add(name)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
            cursor.execute("DROP TRIGGER audit_entry_no_replace")
        cursor.execute(sql)
    assert verify().fault == fault
