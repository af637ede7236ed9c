"""How fast a tag moved between two fixes, and where it stayed."""

from datetime import timedelta

import pytest

from tests.positions.made import at, fix, fixes, haversine
from throughcare.positions.tracks import speeds, stops


def test_the_speed_of_a_step_is_a_straight_line_at_an_even_pace():
    found = speeds(fixes(fix("10:00"), fix("10:01", 500), fix("10:01", 700), fix("10:06", 700), fix("10:30", tag="T2")))
    assert found["kmh"].round(3).to_list() == [30.0, None, 0.0]
    assert found["metres"].round(3).to_list() == [500.0, 200.0, 0.0]
    assert found["since"].to_list() == [at("10:00"), at("10:01"), at("10:01")]


def steady(start: str, minutes: int, north: float, **more):
    return [fix(at(start) + timedelta(minutes=m), north + (m % 3) * 10, **more) for m in range(minutes + 1)]


def test_stops_of_a_day():
    """An hour at home, a walk of ten minutes, four minutes at a shop (too short), six at another, home again."""
    walk = [fix(f"10:{m:02}", (m - 0) * 150) for m in range(1, 11)]
    given = fixes(*steady("09:00", 60, 0), *walk, *steady("10:11", 4, 2_000), *steady("10:16", 6, 3_000), *steady("10:40", 30, 0))
    found = stops(given)
    assert [(r["arrived"], r["left"], r["fixes"]) for r in found.iter_rows(named=True)] == [
        (at("09:00"), at("10:00"), 61), (at("10:16"), at("10:22"), 7), (at("10:40"), at("11:10"), 31),
    ]  # fmt: skip
    assert found["furthest_m"].max() < 100


@pytest.mark.parametrize(("silence", "count"), [(15, 1), (16, 2)])
def test_a_silence_ends_a_stop(silence, count):
    given = fixes(
        *steady("09:00", 10, 0),
        *steady("09:10", 10, 0, tag="T2"),
        *[{**f, "time": f["time"] + timedelta(minutes=silence)} for f in steady("09:10", 10, 0)],
    )
    assert stops(given).filter(tag="T1").height == count


def plain_stops(rows, within, least):
    """The definition, one fix after the other."""
    told, first = [], 0
    while first < len(rows):
        after = first + 1
        while after < len(rows) and haversine(*rows[first][1:], *rows[after][1:]) <= within:
            after += 1
        if rows[after - 1][0] - rows[first][0] >= least:
            told.append((rows[first][0], rows[after - 1][0]))
            first = after
        else:
            first += 1
    return told


@pytest.mark.parametrize("seed", range(5))
def test_stops_are_those_of_the_plain_definition(seed):
    import random

    rng, north, told = random.Random(seed), 0.0, []
    for minute in range(700):
        north += rng.choice((0, 0, 0, 20, -20, rng.gauss(0, 150)))
        told.append(fix(at("00:00") + timedelta(minutes=minute), north))
    rows = [(f["time"], f["latitude"], f["longitude"]) for f in told]
    found = stops(fixes(*told))
    assert found.select("arrived", "left").rows() == plain_stops(rows, 100, timedelta(minutes=5))
    assert found.height > 5
