"""Matching with crimes: every pair that a brute-force search finds, and what is said of those that found nobody."""

import random
from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

from tests.positions.made import DAY, HOME, at, fix, fixes, haversine, place
from throughcare.positions.fixes import frame
from throughcare.positions.match import CRIMES, match
from throughcare.positions.parameters import MatchRefused, Parameters
from throughcare.positions.visits import letters


def crime(name: str, opens: str, closes: str, north: float = 0.0, east: float = 0.0) -> dict[str, Any]:
    latitude, longitude = place(north, east)
    return {"crime_id": name, "time_from": at(opens), "time_to": at(closes), "latitude": latitude, "longitude": longitude}


def crimes(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=CRIMES)


def wandering(seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Twelve tags walking at random about forty crimes, north or south of the equator and of London."""
    rng = random.Random(seed)
    base = rng.choice((51.5, 51.5, 60.1, 0.0, -33.9))
    rows = []
    for tag in range(12):
        latitude, longitude = base + rng.gauss(0, 0.002), rng.gauss(0, 0.003)
        for minute in range(0, 600, rng.choice((1, 2, 5))):
            latitude, longitude = latitude + rng.gauss(0, 0.0004), longitude + rng.gauss(0, 0.0006)
            rows.append({
                "tag": f"T{tag}", "time": DAY + timedelta(minutes=minute), "latitude": latitude, "longitude": longitude,
                "precision_m": rng.choice((5.0, 20.0, 80.0, None)), "mechanism": rng.choice(("GPS", "GPS", "WIFI", "LBS", "RF")),
            })  # fmt: skip
    told = []
    for number in range(40):
        start = DAY + timedelta(minutes=rng.randrange(580))
        told.append({
            "crime_id": f"C{number}", "time_from": start, "time_to": start + timedelta(minutes=rng.choice((0, 10, 60, 300))),
            "latitude": base + rng.gauss(0, 0.003), "longitude": rng.gauss(0, 0.004),
        })  # fmt: skip
    return frame(rows), crimes(*told)


def brute_force(given: pl.DataFrame, those: pl.DataFrame, parameters: Parameters) -> dict[tuple[str, str], tuple[int, float]]:
    found: dict[tuple[str, str], list[float]] = {}
    for c in those.iter_rows(named=True):
        for f in given.iter_rows(named=True):
            if f["mechanism"] not in parameters.mechanisms:
                continue
            if parameters.max_precision_m is not None and (f["precision_m"] or 0) > parameters.max_precision_m:
                continue
            if not c["time_from"] - parameters.buffer <= f["time"] <= c["time_to"] + parameters.buffer:
                continue
            metres = haversine(f["latitude"], f["longitude"], c["latitude"], c["longitude"])
            if metres <= parameters.radius_m:
                found.setdefault((c["crime_id"], f["tag"]), []).append(metres)
    return {key: (len(those), min(those)) for key, those in found.items() if len(those) >= parameters.min_fixes}


@pytest.mark.parametrize("seed", range(20))
def test_brute_force_finds_the_same_pairs(seed):
    given, those = wandering(seed)
    rng = random.Random(seed)
    parameters = Parameters(
        radius_m=rng.choice((50.0, 100.0, 250.0)), min_fixes=rng.choice((1, 2, 2)), max_precision_m=rng.choice((None, 50.0)),
        mechanisms=rng.choice((("GPS", "WIFI"), ("GPS", "WIFI", "LBS", "RF"))), buffer=timedelta(minutes=rng.choice((0, 7))),
    )  # fmt: skip
    expected = brute_force(given, those, parameters)
    found = {(r["crime_id"], r["tag"]): r for r in match(given, those, parameters).pairs.iter_rows(named=True)}
    assert found.keys() == expected.keys()
    assert expected, "the search has something to find"
    for key, (count, nearest) in expected.items():
        assert found[key]["fixes"] == count
        assert found[key]["nearest_m"] == pytest.approx(nearest, abs=1e-6)


@pytest.mark.parametrize(("metres", "near"), [(99.9, 2), (100.1, 0)])
@pytest.mark.parametrize("towards", [(1, 0), (-1, 0), (0, 1), (0, -1), (0.7071, 0.7071)])
def test_the_radius_is_the_true_distance_in_every_direction(metres, near, towards):
    step = (metres * towards[0], metres * towards[1])
    found = match(fixes(fix("10:00", *step), fix("10:01", *step)), crimes(crime("C", "10:00", "10:30")), Parameters())
    assert found.pairs["fixes"].sum() == near


@pytest.mark.parametrize(
    ("opens", "closes", "near"), [("10:00", "10:01", 2), ("10:01", "10:01", 1), ("10:02", "11:00", 0), ("09:00", "09:59", 0)]
)
def test_the_window_includes_both_its_ends(opens, closes, near):
    found = match(fixes(fix("10:00"), fix("10:01")), crimes(crime("C", opens, closes)), Parameters(min_fixes=1))
    assert found.pairs["fixes"].sum() == near


def test_a_fix_sent_ten_times_is_one_fix():
    found = match(fixes(*[fix("10:00")] * 10), crimes(crime("C", "10:00", "10:30")), Parameters(min_fixes=2))
    assert found.pairs.height == 0


def test_a_fix_that_names_no_mechanism_counts_and_one_of_a_cell_tower_does_not():
    given = fixes(fix("10:00", how=None), fix("10:01", how=None), fix("10:02", how="LBS"), fix("10:03", how="RF"))
    assert match(given, crimes(crime("C", "10:00", "10:30")), Parameters()).pairs["fixes"].to_list() == [2]


def test_hostile_fixes_and_places_find_nobody_and_break_nothing():
    nan = float("nan")
    odd = [
        {**fix("10:00"), "latitude": a, "longitude": b}
        for a, b in ((nan, nan), (0.0, 0.0), (None, None), (1e300, float("inf")), HOME[::-1])
    ]
    given = fixes(*odd, {**fix("10:00"), "time": datetime(2099, 1, 1, tzinfo=DAY.tzinfo)})
    nowhere = {**crime("N", "10:00", "10:30"), "latitude": None}
    strange = {**crime("S", "10:00", "10:30"), "latitude": nan}
    found = match(given, crimes(crime("C", "10:00", "10:30"), nowhere, strange), Parameters(min_fixes=1))
    assert found.pairs.height == 0
    assert dict(found.crimes.select("crime_id", "outcome").rows()) == {"C": "not_run", "N": "not_run", "S": "not_run"}


def test_visits_are_parted_by_a_fix_elsewhere_and_by_a_silence():
    near, far = (0, 0), (300, 0)
    walk = [("10:00", near), ("10:01", near), ("10:02", far), ("10:03", near), ("10:12", near), ("10:13", near), ("10:14", far)]
    found = match(fixes(*(fix(clock, *where) for clock, where in walk)), crimes(crime("C", "10:00", "10:30")), Parameters()).fixes
    assert [f"{visit}{number}" for visit, number in found.select("visit", "number").rows()] == ["A1", "A2", "B1", "C1", "C2"]
    assert found["metres"].max() < 1


def test_a_cell_tower_between_two_fixes_does_not_part_a_visit():
    given = fixes(fix("10:00"), fix("10:01", 5_000, how="LBS"), fix("10:02"))
    assert match(given, crimes(crime("C", "10:00", "10:30")), Parameters()).fixes["visit"].to_list() == ["A", "A"]


def test_visits_after_the_twenty_sixth_have_two_letters():
    assert [letters(number) for number in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def test_no_match_is_said_only_where_somebody_could_have_been_seen():
    """T1 is heard all day and is elsewhere; T2 stops at 12:00; T3 is heard by cell towers alone; nobody is heard after 18:00."""
    given = fixes(
        *(fix(f"{hour:02}:{minute:02}", 5_000) for hour in range(18) for minute in range(0, 60, 4)),
        *(fix(f"{hour:02}:{minute:02}", 9_000, tag="T2") for hour in range(12) for minute in range(0, 60, 4)),
        *(fix(f"{hour:02}:00", 9_000, tag="T3", how="LBS") for hour in range(24)),
    )  # fmt: skip
    asked = crimes(crime("morning", "10:00", "10:30"), crime("noon", "12:30", "13:00"), crime("evening", "20:00", "20:10"))
    told = {r["crime_id"]: r for r in match(given, asked, Parameters()).crimes.iter_rows(named=True)}
    assert [(c, told[c]["outcome"], told[c]["tags_seen"], told[c]["unseen"]) for c in ("morning", "noon", "evening")] == [
        ("morning", "no_match", 2, "T3"), ("noon", "no_match", 1, "T2;T3"), ("evening", "not_run", 0, "T1;T2;T3"),
    ]  # fmt: skip
    assert told["evening"]["reason"] == "no tag was heard from in the window"


def test_a_tag_that_was_worn_and_never_heard_is_listed():
    found = match(fixes(fix("10:00"), fix("10:01")), crimes(crime("C", "10:00", "10:01")), Parameters(), tags=["T1", "T9"]).crimes
    assert found.select("outcome", "tags_seen", "unseen").row(0) == ("matched", 1, "T9")


def test_no_crimes_and_no_fixes_are_no_error():
    assert match(fixes(), crimes(crime("C", "10:00", "10:01")), Parameters()).crimes["outcome"].to_list() == ["not_run"]
    assert match(fixes(fix("10:00")), crimes(), Parameters()).crimes.height == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"radius_m": 0},
        {"radius_m": float("nan")},
        {"radius_m": 6_000},
        {"min_fixes": 0},
        {"mechanisms": ("SMELL",)},
        {"mechanisms": ()},
        {"max_precision_m": 0},
        {"buffer": timedelta(hours=-1)},
        {"buffer": timedelta(days=2)},
    ],
)
def test_parameters_that_make_no_match_are_refused(wrong):
    with pytest.raises(MatchRefused):
        Parameters(**wrong)


def test_a_crime_that_stands_twice_is_refused():
    with pytest.raises(MatchRefused, match="more than once"):
        match(fixes(), crimes(crime("C", "10:00", "10:01"), crime("C", "10:00", "10:01")), Parameters())
