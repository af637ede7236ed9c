"""Releases to come on Today: one day of release, the newest that is known. Its sentence says 28 February 2017."""

from datetime import date

import pytest

from throughcare.strands.prison.tasks import tasks

DETAILS = "record_id | person | prison | start | wing | left_as | release_planned_on\nD1 | A | Pentonville | 2016-09-01 | | | "
# what the prison tells | day | what is told
TOLD = [
    ("", date(2017, 2, 27), "To be released tomorrow from Pentonville"),
    ("", date(2017, 2, 22), "To be released on Tuesday 28 February 2017 from Pentonville"),
    ("", date(2017, 2, 28), ""),
    ("2017-02-21", date(2017, 2, 20), "To be released tomorrow from Pentonville"),
    ("2017-02-21", date(2017, 2, 27), ""),
    ("2017-12-01", date(2017, 2, 27), ""),
]


@pytest.mark.parametrize(("told", "day", "words"), TOLD)
@pytest.mark.parametrize("who", ["manager", "pentonville", "volunteer"])
def test_the_newest_day_is_told_and_never_two(known, reader, load, told, day, words, who):
    if told:
        load({"prison-details": DETAILS + told})
    found = [task for task in tasks(reader(who, day)) if task.kind == "Releases to come"]
    assert [task.words for task in found] == ([words] if words else [])
    assert [task.key for task in found] == ([f"people.release:{known}:{told or '2017-02-28'}"] if words else [])


def test_others_are_told_of_no_release(known, reader):
    assert not [task for task in tasks(reader("osmani", date(2017, 2, 27))) if task.kind == "Releases to come"]
