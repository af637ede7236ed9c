"""The clinical wall beside the pages: the log, views, Today's answers, notices, subject access, e-mails."""

import json
from datetime import time

import pytest

from tests.web.access.asking import ask
from tests.web.access.world import DAY, World
from tests.web.access.world_health import HEALTH_WORDS
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.audit.models import Entry
from throughcare.casework.mail.words import OTHER, kind_of
from throughcare.casework.notices.models import Notice
from throughcare.core.times import instant
from throughcare.registry.parts import held_about
from throughcare.strands.mental_health.record import FOR_DECISION
from throughcare.strands.mental_health.scores.actions import escalate
from throughcare.strands.mental_health.slots.queries import between
from throughcare.web.today import waiting_for

OTHERS = [role for role in ROLES if role != "health_practitioner"]
TOLD = {
    "mental_health.record", "mental_health.record_consultation", "mental_health.ask", "mental_health.read_advice",
}  # fmt: skip
"""What the log says of the pathway at all: consultations and advice, and one name for everything else."""


def test_only_health_roles_have_a_cell_of_the_clinical_row():
    cells = {role: policy().cell("clinical", role) for role in ROLES}
    assert {role for role, cell in cells.items() if cell} == {"health_practitioner", "data_protection_officer"}
    assert cells["data_protection_officer"].scope == "request"


def test_the_log_has_one_name_for_what_is_clinical(world: World):
    """Neither verb nor table, number, page or detail tells whether it was a score, a risk, a plan, a session, a letter."""
    for page in ("scores/", "team/", "scores/phq_9/"):
        ask(world.reader("health_practitioner"), f"/people/{world.people['in']}/mental-health/{page}")
    ask(world.reader("health_practitioner"), f"/mental-health/responses/{world.ids['risk:in']}/")
    entries = Entry.objects.filter(person_id=world.people["in"])
    ours = entries.filter(verb__startswith="mental_health")
    assert set(ours.values_list("verb", flat=True)) <= TOLD
    clinical = ours.filter(verb="mental_health.record")
    assert set(clinical.values_list("subject_type", "details")) == {("mental_health.record", "{}")}
    views = entries.filter(verb="view", subject_id__contains="health")
    assert set(views.values_list("subject_id", flat=True)) == {"person-health"}
    told = " ".join(" ".join(map(str, row)) for row in entries.values_list("verb", "subject_type", "subject_id", "details"))
    for word in ("phq", "risk_", "answers", "careplan", "care_plan", "stepup", "response", "booking", *HEALTH_WORDS["clinical"]):
        assert word.lower() not in told.lower(), word


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_has_a_task_or_appointment_of_it(world: World, role: str):
    tasks = waiting_for(world.reader(role))
    assert [task.words for task in tasks if task.row == "clinical" or task.key.startswith("mental_health.risk")] == []
    words = " ".join(f"{task.kind} {task.words}" for task in tasks)
    assert [word for word in HEALTH_WORDS["clinical"] if word in words] == []


def test_a_risk_is_on_today_of_the_practitioner_and_cannot_be_put_off(world: World):
    reader = world.reader("health_practitioner")
    (task,) = [task for task in waiting_for(reader) if task.key == f"mental_health.risk:{world.ids['risk:in']}"]
    assert kind_of(task.key) == OTHER
    for sent in ({"until": "8/12/2016"}, {"do": "elsewhere"}):
        told = ask(reader, "/today/answer/", "post", {"key": task.key, **sent})
        assert "cannot be put off" in told.text
    assert task.key in [each.key for each in waiting_for(reader)]


def test_after_the_hours_only_health_posts_are_told_and_the_words_say_nothing(world: World):
    escalate("worker", instant(DAY, time(17)))
    told = Notice.objects.filter(key__startswith="mental_health").select_related("post")
    assert {notice.post.role for notice in told} == {"health_practitioner"}
    assert {notice.row for notice in told} == {"clinical"}
    for role in OTHERS:
        assert "for today waits" not in ask(world.reader(role), "/notices/").text


def test_nothing_of_it_is_given_to_the_person_before_somebody_has_decided(world: World):
    held = held_about(world.people["in"])["mental_health"]
    filled = {table for table, rows in held.items() if rows}
    assert filled <= set(FOR_DECISION)
    assert {"Clinical notes", "Answers that were a risk", "What was done about a risk", "Sessions booked"} <= filled
    assert set(FOR_DECISION.values()) == {"health"}


def test_in_the_calendar_a_barred_person_s_hour_is_taken_and_nothing_more(world: World):
    page = ask(world.reader("health_practitioner"), "/mental-health/sessions/?week=2016-11-28").text
    taken = [slot.taken for slot in between(DAY.replace(month=11, day=28), DAY) if slot.taken]
    assert len(taken) == 4
    assert page.count("Taken") == 3
    assert "Inscope" in page
    for who in ("Barredman", "Ringfenced", "Sealedoff"):
        assert who not in page


def test_an_entry_of_a_put_off_task_names_no_kind_of_work(world: World):
    reader = world.reader("health_practitioner")
    ours = [task for task in waiting_for(reader) if task.row == "clinical" and task.later]
    assert {task.kind for task in ours} == {"Care plans to review", "Missed sessions to book again"}
    for task in ours:
        ask(reader, "/today/answer/", "post", {"key": task.key, "until": "8/12/2016"})
    details = [json.loads(entry.details)["key"] for entry in Entry.objects.filter(verb="today.later")]
    assert details
    assert not any(word in key for key in details for word in ("review", "session", "missed", "plan"))


@pytest.mark.parametrize("role", ["health_practitioner", "offender_manager"])
def test_on_the_tab_the_risks_to_know_stand_as_on_every_other(world: World, role: str):
    """The pathway's own risks are another thing, shown to health roles alone; they once stood in the place of these."""
    page = ask(world.reader(role), f"/people/{world.people['in']}/mental-health/").text
    assert "Risks to know:</strong> MARKRISK" in page
    assert ("An answer of" in page) == (role == "health_practitioner")
