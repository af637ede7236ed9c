"""The outcomes of a study, by worked examples and, for spans of days, by counting them one by one."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.conftest import DAY
from throughcare.evaluation.outcomes import outcome_rows
from throughcare.rules.reoffending import at_risk, is_breach

ON = date(2016, 3, 1)
BREACH = "08000"


def of(store, told: dict, *, on: date = ON, as_at: date = DAY, severity=None) -> dict:
    person = store({"A": {"sentences": [("2016-02-01", "community", "")], **told}})["A"]
    frame = pl.DataFrame({"row": [0], "person": [person], "index_on": [on], "on": [on]})
    (row,) = outcome_rows(frame, as_at=as_at, severity=severity).to_dicts()
    return row


# definitions.md, Reoffending; committed, dealt with, whether a proven reoffence within twelve months
PROVEN = [
    ("2017-02-28", "2017-08-31", 1), ("2017-03-01", "2017-04-02", 0), ("2017-02-28", "2017-09-01", 0),
    ("2016-02-20", "2016-04-10", 0), ("2016-03-01", "2016-03-01", 1),
]  # fmt: skip


@pytest.mark.parametrize(("committed", "dealt_with", "again"), PROVEN)
def test_proven_reoffending(store, committed, dealt_with, again):
    row = of(store, {"again": [(committed, dealt_with)]})
    assert (row["reoffended"], row["reoffences"], row["reoffence_came"]) == (again, again, again)


# the day of matching; what is known by it of an index of 1 March 2016
KNOWN = [
    ("2016-08-31", ("reoffended", None), ("arrests_6m", None), ("custody_12m", None)),
    ("2016-09-01", ("reoffended", None), ("arrests_6m", 0), ("custody_12m", None)),
    ("2017-03-01", ("reoffended", None), ("arrests_6m", 0), ("custody_12m", 0)),
    ("2017-08-31", ("reoffended", None), ("arrests_6m", 0), ("custody_12m", 0)),
    ("2017-09-01", ("reoffended", 0), ("arrests_6m", 0), ("custody_12m", 0)),
]


@pytest.mark.parametrize(("as_at", "one", "two", "three"), KNOWN)
def test_what_cannot_be_known_yet_is_empty(store, as_at, one, two, three):
    row = of(store, {}, as_at=date.fromisoformat(as_at))
    assert [(name, row[name]) for name, _ in (one, two, three)] == [one, two, three]


def test_arrests_charges_and_contacts_are_counted_by_their_day(store):
    row = of(store, {
        "arrests": ["2016-02-29", "2016-03-01", "2016-08-31", "2016-09-01"], "charges": ["2016-03-02"],
        "custody": [("2016-05-01", "2016-06-01")],
        "sentences": [("2016-02-01", "community", ""), ("2016-05-01", "custody", "2016-06-01")],
    })  # fmt: skip
    assert (row["arrests_6m"], row["charges_6m"], row["custody_12m"]) == (2, 1, 1)
    assert row["contacts_12m"] == 3 + 1 + 1  # arrests of the year, a day of sentence, a reception


def test_custody_is_taken_out_of_the_time_at_risk(store):
    told = {"custody": [("2016-03-11", "2016-03-21")], "again": [("2016-04-10", "2016-05-01")]}
    row = of(store, told)
    assert (row["days_to_reoffence"], row["reoffence_came"]) == (40 - 10, 1)


def test_a_time_without_the_event_ends_where_knowledge_does(store):
    assert of(store, {}, as_at=date(2016, 12, 1))["days_to_reoffence"] == (date(2016, 6, 1) - ON).days
    assert of(store, {})["days_to_reoffence"] == 365


def test_the_sentence_of_the_first_reoffence(store):
    again = {"again": [("2016-05-01", "2016-06-01"), ("2016-08-01", "2016-09-01")]}
    sentences = [("2016-02-01", "community", ""), ("2016-06-01", "community", ""), ("2016-09-01", "custody", "")]
    assert of(store, {**again, "sentences": sentences})["reoffence_custody"] == 0


def test_without_a_reoffence_it_has_no_sentence(store):
    assert of(store, {})["reoffence_custody"] is None


def test_breaches_are_counted_apart():
    told = pl.DataFrame({"offence_code": [BREACH, "03900"]}).select(is_breach(pl.col("offence_code")))
    assert told["offence_code"].to_list() == [True, False]


def test_severity_is_by_the_users_weights_in_force(store):
    weights = pl.DataFrame({
        "offence_code": ["03900", "03900"], "weight": [10.0, 25.0], "valid_from": [date(2015, 1, 1), date(2016, 7, 1)],
    })  # fmt: skip
    again = [("2016-05-01", "2016-06-01"), ("2016-08-01", "2016-09-01")]
    assert of(store, {"again": again}, severity=weights)["severity"] == 35.0
    assert of(store, {"again": again})["severity"] is None


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4)


@given(stay=SPANS, length=st.integers(0, 60))
def test_the_time_at_risk_is_the_days_outside_counted_one_by_one(stay, length):
    held: set[int] = {day for start, n in stay for day in range(start, start + n)}
    spans, begun = [], None
    for day in range(100):  # as `stays` gives them: they do not overlap
        if day in held and begun is None:
            begun = day
        if day not in held and begun is not None:
            spans.append((begun, day))
            begun = None
    rows = pl.DataFrame({"row": [0], "person": [1], "on": [ON], "until": [ON + timedelta(days=length)]})
    frame = pl.DataFrame(
        [(1, ON + timedelta(days=a), ON + timedelta(days=b)) for a, b in spans],
        schema={"person": pl.Int64, "start": pl.Date, "end": pl.Date}, orient="row",
    )  # fmt: skip
    assert at_risk(rows, frame).to_list() == [len([day for day in range(length) if day not in held])]
