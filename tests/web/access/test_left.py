"""What attacks have found and others are to mend: each fails as it should until then, and must be taken from here after it."""

import pytest

from tests.web.access.asking import ask
from tests.web.access.test_leaks import known
from tests.web.access.world import DAY, MANAGER
from throughcare.casework.access.policy import ROLES
from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.actions import mark_entered
from throughcare.casework.elsewhere.models import Owed
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.casework.today.models import Answer
from throughcare.strands.courts.models import ListEntry
from throughcare.strands.programmes.actions import record_appointment
from throughcare.web.today import waiting_for


def left(where: str):
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=where)


@left("web/person.py _contacts, notes/pages.py _who_answers: the policy gives `caseload` to no provider, health or police post")
def test_whose_caseload_a_person_is_on_is_told_to_those_who_may_know(world):
    person = world.people["in"]
    for role in ROLES:
        if "contact" in known(role) and "caseload" not in known(role):
            page = ask(world.reader(role), f"/people/{person}/").text
            assert MANAGER not in page.split("Last events")[-1].split("Next</h2>")[-1], role


@left("web/person.py _services, _contacts, _entries: only referrals of referrals.reach.known_to(reader)")
@pytest.mark.parametrize("tab", ["", "services/", "timeline/"])
def test_a_provider_is_told_of_no_other_provider(world, tab):
    for role in ("provider_worker", "provider_admin"):
        assert "TIGER" not in ask(world.reader(role), f"/people/{world.people['in']}/{tab}").text


@left("casework/today: Answer keeps no row, and its timeline entry says `notes`; keep task.row, and tell it under that")
def test_what_was_done_elsewhere_is_told_under_the_row_of_its_task(world):
    manager = world.reader("offender_manager")
    task = next(t for t in waiting_for(manager) if "Mental health" in t.words and t.person == world.people["in"])
    ask(manager, "/today/answer/", "post", {"key": task.key, "do": "elsewhere"})
    assert Answer.objects.exists()
    for role in ("iom_coordinator", "prison_coordinator"):
        assert "Mental health" not in ask(world.reader(role), f"/people/{world.people['in']}/timeline/").text


@left("web/today.py answer: a thing about a barred person is not to be answered, and its words are not to be said")
def test_nothing_is_answered_about_somebody_barred(world):
    reader, person = world.reader("health_practitioner"), world.people["bar"]
    task = next(t for t in waiting_for(reader) if t.person == person)
    said = ask(reader, "/today/answer/", "post", {"key": task.key, "until": "8/12/2016"}).text
    assert task.words not in said
    assert not Answer.objects.filter(person=person).exists()


@left("casework/elsewhere/pages.py _entered: `back` is not held against what the reader may change")
def test_nobody_takes_back_what_is_owed_of_somebody_else_s_person(world):
    person = Person.objects.get(pk=world.people["out"])
    record_appointment(by="camden-manager", person=person, due_on=DAY, held_on=DAY, outcome="ATTC")
    owed = Owed.objects.get(person=world.people["out"])
    mark_entered(by="camden-manager", ids=[owed.pk])
    ask(world.reader("volunteer"), "/to-be-entered/", "post", {"back": owed.pk})
    owed.refresh_from_db()
    assert owed.entered_at is not None


@left("web/today.py waiting_for: a task's row is asked of the reader, not of the task's person")
def test_a_task_is_told_where_its_row_may_be_seen_of_its_person(world):
    """A report of a case that is on no list of the month: outside the court's scope."""
    with recording(by="test", verb="test.lists"):
        before = DAY.replace(month=10)
        ListEntry.objects.filter(person=world.people["in"]).update(hearing_on=before, received_on=before)
    reader = world.reader("court_officer")
    assert not reader.sees("contact", world.people["in"])
    assert "Ansel" not in ask(reader, "/").text


@left("pilots/gto-london-2016.toml: caseloads are copied from Delius, yet handed over here; typed_here = true, and owed")
def test_caseloads_are_handed_over_only_where_they_are_kept_or_typed_here(world):
    page = ask(world.reader("offender_manager"), "/caseloads/offender-manager/").text
    assert not current_pilot().home("caseloads").copied or "Ask them to take over" not in page
