"""The outbox: an event is kept with the action that it belongs to, and each handler has it once, however often it fails."""

from datetime import date

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry, WriteOutsideAction
from throughcare.casework.audit.queries import verify
from throughcare.casework.events.actions import announce, announce_all, handle_pending
from throughcare.casework.events.models import Outbox
from throughcare.casework.events.part import PART
from throughcare.casework.events.queries import waiting
from throughcare.casework.people.models import Person
from throughcare.core.contracts import Event

pytestmark = pytest.mark.django_db


def event(kind: str = "cohort.joined", number: int = 1) -> Event:
    return Event(
        kind=kind, person_id=7, subject_type="cohort.membership", subject_id=number, happened_on=date(2016, 1, 4),
        details={"borough": "Hackney"},
    )  # fmt: skip


def announced(*events: Event) -> None:
    with recording(by="coordinator:hackney", verb="test.announce"):
        announce_all(events)


def test_an_event_is_given_as_it_was_announced():
    announced(event())
    seen: list[Event] = []
    outcome = handle_pending(by="worker", handlers={"cohort.joined": [seen.append]})
    assert seen == [event()]
    assert (outcome.handled, outcome.failed, waiting()) == (1, 0, [])


def test_an_event_cannot_be_announced_outside_an_action():
    with pytest.raises(WriteOutsideAction):
        announce(event())


def test_a_transaction_rolled_back_leaves_no_event():
    with pytest.raises(ZeroDivisionError), recording(by="coordinator:hackney", verb="test.announce"):
        announce(event())
        assert Outbox.objects.exists()
        _ = 1 / 0
    assert not Outbox.objects.exists()
    assert not Entry.objects.exists()


def test_each_handler_has_each_event_once():
    announced(event(number=1), event(number=2))
    seen: list[int] = []

    def note(given: Event) -> None:
        seen.append(given.subject_id)

    for _ in range(3):
        handle_pending(by="worker", handlers={"cohort.joined": [note]})
    assert seen == [1, 2]


def test_a_handler_that_fails_twice_is_given_the_event_a_third_time_and_others_are_not():
    announced(event())
    tries: list[int] = []
    had: list[int] = []

    def fails_twice(given: Event) -> None:
        tries.append(given.subject_id)
        if len(tries) < 3:
            raise ConnectionError("the broker's server does not answer")

    def works(given: Event) -> None:
        had.append(given.subject_id)

    expected = [(1, "ConnectionError: the broker's server does not answer"), (2, "ConnectionError"), (3, "")]
    for attempts, error in expected:
        outcome = handle_pending(by="worker", handlers={"cohort.joined": [fails_twice, works]})
        row = Outbox.objects.get()
        assert (row.attempts, error in row.last_error, outcome.failed) == (attempts, True, 1 if error else 0)
        assert bool(row.handled_at) is not bool(error)
        assert all("fails_twice" in line for line in outcome.errors)
    assert (len(tries), len(had), row.last_error) == (3, 1, "")


def test_what_a_failing_handler_wrote_is_undone_and_the_next_event_goes_on():
    announced(event(number=1), event(number=2))

    def writes(given: Event) -> None:
        Person(surname=f"made by {given.subject_id}").save()
        if given.subject_id == 1:
            raise ValueError("not this one")

    handle_pending(by="worker", handlers={"cohort.joined": [writes]})
    assert [person.surname for person in Person.objects.all()] == ["made by 2"]
    assert [row.subject_id for row in waiting()] == [1]


def test_an_event_of_a_kind_that_nobody_handles_is_done_with():
    announced(event("cohort.left"), event("cohort.joined"))
    outcome = handle_pending(by="worker", handlers={"prison.released": [print]})
    assert (outcome.handled, waiting()) == (2, [])


def test_handling_is_audited_under_the_name_of_the_worker():
    announced(event())
    handle_pending(by="worker", handlers={"cohort.joined": [lambda given: None]})
    assert list(Entry.objects.filter(actor="worker").values_list("verb", "subject_type", "person_id")) == [
        ("events.handle", "events.outbox", 7),
        ("events.done", "events.outbox", 7),
    ]
    assert verify().whole


def test_handling_inside_a_transaction_is_refused():
    with pytest.raises(RuntimeError), recording(by="worker", verb="test.outer"):
        handle_pending(by="worker", handlers={})


def test_a_row_of_the_outbox_cannot_be_saved_directly():
    announced(event())
    with pytest.raises(WriteOutsideAction):
        Outbox.objects.get().save()


def test_what_is_held_about_a_person_names_the_messages():
    announced(event())
    (message,) = PART.held_about(7)["messages between services"]
    assert (message["what"], message["details"]) == ("cohort.joined", {"borough": "Hackney"})
    assert PART.held_about(8) == {"messages between services": []}
    assert PART.timeline(7) == ()
