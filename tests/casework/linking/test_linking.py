"""Who is who after an import, in small worlds that a caseworker could check."""

import pytest

from tests.casework.linking.conftest import BRELLAN, owner, people, person, redirects
from throughcare.casework.linking.actions import link
from throughcare.casework.linking.queries import questions
from throughcare.casework.people.models import AgencyRecord, Arrest, Person, Supervision

WHO = {
    "one number, one name": (
        f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 {BRELLAN} pnc=A", [{"N1", "P1"}]),
    "no number in common, one rare name and birth date": (
        f"nps N1 {BRELLAN} crn=A\npolice P1 {BRELLAN} pnc=A", [{"N1", "P1"}]),
    "a slip of the pen, and the number is the same": (
        f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 Tavk Brelan 1990-02-03 M pnc=A", [{"N1", "P1"}]),
    "day and month of birth swapped, and the number is the same": (
        f"nps N1 {BRELLAN} crn=A pnc=A\npolice P1 Tavik Brellan 1990-03-02 M pnc=A", [{"N1", "P1"}]),
    "forename and surname swapped, and a postcode in common": (
        f"nps N1 {BRELLAN} crn=A pnc=A\naddress D1 crn=A E8 1DY\ncrc C1 Brellan Tavik 1990-02-03 M crn=A", [{"C1", "N1"}]),
    "joined through a third record that has a number of each": (
        f"police P1 {BRELLAN} pnc=A\nprison H1 T. Brelland 1990-02-03 M prison=A\n"
        "nps N1 Tavik Brelland 1990-02-03 M crn=A pnc=A prison=A",
        [{"H1", "N1", "P1"}]),
    "a name once used": (
        f"police P1 {BRELLAN} pnc=A\nalias L1 pnc=A Oren Velska\nprison H1 Oren Velska 1990-02-03 M prison=A pnc=A",
        [{"H1", "P1"}]),
    "twins": (
        "nps N1 Tavik Brellan 1990-02-03 M crn=A\nnps N2 Tavin Brellan 1990-02-03 M crn=B\n"
        "address D1 crn=A E8 1DY\naddress D2 crn=B E8 1DY", [{"N1"}, {"N2"}]),
    "parent and child with one name at one address": (
        "nps N1 Tavik Brellan 1990-02-03 M crn=A\nnps N2 Tavik Brellan 1964-05-06 M crn=B\n"
        "address D1 crn=A E8 1DY\naddress D2 crn=B E8 1DY", [{"N1"}, {"N2"}]),
    "one name, no birth date to tell parent from child": (
        "nps N1 Tavik Brellan 1990-02-03 M crn=A\ncrc C2 Tavik Brellan - M crn=B\n"
        "address D1 crn=A E8 1DY\naddress D2 crn=B E8 1DY", [{"C2"}, {"N1"}]),
    "one name and birth date, two PNC IDs": (
        f"police P1 {BRELLAN} pnc=A\npolice P2 {BRELLAN} pnc=B", [{"P1"}, {"P2"}]),
    "a mistyped PNC ID: another name and another birth date": (
        f"police P1 {BRELLAN} pnc=A\nnps N1 Oren Velska 1971-11-12 M crn=A pnc=A", [{"N1"}, {"P1"}]),
}  # fmt: skip


@pytest.mark.parametrize("case", WHO)
def test_who_is_who_and_linking_everything_again_changes_nothing(world, case):
    told, expected = WHO[case]
    world(told)
    assert people() == expected
    ids = dict(AgencyRecord.objects.values_list("pk", "person_id"))
    done = link(by="test", everything=True)
    assert (people(), done.merged, done.parted) == (expected, 0, 0)
    assert dict(AgencyRecord.objects.values_list("pk", "person_id")) == ids


@pytest.mark.parametrize("case", WHO)
def test_a_row_a_day_gives_the_same_people_as_all_at_once(world, case):
    told, expected = WHO[case]
    for line in told.splitlines():
        world(line)
    assert people() == expected
    link(by="test", everything=True)
    assert people() == expected


def test_what_may_be_one_person_is_asked_and_the_strongest_first(world):
    world(
        """
        police P1 Tavik Brellan 1990-02-03 M pnc=A
        nps    N1 Oren Velska 1971-11-12 M crn=A pnc=A     # a mistyped number must reach a person, whatever it weighs
        crc    C2 Danel Okwabira 1985-05-05 M crn=B
        police P2 Danelo Okwabira 1985-05-05 M pnc=B
        """
    )
    asked = [{r["record_id"] for side in (q.one, q.other) for r in side.records} for q in questions()]
    assert {"P1", "N1"} in asked
    weights = [q.strongest.weight for q in questions()]
    assert weights == sorted(weights, reverse=True)


def test_two_people_found_to_be_one_keep_all_their_facts_and_the_younger_id_redirects(world, load):
    load(f"police P1 {BRELLAN} pnc=A\narrest A1 pnc=A 2015-03-02")
    load("crc C1 Tavik Brellan 1990-02-03 M crn=A\norder S1 crn=A 2015-05-01")
    before = {person("P1"), person("C1")}
    assert len(before) == 2
    done = link(by="test")
    older, younger = sorted(before)
    assert (done.merged, redirects()) == (1, {younger: older})
    assert (Arrest.objects.get().person_id, Supervision.objects.get().person_id) == (older, older)
    assert (owner("pnc", "A"), owner("crn", "A")) == (older, older)


def test_a_record_placed_by_a_mistyped_number_leaves_with_its_own_facts(world, load):
    load(f"police P1 {BRELLAN} pnc=A\narrest A1 pnc=A 2015-03-02")
    load("nps N1 Oren Velska 1971-11-12 M crn=A pnc=A\norder S1 crn=A 2015-05-01")
    assert person("N1") == person("P1"), "until it is linked, the number decides"
    done = link(by="test")
    assert done.parted == 1
    assert (Supervision.objects.get().person_id, owner("crn", "A")) == (person("N1"), person("N1"))
    assert (Arrest.objects.get().person_id, owner("pnc", "A")) == (person("P1"), person("P1")), "the police issue PNC IDs"
    assert Person.objects.get(pk=person("N1")).surname == "Velska"
    assert Person.objects.get(pk=person("P1")).surname == "Brellan"
    world("arrest A2 pnc=A 2015-04-02\norder S2 crn=A 2015-06-01")
    assert set(Arrest.objects.values_list("person_id", flat=True)) == {person("P1")}
    assert set(Supervision.objects.values_list("person_id", flat=True)) == {person("N1")}


def test_a_corrected_number_brings_a_record_to_its_person(world):
    world(f"police P1 {BRELLAN} pnc=A\nnps N1 Oren Velska 1971-11-12 M crn=A pnc=A\npolice P2 Oren Velska 1971-11-12 M pnc=B")
    assert people() == [{"N1"}, {"P1"}, {"P2"}], "the name says one, the number says the other"
    world("nps N1 Oren Velska 1971-11-12 M crn=A pnc=B")
    assert people() == [{"N1", "P2"}, {"P1"}]
    assert owner("pnc", "B") == person("P2")


HOLDS = {
    "a slip in the name": ("nps N1 Tavk Brellan 1990-02-03 M crn=A", True),
    "a new surname, birth date and sex the same": ("nps N1 Tavik Okwabira 1990-02-03 M crn=A", False),
    "everything different": ("nps N1 Oren Velska 1971-11-12 F crn=A", False),
}


@pytest.mark.parametrize("case", HOLDS)
def test_what_was_joined_holds_until_it_is_far_from_it(world, case):
    """The name and the birth date joined them. With a slip the weight is between LEAVE and JOIN: it would not join, and holds."""
    told, holds = HOLDS[case]
    world(f"nps N1 {BRELLAN} crn=A\npolice P1 {BRELLAN} pnc=A\naddress D1 crn=A E8 1DY")
    assert people() == [{"N1", "P1"}]
    world(told)
    assert people() == ([{"N1", "P1"}] if holds else [{"N1"}, {"P1"}])


def test_the_same_two_records_new_with_that_slip_are_asked_about(world):
    world("nps N1 Tavk Brellan 1990-02-03 M crn=A\npolice P1 Tavik Brellan 1990-02-03 M pnc=A")
    assert people() == [{"N1"}, {"P1"}]
    assert len(questions()) == 1


def test_only_what_is_new_or_changed_is_looked_at(world):
    assert world(f"nps N1 {BRELLAN} crn=A\npolice P1 {BRELLAN} pnc=A\nnps N2 Oren Velska 1971-11-12 M crn=B").looked_at == 3
    assert link(by="test").looked_at == 0
    assert world("nps N2 Oren Velskatow 1971-11-12 M crn=B\narrest A1 pnc=A 2015-03-02").looked_at == 1
    assert world("address D1 crn=B E8 1DY").looked_at == 1, "a new postcode is new evidence"


def test_frequencies_are_renewed_when_the_records_have_doubled(world):
    from throughcare.casework.linking.models import LinkageModel

    world(f"nps N1 {BRELLAN} crn=A\nnps N2 Oren Velska 1971-11-12 M crn=B")
    assert world("nps N3 Danel Okwabira 1985-05-05 M crn=C").looked_at == 1
    done = world("nps N4 Ilora Nembury 1981-01-09 F crn=D")
    assert (done.looked_at, LinkageModel.objects.count()) == (4, 2)
