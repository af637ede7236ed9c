"""A release plan through its states, by who does what; duties that close by themselves; what is counted of releases."""

from datetime import date, timedelta

import pytest

from tests.outbox import hand_out
from tests.strands.conftest import figures_of
from tests.strands.prison.conftest import TODAY
from tests.strands.prison.test_alerts import DETAILS, HEAD, morning
from throughcare.casework.access.models import Post
from throughcare.casework.clock import instant_on
from throughcare.casework.imports.models import FileLoad
from throughcare.core.pilot import Period
from throughcare.strands.prison.actions import TaskRefused, put_off, record_task
from throughcare.strands.prison.desk.age import age
from throughcare.strands.prison.desk.lines import desk
from throughcare.strands.prison.measures import MEASURES
from throughcare.strands.prison.owed import held
from throughcare.strands.prison.plans import actions
from throughcare.strands.prison.plans.queries import plan_of, shown
from throughcare.strands.prison.queries import held_about, timeline
from throughcare.strands.prison.tasks import tasks
from throughcare.strands.programmes.models import Appointment

OUT = date(2017, 2, 28)  # a Tuesday
AT = instant_on(TODAY)
STILL = HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 |"


def said(reader, slug: str, day: date = TODAY) -> list[str]:
    beside = ("prison.owed:", "people.release:")
    return [f"{task.harm} {task.words}" for task in tasks(reader(slug, day)) if not task.key.startswith(beside)]


def details(*, first: date | None = OUT, **other: str) -> actions.Details:
    told = {"gate_time": "09:30", "collected_by": "Mentor", "address": "A street", **other}
    posts = {f"{end}_post": Post.objects.get(slug=slug) for end, slug in (("prison", "pentonville"), ("community", "manager"))}
    return actions.Details(first_appointment_on=first, **posts, **told)


@pytest.fixture
def plan(known, reader):
    return actions.make(reader=reader("pentonville"), person=known, at=AT)


def stand(plan, day: date = TODAY):
    (found,) = shown([plan], day)
    return found.standing


def whole(plan, reader, first: date = OUT):
    """Filled in, accepted at both ends, checked off."""
    plan = actions.fill(reader=reader("pentonville"), plan=plan, details=details(first=first), at=AT)
    for end, slug in (("prison", "pentonville"), ("community", "manager")):
        plan = actions.accept(reader=reader(slug), plan=plan, end=end, at=AT)
    for item in actions.current_pilot().prison.items:
        plan = actions.check(reader=reader("pentonville"), plan=plan, item=item.slug, at=AT)
    return plan


def test_a_plan_is_asked_for_named_accepted_and_checked_off(known, reader, plan):
    assert plan.stay_start == date(2016, 9, 1) and stand(plan).words == "An end has no name"
    plan = actions.fill(reader=reader("pentonville"), plan=plan, details=details(), at=AT)
    accept = "3 Accept your end of a release plan: release on Tuesday 28 February 2017 from Pentonville"
    assert said(reader, "manager") == [accept] and said(reader, "pentonville") == [accept]
    with pytest.raises(actions.PlanRefused):
        actions.accept(reader=reader("senior"), plan=plan, end="community", at=AT)
    with pytest.raises(actions.PlanRefused):
        actions.check(reader=reader("manager"), plan=plan, item="no such", at=AT)
    plan = whole(plan, reader)
    assert stand(plan).complete and plan.completed_at == AT
    assert said(reader, "manager") == [] == said(reader, "pentonville")
    undone = actions.check(reader=reader("manager"), plan=plan, item="licence", at=AT, done=False)
    assert stand(undone).words == "To be checked off" and undone.completed_at is None
    assert {entry.row for entry in timeline(known) if entry.kind == "release plan"} == {"release_plan"}
    assert [len(rows) > 0 for name, rows in held_about(known).items() if "plan" in name] == [True, True]


def test_another_day_of_release_is_accepted_anew(known, reader, plan, load):
    plan = whole(plan, reader)
    morning(load, STILL, DETAILS + "D1 | A | Pentonville | 2016-09-01 | | | 2017-03-07")
    assert stand(plan).words == "To be accepted"
    assert said(reader, "manager") == ["3 Accept your end of a release plan: release on Tuesday 7 March 2017 from Pentonville"]


@pytest.mark.parametrize(("on", "refused"), [(date(2017, 2, 27), True), (OUT, False), (date(2017, 3, 1), False),
                                             (date(2017, 3, 2), True)])  # fmt: skip
def test_the_first_appointment_is_within_a_working_day_and_is_booked(known, reader, plan, on, refused):
    if refused:
        with pytest.raises(actions.PlanRefused):
            actions.fill(reader=reader("pentonville"), plan=plan, details=details(first=on), at=AT)
        return
    actions.fill(reader=reader("pentonville"), plan=plan, details=details(first=on), at=AT)
    assert [event.kind for event in hand_out()] == ["release_plan.first_appointment"]
    assert Appointment.objects.get(person=known).due_on == on


LATE = [
    # working days before the release | the manager is told with harm | the senior
    (date(2017, 2, 20), "3", False), (date(2017, 2, 21), "2", False), (date(2017, 2, 27), "2", True),
]  # fmt: skip


@pytest.mark.parametrize(("day", "harm", "escalated"), LATE)
def test_an_unaccepted_plan_is_told_days_before_and_to_the_senior_the_day_before(known, reader, plan, day, harm, escalated):
    actions.fill(reader=reader("pentonville"), plan=plan, details=details(), at=AT)
    (told,) = said(reader, "manager", day)
    assert told.startswith(f"{harm} Accept")
    assert [each[:1] for each in said(reader, "senior", day)] == ["1"] * escalated


def test_no_plan_is_told_to_the_prison_weeks_before(known, reader):
    assert said(reader, "pentonville", date(2017, 1, 30)) == []
    assert said(reader, "pentonville", date(2017, 1, 31)) == ["3 To be released on Tuesday 28 February 2017, no release plan"]
    assert said(reader, "brixton", date(2017, 1, 31)) == []


def test_duties_close_by_what_they_ask_for_and_can_be_put_off(known, reader):
    waiting = [duty.kind for duty in held([known], TODAY)[known].waiting(TODAY)]
    assert waiting == ["flag_on_delius", "notify_manager"]  # the referral of November closed the others
    record_task(by="test", person_id=known, kind="notify_manager", done_on=TODAY, prison="Pentonville")
    (left,) = held([known], TODAY)[known].waiting(TODAY)
    later = TODAY + timedelta(days=7)
    put_off(reader=reader("pentonville"), person=known, kind=left.kind, anchor=left.anchor, until=later, reason="Delius is down")
    assert held([known], TODAY)[known].waiting(TODAY) == []
    assert [duty.kind for duty in held([known], later)[known].waiting(later)] == ["flag_on_delius", "case_discussion"]
    with pytest.raises(TaskRefused):
        put_off(reader=reader("pentonville"), person=known, kind=left.kind, anchor=left.anchor, until=TODAY, reason="x")


def figure(slug: str, group: str = "all") -> float | None:
    return figures_of(MEASURES, slug, Period(start=date(2016, 11, 1), end=date(2016, 12, 10)))[group]


def test_a_release_is_counted_as_met_late_and_planned(known, reader, load):
    morning(load, HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-11-27")
    assert figure("prison.not_met_before_release") == 100
    assert figure("prison.released_unknown_days") == 3 and figure("prison.learned_late") == 100
    assert figure("prison.plans_complete") == 0 and figure("prison.plans_complete", "Pentonville") == 0
    assert figure("prison.first_appointment_kept") is None
    record_task(by="test", person_id=known, kind="case_discussion", done_on=date(2016, 11, 20), prison="Pentonville")
    assert figure("prison.not_met_before_release") == 0


def test_a_plan_whole_before_the_day_and_a_first_appointment_kept(known, reader, load, plan):
    load({"prison-details": DETAILS + "D1 | A | Pentonville | 2016-09-01 | | | 2016-12-05"})
    whole(plan, reader, first=date(2016, 12, 5))
    morning(load, HEAD + "S1 | A | Pentonville | sentenced | 2016-09-01 | 2016-12-05", on=date(2016, 12, 5))
    after = date(2016, 12, 6)
    assert said(reader, "manager", after) == ["2 First appointment after release, Monday 5 December 2016: did they come?"]
    actions.came(reader=reader("manager", after), plan=plan_of(known, after), outcome="came", at=instant_on(after))
    assert figure("prison.plans_complete") == 100 and figure("prison.first_appointment_kept") == 100
    assert figure("prison.learned_late") == 0


def test_tasks_on_time_are_counted_on_their_due_day(known):
    september = Period(start=date(2016, 9, 1), end=date(2016, 10, 1))
    record_task(by="test", person_id=known, kind="notify_manager", done_on=date(2016, 9, 5), prison="Pentonville")
    found = figures_of(MEASURES, "prison.tasks_on_time", september)
    assert (found["notify_manager"], found["flag_on_delius"], found["all"]) == (100, 0, 25)


def test_the_desk_tells_no_releases_only_of_data_that_came(known, reader):
    assert [line.person for line in desk(reader("pentonville")).rows] == [known]
    assert desk(reader("brixton")).rows == ()
    day = FileLoad.objects.filter(feed="prison-spells").latest("pk").loaded_at.date()
    fresh = age(day)
    assert fresh.fresh and fresh.nothing("No release") == "No release"
    old = age(day + timedelta(days=40))
    assert not old.fresh and "No release" not in old.nothing("No release") and "40 days old" in old.words
    never = age(day - timedelta(days=1))
    assert not never.came and "Not known" in never.nothing("No release")


def test_everything_held_is_told(known, reader, plan, load):
    put_off(reader=reader("pentonville"), person=known, kind="refer", anchor=date(2016, 9, 1), until=TODAY + timedelta(days=2),
            reason="x")  # fmt: skip
    morning(load, STILL, DETAILS + "D1 | A | Pentonville | 2016-09-01 | B | | 2017-03-07")
    empty = [name for name, rows in held_about(known).items() if not rows]
    assert empty == ["Prison co-ordination tasks", "Items of release plans checked off"]
