"""Positions are looked at for a purpose, within the order's dates, by who may see them; and each time is kept."""

import ast
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import throughcare
from tests.positions.made import table
from tests.strands.tagging_crimes.conftest import DAY, ended, instant, walk
from throughcare.casework.access import actions as access
from throughcare.casework.audit.models import Entry
from throughcare.positions.worn import Box
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.tracks import actions
from throughcare.strands.tagging.tracks.errors import LookRefused
from throughcare.strands.tagging.tracks.queries import Question, tracks
from throughcare.strands.tagging.tracks.worn import Wearing, cut, of_order, worn_between

pytestmark = pytest.mark.django_db


def question(start="2017-03-22", end="2017-03-23", **more) -> Question:
    return Question(**{"purpose": "finding", "about": "look 1", "start": instant(start), "end": instant(end), **more})


WEARING = """
order and tag from the first day          | 2017-03-20 2017-04-20 |            | 2017-03-20 2017-04-20
monitoring ended, tag off                 | 2017-03-20 2017-04-20 | 2017-03-25 | 2017-03-20 2017-03-25
ended on the day on which it began        | 2017-03-20 2017-04-20 | 2017-03-20 |
"""


@pytest.mark.parametrize(("_of", "span", "end", "worn"), table(WEARING))
def test_a_tag_is_worn_while_an_order_asks_for_it(orders, _of, span, end, worn):
    (made,) = orders(f"A T1 {span}")
    if end:
        ended(made, instant(end))
    found = of_order(made.pk)
    assert " ".join(f"{each.start.date()} {each.end.date()}" for each in found) == worn


def test_nothing_is_read_of_times_outside_the_order_or_of_another(orders, came, officer):
    (first,), (second,) = orders("A T1 2017-03-20 2017-03-22"), orders("B T1 2017-03-23 2017-04-20")
    came(*(row for day in (21, 22, 23) for row in walk("T1", "12:00", 3, day=f"2017-03-{day}")))
    for order, days in ((first, {21}), (second, {23})):
        found = actions.ask(reader=officer, question=question("2017-03-20", "2017-03-30"), worn=of_order(order.pk))
        assert set(found["time"].dt.day()) == days
    assert worn_between(instant("2017-03-22"), instant("2017-03-23")) == []


def test_each_time_is_kept_with_purpose_area_and_span_and_about_whom(orders, came, officer, person_id):
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))
    box = Box(south=51.0, north=52.0, west=-1.0, east=1.0)
    assert actions.ask(reader=officer, question=question(area=box), worn=of_order(made.pk)).height == 3
    entry = Entry.objects.get(verb="tagging.positions", subject_type="tagging.order")
    told = json.loads(entry.details)
    assert (entry.person_id, entry.subject_id, entry.actor) == (person_id("A"), str(made.pk), officer.by)
    assert told["purpose"] == "finding" and told["about"] == "look 1" and told["fixes"] == 3
    assert told["area"] == "51.00000 to 52.00000, -1.00000 to 1.00000"
    assert (told["from"][:10], told["to"][:10]) == ("2017-03-22", "2017-03-23")


def test_without_an_entry_nothing_is_given_out(orders, came, officer, monkeypatch):
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))
    with pytest.raises(ValueError, match="purpose"):
        actions.ask(reader=officer, question=question(purpose="curiosity"), worn=of_order(made.pk))
    assert not Entry.objects.filter(verb="tagging.positions").exists()


def test_who_is_kept_from_the_reader_is_not_read_for_it(orders, came, officer, reader_of, person_id):
    first, second = orders("A T1 2017-03-20 2017-04-20", "B T2 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3), *walk("T2", "12:00", 3))
    both = [*of_order(first.pk), *of_order(second.pk)]
    access.limit(by="test", person=person_id("B"), kind="restricted", accounts=[], start=DAY)
    found = actions.ask(reader=officer, question=question(), worn=both)
    assert set(found["device"]) == {"T1"}
    assert set(Entry.objects.filter(verb="tagging.positions").exclude(person_id=None).values_list("person_id", flat=True)) == {
        person_id("A")
    }
    for role in ("offender_manager", "police_researcher", "pilot_manager", "auditor"):
        assert actions.ask(reader=reader_of(role, DAY), question=question(), worn=both).height == 0, role


LOOKS = """
curiosity | why | 22 23 | That is no purpose
finding   |     | 22 23 | It is not said what it is for
finding   | why | 23 22 | The last day is before the first
finding   | why | 22 36 | That is too long a span
finding   | why | 01 10 | No tag was worn under this order then
finding   | why | 22 35 |
"""


@pytest.mark.parametrize(("purpose", "text", "days", "refused"), table(LOOKS))
def test_what_must_be_said_before_a_look(orders, officer, purpose, text, days, refused):
    (made,) = orders("A T1 2017-03-20 2017-05-20")
    first, last = (date(2017, 3, 1).fromordinal(date(2017, 2, 28).toordinal() + int(day)) for day in days.split())
    if refused:
        with pytest.raises(LookRefused, match=refused):
            actions.look(reader=officer, order=made, purpose=purpose, text=text, first=first, last=last)
        assert not m.Look.objects.exists()
        return
    kept = actions.look(reader=officer, order=made, purpose=purpose, text=text, first=first, last=last)
    assert kept.starts_at == datetime(2017, 3, 22, tzinfo=UTC) and kept.ends_at == datetime(2017, 4, 4, 23, tzinfo=UTC)


def test_a_track_has_its_stops_gaps_and_what_is_wrong_with_a_fix(orders, came, officer):
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    stray = {**walk("T1", "12:10", 1)[0], "latitude": 0.0, "longitude": 0.0}
    came(*walk("T1", "12:00", 20), *walk("T1", "12:40", 20, north=900), stray)
    found = actions.ask(reader=officer, question=question(), worn=of_order(made.pk))
    (track,) = tracks(found, of_order(made.pk), as_at=instant("2017-03-24"))
    assert [(f"{row['start']:%H:%M}", f"{row['end']:%H:%M}") for row in track.gaps.iter_rows(named=True)] == [("12:19", "12:40")]
    assert [(f"{row['arrived']:%H:%M}", f"{row['left']:%H:%M}") for row in track.stops.iter_rows(named=True)] == [
        ("12:00", "12:19"), ("12:40", "12:59"),
    ]  # fmt: skip
    assert (track.fixes.height, track.usable.height) == (41, 40)


MOMENTS = st.integers(0, 50)


@given(spans=st.lists(st.tuples(MOMENTS, MOMENTS), max_size=4), asked=st.tuples(MOMENTS, MOMENTS))
def test_cutting_keeps_just_the_instants_that_are_in_both(spans, asked):
    at = [instant("2017-03-20").replace(minute=n) for n in range(51)]
    worn = [Wearing(fitting=1, order=1, person=1, tag="T", start=at[a], end=at[b]) for a, b in spans if a < b]
    kept = cut(worn, at[asked[0]], at[asked[1]])
    for n in range(51):
        inside = any(a <= n < b for a, b in spans) and asked[0] <= n < asked[1]
        assert any(each.start <= at[n] < each.end for each in kept) == inside


STORE = ("worn", "worn.read", "worn.write", "store", "store.fixes", "store.parts")


def test_positions_are_read_in_one_place_alone():
    """Among the strands, only tracks/queries.py knows the store, and only the actions beside it ask it for positions; but for the
    check of a day (stored.py), a program that tells nobody a position and keeps its own record.
    """
    folder = Path(throughcare.__path__[0]) / "strands"
    science, asked = set(), set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                if names & {f"throughcare.positions.{name}" for name in STORE}:
                    science.add(file.relative_to(folder).as_posix())
            if isinstance(node, ast.Attribute) and node.attr in ("read", "write") and getattr(node.value, "id", "") == "queries":
                asked.add(file.relative_to(folder).as_posix())
    assert science == {"tagging/tracks/queries.py", "tagging/stored.py"}
    assert asked == {"tagging/tracks/actions.py"}
