"""The steps of a request: no other order than the table's, whoever tries; signed off by another than who decided."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.access.world import DAY
from throughcare.casework.audit.models import Entry
from throughcare.casework.audit.queries import verify
from throughcare.casework.letters.models import Letter
from throughcare.casework.subject_access import actions, errors
from throughcare.casework.subject_access.models import Request, Ruling
from throughcare.casework.subject_access.states import NEXT, OPEN, SHOWN, STEPS
from throughcare.casework.subject_access.tasks import tasks
from throughcare.core.errors import UserError
from throughcare.core.pages import Task
from throughcare.web.held import held_items


def take(desk, request: Request, step: str, *, second: bool) -> Request:
    """Tries one step as one of the two officers, with answers that are right in themselves."""
    who, found = desk.officer(second=second), Request.objects.get(pk=request.pk)
    items = held_items(found.person_id)
    steps = {
        "match": lambda: actions.match(reader=who, request=found, person=found.person_id),
        "ask_proof": lambda: actions.ask_proof(reader=who, request=found),
        "identify": lambda: actions.identify(reader=who, request=found, how="known", on=DAY),
        "extend": lambda: actions.extend(reader=who, request=found, why="complex"),
        "ask": lambda: actions.ask_controllers(reader=who, request=found, names=["police"], answer_by=DAY),
        "answer": lambda: actions.answer(reader=who, request=found, controller="police", words="nothing"),
        "rule": lambda: actions.rule(reader=who, request=found, items=[i for i in items if i.matter], given=True, note="advised"),
        "redact": lambda: actions.redact(reader=who, request=found, items=items),
        "send_back": lambda: actions.send_back(reader=who, request=found, why="look again"),
        "sign": lambda: actions.sign(reader=who, request=found, items=items, name="Inscope, Ansel"),
        "give": lambda: actions.give(reader=who, request=found, how="hand", on=DAY),
        "withdraw": lambda: actions.withdraw(reader=who, request=found, why="asks no more"),
        "open_again": lambda: actions.open_again(reader=who, request=found, why="a complaint"),
    }
    steps[step]()
    return Request.objects.get(pk=request.pk)


def test_the_table_names_no_state_that_there_is_not():
    assert {state for step in STEPS.values() for state in (*step.start, *filter(None, [step.to]))} == set(SHOWN)
    assert set(NEXT) == set(OPEN)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(walk=st.lists(st.tuples(st.sampled_from([*STEPS, "identify", "ask", "answer", "rule", "redact", "sign", "give"]),
                               st.booleans()), max_size=14))  # fmt: skip
def test_whatever_is_tried_only_the_table_s_steps_happen_and_each_leaves_its_entry(desk, walk):
    request = desk.receive()
    entries = Entry.objects.filter(subject_type="subject_access.request", subject_id=str(request.pk))
    for name, second in walk:
        before, told = Request.objects.get(pk=request.pk), len(entries.all())
        try:
            after = take(desk, request, name, second=second)
        except UserError:
            after = Request.objects.get(pk=request.pk)
            assert (after.state, len(entries.all())) == (before.state, told)
            continue
        assert before.state in STEPS[name].start
        assert after.state == (STEPS[name].to or before.state)
        assert len(entries.all()) == told + 1 and entries.order_by("-pk")[0].verb == f"subject_access.{name}"
        if after.state in ("signed", "given"):
            assert after.signed_by_id not in {*Ruling.objects.filter(request=after).values_list("account", flat=True),
                                              after.redacted_by_id}  # fmt: skip
    assert verify().whole


def test_the_way_through(desk):
    request = desk.until("given")
    assert (request.state, request.given_on, request.signed_by.username) == ("given", DAY, "second-officer")
    assert [letter.kind for letter in Letter.objects.filter(about=request.pk, kind="request")] == ["request"]


def test_whoever_decided_does_not_sign_it_off(desk):
    request = desk.until("redacted")
    with pytest.raises(errors.NotTheSame):
        actions.sign(reader=desk.officer(), request=request, items=held_items(request.person_id), name="x")


def test_it_is_not_sent_to_sign_off_while_something_waits_for_a_decision(desk):
    request = desk.until("asked")
    actions.answer(reader=desk.officer(), request=request, controller="police", words="nothing")
    with pytest.raises(errors.NotYet, match="items wait for a decision"):
        actions.redact(reader=desk.officer(), request=request, items=held_items(request.person_id))


def test_what_came_in_after_the_decision_is_not_signed_off_unseen(desk):
    request = desk.until("redacted")
    from throughcare.casework.notes import actions as notes

    notes.write_note(reader=desk.world.reader("offender_manager"), person=request.person_id, text="new since")
    with pytest.raises(errors.NotYet, match="1 items wait for a decision"):
        actions.sign(reader=desk.officer(second=True), request=request, items=held_items(request.person_id), name="x")


def test_a_controller_who_still_has_time_is_waited_for(desk):
    request = desk.until("identified")
    later = DAY + timedelta(days=9)
    request = actions.ask_controllers(reader=desk.officer(), request=request, names=["police"], answer_by=later)
    waiting = [item for item in held_items(request.person_id) if item.matter]
    actions.rule(reader=desk.officer(), request=request, items=waiting, given=True, note="advised")
    with pytest.raises(errors.NotYet, match="police may still answer"):
        actions.redact(reader=desk.officer(), request=request, items=held_items(request.person_id))


@pytest.mark.parametrize("given, reason, note, right", [
    (False, "crime", "the case is open", True), (False, "", "words", False), (False, "crime", " ", False),
    (False, "no such", "words", False), (True, "", "Dr A advised on 1 December", True), (True, "", "", False),
])  # fmt: skip
def test_health_is_given_or_withheld_on_advice_and_nothing_withheld_without_reason_and_words(desk, given, reason, note, right):
    request = desk.until("asked")
    health = [item for item in held_items(request.person_id) if item.matter == "health"]
    assert health
    if right:
        assert actions.rule(reader=desk.officer(), request=request, items=health, given=given, reason=reason, note=note)
    else:
        with pytest.raises(errors.NoReason):
            actions.rule(reader=desk.officer(), request=request, items=health, given=given, reason=reason, note=note)


def test_more_time_is_told_to_the_person_once_and_in_time(desk):
    request = desk.receive()
    assert request.due_on == date(2017, 1, 9)  # the 7th is a Saturday
    request = actions.extend(reader=desk.officer(), request=request, why="complex")
    assert request.due_on == date(2017, 3, 7)
    letter = Letter.objects.get(kind="longer", about=request.pk)
    assert "There is a lot to look at" in letter.content and "7 March 2017" in letter.content
    with pytest.raises(errors.NotYet):
        actions.extend(reader=desk.officer(), request=request, why="many")


def task_of(desk, request: Request) -> Task:
    """What waits for the officer about this request."""
    (task,) = (each for each in tasks(desk.officer()) if each.key == f"subject_access:{request.pk}")
    return task


@pytest.mark.parametrize("received, harm, words", [
    (date(2016, 12, 7), 3, "due 9 January 2017"), (date(2016, 11, 14), 2, "due 14 December 2016"),
    (date(2016, 11, 15), 3, "due 15 December 2016"), (date(2016, 11, 4), 2, "overdue since 5 December 2016"),
])  # fmt: skip
def test_what_is_overdue_or_due_within_a_week_stands_first_on_today(desk, received, harm, words):
    request = desk.receive(received=received)
    task = task_of(desk, request)
    assert task.harm == harm and task.words.endswith(f"check who they are; {words}") and not task.waiting
    assert list(tasks(desk.world.reader("offender_manager"))) == []


def test_while_proof_is_awaited_the_time_stands_still_and_others_are_waited_for(desk):
    request = actions.ask_proof(reader=desk.officer(), request=desk.receive())
    assert request.due_on is None
    task = task_of(desk, request)
    assert task.waiting and task.words.endswith("waits for proof of who they are")
