"""The casting of the pilot, counted straight from its frames, against the figures it was fitted to."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from throughcare.core.rounding import percent
from throughcare.core.working_days import is_working_day
from throughcare.rules.pilot import load_pilot
from throughcare.synthetic.casting import cast
from throughcare.synthetic.casting_figures import Figures
from throughcare.synthetic.casting_hearings import offence_group
from throughcare.synthetic.casting_people import CastingError, pool
from throughcare.synthetic.fit_facts import bar
from throughcare.synthetic.fit_scores import records
from throughcare.synthetic.population import population

PILOT = load_pilot(Path(__file__).parents[2] / "pilots" / "gto-london-2016.toml")
FIGURES = Figures.published()
SEED = 2016


@pytest.fixture(scope="module")
def lives():
    return {life.number: life for life in population(scenario="pilot", seed=SEED).lives}


@pytest.fixture(scope="module")
def casting(lives):
    return cast(tuple(lives.values()), seed=SEED, pilot=PILOT)


@pytest.fixture(scope="module")
def people(lives):
    return {person.number: person for person in pool(tuple(lives.values()), seed=SEED).people}


@pytest.fixture(scope="module")
def cases(casting, people):
    """The cases with attention, clock, age and days to delivery; the clock is the plea's or finding's day."""
    rows = casting["courts"].with_columns(attention_on=pl.min_horizontal("told_on", "listed_on"))
    clock = pl.when(pl.col("plea").is_in(["guilty", "found_guilty"])).then("plea_on")
    rows = rows.with_columns(clock_on=clock).with_columns(aged_on=pl.coalesce("clock_on", "attention_on"))
    ages = [people[life].age(on) for life, on in rows.select("life", "aged_on").iter_rows()]
    days = (pl.col("delivered_on") - pl.col("clock_on")).dt.total_days()
    return rows.with_columns(pl.Series("age", ages), days=days)


def whole(hits: int, base: int) -> int:
    return int(percent(hits, base) or 0)


def of_people(frame: pl.DataFrame) -> set[int]:
    return set(frame["life"].to_list())


def reported(cases: pl.DataFrame) -> set[int]:
    return of_people(cases.drop_nulls("delivered_on"))


@pytest.mark.parametrize("told", FIGURES["courts"]["cells"], ids=lambda c: f"{c['court']}, 18-25: {c['young']}")
def test_table_1(cases, told):
    cell = cases.filter(pl.col("court") == told["court"], (pl.col("age") <= 25) == told["young"])
    made = cell.drop_nulls("delivered_on")
    found = (cell.height, made.height, (made["days"] == 0).sum(), (made["days"] <= 5).sum())
    assert found == (told["cases"], told["reports"], told["on_the_day"], told["within_5_days"])


def test_offences_pleas_and_ages_of_the_cases(cases):
    told, size = FIGURES["courts"], cases.height
    groups = [offence_group(code) for code in cases["offence_code"]]
    assert {group: whole(groups.count(group), size) for group in ("theft", "violence", "burglary_robbery")} == {
        "theft": told["theft"], "violence": told["violence"], "burglary_robbery": told["burglary_robbery"],
    }  # fmt: skip
    assert whole((cases["plea"] == "guilty").sum(), size) == told["pleaded_guilty"]
    assert round(cases["age"].mean()) == told["age_mean"]


def test_reasons_for_no_report(cases):
    without = cases.filter(pl.col("delivered_on").is_null())
    published = {"sentenced_without": 41, "adjourned": 11, "committed_to_crown": 7, "trial_elsewhere": 5}
    reasons = without["no_report_reason"].to_list()
    assert {reason: whole(reasons.count(reason), len(reasons)) for reason in published} == published


@pytest.mark.parametrize(("with_report", "order", "custody"), [(True, 63, 30), (False, 19, 56)])
def test_sentences(cases, with_report, order, custody):
    sentenced = cases.drop_nulls("sentenced_on").filter(pl.col("delivered_on").is_not_null() == with_report)
    kinds, size = sentenced["sentence"].to_list(), sentenced.height
    orders = kinds.count("community") + kinds.count("suspended")
    assert (whole(orders, size), whole(kinds.count("custody"), size)) == (order, custody)


def test_what_the_37_young_people_with_a_report_were_sentenced_to(cases):
    young = cases.drop_nulls("delivered_on").filter(pl.col("age") <= 25)
    orders = young.filter(pl.col("sentence").is_in(["community", "suspended"]))
    custody = (young["sentence"] == "custody").sum()
    assert (orders["enhanced"].sum(), (~orders["enhanced"]).sum(), custody, (young["sentence"] == "fine").sum()) == (9, 18, 9, 1)


def test_assessments(casting):
    counted = dict(casting["courts_assessments"].group_by("court").len().iter_rows())
    assert counted == FIGURES["courts"]["assessments"]


def test_a_case_goes_in_order_on_working_days(cases):
    days = ("attention_on", "plea_on", "requested_on", "delivered_on", "sentenced_on")
    assert all(is_working_day(day) for name in days for day in cases[name].drop_nulls())
    made = cases.drop_nulls("delivered_on")
    assert (made["requested_on"] >= made["clock_on"]).all()
    assert (made["delivered_on"] >= made["requested_on"]).all()
    assert (made["sentenced_on"] >= made["delivered_on"]).all()
    assert (made["attention_on"] <= made["delivered_on"]).all()
    assert made["life"].is_unique().all()


def test_why_reports_were_late(cases):
    late = cases.filter(pl.col("days") > 5)
    assert (late["late_reason"] != "").all()
    learned = late.filter(pl.col("late_reason") == "learned_too_late")
    assert learned.height > late.height / 3
    assert ((learned["attention_on"] - learned["clock_on"]).dt.total_days() > 5).all()
    assert (cases.filter(pl.col("days") <= 5)["late_reason"] == "").all()


def test_highbury_corner_had_a_gap_in_the_latter_half_of_the_year(cases):
    made = cases.filter(pl.col("court") == "Highbury Corner").drop_nulls("delivered_on")
    in_gap = made.filter(pl.col("delivered_on").is_between(date(2016, 8, 15), date(2016, 12, 10)))
    assert in_gap.height <= 5


def test_reports_asked_for_and_never_delivered(cases):
    asked = cases.filter(pl.col("requested_on").is_not_null(), pl.col("delivered_on").is_null())
    assert asked.height == FIGURES["courts"]["chosen"]["never_delivered"]


def test_every_case_is_of_a_member_or_of_somebody_eligible_that_day(cases, people):
    asked = [(people[life], on) for life, on in cases.select("life", "attention_on").iter_rows()]
    outside = [(person, on) for person, on in asked if not person.member(on)]
    known = records([person.life for person, _ in outside])
    percents = {on: known.percents(on) for _, on in outside}
    assert len(outside) > 50
    assert [(p.number, on) for p, on in outside if bar(p.life, on, percents[on].get(p.number))] == []


def first_tasks(casting, people) -> pl.DataFrame:
    tasks = casting["prison"].sort("done_on", maintain_order=True)
    status = [people[life].status(on) for life, on in tasks.select("life", "done_on").iter_rows()]
    return tasks.with_columns(pl.Series("status", status)).unique(["life", "status"], keep="first", maintain_order=True)


def test_people_reached_by_the_prison_coordinators(casting, people):
    told = FIGURES["prison"]
    counted = dict(first_tasks(casting, people).group_by("status").len().iter_rows())
    assert counted == {"custody": told["custody"], "licence": told["licence"], "community": told["community"]}


def test_prisons_at_the_first_task(casting, people):
    told = FIGURES["prison"]
    inside = first_tasks(casting, people).filter(pl.col("status") == "custody")
    where = [people[life].held(on).prison for life, on in inside.select("life", "done_on").iter_rows()]
    assert {prison: whole(where.count(prison), len(where)) for prison in told["shares"]} == told["shares"]


def test_overlaps_of_the_young_mens_services(casting):
    by = {service: of_people(frame) for (service,), frame in casting["programmes"].group_by("service")}
    m, r, t, b = by["mentoring"], by["right_track"], by["tiger"], by["building_bridges"]
    assert (len(m), len(b), len(r), len(t)) == (98, 40, 72, 48)
    assert (len(m & r), len(m & t), len(m & b), len(r & t), len(r & t & b)) == (64, 36, 35, 40, 28)
    assert len(m | r | t | b) == 114


def test_mentoring_by_month(casting):
    sent = casting["programmes"].filter(pl.col("service") == "mentoring")["sent_on"]
    assert ((sent < date(2016, 9, 1)).sum(), (sent.dt.month() == 9).sum(), (sent >= date(2016, 10, 1)).sum()) == (22, 22, 54)
    assert sent.min() >= date(2016, 4, 25)


@pytest.mark.parametrize("told", FIGURES["young_men"]["providers"], ids=lambda told: told["slug"])
def test_table_2(casting, told):
    mine = casting["programmes"].filter(pl.col("provider") == told["slug"])
    met = casting["programmes_sessions"].filter("attended", pl.col("held_on") < date(2017, 1, 1))
    seen = mine.join(met, left_on="record_id", right_on="referral", how="semi")
    counts = (mine.height, mine["accepted_on"].count(), seen["life"].n_unique(), mine["completed_on"].count())
    assert counts == (told["referred"], told["accepted"], told["seen"], told["completed"])


def test_tower_hamlets_has_the_most_referrals_to_every_service(casting, people):
    made = casting["programmes"]
    homes = [people[life].home(on) for life, on in made.select("life", "sent_on").iter_rows()]
    for _, frame in made.with_columns(pl.Series("home", homes)).group_by("service"):
        assert frame["home"].value_counts(sort=True)["home"][0] == "Tower Hamlets"


def test_referrals_go_in_order(casting):
    for name in ("programmes", "budgets", "mental_health", "employment"):
        made = casting[name]
        assert made["record_id"].is_unique().all()
        for earlier, later in (("sent_on", "acknowledged_on"), ("acknowledged_on", "accepted_on"), ("accepted_on", "started_on"),
                               ("started_on", "completed_on"), ("acknowledged_on", "declined_on")):  # fmt: skip
            assert (made[later] >= made[earlier]).all(), (name, later)
        assert made.filter(pl.col("accepted_on").is_not_null() & pl.col("declined_on").is_not_null()).height == 0


def test_nobody_in_custody_attends_in_the_community(casting, people):
    sessions = casting["programmes_sessions"].join(casting["programmes"], left_on="referral", right_on="record_id")
    held = [*sessions.filter("attended").select("life", "held_on").iter_rows()]
    held += [*casting["programmes_appointments"].filter("attended").select("life", "held_on").iter_rows()]
    held += [*casting["mental_health_events"].filter(pl.col("what") == "assessment").select("life", "on").iter_rows()]
    held += [*casting["policing_taskings"].select("life", "carried_out_on").iter_rows()]
    assert [each for each in held if not people[each[0]].free(each[1])] == []


def test_young_men_are_young_and_bound_when_referred(casting, people):
    rows = casting["programmes"].select("life", "sent_on").iter_rows()
    who = [(people[life], on) for life, on in rows]
    assert all(p.life.sex == "M" and 18 <= p.age(on) <= 25 and p.member(on) and p.status(on) for p, on in who)


def test_overlaps_with_the_court_reports(casting, cases):
    told, had = FIGURES["overlap"], reported(cases)
    young, health = of_people(casting["programmes"]), of_people(casting["mental_health"])
    assert len(had) == 225
    assert len(had & of_people(casting["prison"])) == told["report_and_prison"]
    assert len(had & young) == told["report_and_young_men"]
    assert len(had & of_people(casting["budgets"])) == told["report_and_budget"]
    assert len(had & health) == told["report_and_health"]
    assert (len(young & health), len(young & health & had)) == (told["health_and_young_men"], 0)


def test_budgets(casting, people):
    made = casting["budgets"]
    homes = [people[life].home(on) for life, on in made.select("life", "sent_on").iter_rows()]
    assert {home: homes.count(home) for home in set(homes)} == FIGURES["budgets"]["referred"]
    assert (made["sent_on"] >= date(2016, 11, 15)).all()
    bought = casting["budgets_purchases"].join(made, left_on="referral", right_on="record_id")
    assert bought["description"].to_list() == FIGURES["budgets"]["purchases"]
    assert (bought["asked_on"] >= bought["accepted_on"]).all()
    assert made["accepted_on"].count() == FIGURES["budgets"]["accepted"]


def test_mental_health(casting):
    told, events = FIGURES["health"], casting["mental_health_events"]
    kinds = dict(events.filter(pl.col("what") == "consultation").group_by("kind").len().iter_rows())
    assert kinds == {"offender_manager": told["with_offender_managers"], "other_professional": told["with_others"]}
    once = events.filter(pl.col("what") != "consultation")
    assert once.select("life", "what", "kind").is_unique().all()
    counts = dict(once.group_by("what").agg(pl.col("life").n_unique()).iter_rows())
    assert counts == {"assessment": told["assessed"], "care_plan": told["care_plans"], "intervention": told["care_plans"]}
    assert dict(once.filter(pl.col("what") == "intervention").group_by("kind").len().iter_rows()) == told["interventions"]
    assert casting["mental_health"]["life"].n_unique() == told["referred"]


def test_consultations_plans_and_tasks_are_about_members(casting, people):
    """A plan without a recorded request was asked for some days before it was made: its people are members throughout."""
    events, plans = casting["mental_health_events"], casting["policing"]
    held = events.filter(pl.col("what") == "consultation").select("life", "on")
    asked = plans.select("life", on=pl.coalesce("requested_on", "received_on"))
    tasks = casting["prison"].select("life", on="done_on")
    for rows in (held, asked, tasks):
        assert [life for life, on in rows.iter_rows() if not people[life].member(on)] == []


def test_employment(casting, people):
    made = casting["employment"]
    assert (made.height, made["accepted_on"].count()) == (FIGURES["employment"]["referred"], FIGURES["employment"]["accepted"])
    declined = made.drop_nulls("declined_on")
    inside = declined.filter(pl.col("decline_reason") == "in_custody").select("life", "sent_on").iter_rows()
    away = declined.filter(pl.col("decline_reason") == "not_resident").select("life", "sent_on").iter_rows()
    assert all(people[life].held(on) for life, on in inside)
    assert all(not people[life].resident(on) for life, on in away)


def test_table_3(casting):
    told, plans = FIGURES["policing"], casting["policing"]
    none = dict.fromkeys(told["requested"], 0)
    asked = plans.drop_nulls("requested_on").group_by("borough").len().iter_rows()
    back = plans.drop_nulls("received_on").group_by("borough").len().iter_rows()
    tasked = casting["policing_taskings"].group_by("borough").len().iter_rows()
    assert (none | dict(asked), none | dict(back), none | dict(tasked)) == (told["requested"], told["received"], told["taskings"])
    assert plans.filter(pl.col("requested_on").is_null()).height == 10


def test_everybody_with_a_plan_was_rated_red_before(casting, people):
    red = casting["ratings"].filter(pl.col("rag") == "Red").group_by("life").agg(rated_on=pl.col("on").min())
    plans = casting["policing"].join(red, on="life", how="left")
    assert (plans["rated_on"] < pl.Series(plans["requested_on"].fill_null(plans["received_on"]))).all()
    initial = {number for number, person in people.items() if person.joined == date(2015, 12, 31)}
    assert len(initial) == 1363
    assert of_people(casting["ratings"]) == initial


def test_survey(casting):
    told, responses = FIGURES["survey"], casting["surveys"]
    assert responses.height == told["responses"]
    for question, counts in told["counts"].items():
        answers = responses[question].drop_nulls()
        assert sorted(answers.value_counts()["count"].to_list()) == sorted(c for c in counts if c), question


def test_the_same_seed_casts_the_same(casting, lives):
    again = cast(tuple(lives.values()), seed=SEED, pilot=PILOT)
    assert all(again[name].equals(frame) for name, frame in casting.items())


def test_a_small_world_has_something_of_everything():
    casting = cast(population(scenario="small", seed=SEED).lives, seed=SEED, pilot=PILOT)
    assert [name for name, frame in casting.items() if frame.is_empty()] == ["left_out"]


def test_too_few_people_for_the_published_figures_are_refused(lives):
    few = tuple(lives.values())[:300]
    short = pool(few, seed=SEED, figures=FIGURES)
    with pytest.raises(CastingError, match="women in Tower Hamlets: 9 wanted"):
        short.short("women in Tower Hamlets", 9, 2)


@pytest.mark.parametrize("size", [1, 3, 12, 25])
def test_a_tiny_world_is_cast_as_far_as_it_has_people(size):
    few = population(scenario="small", seed=SEED, people=size).lives
    casting = cast(few, seed=SEED, pilot=PILOT)
    known = {life.number for life in few}
    assert all(of_people(frame) <= known for frame in casting.values() if "life" in frame.columns)
    assert casting["surveys"].height == 44
