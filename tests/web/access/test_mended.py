"""What attacks found once and was mended: it stays mended."""

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


def test_whose_caseload_a_person_is_on_is_told_to_those_who_may_know(world):
    person = world.people["in"]
    for role in ROLES:
        if "contact" in known(role) and "caseload" not in known(role):
            page = ask(world.reader(role), f"/people/{person}/").text
            assert MANAGER not in page.split("Last events")[-1].split("Next</h2>")[-1], role


@pytest.mark.parametrize("tab", ["", "services/", "timeline/"])
def test_a_provider_is_told_of_no_other_provider(world, tab):
    for role in ("provider_worker", "provider_admin"):
        assert "TIGER" not in ask(world.reader(role), f"/people/{world.people['in']}/{tab}").text


def test_what_was_done_elsewhere_is_told_under_the_row_of_its_task(world):
    manager = world.reader("offender_manager")
    task = next(t for t in waiting_for(manager) if "Mental health" in t.words and t.person == world.people["in"])
    ask(manager, "/today/answer/", "post", {"key": task.key, "do": "elsewhere"})
    assert Answer.objects.exists()
    for role in ("iom_coordinator", "prison_coordinator"):
        assert "Mental health" not in ask(world.reader(role), f"/people/{world.people['in']}/timeline/").text


def test_nothing_is_answered_about_somebody_barred(world):
    reader, person = world.reader("health_practitioner"), world.people["bar"]
    task = next(t for t in waiting_for(reader) if t.person == person)
    said = ask(reader, "/today/answer/", "post", {"key": task.key, "until": "8/12/2016"}).text
    assert task.words not in said
    assert not Answer.objects.filter(person=person).exists()


def test_nobody_takes_back_what_is_owed_of_somebody_else_s_person(world):
    person = Person.objects.get(pk=world.people["out"])
    record_appointment(by="camden-manager", person=person, due_on=DAY, held_on=DAY, outcome="ATTC")
    owed = Owed.objects.filter(person=world.people["out"]).latest("pk")
    mark_entered(by="camden-manager", ids=[owed.pk])
    ask(world.reader("volunteer"), "/to-be-entered/", "post", {"back": owed.pk})
    owed.refresh_from_db()
    assert owed.entered_at is not None


def test_a_court_goes_on_seeing_whom_its_report_is_asked_for_when_the_list_is_old(world):
    """A case may run longer than its list; its report would be nobody's."""
    with recording(by="test", verb="test.lists"):
        before = DAY.replace(month=10)
        ListEntry.objects.filter(person=world.people["in"]).update(hearing_on=before, received_on=before)
    reader = world.reader("court_officer")
    assert reader.sees("contact", world.people["in"])
    assert "Ansel" in ask(reader, "/").text


def test_caseloads_are_handed_over_only_where_they_are_kept_or_typed_here(world):
    page = ask(world.reader("offender_manager"), "/caseloads/offender-manager/").text
    assert not current_pilot().home("caseloads").copied or "Ask them to take over" not in page
