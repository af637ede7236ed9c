"""The table of an action's states, and that an open one comes back to every agenda until it is done or dropped."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughcare.casework.panel import actions, errors
from throughcare.casework.panel.agenda import reasons
from throughcare.casework.panel.models import ActionEvent, Item
from throughcare.casework.panel.tasks import tasks
from throughcare.rules import meeting_actions as states

MAY = date(2016, 5, 2)
TABLE = """
open         done         owner        What was done?
open         handed_back  owner        Why can it not be done by you?
open         dropped      coordinator  Why is it dropped?
open         taken_back   coordinator  -
handed_back  open         coordinator  What is said with it?
handed_back  dropped      coordinator  Why is it dropped?
done         open         coordinator  What is still to be done?
"""
"""From, to, who, what must be said. Nothing leads out of dropped or taken back."""


def test_the_table_is_this():
    told = [
        (state.slug, move.to, move.who, move.asks or "-") for state in states.STATES for move in state.moves
    ]
    assert told == [tuple(line.split(maxsplit=3)) for line in TABLE.strip().splitlines()]
    assert states.WAITS == ("open", "handed_back")


@pytest.fixture
def action(borough, held):
    """An action for the manager of A, from a closed panel of 2 May, due a week later."""
    meeting = held(MAY, "A", closed=False)
    item = Item.objects.select_related("meeting").get(meeting=meeting)
    reader = borough.reader("iom", MAY)
    given = actions.give(reader=reader, item=item, text="Ring the landlord", owner=borough.posts["manager"],
                         due_on=MAY + timedelta(days=7))  # fmt: skip
    actions.close(by=reader.by, meeting=meeting)
    actions.send(by=reader.by, meeting=meeting)
    return given


def comes_back(borough, action, day: date) -> bool:
    """Whether a panel of the day has the person suggested for the action."""
    reader = borough.reader("iom", day)
    meeting = actions.plan(by=reader.by, borough="Hackney", on=day)
    told = [w.words for w in reasons(reader, meeting).get(action.person_id, [])]
    return any(words.startswith("Action open") for words in told)


MOVES = [states.DONE, states.HANDED_BACK, states.OPEN, states.DROPPED, states.TAKEN_BACK]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=st.lists(st.sampled_from(MOVES), max_size=6))
def test_whatever_is_tried_it_returns_exactly_while_it_waits(borough, action, tried):
    with transaction.atomic():
        state = states.OPEN
        for to in tried:
            listed = states.move(state, to)
            possible = listed is not None and not listed.in_the_meeting
            try:
                actions.move(reader=borough.reader("iom", MAY), action=action, to=to, text="said")
            except errors.NotAllowedHere:
                assert not possible
            else:
                assert possible
                state = to
        action.refresh_from_db()
        assert action.state == state
        for n, weeks in enumerate((1, 5, 9)):
            assert comes_back(borough, action, MAY + timedelta(weeks=weeks)) == (state in states.WAITS), n
        assert [e.state for e in ActionEvent.objects.filter(action=action).order_by("pk")][-1] == state
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("days", "harm", "words"),
    [
        (0, 3, "Ring the landlord"),  # due within a week
        (7, 3, "Ring the landlord"),  # due today
        (8, 2, "Overdue from the panel of 2 May 2016: Ring the landlord"),
    ],
)
def test_today_of_the_owner(borough, action, days, harm, words):
    found = [t for t in tasks(borough.reader("manager", MAY + timedelta(days=days))) if t.key == f"panel.action:{action.pk}"]
    assert [(t.harm, t.words, t.due_on) for t in found] == [(harm, words, MAY + timedelta(days=7))]
    assert not [t for t in tasks(borough.reader("tasking", MAY)) if "landlord" in t.words]


def test_done_it_waits_no_more_and_handed_back_it_waits_for_the_coordinator(borough, action):
    manager = borough.reader("manager", MAY)
    actions.move(reader=manager, action=action, to=states.HANDED_BACK, text="I am off sick")
    assert not [t for t in tasks(manager) if t.key.startswith("panel.action")]
    (back,) = [t for t in tasks(borough.reader("iom", MAY)) if t.key.startswith("panel.back")]
    assert back.words == "Manager hands back: Ring the landlord"
    iom = borough.reader("iom", MAY)
    actions.move(reader=iom, action=action, to=states.OPEN, text="Please", owner=borough.posts["tasking"], due_on=MAY)
    assert [t.words for t in tasks(borough.reader("tasking", MAY)) if t.key.startswith("panel.action")] == ["Ring the landlord"]
    with pytest.raises(errors.NothingSaid):
        actions.move(reader=borough.reader("tasking", MAY), action=action, to=states.DONE, text=" ")


def test_nobody_is_given_an_action_about_somebody_whom_they_may_not_know(borough, held):
    item = Item.objects.select_related("meeting").get(meeting=held(MAY, "A", closed=False))
    with pytest.raises(errors.NotForThem):
        actions.give(reader=borough.reader("iom", MAY), item=item, text="x", owner=borough.posts["charity"], due_on=MAY)


def test_until_the_packs_are_sent_no_owner_sees_an_action(borough, held):
    meeting = held(MAY, "A", closed=False)
    item, reader = Item.objects.select_related("meeting").get(meeting=meeting), borough.reader("iom", MAY)
    actions.give(reader=reader, item=item, text="x", owner=borough.posts["manager"], due_on=MAY)
    assert not [t for t in tasks(borough.reader("manager", MAY)) if t.key.startswith("panel.action")]
    actions.close(by=reader.by, meeting=meeting)
    assert [t.words for t in tasks(reader)] == ["Panel of Hackney on 2 May 2016: nobody has their actions yet"]
    actions.send(by=reader.by, meeting=meeting)
    assert [t.words for t in tasks(borough.reader("manager", MAY)) if t.key.startswith("panel.action")] == ["x"]
