"""Curfews: present, late, early, away, out in between, or not to be told; up to three addresses, London time."""

import random
from datetime import UTC, date, datetime, time, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.positions import plain
from tests.positions.made import DAY, HOME, at, fix, fixes, place, table
from throughcare.core.clock import london_day
from throughcare.positions.attendance import Appointment, attended
from throughcare.positions.curfews import Address, Curfew, CurfewError, curfews_kept
from throughcare.positions.fixes import frame
from throughcare.positions.gaps import EVENT_SCHEMA
from throughcare.positions.timetable import Line, every_day

NIGHT = every_day(time(19), time(7))
ALWAYS = datetime(2017, 1, 1, tzinfo=UTC)


def curfew(*places: tuple[float, float], timetable=NIGHT, **more) -> Curfew:
    """At home from 19:00 to 07:00, or at other places (metres north and east of home)."""
    addresses = [Address(latitude=a, longitude=b, timetable=timetable) for a, b in (place(*p) for p in places or [(0, 0)])]
    return Curfew(**{"curfew": "C", "tag": "T1", "addresses": tuple(addresses), "opens": ALWAYS, **more})


def found(given, *curfews, start=DAY, end=DAY + timedelta(days=1), **more):
    """Of the window that begins on the day at 19:00, as it is known when it is over."""
    kept = curfews_kept(given, curfews or [curfew()], start=start, end=end + timedelta(days=1), **more)
    return kept.windows.filter(pl.col("window_start") < end), kept.away


def night(where: str) -> list[dict]:
    """Twelve hours of fixes, each half an hour: h at home, a away (900 m), ? beside the house (as near as precise), . none."""
    metres = {"h": 0.0, "a": 900.0, "?": 55.0}
    moments = (at("19:10") + timedelta(minutes=30 * n) for n in range(24))
    return [fix(when, metres[letter]) for when, letter in zip(moments, where.replace(" ", ""), strict=True) if letter in metres]


# half hours from 19:10 to 06:40 | what is found
NIGHTS = """
hhhhhhhh hhhhhhhh hhhhhhhh | present
aahhhhhh hhhhhhhh hhhhhhhh | late
ahhhhhhh hhhhhhhh hhhhhhhh | uncertain
hhhhhhhh hhhhhhhh hhhhhhaa | early
hhhhhhhh aaahhhhh hhhhhhhh | out
hhhhhhhh ahhhhhhh hhhhhhhh | uncertain
aaaaaaaa aaaaaaaa aaaaaaaa | away
aa...... ........ ........ | away
aahhhhhh hhhaaahh hhhhhhaa | late early out
???????? ???????? ???????? | uncertain
hhhhhhhh ???????? hhhhhhhh | present
hhhhhhhh a??ahhhh hhhhhhhh | out
hhhhhhhh ahahhhhh hhhhhhhh | uncertain
........ ........ ........ | uncertain
hhhhhhhh h...hhhh hhhhhhhh | uncertain
hhhhhhhh h.hhhhhh hhhhhhhh | present
hhhhhhhh hhhhhhhh hhhhhh.. | uncertain
"""


@pytest.mark.parametrize("line", NIGHTS.strip().splitlines())
def test_a_night(line):
    ((where, expected),) = table(line)
    windows, away = found(fixes(*night(where)))
    assert [" ".join(row) for row in windows["findings"]] == [expected]
    assert windows["finding"][0] == expected.split()[0]
    assert sorted(away["finding"]) == sorted(set(expected.split()) - {"present", "uncertain"})


def test_one_certain_fix_away_counts_where_the_equipment_bears_it_out():
    given = fixes(*night("hhhhhhhh ahhhhhhh hhhhhhhh"))
    for clock, kind, finding in (
        ("23:15", "left_home", "out"),
        ("23:25", "left_home", "uncertain"),
        ("23:15", "battery_low", "uncertain"),
    ):
        events = pl.DataFrame([{"tag": "T1", "time": at(clock), "kind": kind}], schema=EVENT_SCHEMA)
        assert found(given, events=events)[0]["finding"][0] == finding, (clock, kind)


def test_each_spell_away_has_its_evidence():
    _, away = found(fixes(*night("aahhhhhh hhhhhhhh hhhhhhaa")))
    assert away.select("finding", "first", "last", "fixes").rows() == [
        ("late", at("19:10"), at("19:40"), 2), ("early", at("+1 06:10"), at("+1 06:40"), 2),
    ]  # fmt: skip
    assert away["furthest_m"].to_list() == pytest.approx([850, 850], abs=0.1)


def test_any_of_the_addresses_of_one_window_will_do_and_another_windows_will_not():
    there = (2_000.0, 0.0)
    given = fixes(*(fix(at("19:10") + timedelta(minutes=20 * n), 2_000) for n in range(36)))
    assert found(given, curfew((0, 0), there))[0]["findings"].to_list() == [["present"]]
    early = Address(latitude=place(*there)[0], longitude=place(*there)[1], timetable=every_day(time(12), time(13)))
    both = Curfew(
        curfew="C", tag="T1", addresses=(Address(latitude=HOME[0], longitude=HOME[1], timetable=NIGHT), early), opens=ALWAYS
    )
    assert found(given, both)[0]["finding"].to_list() == ["uncertain", "away"]


def test_a_curfew_has_one_to_three_addresses():
    for count in (0, 4):
        with pytest.raises(CurfewError):
            Curfew(curfew="C", tag="T1", addresses=(Address(latitude=51.5, longitude=0),) * count, opens=ALWAYS)


def test_a_window_still_open_is_told_as_far_as_it_went_and_nobody_left_it_early():
    given = fixes(*night("hhhhhhhh aahhhhhh hhhhhhhh"))
    kept = curfews_kept(given, [curfew()], start=DAY, end=at("+1 00:05"))
    assert kept.windows.select("finding", "window_end").row(0) == ("out", at("+1 07:00"))
    assert kept.windows["fixes"][0] == 10


# minutes after 10:00 at which the tag is there (t) or elsewhere (e) | found of an appointment from 10:00 to 10:30
VISITS = """
0t 5t 10t 15t 20t 25t 29t | kept
0e 5e 10t 15t 20t 25t     | late
0t 5t 10t 15t 20e 25e     | left_early
0e 10e 20e                | missed
0e                        | uncertain
                          | uncertain
0t 5t 10e 15e 20t 25t     | left_and_came_back
"""


@pytest.mark.parametrize("line", VISITS.strip("\n").splitlines())
def test_an_appointment(line):
    ((visits, expected),) = table(line)
    given = fixes(*(fix(f"10:{int(v[:-1]):02}", 0 if v[-1] == "t" else 900) for v in visits.split()))
    one = Appointment(appointment="A", tag="T1", start=at("10:00"), end=at("10:30"), latitude=HOME[0], longitude=HOME[1])
    told = attended(given, [one], as_at=at("12:00"))
    assert told.select("appointment", "finding").row(0) == ("A", expected)
    assert attended(given, [one], as_at=at("10:00")).height == 0, "it has not begun"


def a_track(rng: random.Random, start: datetime, minutes: int) -> list[dict]:
    """A person who stays at home, or one who comes and goes; heard often, or with silences."""
    track, minute, north = [], 0, 0.0
    moves, silences = rng.choice((0.0, 0.02, 0.4)), rng.choice((0.0, 0.1))
    while minute < minutes:
        if rng.random() < moves:
            north = rng.choice((0.0, 0.0, 30.0, 70.0, 400.0, 2_000.0))
        precision, how = rng.choice((5.0, 10.0, 40.0, None)), rng.choice(("GPS", "GPS", "WIFI", "LBS"))
        track.append(fix(start + timedelta(minutes=minute), north + rng.gauss(0, 5), precision=precision, how=how))
        minute += 180 if rng.random() < silences else rng.choice((1, 5, 10, 10, 30, 30))
    return track


@settings(max_examples=25)
@given(st.integers(0, 10**9))
def test_curfews_are_those_of_the_plain_walk_on_random_tracks_and_nights_of_changing_clocks(seed):
    rng = random.Random(seed)
    day = rng.choice((date(2017, 3, 25), date(2017, 10, 28), date(2017, 6, 3)))
    start, end = london_day(day)[0], london_day(day + timedelta(days=2))[1]
    track = a_track(rng, start, 72 * 60)
    tables = [every_day(time(rng.choice((19, 0, 1)), 30), time(rng.choice((1, 2, 7)), 30)), NIGHT]
    tables.append(
        tuple(Line(weekday=rng.randrange(7), start=time(rng.randrange(24)), end=time(rng.randrange(24))) for _ in range(4))
    )
    lines = rng.choice(tables)
    places = [(0.0, 0.0), (400.0, 0.0)][: rng.choice((1, 1, 2))]
    events = [start + timedelta(minutes=rng.randrange(72 * 60)) for _ in range(40)]
    told = pl.DataFrame([{"tag": "T1", "time": when, "kind": "left_home"} for when in events], schema=EVENT_SCHEMA)
    asked = curfew(*places, timetable=lines)
    kept = curfews_kept(frame(track), [asked], start=start, end=end, events=told).windows
    spans = plain.spans(lines, ALWAYS, datetime(2030, 1, 1, tzinfo=UTC), day - timedelta(days=1), day + timedelta(days=3))
    expected = [
        (a, plain.curfew_finding(track, a, b, asked.addresses, events)) for a, b in spans if start <= a and b <= end
    ]  # fmt: skip
    rows = kept.filter(pl.col("window_end") <= end).select("window_start", "findings").rows()
    assert rows == expected
