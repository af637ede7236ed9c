"""What is typed here and kept elsewhere is owed to its home until it is entered there."""

from datetime import date

import pytest

from tests.casework.conftest import PEOPLE
from throughcare.casework.audit.models import Entry
from throughcare.casework.elsewhere.actions import mark_entered, not_entered, owe
from throughcare.casework.elsewhere.errors import AlreadyEntered, NeverTypedHere, NotEntered
from throughcare.casework.elsewhere.models import Owed
from throughcare.casework.elsewhere.part import PART
from throughcare.casework.elsewhere.queries import owed, owed_about, owed_of
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import FACT_KINDS

DAY = date(2016, 10, 5)


@pytest.fixture
def people(load, extract) -> list[Person]:
    rows = "P1,1979/0163001B,,T,Brellan,1979-02-28,F,White\nP2,1967/9893091D,,O,Castrick,,M,Black\n"
    load(extract("police-people", PEOPLE + rows))
    return list(Person.objects.order_by("pk"))


def type_fact(person: Person, kind: str = "appointments", post: str = "") -> Owed | None:
    """A fact typed about the person; any record will do for one."""
    return owe(by="officer", kind=kind, person=person, record=person, text="Seen on 5 October 2016", on=DAY,
               pilot=current_pilot(), post=post)  # fmt: skip


HOMES = [
    # kind                what comes of typing one
    ("referrals",         "nothing owed"),
    ("notes",             "nothing owed"),
    ("appointments",      "owed to Delius"),
    ("mental_health",     "owed to the trust's record"),
    ("convictions",       "refused"),
    ("supervision",       "refused"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "comes"), HOMES)
def test_what_comes_of_typing_a_fact_follows_its_home(people, kind, comes):
    if comes == "refused":
        with pytest.raises(NeverTypedHere, match=f"the home of {kind}, and it is never typed here"):
            type_fact(people[0], kind)
    else:
        fact = type_fact(people[0], kind)
        assert (f"owed to {fact.system}" if fact else "nothing owed") == comes
    assert Owed.objects.count() == comes.startswith("owed")


def test_every_kind_of_fact_has_a_home_and_no_other_can_be_typed(people):
    assert set(current_pilot().homes) == {kind.slug for kind in FACT_KINDS}
    with pytest.raises(KeyError):
        type_fact(people[0], "horoscopes")


def test_what_is_owed_is_listed_oldest_first_and_by_person_until_it_is_entered(people):
    first, second, third = type_fact(people[0]), type_fact(people[1], post="hackney-om-3"), type_fact(people[0])
    assert owed() == [first, second, third]
    assert (owed(people=[people[1].pk]), owed(people=[])) == ([second], [])
    mark_entered(by="officer", ids=[first.pk, second.pk], reference=" D-77 ")
    assert owed() == [third]
    told = owed_about(people[0].pk)
    assert [(row.pk, row.entered_by, row.reference) for row in told] == [(first.pk, "officer", "D-77"), (third.pk, None, "")]
    assert owed_of("people.person", people[1].pk) == [second]
    entries = Entry.objects.filter(verb="elsewhere.entered").values_list("subject_id", "person_id").order_by("pk")
    assert list(entries) == [(str(first.pk), people[0].pk), (str(second.pk), people[1].pk)]


def test_entering_is_done_once_is_refused_whole_and_can_be_taken_back(people):
    one, other = type_fact(people[0]), type_fact(people[1])
    mark_entered(by="officer", ids=[one.pk])
    for ids in ([one.pk, other.pk], [other.pk, 999]):
        with pytest.raises(AlreadyEntered):
            mark_entered(by="colleague", ids=ids)
    assert owed() == [other]
    not_entered(by="officer", id=one.pk)
    assert owed() == [one, other]
    with pytest.raises(NotEntered, match="look at the list again"):
        not_entered(by="officer", id=one.pk)


def test_all_that_is_owed_about_a_person_is_told_to_them(people):
    type_fact(people[0])
    (rows,) = PART.held_about(people[0].pk).values()
    assert [row["text"] for row in rows] == ["Seen on 5 October 2016"]
