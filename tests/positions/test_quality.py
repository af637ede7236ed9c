"""Which flag a fix gets. Flags never drop a fix."""

from datetime import timedelta

import polars as pl
import pytest

from tests.positions.made import LATER, at, fix, fixes, place, table
from throughcare.positions.quality import FLAGS, Limits, flagged, usable, write_usable

# each fix in order: time, metres north, mechanism, precision | its flags
WALK = """
10:00  0       GPS  10  |
10:00  0       GPS  10  | duplicate
10:01  60      GPS  10  |
10:02  9000    GPS  10  | impossible_speed
10:03  180     GPS  10  |
10:04  3300    GPS  10  |
10:05  6600    GPS  10  |
10:06  6600    LBS  900 |
10:07  12000   LBS  900 | impossible_speed
10:08  9000    GPS  0   | zero_precision
10:09  9000    GPS  -3  | zero_precision
10:10  9000    TEA  10  | unknown_mechanism
"""


def test_the_flags_of_a_walk():
    """3,300 metres in a minute are 198 km/h; a stray fix is flagged, the step back from it is not."""
    rows = [(given.split(), flags) for given, flags in table(WALK)]
    given = fixes(*(fix(clock, float(north), how=how, precision=float(p)) for (clock, north, how, p), _ in rows))
    told = flagged(given, as_at=LATER)
    assert [" ".join(name for name in FLAGS if row[name]) for row in told.iter_rows(named=True)] == [flags for _, flags in rows]


def test_less_precise_fixes_may_be_further_apart():
    steps = [fixes(fix("10:00", precision=p), fix("10:01", 4_000, precision=p)) for p in (300.0, 400.0)]
    assert [flagged(step, as_at=LATER)["impossible_speed"].to_list()[1] for step in steps] == [True, False]


# what is odd about a fix at 10:00 | flags
ODD = """
latitude None longitude None            | no_position
latitude nan                            | no_position
latitude 0 longitude 0                  | out_of_area
latitude 91                             | no_position
latitude 48.85 longitude 2.35           | out_of_area
latitude -0.06 longitude 51.55          | out_of_area swapped
uploaded_at 09:50                       |
uploaded_at 09:49                       | future
recorded_at 10:10                       |
recorded_at 10:11                       | outdated
"""


@pytest.mark.parametrize("line", ODD.strip().splitlines())
def test_one_odd_fix(line):
    odd, flags = (part.strip() for part in line.split("|"))
    words = odd.split()
    changes = {name: at(value) if ":" in value else None if value == "None" else float(value)
               for name, value in zip(words[::2], words[1::2], strict=True)}  # fmt: skip
    told = flagged(fixes({**fix("10:00"), **changes}), as_at=LATER).row(0, named=True)
    assert " ".join(name for name in FLAGS if told[name]) == flags
    assert told["usable"] == (not flags)


def test_a_fix_of_after_the_day_it_is_looked_at_is_of_the_future():
    given = fixes(fix("10:00", uploaded_at=at("+5 10:00")))
    assert [flagged(given, as_at=when)["future"][0] for when in (at("09:49"), at("09:50"))] == [True, False]


def test_limits_may_be_set():
    given = fixes(fix("10:00"), fix("10:01", 2_000))
    assert flagged(given, as_at=LATER, limits=Limits(fastest_kmh=100))["impossible_speed"].to_list() == [False, True]
    late = fixes(fix("10:00", recorded_at=at("10:20")))
    assert usable(late, as_at=LATER, limits=Limits(stale=timedelta(minutes=30))).height == 1


@pytest.mark.parametrize(("at_once", "files"), [(100, 1), (4, 2), (1, 3)])
def test_the_usable_fixes_of_many_tags_are_written_once_each_tag_in_one_file(tmp_path, at_once, files):
    given = fixes(
        *[fix("10:00", tag="T2")] * 3, fix("10:01", 9_000), fix("10:00"), fix("10:02", precision=0.0), fix("10:00", tag="O'Neil")
    )
    written = write_usable(given, tmp_path, as_at=LATER, at_once=at_once)
    paths = [path for kept in written for path in kept.files]
    assert sorted(tmp_path.iterdir()) == paths and len(written) == files
    parts = [pl.read_parquet(path) for path in paths]
    assert pl.concat(parts).sort("tag", "time").equals(usable(given, as_at=LATER))
    tags = [tag for part in parts for tag in part["tag"].unique()]
    assert sorted(tags) == ["O'Neil", "T1", "T2"]


def test_a_stray_fix_sent_twice_does_not_make_the_way_back_a_stray():
    given = fixes(fix("10:00"), fix("10:01", 9_000), fix("10:01", 9_000), fix("10:02", 60))
    told = flagged(given, as_at=LATER)
    assert told.select("duplicate", "impossible_speed", "usable").rows() == [
        (False, False, True), (False, True, False), (True, False, False), (False, False, True),
    ]  # fmt: skip


def test_tags_do_not_touch_each_other():
    far = dict(zip(("latitude", "longitude"), place(50_000, 0), strict=True))
    assert flagged(fixes(fix("10:00"), {**fix("10:00", tag="T2"), **far}), as_at=LATER)["usable"].all()
