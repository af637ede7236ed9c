"""A limit on who may see a person holds through merging and parting, and leaves no trace of the person behind."""



import pytest

from tests.web.access.world import DAY, load, numbers_of
from throughcare.casework.access.actions import limits_follow
from throughcare.casework.access.policy import ROLES
from throughcare.casework.linking.actions import join, part, undo
from throughcare.casework.linking.checks import records_of
from throughcare.casework.people.models import AgencyRecord, Person


def barred_from(world, person: int) -> bool:
    return all(not world.reader(role).sees("contact", person) for role in ROLES)


@pytest.mark.parametrize("limited", ["nobody", "bar"])
def test_a_limit_survives_merging_parting_and_taking_back(world, limited):
    """Whoever was limited is limited under each id that the person has afterwards."""
    person, other = world.people[limited], world.people["in"]
    own = records_of(person)
    done = join(by="test", people=(person, other), reason="the same")
    kept = min(person, other, key=lambda p: Person.objects.get(pk=p).merged_into_id is not None)
    assert barred_from(world, kept), "two in one: the limit holds for both"
    undo(by="test", verdict=done, reason="they are two")
    assert barred_from(world, person)
    assert records_of(person) == own


@pytest.mark.parametrize("limited", ["nobody", "bar"])
def test_a_limit_holds_for_both_that_a_limited_person_is_parted_into(world, limited, tmp_path):
    """What leaves with the police's record was the limited person's: somebody must decide of it before others see it."""
    person = world.people[limited]
    told = {"record_id": "P9", "pnc": numbers_of(limited)["pnc"], "forenames": "Felix", "surname": "Departed"}
    load(tmp_path, {"police-people": [told]})
    record = AgencyRecord.objects.get(source__record_id="P9")
    assert record.person_id == person
    part(by="test", person=person, records=[record.pk], reason="they are two")
    record.refresh_from_db()
    assert record.person_id != person
    assert barred_from(world, person)
    assert barred_from(world, record.person_id)


def test_limits_follow_whom_they_are_told_to_follow(world):
    limits_follow(by="test", person=world.people["nobody"], parted=world.people["in"], on=DAY)
    assert barred_from(world, world.people["in"])
