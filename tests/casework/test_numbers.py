"""Rows asked for by number are the same rows however they are asked for: few, many, none, twice, by a relation, beside a null."""

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.numbers import Numbers
from throughcare.casework.people.models import Address, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    made = []
    with recording(by="test", verb="test.people"):
        for n in range(20):
            person = Person(forenames="A", surname=f"B{n}")
            person.save()
            Address(person=person, borough="Hackney", start="2016-01-01").save()
            made.append(person.pk)
    return made


@pytest.mark.parametrize("form", [list, tuple, set, frozenset, dict.fromkeys, iter, Numbers])
@pytest.mark.parametrize("many", [0, 1, 8, 9, 20])
def test_by_number_whatever_holds_the_numbers(people, form, many):
    asked = [*people[:many], *([10**12] if many else [])]
    assert set(Person.objects.filter(pk__in=form(asked)).values_list("pk", flat=True)) == set(people[:many])
    assert set(Address.objects.filter(person__in=form(asked)).values_list("person", flat=True)) == set(people[:many])
    assert set(Address.objects.filter(person_id__in=form(asked)).values_list("person", flat=True)) == set(people[:many])


def test_twice_is_once_and_none_of_them_is_all_the_others(people):
    assert Person.objects.filter(pk__in=people[:12] * 2).count() == 12
    assert set(Person.objects.exclude(pk__in=people[:12]).values_list("pk", flat=True)) == set(people[12:])
    assert not Person.objects.filter(merged_into__in=people).exists()
    assert Person.objects.exclude(merged_into__in=people).count() == 20, "somebody who is merged into nobody is in no list"


def test_people_themselves_and_questions_are_left_to_django(people):
    every = Person.objects.all()
    assert Address.objects.filter(person__in=list(every)).count() == 20
    assert Address.objects.filter(person__in=every).count() == Address.objects.filter(person__in=every.values("pk")).count() == 20
    assert Person.objects.filter(pk__in=[str(pk) for pk in people]).count() == 20
