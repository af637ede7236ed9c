"""Frames say what Django's own rows say, on either database, of few people, of many, and of what is asked twice."""

from datetime import date

import polars as pl
import pytest

from throughcare.casework import frames
from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.models import Entry
from throughcare.casework.frames import held, only, read, reading_once
from throughcare.casework.people.models import Conviction, Person

TEXTS = ("Thames", "", ' "Inner", London ', "two\nlines", "\\N", "\\.", "NULL", "null", "NA", "t", "é – 01", "2016-01-01", "007")


@pytest.fixture
def convictions(db) -> list[int]:
    """One of each of three people for each text, in turn; every second with its day of the offence not known."""
    with recording(by="test", verb="test.frames"):
        people = [Person(sex="M") for _ in range(3)]
        for person in people:
            person.save()
        for n, text in enumerate(TEXTS):
            Conviction(
                person=people[n % 3], convicted_on=date(2015, 1, 1 + n), committed_on=date(1970, 1, 1) if n % 2 else None,
                offence_code="00100", principal=n % 3 == 0, disposal="conviction", court=text,
            ).save()  # fmt: skip
    return [person.pk for person in people]


def asked() -> pl.DataFrame:
    return read(
        Conviction.objects.order_by("pk"), person="person", convicted_on="convicted_on", committed_on="committed_on",
        principal="principal", court="court",
    )  # fmt: skip


def test_every_cell_is_as_django_has_it(convictions):
    rows = Conviction.objects.order_by("pk").values_list("person", "convicted_on", "committed_on", "principal", "court")
    assert asked().rows() == list(rows)
    assert [row[-1] for row in rows] == list(TEXTS)
    moments = read(Entry.objects.order_by("pk"), at="at", verb="verb")
    assert moments.rows() == list(Entry.objects.order_by("pk").values_list("at", "verb"))
    assert moments.height == 1  # all that was written above, in one entry


def test_no_rows_have_their_columns(db):
    assert asked().schema == {
        "person": pl.Int64, "convicted_on": pl.Date, "committed_on": pl.Date, "principal": pl.Boolean, "court": pl.String,
    }  # fmt: skip
    with only():
        assert asked().is_empty()


@pytest.mark.parametrize("many", [1, 30_000])
def test_more_people_than_a_question_names_are_taken_out_of_all(convictions, monkeypatch, many):
    monkeypatch.setattr(frames, "MANY", many)
    first, second, _ = convictions
    with reading_once(), only(first, second):
        few = asked()
    assert few.rows() == asked().filter(pl.col("person").is_in([first, second])).rows()
    assert 0 < few.height < len(TEXTS)


def test_what_is_held_is_of_its_people_and_its_arguments(convictions):
    made: list[object] = []

    def counted(argument: object) -> int:
        made.append(argument)
        return len(made)

    same, alike = {}, {}
    with reading_once():
        assert held(counted, 1) == held(counted, 1) == 1
        assert held(counted, 2) == 2
        assert held(counted, same) == held(counted, same) == 3
        assert held(counted, alike) == 4  # without a hash it is the same only as itself
        with only(convictions[0]):
            assert held(counted, 1) == 5
    assert held(counted, 1) == 6
    assert held(counted, 1) == 7
