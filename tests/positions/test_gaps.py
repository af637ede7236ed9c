"""Where nothing was heard, by the mechanism of the last fix, and the likely reason."""

from datetime import timedelta

import polars as pl
import pytest

from tests.positions.made import at, fix, fixes, table
from throughcare.positions.gaps import EVENT_SCHEMA, REASONS, gaps

# mechanism of the fix at 10:00, of the next | time of the next | minutes of the gap, or none
STEPS = """
GPS  GPS  | 10:05    | -
GPS  GPS  | 10:05:01 | 5
WIFI GPS  | 10:06    | 6
LBS  LBS  | 10:06    | -
LBS  LBS  | 10:15    | -
LBS  GPS  | 10:16    | 16
GPS  LBS  | 10:06    | 6
RF   RF   | 10:06    | 6
none GPS  | 10:06    | 6
"""


@pytest.mark.parametrize("line", STEPS.strip().splitlines())
def test_a_gap_begins_when_the_tolerance_of_the_last_fix_is_exceeded(line):
    ((pair, then, minutes),) = table(line)
    first, second = (None if name == "none" else name for name in pair.split())
    found = gaps(fixes(fix("10:00", how=first), fix(then, how=second)))
    assert [int(seconds // 60) for seconds in found["seconds"]] == ([] if minutes == "-" else [int(minutes)])
    if minutes != "-":
        assert found.select("start", "end", "mechanism").row(0) == (at("10:00"), at(then), first)


def test_one_tolerance_for_all_would_call_half_the_steps_between_cell_towers_a_gap():
    given = fixes(*(fix(at("10:00") + timedelta(minutes=m), how="LBS") for m in range(0, 120, 6)))
    flat = dict.fromkeys(("GPS", "WIFI", "LBS", "RF"), timedelta(minutes=5))
    assert (gaps(given).height, gaps(given, tolerance=flat).height) == (0, 19)


# what else is known | the reason of a gap from 10:00 to 11:00
WHY = """
                                       | not_known
event battery_low 09:45                | battery
event battery_dead 10:20               | battery
event battery_low 09:29                | not_known
event battery_low 11:01                | not_known
event removed 10:01                    | off
event fault 09:50                      | off
event battery_dead 10:20 removed 10:01 | battery
upload after 11                        | late_upload
upload before 11                       | late_upload
upload after 9                         | not_known
unplaced 10:30                         | no_signal
unplaced 11:30                         | not_known
satellites 3                           | no_signal
precision 101                          | no_signal
next LBS                               | no_signal
event removed 10:01 unplaced 10:30     | off
"""


@pytest.mark.parametrize("line", WHY.strip("\n").splitlines())
def test_the_likely_reason(line):
    ((known, reason),) = table(line)
    words = known.split()
    before, after = fix("10:00", satellites=8.0), fix("11:00")
    events, unplaced = [], fixes()
    while words:
        word = words.pop(0)
        if word == "event" or word in ("removed",):
            kind = word if word == "removed" else words.pop(0)
            events.append({"tag": "T1", "time": at(words.pop(0)), "kind": kind})
        elif word == "upload":
            end, late = (before if words.pop(0) == "before" else after), timedelta(minutes=int(words.pop(0)))
            end |= {"recorded_at": end["time"], "uploaded_at": end["time"] + late}
        elif word == "unplaced":
            unplaced = fixes({"tag": "T1", "time": at(words.pop(0))})
        else:
            name = {"satellites": "satellites", "precision": "precision_m", "next": "mechanism"}[word]
            value = words.pop(0)
            (after if word == "next" else before)[name] = value if word == "next" else float(value)
    found = gaps(fixes(before, after), events=pl.DataFrame(events, schema=EVENT_SCHEMA), unplaced=unplaced)
    assert found["reason"].to_list() == [reason]
    assert reason in REASONS


def test_a_gap_that_goes_on_has_no_end():
    given = fixes(fix("10:00"), fix("10:00", tag="T2", how="LBS"))
    found = gaps(given, until=at("10:10"))
    assert found.select("tag", "end", "seconds").rows() == [("T1", None, 600.0)]
    assert gaps(given).height == 0, "without an instant to look from, nobody knows"


def test_an_event_explains_the_gap_of_its_own_tag_alone():
    given = fixes(*(fix(clock, tag=tag) for tag in ("T1", "T2") for clock in ("10:00", "11:00")))
    events = pl.DataFrame([{"tag": "T2", "time": at("10:05"), "kind": "battery_dead"}], schema=EVENT_SCHEMA)
    assert dict(gaps(given, events=events).select("tag", "reason").rows()) == {"T1": "not_known", "T2": "battery"}
