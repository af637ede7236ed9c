"""Zones: entered, left, crossed between two fixes, or not to be told; in force by dates and timetable in London time."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.positions import plain
from tests.positions.made import DAY, at, fix, fixes, haversine, place, table
from throughcare.core.clock import london_day
from throughcare.positions.fixes import frame
from throughcare.positions.shapes import Shape, circle
from throughcare.positions.timetable import Line, every_day
from throughcare.positions.zones import Zone, zone_events

CENTRE = place(0, 0)


def zone(kind="exclusion", shape=None, **more) -> Zone:
    """A circle of 200 metres about HOME."""
    told = {"zone": "Z", "tag": "T1", "opens": datetime(2017, 1, 1, tzinfo=UTC), **more}
    return Zone(kind=kind, shape=shape or circle(*CENTRE, 200), **told)


def events(given, *zones, start=DAY, end=DAY + timedelta(days=2)):
    return zone_events(given, zones or [zone()], start=start, end=end)


# metres east of the middle of a circle of 200 m, minute by minute, precision 10 | events (minute event)
WALKS = """
900 500 100 0 100 500              | 2 entered, 5 left
900 500 195 500                    | 2 uncertain
900 205 195 189 195 205 211        | 1 uncertain, 3 entered, 4 uncertain, 6 left
900 -900                           | 1 crossed
900 -900 900                       | 1 crossed, 2 crossed
0 900                              | 0 entered, 1 left
195 0 195                          | 0 uncertain, 1 entered, 2 uncertain
900 800                            |
0 195 0 900                        | 0 entered, 1 uncertain, 3 left
"""


@pytest.mark.parametrize("line", WALKS.strip().splitlines())
def test_an_exclusion_zone(line):
    ((walk, expected),) = table(line)
    given = fixes(*(fix(f"10:{minute:02}", 0, float(east)) for minute, east in enumerate(walk.split())))
    told = [f"{r['time'].minute} {r['event']}" for r in events(given).iter_rows(named=True)]
    assert ", ".join(told) == expected


# how far north of the middle the way of a circle of 200 m passes, precision | event
WAYS = """
0 50    | crossed
100 50  | crossed
160 50  | uncertain
190 50  | uncertain
210 50  |
"""


@pytest.mark.parametrize("line", WAYS.strip().splitlines())
def test_a_way_has_crossed_where_it_leads_deeper_in_than_the_fixes_are_precise(line):
    ((way, expected),) = table(line)
    north, precision = (float(part) for part in way.split())
    given = fixes(fix("10:00", north, -900, precision=precision), fix("10:01", north, 900, precision=precision))
    assert " ".join(events(given)["event"]) == expected


@pytest.mark.parametrize(("minutes", "how", "count"), [(5, "GPS", 1), (6, "GPS", 0), (15, "LBS", 1), (16, "LBS", 0)])
def test_no_way_is_drawn_over_a_gap(minutes, how, count):
    given = fixes(fix("10:00", 0, -900, how=how), fix(f"10:{minutes:02}", 0, 900, how=how))
    assert events(given).height == count


def test_a_fix_without_precision_is_taken_to_be_as_wide_as_its_mechanism():
    told = events(fixes(fix("10:00", 0, 900), fix("10:01", precision=None), fix("10:02", precision=0.0, how="LBS")))
    assert told.select("event", "precision_m").rows() == [("entered", 20.0), ("uncertain", 1000.0)]


def test_an_inclusion_zone_says_who_is_outside_from_the_start():
    walks = {"T1": (900, 500, 0, 500), "T2": (0, 900)}
    given = fixes(*(fix(f"10:{m:02}", 0, float(east), tag=tag) for tag, walk in walks.items() for m, east in enumerate(walk)))
    told = events(given, zone("inclusion"), zone("inclusion", zone="Y", tag="T2"))
    assert told.select("zone", "event").rows() == [
        ("Y", "entered"), ("Y", "left"), ("Z", "outside"), ("Z", "entered"), ("Z", "left"),
    ]  # fmt: skip


def test_a_zone_counts_while_it_is_in_force():
    """At night only: who is in it at 22:00 has entered at the first fix from then on, and has left by no event in the morning."""
    night = zone(timetable=every_day(time(22), time(6)))
    given = fixes(*(fix(f"{hour:02}:30") for hour in range(20, 24)), *(fix(f"+1 {hour:02}:30") for hour in range(9)))
    told = events(given, night)
    assert told.select("event", "time").rows() == [("entered", at("22:30"))]
    assert told.select("window_start", "window_end").row(0) == (at("22:00"), at("+1 06:00"))


def test_dates_of_a_zone_are_kept():
    given = fixes(fix("10:00"), fix("+1 10:00"))
    assert events(given, zone(opens=at("+1 00:00")))["time"].to_list() == [at("+1 10:00")]
    assert events(given, zone(closes=at("+1 00:00")))["time"].to_list() == [at("10:00")]


def test_no_zones_and_no_fixes_are_no_error():
    assert zone_events(fixes(fix("10:00")), [], start=DAY, end=DAY + timedelta(days=1)).height == 0
    assert events(fixes()).height == 0


def a_shape(rng: random.Random):
    """A circle, or a star of seven corners, with metres to its edge worked out plainly."""
    north, east = rng.gauss(0, 300), rng.gauss(0, 300)
    if rng.random() < 0.4:
        middle, radius = place(north, east), rng.uniform(60, 400)
        return circle(*middle, radius), lambda a, b: haversine(a, b, *middle) - radius
    turns = [n * 2 * 3.14159265 / 7 for n in range(7)]
    import math

    corners = [place(north + (d := rng.uniform(80, 500)) * math.cos(t), east + d * math.sin(t)) for t in turns]
    return Shape(geometry=shapely.Polygon([c[::-1] for c in corners])), lambda a, b: plain.ring_edge(corners, a, b)


def a_track(rng: random.Random, start: datetime, minutes: int) -> list[dict]:
    north, east, track, minute = rng.gauss(0, 500), rng.gauss(0, 500), [], 0
    while minute < minutes:
        how = rng.choice(("GPS", "GPS", "GPS", "WIFI", "LBS"))
        track.append(
            fix(start + timedelta(minutes=minute), north, east, how=how, precision=rng.choice((5.0, 25.0, 60.0, None, 0.0)))
        )
        step = rng.choice((20, 80, 80, 500))
        north, east = north * 0.97 + rng.gauss(0, step), east * 0.97 + rng.gauss(0, step)
        minute += rng.choice((1, 1, 1, 2, 3, 12))
    return track


def a_timetable(rng: random.Random) -> tuple[Line, ...]:
    quarter = lambda: time(rng.randrange(24), rng.choice((0, 15, 30, 45)))  # noqa: E731
    return tuple(Line(weekday=rng.randrange(7), start=quarter(), end=quarter()) for _ in range(rng.randrange(1, 9)))


CHANGES = (date(2017, 3, 25), date(2017, 10, 28), date(2017, 6, 3))


@settings(max_examples=25)
@given(st.integers(0, 10**9))
def test_zones_are_those_of_the_plain_walk_on_random_tracks_and_nights_of_changing_clocks(seed):
    rng = random.Random(seed)
    day = rng.choice(CHANGES)
    start, end = london_day(day)[0], london_day(day + timedelta(days=1))[1]
    shape, edge_of = a_shape(rng)
    lines, kind = a_timetable(rng), rng.choice(("exclusion", "inclusion"))
    opens, closes = start + timedelta(hours=rng.randrange(12)), end - timedelta(hours=rng.randrange(12))
    track = a_track(rng, start, 48 * 60)
    found = zone_events(frame(track), [zone(kind, shape, opens=opens, closes=closes, timetable=lines)], start=start, end=end)
    spans = plain.spans(lines, opens, closes, day - timedelta(days=1), day + timedelta(days=1))
    spans = [(max(a, start), min(b, end)) for a, b in spans if max(a, start) < min(b, end)]
    expected = plain.zone_events([f for f in track if f["time"] < end], spans, edge_of, kind)
    turns = [(t, e) for t, e in expected if e not in ("crossed", "touched", "perhaps")]
    ways = {t: e for t, e in expected if e in ("crossed", "touched", "perhaps")}
    told = found.with_columns(
        way=(found["event"] == "crossed")
        | ((found["event"] == "uncertain") & (found["edge_m"].abs() > 0) & found["time"].is_in([*ways]))
    )
    assert sorted(told.filter(~told["way"]).select("time", "event").rows()) == turns
    named = {t: "crossed" if e == "crossed" else "touched" for t, e in told.filter(told["way"]).select("time", "event").rows()}
    perhaps = {t for t, e in ways.items() if e == "perhaps"}
    assert {t: e for t, e in named.items() if t not in perhaps} == {t: e for t, e in ways.items() if t not in perhaps}
