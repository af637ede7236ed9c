"""The last weeks: what is dated before 2017 is as it was without them, and nothing later than the day is told as happened."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from throughcare.registry.parts import feeds
from throughcare.rules.pilot import load_pilot
from throughcare.synthetic.caseloads import officers
from throughcare.synthetic.lives import DEMONSTRATION_DAY
from throughcare.synthetic.lives_places import BOROUGHS
from throughcare.synthetic.write import synthesise

PILOT = load_pilot(Path(__file__).parents[2] / "pilots" / "gto-london-2016.toml")
REASONS = {"decline_reason": "declined_on", "end_reason": "ended_early_on", "withdraw_reason": "withdrawn_on"}
NEW_YEAR = "2017-01-01"
PLANNED = {
    "police-sentences": {"release_planned_on"}, "court-lists": {"hearing_on"}, "crc-appointments": {"due_on"},
    "employment-placements": {"planned_end_on"}, "crc-supervision": {"end"}, "nps-supervision": {"end"},
}  # fmt: skip
"""By feed, the columns whose days may be to come."""


def written(out: Path, *, last_weeks: bool) -> dict[str, pl.DataFrame]:
    synthesise(out, scenario="pilot", seed=2016, people=None, pilot=PILOT, last_weeks=last_weeks)
    return {path.stem: pl.read_csv(path, infer_schema=False) for path in out.glob("*.csv")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, pl.DataFrame]:
    return written(tmp_path_factory.mktemp("whole") / "world", last_weeks=True)


@pytest.fixture(scope="module")
def without(tmp_path_factory) -> dict[str, pl.DataFrame]:
    return written(tmp_path_factory.mktemp("without") / "world", last_weeks=False)


def days_of(feed: str) -> list[str]:
    return [column.name for column in feeds()[feed].columns if column.kind == "date"]


def before_2017(feed: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows that carry a day before 2017, with the days of 2017, and the reasons that go with them, emptied."""
    days = days_of(feed)
    old = frame.filter(pl.any_horizontal(*((pl.col(day) < NEW_YEAR).fill_null(value=False) for day in days)))
    told = [pl.when(pl.col(day) < NEW_YEAR).then(day).alias(day) for day in days]
    reasons = [pl.when(pl.col(day) < NEW_YEAR).then(why).alias(why) for why, day in REASONS.items() if why in frame.columns]
    return old.with_columns(*told, *reasons)


def test_rows_dated_before_2017_are_the_same_with_and_without_the_last_weeks(whole, without):
    assert whole.keys() - without.keys() == {"court-hearings"}, "lists of hearings are of the last day alone"
    for feed in sorted(without):
        if days_of(feed) and not feeds()[feed].names_people:
            assert before_2017(feed, whole[feed]).equals(before_2017(feed, without[feed])), feed
        else:
            assert without[feed].join(whole[feed], on=whole[feed].columns, how="anti", nulls_equal=True).is_empty(), feed


def test_a_row_that_went_on_has_only_gained(whole, without):
    old, new = without["provider-referrals"], whole["provider-referrals"]
    pairs = old.join(new, on="record_id", suffix="_now")
    assert pairs.height == old.height
    for column in old.columns[1:]:
        kept = pairs.filter(pl.col(column).is_not_null(), pl.col(column) != pl.col(f"{column}_now"))
        assert kept.is_empty(), column


def test_nothing_later_than_the_day_is_told_as_happened(whole):
    late = []
    for feed, frame in whole.items():
        for column in set(days_of(feed)) - PLANNED.get(feed, set()):
            found = frame.filter(pl.col(column) > str(DEMONSTRATION_DAY))
            late += [(feed, column, found.height)] if found.height else []
    assert late == []


def test_an_appointment_to_come_has_not_been_held(whole):
    ahead = whole["crc-appointments"].filter(pl.col("due_on") >= str(DEMONSTRATION_DAY))
    assert ahead.height > 300
    assert ahead.filter(pl.col("due_on") == str(DEMONSTRATION_DAY)).height > 20
    assert ahead["held_on"].null_count() == ahead["outcome"].null_count() == ahead.height
    assert ahead.filter(pl.col("attended") == "yes").is_empty()


def test_caseloads_are_of_a_size_that_one_officer_can_bear(whole):
    for agency in ("crc", "nps"):
        now = whole[f"{agency}-caseloads"].filter(pl.col("end").is_null())
        assert now["crn"].is_unique().all()
        sizes = dict(now.group_by("manager").len().iter_rows())
        for borough in BOROUGHS:
            assert all(20 <= sizes[code] <= 60 for code in officers(agency.upper(), borough)), (agency, borough)
        offices = whole[f"{agency}-caseloads"].group_by("manager").agg(pl.col("office_borough").n_unique())
        assert set(offices["office_borough"]) == {1}


def test_who_is_supervised_is_on_a_caseload(whole):
    for agency in ("crc", "nps"):
        managed = set(whole[f"{agency}-supervision"].filter(pl.col("end").is_null())["crn"])
        assert managed == set(whole[f"{agency}-caseloads"].filter(pl.col("end").is_null())["crn"])


def test_the_manager_of_an_appointment_had_the_person_on_the_caseload(whole):
    """Where the CRC supervised the person on the day: some were seen on a day on which another agency had taken over."""
    spans = whole["crc-caseloads"].select("crn", "manager", "start", "end")
    met = whole["crc-appointments"].join(spans, on="crn", suffix="_of")
    on = (pl.col("start") <= pl.col("due_on")) & (pl.col("end").is_null() | (pl.col("due_on") < pl.col("end")))
    running = met.filter(on)
    assert running.height > 5_000
    assert running.filter(pl.col("manager") != pl.col("manager_of")).is_empty()


def test_some_people_changed_officer(whole):
    several = whole["crc-caseloads"].group_by("crn").agg(pl.col("manager").n_unique())
    assert several.filter(pl.col("manager") > 1).height > 50


@pytest.mark.parametrize("court", PILOT.courts)
def test_each_court_has_a_clock_overdue_one_due_today_and_some_this_week(whole, court):
    cases = whole["court-cases"].filter(pl.col("court") == court).rename({"record_id": "case"})
    asked = whole["court-reports"].filter(pl.col("delivered_on").is_null(), pl.col("requested_on") > "2017-02-01")
    pleas = whole["court-pleas"].filter(pl.col("plea") == "guilty")
    due = asked.join(cases, on="case").join(pleas, on="case")["entered_on"].str.to_date().dt.offset_by("5d")
    assert (due < DEMONSTRATION_DAY).any()
    assert (due == DEMONSTRATION_DAY).any()
    assert ((due > DEMONSTRATION_DAY) & (due <= date(2017, 3, 5))).any()
    today = whole["court-lists"].filter(pl.col("court") == court, pl.col("hearing_on") == str(DEMONSTRATION_DAY))
    assert set(today["received_on"]) == {"2017-02-28", "2017-03-01"}


def test_a_person_is_referred_to_a_service_once_in_the_last_weeks(whole):
    new = whole["provider-referrals"].filter(pl.col("record_id").str.ends_with("-17"))
    assert new.height > 90
    assert new.select("crn", "service").is_duplicated().sum() == 0
