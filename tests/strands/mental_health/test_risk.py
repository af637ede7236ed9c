"""An answer that is a risk: for a named post, whoever holds or covers it; closed by a response and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strands.mental_health.conftest import DAY, NOW
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account
from throughcare.casework.access.queries import posts_of
from throughcare.casework.access.reader import Reader
from throughcare.casework.mail.words import OTHER, kind_of
from throughcare.casework.notices.models import Notice
from throughcare.casework.pilot import current_pilot
from throughcare.registry.parts import reach, rounds, service_rows
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused
from throughcare.strands.mental_health.scores import actions, queries
from throughcare.strands.mental_health.tasks import tasks

pytestmark = pytest.mark.django_db
SINCE = date(2016, 1, 1)
LATE = NOW + timedelta(hours=current_pilot().health.risk_hours)
RISKS = [
    # scale | answers | whether it opens a task
    ("phq_9", [0] * 8 + [1], True), ("phq_9", [3] * 8 + [0], False), ("phq_9", [3] * 8 + [None], False),
    ("phq_9", [None] * 8 + [1], True),  # no score, and yet a risk
    ("core_10", [0, 4, 4, 0, 0, 1, 0, 0, 0, 0], True), ("core_10", [4, 0, 0, 4, 4, 0, 4, 4, 4, 4], False),
    ("gad_7", [3] * 7, False),
]  # fmt: skip


def held(reader: Reader) -> Reader:
    """The reader's account holds its post."""
    access.hold(by="test", post=reader.post, account=reader.account, start=SINCE)
    return reader


def of_account(name: str, day: date = DAY) -> Reader:
    """What an account is on a day: its own posts and those that it covers."""
    account = Account.objects.get(username=name)
    posts = tuple(posts_of(account, day))
    return Reader(account=account, post=posts[0], posts=posts, day=day, reach=reach(), service_rows=service_rows())


def risk_of(health: Reader, person: int) -> m.Risk:
    given = [0] * 8 + [1]
    _, risk = actions.keep(reader=health, person=person, scale="phq_9", given=given, on=DAY, clinician=health.post, at=NOW)
    assert risk is not None
    return risk


def waits(reader: Reader) -> list[str]:
    return [task.key for task in tasks(reader) if task.kind == "To respond to today"]


@pytest.mark.parametrize(("scale", "given", "opens"), RISKS)
def test_which_answers_open_a_task(person, health, scale, given, opens):
    _, risk = actions.keep(reader=health, person=person, scale=scale, given=given, on=DAY, clinician=health.post, at=NOW)
    assert (risk is not None) == opens == bool(waits(health))


def test_the_task_can_neither_be_put_off_nor_done_elsewhere(person, health):
    risk_of(health, person)
    (task,) = [task for task in tasks(health) if task.kind == "To respond to today"]
    assert (task.harm, task.row, task.elsewhere, task.later, task.due_on) == (1, "clinical", False, False, DAY)
    assert kind_of(task.key) == OTHER


def test_it_does_not_close_without_a_response_in_words(person, health):
    risk = risk_of(health, person)
    for what, text in (("safe", " "), ("", "Spoke"), ("forgot", "Spoke")):
        with pytest.raises(HealthRefused):
            actions.respond(reader=health, risk=risk, what=what, text=text, at=NOW)
    actions.respond(reader=health, risk=risk, what="not_reached", text="Rang twice", at=NOW)
    with pytest.raises(HealthRefused, match="nobody has responded"):
        actions.typed_wrong(reader=health, answers=risk.answers)
    assert waits(health)
    actions.respond(reader=health, risk=risk, what="safe", text="Spoke at noon", at=NOW)
    assert not waits(health)
    with pytest.raises(HealthRefused, match="responded already"):
        actions.respond(reader=health, risk=risk, what="safe", text="Again", at=NOW)
    actions.typed_wrong(reader=health, answers=risk.answers)
    assert queries.scores_of(person) == []


def test_whoever_covers_the_post_sees_it_and_another_practitioner_does_not(person, health, reader_of):
    held(health)
    other = held(reader_of("health_practitioner", DAY, "other"))
    risk_of(health, person)
    assert (bool(waits(of_account(health.account.username))), waits(of_account("other"))) == (True, [])
    access.hold(by="test", post=health.post, account=other.account, start=DAY, end=DAY + timedelta(days=1), cover=True)
    assert waits(of_account("other"))
    assert not waits(of_account("other", DAY + timedelta(days=1)))


def test_of_a_post_that_nobody_holds_every_practitioner_sees_it(person, health, reader_of):
    other = held(reader_of("health_practitioner", DAY, "other"))
    risk_of(health, person)
    assert waits(other)


def test_a_practitioner_kept_from_the_person_cannot_be_named(person, health, reader_of):
    """A task for who may not know of the person would be seen by nobody."""
    held(health)
    other = held(reader_of("health_practitioner", DAY, "other"))
    assert queries.responders(health, person) == [health.post, other.post]
    access.limit(by="test", person=person, kind="excluded", accounts=[other.account], start=SINCE, reason="Related")
    assert queries.responders(health, person) == [health.post]
    with pytest.raises(HealthRefused, match="cannot see this person"):
        actions.keep(reader=health, person=person, scale="phq_9", given=[1] * 9, on=DAY, clinician=other.post, at=NOW)
    access.hold(by="test", post=other.post, account=health.account, start=DAY, end=DAY + timedelta(days=1), cover=True)
    assert other.post in queries.responders(health, person)


def test_after_the_pilot_file_s_hours_the_others_are_told_once(person, health, reader_of):
    held(health)
    other = held(reader_of("health_practitioner", DAY, "other"))
    runs = reader_of("pilot_manager", DAY)
    risk = risk_of(health, person)
    actions.escalate("worker", LATE - timedelta(minutes=1))
    assert (waits(other), Notice.objects.count()) == ([], 0)
    for _ in range(2):
        actions.escalate("worker", LATE)
    assert waits(other) == waits(health) == [f"mental_health.risk:{risk.pk}"]
    told = Notice.objects.order_by("pk")
    assert {(notice.post.slug, notice.row) for notice in told} == {("other", "clinical"), (health.post.slug, "clinical")}
    assert not any(word in notice.words.lower() for notice in told for word in ("risk", "health", "answer", "phq"))
    assert not Notice.objects.filter(post=runs.post).exists()
    assert actions.escalate in rounds()


def test_where_nobody_holds_any_practitioner_s_post_whoever_runs_the_pilot_is_told_of_no_person(person, health, reader_of):
    runs = reader_of("pilot_manager", DAY)
    risk_of(health, person)
    actions.escalate("worker", LATE)
    (notice,) = Notice.objects.filter(post=runs.post)
    assert (notice.person, notice.row) == (None, "")
    assert "risk" not in notice.words.lower()


def test_one_that_was_responded_to_is_not_escalated(person, health):
    actions.respond(reader=health, risk=risk_of(health, person), what="safe", text="Spoke", at=NOW)
    actions.escalate("worker", LATE + timedelta(days=1))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("change", [{"scale": "beck"}, {"given": [None] * 9}, {"clinician": "manager"}])
def test_what_cannot_be_kept_is_refused_whole(person, health, manager, change):
    told = {"scale": "phq_9", "given": [1] * 9, "clinician": health.post} | change
    told["clinician"] = manager.post if told["clinician"] == "manager" else told["clinician"]
    with pytest.raises(HealthRefused):
        actions.keep(reader=health, person=person, on=DAY, at=NOW, **told)
    assert not m.Answers.objects.exists() and not m.Risk.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.sampled_from(list(codes.RESPONSES)), max_size=4))
def test_it_is_open_until_the_first_response_that_reached_somebody(person, health, said):
    risk, closed = risk_of(health, person), False
    for what in said:
        if closed:
            with pytest.raises(HealthRefused):
                actions.respond(reader=health, risk=risk, what=what, text="x", at=NOW)
            continue
        actions.respond(reader=health, risk=risk, what=what, text="x", at=NOW)
        closed = what != codes.NOT_REACHED
    risk.refresh_from_db()
    assert (risk.closed_at is not None) == closed
    assert (f"mental_health.risk:{risk.pk}" in waits(health)) == (not closed)
