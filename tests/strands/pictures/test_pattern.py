"""The offending pattern: what is counted, how an unknown hour is, and when too little is known to say anything."""

from datetime import date

import pytest

from tests.strands.pictures.conftest import DAY
from throughcare.strands.policing.picture.pattern import events_of, pattern
from throughcare.strands.policing.picture.queries import picture, summary

pytestmark = pytest.mark.django_db

EVENTS = """
record_id | person | event | role      | on         | committed_on | earliest                  | latest                    | offence_code | place | method
1         | A      | E1    | convicted | 2016-07-20 | 2016-07-05   | 2016-07-05T22:00:00+01:00 | 2016-07-06T02:00:00+01:00 | 02800        | House | Rear door forced
2         | A      | E2    | arrested  | 2016-07-07 |              | 2016-07-06T23:10:00+01:00 |                           | 02800        | house | Rear door forced
3         | A      | E3    | charged   | 2016-08-01 | 2016-07-26   | 2016-07-26T23:00:00+01:00 | 2016-07-26T23:30:00+01:00 |              | Shop  |
4         | A      | E4    | arrested  | 2016-08-02 | 2016-08-02   |                           |                           |              |       |
5         | A      | E5    | arrested  | 2016-09-09 |              | 2016-09-01T09:00:00+01:00 | 2016-09-08T09:00:00+01:00 |              | House | Lock picked
6         | A      | E6    | victim    | 2016-09-09 | 2016-09-09   | 2016-09-09T09:00:00+01:00 |                           |              | House | Lock picked
7         | A      | E2    | convicted | 2016-08-07 |              | 2016-07-06T23:10:00+01:00 |                           | 02800        | House | Rear door forced
8         | A      | E7    | arrested  | 2016-10-01 | 2016-10-01   | 2016-10-01T01:05:00+01:00 |                           |              | House | Rear door forced
9         | A      | E8    | arrested  | 2016-10-08 | 2016-10-08   | 2016-10-08T23:59:00+01:00 |                           |              | House | Lock picked
"""  # noqa: E501
CONVICTIONS = """
record_id | person | convicted_on | committed_on | offence_code | principal | disposal
1         | A      | 2016-07-20   | 2016-07-05   | 02800        | yes       | conviction
2         | A      | 2016-07-20   | 2016-07-05   | 02800        | no        | conviction
3         | A      | 2015-07-20   |              | 02800        | yes       | caution
4         | A      | 2017-01-11   | 2017-01-02   | 02800        | yes       | conviction
"""


@pytest.fixture
def told(load, people, person_id):
    people("A")
    load({"police-events": EVENTS, "police-convictions": CONVICTIONS})
    return pattern(person_id("A"), DAY)


def numbers(table):
    return {row.words: row.number for row in table.rows if row.number}


def test_an_event_counts_once_and_a_conviction_where_no_event_tells_of_it(told):
    # E1 to E5, E7, E8; the second offence of E1's day and the caution. Not E6, of which he was the victim, nor what is to come.
    assert (told.offences, told.events) == (9, 7)
    assert told.span == (date(2016, 7, 5), date(2016, 10, 8))


def test_a_span_is_shared_out_among_its_hours_and_what_is_not_known_is_counted_so(told):
    hours = told.tables[0]
    assert numbers(hours) == {"00:00 to 01:00": 0.2, "01:00 to 02:00": 1.2, "22:00 to 23:00": 0.2, "23:00 to 00:00": 3.2}
    assert (hours.known, hours.unknown, hours.spread, hours.most) == (5, 4, 1, "23:00 to 00:00")


def test_weekdays_by_the_hour_or_by_the_day_alone(told):
    days = told.tables[1]
    # Tuesday: half of E1, E3, E4, the conviction without an event. E5 may have been on any day of a week: it is not known.
    assert numbers(days) == {"Tuesday": 3.5, "Wednesday": 1.5, "Saturday": 2}
    assert (days.known, days.unknown) == (7, 2)


def test_places_and_methods_whatever_their_capitals(told):
    _, _, places, methods = told.tables
    assert (numbers(places), places.known, places.unknown) == ({"House": 5, "Shop": 1}, 6, 3)
    assert (numbers(methods), methods.known, methods.unknown) == ({"Rear door forced": 3, "Lock picked": 2}, 5, 4)


def test_too_few_to_say(load, people, person_id):
    people("A")
    load({"police-events": "\n".join(EVENTS.strip().splitlines()[:4])})  # four lines: the heading and three events
    tables = pattern(person_id("A"), DAY).tables
    assert [(table.too_few, table.rows, table.most) for table in tables] == [(True, (), "")] * 4
    assert [table.known for table in tables] == [3, 3, 3, 2]


def test_the_events_are_the_latest_first_and_as_they_were_known_on_the_day(told, person_id):
    assert [each.event for each in events_of(person_id("A"), DAY)] == ["E8", "E7", "E5", "E4", "E3", "E2", "E1"]
    assert [each.role for each in events_of(person_id("A"), date(2016, 7, 31)) if each.event == "E2"] == ["arrested"]


def test_nothing_on_record_is_nothing(people, person_id):
    people("A")
    told = pattern(person_id("A"), DAY)
    assert (told.offences, told.span, told.tables[0].too_few) == (0, None, True)


def test_the_list_has_the_maps_numbers_in_its_own_order(load, people, person_id, researcher):
    people("A")
    load({"police-events": """
record_id | person | event | role     | on         | latitude | longitude | radius
1         | A      | E1    | arrested | 2016-07-01 | 51.5     | -0.1      | 50
2         | A      | E2    | arrested | 2016-07-02 |          |           |
3         | A      | E3    | arrested | 2016-07-03 | 51.6     | -0.05     |
"""})  # fmt: skip
    places = picture(person_id("A"), researcher).places
    found = [(each.part.event, each.point, each.part.radius) for each in places]
    assert found == [("E3", 1, 0), ("E2", None, None), ("E1", 2, 50)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("1 | A | E1 | arrested | 2016-07-01 | 51.5 |      | ", "latitude"),
        ("1 | A | E1 | arrested | 2016-07-01 | 61.5 | -0.1 | ", "latitude"),
        ("1 | A | E1 | arrested | 2016-07-01 | 51.5N | -0.1 | ", "latitude"),
        ("1 | A | E1 | suspect  | 2016-07-01 |      |      | ", "role"),
        ("1 | A | E1 | arrested | 2016-07-01 |      |      | 2016-07-02", "committed_on"),
    ],
)
def test_what_cannot_be_is_kept_in_quarantine(load, people, row, column):
    people("A")
    header = "record_id | person | event | role | on | latitude | longitude | committed_on"
    (outcome,) = load({"police-events": f"{header}\n{row}"}, faults=1)
    assert {fault.column for fault in outcome.faults} == {column}


def test_a_summary_for_the_page_of_a_plan(told, people, events, person_id, researcher):
    people("B", unplanned="B")
    events("E9 A convicted 2016-12-01", "E9 B convicted 2016-12-01")
    found = summary(person_id("A"), researcher)
    assert (found.offences, found.links, found.strong) == (10, 1, 0)
    assert found.lines[0] == "By hour of the day: 23:00 to 00:00, most of 5"
    assert summary(person_id("B"), researcher) is None
