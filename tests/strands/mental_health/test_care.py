"""Direct work in its order: the team first, assessment, plan, interventions of the list, reviews, on to NHS services."""

from datetime import timedelta

import pytest
from django.apps import apps

from tests.strands.mental_health.conftest import DAY, NOW
from throughcare.casework.audit.models import Entry
from throughcare.casework.people.names import named
from throughcare.core.errors import StillToCome
from throughcare.design.paper import as_pdf, shown_again
from throughcare.registry.parts import strands
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health import record
from throughcare.strands.mental_health.actions import TABLES, HealthRefused
from throughcare.strands.mental_health.care import actions, queries
from throughcare.strands.mental_health.scores import actions as scores
from throughcare.strands.mental_health.steps import actions as steps
from throughcare.strands.mental_health.steps.paper import letter_of
from throughcare.strands.mental_health.tasks import tasks

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(weeks=6)


@pytest.fixture
def plan(person, health) -> m.CarePlan:
    actions.check_team(reader=health, person=person, answer="no")
    actions.assess(reader=health, person=person, started_on=DAY)
    return actions.plan(reader=health, person=person, started_on=DAY, aims="Sleep", safety="Ring us", review_on=NEXT)


def test_whether_a_team_sees_the_person_comes_first(person, health):
    with pytest.raises(HealthRefused, match="already under a team"):
        actions.assess(reader=health, person=person, started_on=DAY)
    with pytest.raises(HealthRefused, match="which team"):
        actions.check_team(reader=health, person=person, answer="yes")
    actions.check_team(reader=health, person=person, answer="yes", team="Hackney CMHT")
    with pytest.raises(HealthRefused, match="under a team already"):
        actions.assess(reader=health, person=person, started_on=DAY)
    actions.assess(reader=health, person=person, started_on=DAY, although="asked")
    actions.check_team(reader=health, person=person, answer="no")
    assert queries.team_of(person).answer == "no"
    assert m.TeamCheck.objects.count() == 2


def test_an_assessment_says_what_it_came_to_and_the_last_word_holds(person, health, plan):
    ((begun, _),) = queries.assessments_of(person)
    with pytest.raises(HealthRefused):
        actions.conclude(reader=health, assessment=begun, outcome="care_plan", on=DAY)
    with pytest.raises(HealthRefused):
        actions.conclude(reader=health, assessment=begun, outcome="cured", on=DAY, text="x")
    with pytest.raises(HealthRefused):
        actions.conclude(reader=health, assessment=begun, outcome="advice", on=DAY - timedelta(days=1), text="x")
    actions.conclude(reader=health, assessment=begun, outcome="advice", on=DAY, trust_record="T-1")
    actions.conclude(reader=health, assessment=begun, outcome="care_plan", on=DAY, text="Low mood")
    ((_, found),) = queries.assessments_of(person)
    assert found.outcome == "care_plan"


def test_one_plan_at_a_time_of_interventions_of_the_list(person, health, plan):
    with pytest.raises(HealthRefused, match="goes on already"):
        actions.plan(reader=health, person=person, started_on=DAY, aims="x", safety="", review_on=NEXT)
    with pytest.raises(HealthRefused, match="no kind of intervention"):
        actions.intervene(reader=health, plan=plan, kind="yoga", started_on=DAY)
    work = actions.intervene(reader=health, plan=plan, kind="resilience", started_on=DAY)
    with pytest.raises(HealthRefused, match="goes on already"):
        actions.intervene(reader=health, plan=plan, kind="resilience", started_on=DAY)
    with pytest.raises(StillToCome):
        actions.intervene(reader=health, plan=plan, kind="mood management", started_on=NEXT)
    actions.end_intervention(reader=health, intervention=work, how="completed", on=DAY)
    with pytest.raises(HealthRefused, match="cannot end"):
        actions.end_intervention(reader=health, intervention=work, how="completed", on=DAY)
    actions.intervene(reader=health, plan=plan, kind="resilience", started_on=DAY)


def test_reviews_carry_the_plan_on_change_it_and_end_it(person, health, plan):
    assert queries.next_review(plan) == NEXT
    with pytest.raises(HealthRefused):
        actions.review(reader=health, plan=plan, outcome="goes_on", on=DAY, text="", next_on=None)
    soon = DAY + timedelta(days=3)
    actions.review(reader=health, plan=plan, outcome="goes_on", on=DAY, text="", next_on=soon)
    assert queries.next_review(plan) == soon
    actions.write(reader=health, plan=plan, aims="Sleep and work", safety="", review_on=soon)
    assert [text.aims for text in queries.texts_of(plan)] == ["Sleep and work", "Sleep"]
    actions.review(reader=health, plan=plan, outcome="ended", on=DAY, text="Done", next_on=soon)
    assert (queries.running_plan(person), queries.next_review(plan)) == (None, None)
    for wrong in (
        lambda: actions.write(reader=health, plan=plan, aims="x", safety="", review_on=NEXT),
        lambda: actions.review(reader=health, plan=plan, outcome="goes_on", on=DAY, text="", next_on=NEXT),
        lambda: actions.intervene(reader=health, plan=plan, kind="resilience", started_on=DAY),
    ):
        with pytest.raises(HealthRefused, match="has ended"):
            wrong()
    actions.plan(reader=health, person=person, started_on=DAY, aims="Again", safety="", review_on=NEXT)


def test_a_review_waits_from_a_week_before(person, health, plan, reader_of):
    for before, waits in ((8, []), (7, ["Care plans to review"]), (-1, ["Care plans to review"])):
        reader = reader_of("health_practitioner", NEXT - timedelta(days=before))
        assert [task.kind for task in tasks(reader)] == waits


def test_the_letter_to_nhs_services_is_kept_as_it_was_and_is_a_pdf(person, health, plan):
    actions.intervene(reader=health, plan=plan, kind="resilience", started_on=DAY)
    scores.keep(reader=health, person=person, scale="gad_7", given=[2] * 7, on=DAY, clinician=health.post, at=NOW)
    told = {"service": "community", "to": "Hackney CMHT", "why": "Needs more than we can give"}
    paper = letter_of(who=named([person])[person], person=person, scores=True, signer="A", day=DAY, **told)
    said = "\n".join(paper.said)
    assert all(words in said for words in ("Brellan", "Needs more than we can give", "resilience", "GAD-7: 14 of 21, moderate"))
    without = letter_of(who=named([person])[person], person=person, scores=False, signer="A", day=DAY, **told)
    assert "GAD-7" not in "\n".join(without.said)
    step = steps.step_up(reader=health, person=person, letter=paper, **told)
    assert as_pdf(shown_again(step.letter)).startswith(b"%PDF")
    steps.answered(reader=health, step=step, answer="waiting_list")
    steps.answered(reader=health, step=step, answer="accepted")
    assert queries.steps_of(person)[0].answer == "accepted"
    with pytest.raises(HealthRefused):
        steps.answered(reader=health, step=step, answer="perhaps")


def test_every_table_with_a_person_is_told_in_subject_access_and_for_a_decision(person, health, plan):
    """Whatever this strand holds about somebody is in `held_about`, and given to nobody before a clinician advises."""
    of_nobody = {m.Slot}
    held = {model for model, _ in record.TABLES.values()}
    assert set(apps.get_app_config("mental_health").get_models()) == held | of_nobody
    (strand,) = [part for part in strands() if part.slug == "mental_health"]
    assert set(strand.for_decision) == set(record.TABLES) and set(strand.for_decision.values()) == {"health"}
    assert len(record.held_about(person)["Care plans"]) == 1


def test_what_is_clinical_has_one_name_in_the_log(person, health, plan):
    """Not a verb, a table or a detail that tells what was done; and a table that has no place in the log's list would fail."""
    entries = Entry.objects.filter(person_id=person, actor=health.by).values_list("verb", "subject_type", "details")
    assert set(entries) == {("mental_health.record", "mental_health.record", "{}")}
    clinical = {model for model, _ in record.TABLES.values()} - {m.Consultation, m.Ask, m.Advice}
    assert clinical <= set(TABLES)


def test_the_timeline_tells_of_direct_work_on_the_clinical_row_alone(person, health, plan):
    assert {entry.row for entry in record.timeline(person)} == {"clinical"}
