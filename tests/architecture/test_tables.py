"""Strands do not point at each other's tables, and every field is declared personal or plain exactly once."""

from functools import partial

import pytest
from django.apps import apps
from django.db.models import CASCADE, CharField, ForeignKey, ManyToManyField, Model, OneToOneField
from django.test.utils import isolate_apps

from tests.architecture.checks.tables import Link, Table, links_of, strands_that_meet, tables_of, undeclared

COURTS, PRISON, PEOPLE = "throughcare.strands.courts", "throughcare.strands.prison", "throughcare.casework.people"
RELATIONS = [partial(ForeignKey, on_delete=CASCADE), partial(OneToOneField, on_delete=CASCADE), ManyToManyField]


@pytest.fixture(scope="module")
def models() -> list[type]:
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("throughcare.")]
    assert ours, "Django found no table of ours: these tests would say nothing"
    return ours


def test_no_strand_points_at_another(models):
    assert strands_that_meet(links_of(models)) == []


@isolate_apps(COURTS, PRISON)
@pytest.mark.parametrize("kind", RELATIONS)
def test_a_relation_planted_between_strands_is_found(kind):
    class Stay(Model):
        class Meta:
            app_label = "prison"

    class Report(Model):
        stay = kind("prison.Stay")

        class Meta:
            app_label = "courts"

    found = strands_that_meet(links_of([Stay, Report]))
    assert found == ["courts.Report.stay points at throughcare.strands.prison: strands meet through casework only"]


@pytest.mark.parametrize(
    ("app", "target"),
    [
        (COURTS, COURTS),
        (COURTS, PEOPLE),  # a strand may know the person
        (PEOPLE, COURTS),  # is for the import contracts: casework lies below the strands
    ],
)
def test_other_relations_are_not_found(app, target):
    assert strands_that_meet([Link(app=app, field="courts.Report.case", target=target)]) == []


def test_every_field_is_personal_or_plain(models):
    written = [m for m in models if not m._meta.auto_created]
    assert undeclared(tables_of(written)) == []


@pytest.mark.parametrize(
    ("personal", "plain", "found"),
    [
        (("surname",), ("id",), []),
        ((), ("id",), ["people.Name.surname is declared 0 times in Privacy, not once"]),
        (("surname",), ("id", "surname"), ["people.Name.surname is declared 2 times in Privacy, not once"]),
        (("surname", "alias"), ("id",), ["people.Name.alias is declared in Privacy and is no field"]),
    ],
)
def test_a_planted_declaration_is_found(personal, plain, found):
    table = Table(label="people.Name", fields=("id", "surname"), personal=personal, plain=plain)
    assert undeclared([table]) == found


@isolate_apps(COURTS)
def test_fields_and_declaration_are_read_from_the_model():
    class Report(Model):
        author = CharField(max_length=100)

        class Meta:
            app_label = "courts"

        class Privacy:
            plain = ("id",)

    assert undeclared(tables_of([Report])) == ["courts.Report.author is declared 0 times in Privacy, not once"]
