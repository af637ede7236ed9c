"""A tasking: whom it goes to, where it comes from, its result; handed back and given anew; what rests on it; what is counted."""

from datetime import date

import pytest

from tests.outbox import hand_out
from tests.strands.conftest import figures_of
from tests.strands.policing.conftest import RATED_ON, sent
from throughcare.casework.clock import instant_on
from throughcare.strands.policing import models
from throughcare.strands.policing.errors import TaskingRefused, UseRefused
from throughcare.strands.policing.measures import MEASURES
from throughcare.strands.policing.plans.queries import release_plans
from throughcare.strands.policing.plans.queries import state_of as state_of_plan
from throughcare.strands.policing.record import timeline
from throughcare.strands.policing.taskings import actions
from throughcare.strands.policing.taskings.queries import owners, state_of
from throughcare.strands.policing.tasks import tasks
from throughcare.strands.policing.uses import actions as uses
from throughcare.strands.prison.plans import actions as prison

pytestmark = pytest.mark.django_db
DAY, DUE = date(2016, 8, 10), date(2016, 8, 20)


def give(posts, person, *, on=DAY, plan=None, to="hackney-police", **of):
    comes_from = "plan" if plan else "panel"
    wanted = actions.Wanted(**{"comes_from": comes_from, "text": "See him at home", "owner": posts[to], "due_on": DUE, **of})
    return actions.ask(by="hub", person_id=person, wanted=wanted, on=on, at=instant_on(on), plan_id=plan.pk if plan else None,
                       post=posts["hub"])  # fmt: skip


def step(tasking, name, *, who="owner", on=DAY, **said):
    answer = actions.Answer(**said)
    return actions.take_step(by=who, tasking_id=tasking.pk, step=name, who=who, on=on, at=instant_on(on), answer=answer)


def test_two_taskings_of_a_plan_one_done_one_handed_back_and_given_anew(posts, reader, person_id):
    plan = sent(person_id("A"), RATED_ON, DAY)
    one, two = give(posts, plan.person_id, plan=plan), give(posts, plan.person_id, plan=plan, text="Talk to the shop")
    assert state_of_plan(plan).shown == "Used"
    one = step(one, "done", code="seen", text="At home, with his mother", on=date(2016, 8, 12))
    two = step(two, "return", code="hands", text="Nobody on nights")
    assert (state_of(one), state_of(two)) == ("done", "returned")
    waits = [task.kind for task in tasks(reader("hub", DAY))]
    assert waits == ["Taskings handed back"]
    two = step(two, "give", who="giver", owner=posts["hackney-police"], due_on=date(2016, 9, 1), text="Days will do")
    assert (state_of(two), two.due_on) == ("open", date(2016, 9, 1))
    late = [task for task in tasks(reader("hackney-police", date(2016, 9, 2))) if task.kind == "Taskings to do"]
    assert [task.harm for task in late] == [2]
    assert [(e.on, e.words) for e in timeline(plan.person_id) if e.kind == "tasking"] == [
        (DAY, "Tasking given in Hackney"), (DAY, "Tasking given in Hackney"),
        (date(2016, 8, 12), "Tasking carried out in Hackney"),
    ]  # fmt: skip
    assert figures_of(MEASURES, "taskings.made")["Hackney"] == 2
    assert figures_of(MEASURES, "taskings")["Hackney"] == 1


@pytest.mark.parametrize(
    ("of", "because"),
    [
        ({"comes_from": "a hunch"}, "expected one of"), ({"to": "hub"}, "not of the pilot"),
        ({"to": "manager"}, "not of the pilot"), ({"due_on": date(2016, 8, 9)}, "not due before"),
        ({"comes_from": "panel", "of_plan": True}, "cannot come from that plan"),
        ({"of_plan": True, "on": date(2016, 8, 9)}, "cannot come from that plan"),
        ({"of_plan": True, "person": "B"}, "cannot come from that plan"),
    ],
    ids=["origin", "hub", "manager", "day", "not from a plan", "before the return", "somebody else's plan"],
)  # fmt: skip
def test_a_tasking_that_cannot_be_is_refused(posts, person_id, of, because):
    plan = sent(person_id("A"), RATED_ON, DAY) if of.pop("of_plan", False) else None
    with pytest.raises(TaskingRefused, match=because):
        give(posts, person_id(of.pop("person", "A")), plan=plan, **of)
    assert not models.Tasking.objects.exists()


@pytest.mark.parametrize(
    ("name", "said", "because"),
    [
        ("done", {"code": "seen", "who": "giver"}, "cannot take that step"), ("give", {"who": "giver"}, "cannot take that step"),
        ("done", {"code": "hunch"}, "not on the list"),
        ("done", {"code": "seen", "on": date(2016, 8, 9)}, "cannot take that step"),
        ("cancel", {"who": "giver", "code": "hands"}, "not on the list"),
    ],
)
def test_a_step_that_is_not_of_the_table_is_refused(posts, person_id, name, said, because):
    tasking = give(posts, person_id("A"))
    with pytest.raises(TaskingRefused, match=because):
        step(tasking, name, **said)
    assert models.Step.objects.count() == 1


def test_a_tasking_handed_back_goes_to_a_post_and_a_day_or_nowhere(posts, person_id):
    tasking = step(give(posts, person_id("A")), "return", code="safe")
    for said in ({"owner": posts["hackney-police"]}, {"due_on": DUE}):
        with pytest.raises(TaskingRefused, match="needs a post and a day"):
            step(tasking, "give", who="giver", **said)
    assert state_of(step(tasking, "cancel", who="giver", code="overtaken")) == "cancelled"


def test_it_goes_to_the_police_of_a_borough_that_the_person_is_of(posts, person_id):
    assert owners(person_id("A"), DAY) == [posts["hackney-police"]]
    assert owners(person_id("D"), DAY) == []


def test_a_release_plan_kept_by_the_prison_is_known_and_can_rest_on_a_tasking(posts, reader, person_id):
    tasking = give(posts, person_id("A"))
    with pytest.raises(UseRefused, match="cannot be recorded"):
        uses.use(by="police", used_in="release", on=DAY, at=instant_on(DAY), tasking=tasking)
    tasking = step(tasking, "done", code="seen")
    made = prison.make(reader=reader("pentonville", DAY), person=person_id("A"), at=instant_on(DAY))
    hand_out()
    assert release_plans(person_id("A")) == {made.pk: DAY}
    use = uses.use(by="police", used_in="release", on=DAY, at=instant_on(DAY), tasking=tasking, release_plan=made.pk)
    assert use.release_plan == made.pk
    assert figures_of(MEASURES, "taskings.used") == {"release": 1, "resettlement": 0, "sentence": 0, "total": 1}
