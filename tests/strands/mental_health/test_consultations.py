"""A consultation in two parts: asked for, held, its advice told to who asked, its note kept; how confidence moved."""

from datetime import timedelta

import pytest

from tests.strands.conftest import figures_of
from tests.strands.mental_health.conftest import DAY
from throughcare.casework.audit.models import Entry
from throughcare.core.errors import StillToCome
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused
from throughcare.strands.mental_health.consultations import actions, queries
from throughcare.strands.mental_health.measures import MEASURES
from throughcare.strands.mental_health.tasks import tasks

pytestmark = pytest.mark.django_db
WHOLE = {"with_whom": "offender_manager", "held_on": DAY, "advice": "Meet in the morning", "note": "Low mood"}


def kinds(reader) -> list[str]:
    return [task.kind for task in tasks(reader)]


def test_from_the_question_to_the_advice_that_was_read(person, health, manager):
    asked = actions.ask(reader=manager, person=person, question="He does not sleep", before=2)
    assert kinds(health) == ["Consultations asked for"]
    held = actions.consult(reader=health, person=person, asked=asked, **WHOLE)
    assert (kinds(health), kinds(manager)) == ([], ["Advice to read"])
    actions.read(reader=manager, advice=held.advice, after=4)
    told = m.Advice.objects.get(consultation=held)
    assert (kinds(manager), told.before, told.after, told.read_on) == ([], 2, 4, DAY)
    assert (held.note.text, held.note.trust_record) == ("Low mood", "")


def test_a_consultation_that_nobody_asked_for_here_goes_to_who_manages_the_person(person, health, manager):
    assert actions.consult(reader=health, person=person, **WHOLE).advice.post == manager.post
    other = actions.consult(reader=health, person=person, **WHOLE | {"with_whom": "other_professional"})
    assert other.advice.post is None


def test_the_note_may_be_no_more_than_the_number_of_the_trust_s_record(person, health):
    held = actions.consult(reader=health, person=person, **WHOLE | {"note": ""}, trust_record="T-12")
    assert (held.note.text, held.note.trust_record) == ("", "T-12")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"advice": " "}, HealthRefused), ({"note": ""}, HealthRefused), ({"with_whom": "a friend"}, HealthRefused),
        ({"held_on": DAY + timedelta(days=1)}, StillToCome),
    ],
)  # fmt: skip
def test_half_a_consultation_is_refused_and_nothing_of_it_is_kept(person, health, change, error):
    with pytest.raises(error):
        actions.consult(reader=health, person=person, **WHOLE | change)
    assert not m.Consultation.objects.exists() and not m.Advice.objects.exists() and not m.ClinicalNote.objects.exists()


def test_a_question_is_asked_once_and_taken_back_by_who_asked(person, health, manager):
    asked = actions.ask(reader=manager, person=person, question="?", before=1)
    with pytest.raises(HealthRefused, match="asked already"):
        actions.ask(reader=manager, person=person, question="again", before=1)
    with pytest.raises(HealthRefused, match="cannot be taken back"):
        actions.take_back(reader=health, asked=asked)
    actions.take_back(reader=manager, asked=asked)
    assert kinds(health) == []
    with pytest.raises(HealthRefused, match="does not wait"):
        actions.consult(reader=health, person=person, asked=asked, **WHOLE)
    assert not m.Consultation.objects.exists()
    actions.ask(reader=manager, person=person, question="again", before=1)


def test_a_question_is_answered_once_and_about_its_own_person(person, person_id, health, manager):
    asked = actions.ask(reader=manager, person=person, question="?", before=1)
    with pytest.raises(HealthRefused, match="does not wait"):
        actions.consult(reader=health, person=person_id("B"), asked=asked, **WHOLE)
    actions.consult(reader=health, person=person, asked=asked, **WHOLE)
    with pytest.raises(HealthRefused, match="does not wait"):
        actions.consult(reader=health, person=person, asked=asked, **WHOLE)


def test_only_whom_it_was_told_to_says_how_confident_they_are(person, health, manager, reader_of):
    held = actions.consult(reader=health, person=person, **WHOLE)
    for reader in (health, reader_of("offender_manager", DAY, "another")):
        with pytest.raises(HealthRefused, match="another post"):
            actions.read(reader=reader, advice=held.advice, after=3, before=3)
    with pytest.raises(HealthRefused, match="before"):
        actions.read(reader=manager, advice=held.advice, after=3)
    with pytest.raises(HealthRefused, match="1 to 5"):
        actions.read(reader=manager, advice=held.advice, after=6, before=1)


def test_the_mean_change_of_confidence_and_how_many_it_rests_on(person, health, manager):
    """Of three consultations: 2 to 4, 3 to 3, and one of which nothing was said."""
    for before, after in ((2, 4), (3, 3)):
        held = actions.consult(reader=health, person=person, **WHOLE)
        actions.read(reader=manager, advice=held.advice, before=before, after=after)
    actions.consult(reader=health, person=person, **WHOLE)
    assert queries.confidence().height == 2
    assert figures_of(MEASURES, "health.confidence_told") == {"all": 2}
    assert figures_of(MEASURES, "health.confidence") == {"all": 1}
    assert figures_of(MEASURES, "health.consultations")["total"] == 3


def test_the_log_tells_neither_the_advice_nor_the_note(person, health, manager):
    actions.consult(reader=health, person=person, **WHOLE)
    told = [(e.verb, e.subject_type, e.details) for e in Entry.objects.filter(verb__startswith="mental_health").order_by("pk")]
    assert told == [
        ("mental_health.record_consultation", "mental_health.consultation", "{}"),
        ("mental_health.record", "mental_health.record", "{}"), ("mental_health.record", "mental_health.record", "{}"),
    ]  # fmt: skip
