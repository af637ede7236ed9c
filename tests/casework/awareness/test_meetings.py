"""The partners' meetings: actions come back until they are done, and an agency that stays away is named."""

from datetime import timedelta

import pytest

from tests.casework.awareness.conftest import DAY
from throughcare.casework.awareness import errors
from throughcare.casework.awareness.gatherings import actions, queries
from throughcare.casework.awareness.tasks import tasks
from throughcare.casework.pilot import current_pilot

WEEK = timedelta(weeks=1)
ALL = {"Borough": 1, "NPS": 1, "CRC": 1, "Police": 1, "Prisons": 1, "Providers": 1}


def meet(reader, weeks_ago: int, came: dict[str, int] | None = None, *, kind: str = "lig", borough: str = "Hackney"):
    made = actions.plan(reader=reader("iom"), kind=kind, borough=borough, on=DAY - weeks_ago * WEEK)
    if came is not None:
        actions.keep(reader=reader("iom"), meeting=made, came=came, decided="Go on")
    return made


# kinds and boroughs that do not fit together
@pytest.mark.parametrize(("kind", "borough"), [("lig", ""), ("lig", "Barnet"), ("providers_forum", "Hackney"), ("tea", "")])
def test_a_meeting_that_the_file_does_not_have(reader, kind, borough):
    with pytest.raises(errors.NotOfTheFile):
        meet(reader, 1, kind=kind, borough=borough)


# agencies that came to the fourth, third, second last and the last meeting: who stays away
AWAY = [
    ([ALL, ALL, ALL, ALL], []),
    ([ALL, ALL | {"NPS": 0}, ALL | {"NPS": 0}, ALL | {"NPS": 0}], ["NPS"]),
    ([ALL, ALL | {"NPS": 0}, ALL, ALL | {"NPS": 0}], []),
    ([{}, {}, None, {}], ["Borough", "NPS", "CRC", "Police", "Prisons", "Providers"]),  # one not written down does not count
    ([None, None, {}, {}], []),  # two are not three
]


@pytest.mark.parametrize(("came", "named"), AWAY)
def test_who_missed_the_last_three_is_named(reader, came, named):
    for weeks_ago, each in zip((4, 3, 2, 1), came, strict=True):
        meet(reader, weeks_ago, each)
    assert queries.stays_away("lig", "Hackney", DAY, current_pilot()) == named
    assert queries.stays_away("lig", "Camden", DAY, current_pilot()) == []


def test_a_meeting_that_is_off_is_missed_by_nobody(reader):
    for weeks_ago in (4, 3):
        meet(reader, weeks_ago, ALL | {"NPS": 0})
    actions.cancel(by="test", meeting=meet(reader, 2))
    assert queries.stays_away("lig", "Hackney", DAY, current_pilot()) == []


def test_an_action_comes_back_to_every_meeting_of_its_kind_until_it_is_done(reader):
    first, second, other = meet(reader, 3, ALL), meet(reader, 2, ALL), meet(reader, 1, ALL, borough="Camden")
    action = actions.give(reader=reader("iom"), meeting=first, text="Send the dates", owner=reader("officer").post, due_on=DAY)
    assert [queries.carried(each) for each in (first, second, other)] == [[], [action], []]
    (task,) = [task for task in tasks(reader("officer")) if task.kind == "Actions from a meeting"]
    assert (task.words, task.act[0], task.harm) == ("Local Implementation Group, Hackney: Send the dates", "It is done", 3)
    actions.move(reader=reader("officer"), action=action, to="handed_back", text="Not mine")
    assert queries.carried(second) == [action] and not list(tasks(reader("officer")))
    actions.move(reader=reader("iom"), action=action, to="open", text="Yours", owner=reader("second").post, due_on=DAY - WEEK)
    (late,) = tasks(reader("second"))
    assert late.harm == 2 and late.words.startswith("Overdue")
    actions.move(reader=reader("second"), action=action, to="done", text="Sent")
    assert queries.carried(second) == [] and not list(tasks(reader("second")))


# to what, with which words: refused
@pytest.mark.parametrize(("to", "text"), [("taken_back", "x"), ("open", "x"), ("done", " "), ("done", "X123456"), ("gone", "x")])
def test_a_move_that_the_table_does_not_have(reader, to, text):
    action = actions.give(reader=reader("iom"), meeting=meet(reader, 1), text="Ring", owner=reader("officer").post, due_on=DAY)
    with pytest.raises((errors.NotAllowedHere, errors.NothingWritten, errors.AboutSomebody)):
        actions.move(reader=reader("officer"), action=action, to=to, text=text)


def test_who_runs_which_meeting(reader):
    pairs = [("lig", "Hackney"), ("lig", "Camden"), ("providers_forum", "")]
    assert [queries.may_run(reader("iom"), *pair) for pair in pairs] == [True, False, False]
    assert [queries.may_run(reader("manager"), *pair) for pair in pairs] == [True, True, True]
    assert not any(queries.may_run(reader("officer"), *pair) for pair in pairs)
