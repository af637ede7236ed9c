"""A plan from request to use: who may ask, for whom and for what kind; each step by whose turn it is; its items and versions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strands.conftest import figures_of
from tests.strands.policing.conftest import RATED_ON, ask, sent, step, told
from throughcare.casework.audit.queries import about_person
from throughcare.casework.clock import instant_on
from throughcare.casework.notices.models import Notice
from throughcare.core.pilot import Period
from throughcare.rules import intelligence_plan as rule
from throughcare.strands.policing import models, queries
from throughcare.strands.policing.errors import ItemRefused, PlanRefused, UseRefused
from throughcare.strands.policing.items import actions as items
from throughcare.strands.policing.measures import MEASURES
from throughcare.strands.policing.plans import actions
from throughcare.strands.policing.plans.queries import (
    for_roles,
    roles_reaching,
    shown,
    standing_items,
    state_of,
    suggestions_for,
)
from throughcare.strands.policing.record import held_about, timeline
from throughcare.strands.policing.tasks import tasks
from throughcare.strands.policing.uses import actions as uses

pytestmark = pytest.mark.django_db
DAY = date(2016, 8, 10)
LATER = date(2017, 1, 16)


@pytest.mark.parametrize(
    ("letter", "on", "because"),
    [
        ("A", date(2016, 7, 31), "rated Amber"),
        ("A", date(2016, 6, 30), "members of the cohort"),
        ("B", RATED_ON, "rated Amber"),
        ("C", RATED_ON, "rated not yet"),
        ("D", RATED_ON, "members of the cohort"),
    ],
)
def test_a_plan_is_only_for_a_member_rated_red_that_day(cohort, person_id, letter, on, because):
    with pytest.raises(PlanRefused, match=because):
        ask(person_id(letter), on)
    assert not models.Plan.objects.exists()


# The day asked | whether a plan was sent before | the kind asked | the force's number given | refused because ("": it is made)
KINDS = """
2017-01-15 | no  | new      |     |
2017-01-15 | yes | new      |     |
2017-01-15 | yes | addition |     |
2017-01-15 | no  | addition |     | no plan to add to
2017-01-16 | no  | new      |     | since 16 January 2017 only additions are made
2017-01-16 | yes | new      |     | since 16 January 2017 only additions are made
2017-01-16 | yes | addition |     |
2017-01-16 | no  | addition |     | no plan here to add to
2017-01-16 | no  | addition | F/9 |
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_what_may_be_asked_for_changed_on_16_january_2017(cohort, person_id, line):
    on, before, kind, number, because = (cell.strip() for cell in line.split("|"))
    first = sent(person_id("A"), RATED_ON, DAY) if before == "yes" else None
    if because:
        with pytest.raises(PlanRefused, match=because):
            ask(person_id("A"), date.fromisoformat(on), kind=kind, reference=number)
        return
    plan = ask(person_id("A"), date.fromisoformat(on), kind=kind, reference=number)
    assert plan.adds_to == (first if kind == "addition" else None)
    assert plan.reference == (number or ("F/1" if plan.adds_to else ""))


def test_a_plan_from_request_to_use(cohort, person_id):
    plan = ask(person_id("A"))
    states = [state_of(plan).shown]
    for name, on, said in (
        ("return", 2, {"reason": "question", "text": "Which places?"}), ("answer", 3, {"text": "The estate", "who": "borough"}),
        ("take", 3, {}), ("make", 8, {"reference": "F/1"}), ("send", 9, {}),
    ):  # fmt: skip
        plan = step(plan, name, date(2016, 8, on), **said)
        states.append(state_of(plan).shown)
    assert states == ["Requested", "Returned to the borough", "Requested", "Being researched", "Made", "Sent"]
    assert (plan.actioned_on, plan.received_on, plan.reference) == (date(2016, 8, 8), date(2016, 8, 9), "F/1")
    assert queries.plans()["days"].to_list() == [8]
    assert [e.verb for e in about_person(person_id("A"))][-6:] == [
        "policing.request_plan", "policing.plan_return", "policing.plan_answer", "policing.plan_take", "policing.plan_make",
        "policing.plan_send",
    ]  # fmt: skip
    assert [e.words for e in timeline(person_id("A"))] == [
        "Plan asked for by Hackney", "Request returned to the borough", "Plan made by the hub for Hackney",
        "Plan returned to Hackney",
    ]  # fmt: skip
    held = {title: len(rows) for title, rows in held_about(person_id("A")).items() if rows}
    assert held == {"Intelligence development plans": 1, "Steps of plans and taskings": 6, "Intelligence plans as sent": 1}


@pytest.mark.parametrize(
    ("steps", "wrong", "because"),
    [
        ((), ("send", {}), "cannot be returned"),
        ((), ("make", {"reference": "F/1"}), "cannot be made"),
        ((), ("take", {"who": "borough"}), "cannot be taken"),
        ((), ("cancel", {"reason": "left", "text": "x"}), "cannot be cancelled"),
        ((), ("return", {"reason": "hunch", "text": "x"}), "needs a reason of the list"),
        ((), ("refuse", {"reason": "not_red", "text": " "}), "needs words"),
        (("take",), ("make", {}), "needs the force's number"),
        (("take",), ("take", {}), "cannot be taken"),
    ],
    ids=["not made", "not begun", "by the borough", "by the hub", "no such reason", "no words", "no number", "twice"],
)
def test_a_step_that_is_not_of_the_table_is_refused(cohort, person_id, steps, wrong, because):
    plan = ask(person_id("A"))
    for name in steps:
        step(plan, name, RATED_ON)
    name, said = wrong
    with pytest.raises(PlanRefused, match=because):
        step(plan, name, DAY, **said)
    assert models.Step.objects.count() == 1 + len(steps)


def test_steps_do_not_go_back_in_time_and_one_request_is_open_at_a_time(cohort, person_id):
    plan = ask(person_id("A"))
    with pytest.raises(PlanRefused, match="cannot be taken"):
        step(plan, "take", RATED_ON - timedelta(days=1))
    with pytest.raises(PlanRefused, match="already"):
        ask(person_id("A"), DAY)
    step(plan, "refuse", DAY, reason="not_red", text="Amber since yesterday")
    again = ask(person_id("A"), DAY)
    assert again.pk != plan.pk
    step(again, "cancel", DAY, who="borough", reason="error", text="Asked twice")
    assert [each.state.shown for each in shown(models.Plan.objects.order_by("pk"), DAY)] == ["Refused", "Cancelled"]


@given(st.lists(st.tuples(st.sampled_from(["take", "return", "answer", "refuse", "cancel", "make", "send"]),
                          st.sampled_from(["hub", "borough"])), max_size=12))  # fmt: skip
def test_every_way_through_the_table_ends_where_nothing_is_expected_or_waits_for_one_side(path):
    state = rule.TABLE[rule.REQUESTED]
    for name, who in path:
        move = rule.move(state.slug, name)
        if move and move.who == who:
            state = rule.TABLE[move.to]
        turns = {move.who for move in state.moves if move.step not in ("cancel",)}
        assert turns == ({state.waits_for} if state.waits_for else set())
    assert (state.slug in (*rule.ENDED, rule.SENT)) == (not state.moves)


def test_the_clock_runs_in_working_days_until_the_plan_is_back(cohort, person_id):
    plan = ask(person_id("A"))  # Monday 1 August: ten working days end on Monday 15 August
    on_time, late = shown([plan], date(2016, 8, 15))[0], shown([plan], date(2016, 8, 16))[0]
    assert (on_time.days, on_time.due_on, on_time.late) == (10, date(2016, 8, 15), False)
    assert (late.days, late.late) == (11, True)
    step(plan, "take", date(2016, 8, 16))
    step(plan, "return", date(2016, 8, 16), reason="who", text="Two of that name")
    assert not shown([models.Plan.objects.get()], date(2016, 8, 17))[0].late  # it is the borough's turn


def add(plan, on=DAY, **of):
    return items.add(by="hub", plan=plan, told=told(**of), on=on, at=instant_on(on))


def test_items_are_kept_in_versions_and_additions_are_dated(cohort, person_id):
    plan = ask(person_id("A"))
    first = add(plan, RATED_ON, section="lifestyle")
    for name, said in (("take", {}), ("make", {"reference": "F/1"}), ("send", {})):
        step(plan, name, RATED_ON, **said)
    addition = ask(person_id("A"), LATER, kind="addition")
    second = add(plan, LATER, section="places", text="Uses a blue van")
    assert (second.plan, second.request) == (plan, addition)
    better = items.add(by="hub", plan=plan, told=told(text="Trains at night"), on=LATER, at=instant_on(LATER), replaces=first,
                       why="Checked anew")  # fmt: skip
    for name in ("take", "make", "send"):
        step(addition, name, LATER)
    one, two = plan.versions.order_by("number")
    assert [item.pk for item in standing_items(plan, one)] == [first.pk]
    assert [item.pk for item in standing_items(plan, two)] == [better.pk, second.pk] == [i.pk for i in standing_items(plan)]
    assert two.request == addition
    items.withdraw(by="hub", item=second, why="Sold", on=LATER, at=instant_on(LATER))
    assert [item.pk for item in standing_items(plan)] == [better.pk]
    assert [item.pk for item in standing_items(plan, two)] == [better.pk, second.pk]
    with pytest.raises(ItemRefused, match="cannot be changed"):
        items.withdraw(by="hub", item=second, why="Again", on=LATER, at=instant_on(LATER))
    with pytest.raises(ItemRefused, match="cannot be changed"):
        items.add(by="hub", plan=plan, told=told(), on=LATER, at=instant_on(LATER), replaces=better, why=" ")


@pytest.mark.parametrize(
    ("of", "because"),
    [
        ({"section": "gossip"}, "no such section"), ({"grade": "4BP"}, "not one of the 3x5x2"), ({"grade": "2FP"}, "not one of"),
        ({"grade": "2BC"}, "needs to say who"), ({"shown_to": "hub"}, "code P has no condition"),
        ({"text": "His sister told us where he sleeps"}, "says who told it"),
    ],
    ids=["section", "source", "assessment", "condition", "no condition", "a source"],
)  # fmt: skip
def test_an_item_that_cannot_stand_is_refused(cohort, person_id, of, because):
    plan = ask(person_id("A"))
    with pytest.raises(ItemRefused, match=because):
        add(plan, **of)
    assert not models.Item.objects.exists()


def test_who_is_sure_may_keep_words_that_look_like_a_source_and_it_is_kept_that_they_did(cohort, person_id):
    plan = ask(person_id("A"))
    assert add(plan, text="Had a victim's telephone, as the court said", sure=True).warned
    assert not add(plan).warned


def test_nothing_is_written_into_a_plan_that_nobody_asks_for(cohort, person_id):
    plan = ask(person_id("A"))
    step(plan, "cancel", DAY, who="borough", reason="error", text="Asked twice")
    with pytest.raises(ItemRefused, match="Nobody asks"):
        add(plan)


# What is suggested | grade | to whom | who is shown it, of: hub, police (Hackney), manager, prison
HANDLED = """
release      | 2BP |          | hub, police, manager, prison
resettlement | 2BC | managers | hub, police, manager
sentence     | 2BC | police   | hub, police
release      | 2BC | hub      | hub
lifestyle    | 2BP |          | hub, police
lifestyle    | 2BC | hub      | hub
"""


@pytest.mark.parametrize("line", HANDLED.strip().splitlines())
def test_handling_decides_item_by_item_who_is_shown_it(posts, reader, person_id, line):
    section, grade, shown_to, whom = (cell.strip() for cell in line.split("|"))
    plan = ask(person_id("A"))
    item = add(plan, section=section, grade=grade, shown_to=shown_to)
    for name in ("take", "make", "send"):
        step(plan, name, DAY, **({"reference": "F/1"} if name == "make" else {}))
    slugs = {"hub": "hub", "police": "hackney-police", "manager": "manager", "prison": "pentonville"}
    seen = set()
    for who, slug in slugs.items():
        looks = reader(slug, DAY)
        whole = for_roles(standing_items(plan), roles_reaching(looks, "plan", plan.person_id))
        if item in (*whole, *suggestions_for(looks, plan.person_id)):
            seen.add(who)
    assert seen == set(whom.split(", "))
    assert Notice.objects.filter(post=posts["manager"]).exists() == (section != "lifestyle" and "manager" in seen)


def test_a_second_post_elsewhere_opens_nothing(posts, reader, person_id):
    """Who manages A, and is the police of Camden: an item for the police alone is not shown, for A is not Camden's."""
    plan = sent(person_id("A"), RATED_ON, DAY)
    both = reader("manager", DAY)
    object.__setattr__(both, "posts", (posts["manager"], posts["camden-police"]))
    assert roles_reaching(both, "plan_suggestions", plan.person_id) == {"offender_manager"}


def test_a_suggestion_is_shown_once_it_is_sent_and_is_gone_once_it_is_corrected(posts, reader, person_id):
    plan = ask(person_id("A"))
    item = add(plan, RATED_ON, section="release")
    looks = reader("manager", DAY)
    assert suggestions_for(looks, plan.person_id) == []
    for name in ("take", "make", "send"):
        step(plan, name, DAY, **({"reference": "F/1"} if name == "make" else {}))
    assert suggestions_for(looks, plan.person_id) == [item]
    assert not Notice.objects.exclude(row="plan_suggestions").exists()
    items.add(by="hub", plan=plan, told=told("release", "Another place"), on=DAY, at=instant_on(DAY), replaces=item, why="Wrong")
    assert suggestions_for(looks, plan.person_id) == []


def test_a_use_of_a_suggestion_makes_the_plan_used_and_is_counted(posts, reader, person_id):
    plan = ask(person_id("A"))
    item = add(plan, RATED_ON, section="release")
    for name in ("take", "make", "send"):
        step(plan, name, DAY, **({"reference": "F/1"} if name == "make" else {}))
    uses.use(by="manager", used_in="sentence", on=DAY, at=instant_on(DAY), item=item, text="condition 4")
    assert state_of(models.Plan.objects.get()).shown == "Used"
    with pytest.raises(UseRefused, match="on record already"):
        uses.use(by="manager", used_in="sentence", on=DAY, at=instant_on(DAY), item=item, text="condition 4")
    for wrong in ({"used_in": "holiday"}, {"used_in": "release", "release_plan": 99}):
        with pytest.raises(UseRefused, match="cannot be recorded"):
            uses.use(by="manager", on=DAY, at=instant_on(DAY), item=item, **wrong)
    year = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
    assert figures_of(MEASURES, "idp.uses", year) == {"release": 0, "resettlement": 0, "sentence": 1, "total": 1}
    (use,) = [entry for entry in timeline(plan.person_id) if entry.kind == "suggestion"]
    assert (use.row, use.words) == ("plan_suggestions", "A suggestion was used: sentence plan")


def test_the_use_of_a_suggestion_that_is_not_for_all_is_told_to_the_police_alone(posts, reader, person_id):
    plan = ask(person_id("A"))
    item = add(plan, RATED_ON, section="release", grade="2BC", shown_to="managers")
    uses.use(by="manager", used_in="release", on=DAY, at=instant_on(DAY), item=item)
    assert {entry.row for entry in timeline(plan.person_id) if entry.kind == "suggestion"} == {"plan"}


def test_what_waits_goes_to_whose_turn_it_is(posts, reader, person_id):
    plan = ask(person_id("A"), borough="Hackney")

    def kinds(slug: str, day: date = DAY) -> list[str]:
        return [f"{task.kind}{' (others)' if task.waiting else ''}" for task in tasks(reader(slug, day))]

    assert kinds("hub") == ["Plans requested"] and kinds("hackney-police") == ["Plans requested (others)"]
    assert [task.harm for task in tasks(reader("hub", date(2016, 8, 16)))] == [2]
    step(plan, "return", DAY, reason="who", text="Two of that name")
    assert kinds("hub") == [] and kinds("hackney-police") == kinds("hackney-iom") == ["Requests for plans returned"]
    step(plan, "answer", DAY, who="borough", text="The elder")
    for name in ("take", "make", "send"):
        step(plan, name, DAY, **({"reference": "F/1"} if name == "make" else {}))
    assert kinds("hub") == [] and kinds("hackney-police") == ["Plans without a tasking"] and kinds("camden-police") == []


def test_the_day_of_a_request_that_is_not_on_record_can_be_recorded_and_ends_the_finding(load, person_id):
    load({"police-plans": "record_id | person | borough | requested_on | actioned_on | received_on\n"
                          "P3 | C | Newham | | 2016-08-01 | 2016-08-02"})  # fmt: skip
    plan = models.Plan.objects.get()
    with pytest.raises(PlanRefused, match="cannot be recorded"):
        actions.record_request(by="newham", plan_id=plan.pk, on=date(2016, 8, 2), at=instant_on(DAY))
    actions.record_request(by="newham", plan_id=plan.pk, on=date(2016, 7, 28), at=instant_on(DAY))
    assert queries.plans()["days"].to_list() == [5]
