"""Differences, interrupted series and against prediction, asked by a protocol: with the effect planted and without."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.stats.test_designs import boroughs
from throughcare.core.errors import UserError
from throughcare.stats.any_study import parse_any, run_any
from throughcare.stats.mistakes import DataRefused, ProtocolError
from throughcare.stats.study_files import study_files

HEAD = """[study]
title = "Did burglary fall?"
exploratory = true

[[outcome]]
name = "{name}"
kind = "{kind}"
words = "{words}"

"""
DIFFERENCES = HEAD.format(name="crime", kind="continuous", words="burglaries") + (
    '[design]\nmethod = "differences"\nunit = "borough"\nperiod = "month"\ntreated = "pilot"\nstart = 12\n')  # fmt: skip
SERIES = HEAD.format(name="crimes", kind="continuous", words="burglaries") + (
    '[design]\nmethod = "interrupted"\nperiod = "month"\nstart = 24\nseason = 12\ncontrol = "elsewhere"\n')  # fmt: skip
PREDICTED = HEAD.format(name="again", kind="binary", words="reoffended") + (
    '[design]\nmethod = "predicted"\npredicted = "score"\n')  # fmt: skip


def asked(text: str, frame: pl.DataFrame) -> dict:
    protocol, sha256 = parse_any(text, name="p.toml")
    return run_any(protocol, frame, sha256=sha256, as_at=date(2017, 1, 1)).plain


def series(draw, effect: float) -> pl.DataFrame:
    month = np.arange(48)
    shared = draw.normal(0, 2, 48)
    mine = 100 - 0.2 * month + 5 * np.sin(month * np.pi / 6) + shared + draw.normal(0, 1, 48) + effect * (month >= 24)
    return pl.DataFrame({"month": month, "crimes": mine, "elsewhere": 80 + shared + draw.normal(0, 1, 48)})


def people(draw, effect: float) -> pl.DataFrame:
    score = draw.uniform(0.4, 0.9, 600)
    return pl.DataFrame({"score": score, "again": (draw.random(600) < score + effect).astype(int)})


BESIDE = PREDICTED + 'treated = "member"\n'


def both(draw, effect: float, *, others: float = 0.0) -> pl.DataFrame:
    """600 treated, and as many who were not, whose scores are right but for `others`."""
    frames = (people(draw, moved).with_columns(member=pl.lit(mark)) for mark, moved in ((1, effect), (0, others)))
    return pl.concat(frames)


PLANTED = [
    ("differences", DIFFERENCES, lambda draw: boroughs(draw, effect=-4.0), "lower"),
    ("differences, none", DIFFERENCES, lambda draw: boroughs(draw, effect=0.0), "not determined"),
    ("series", SERIES, lambda draw: series(draw, -8.0), "lower"),
    ("series, none", SERIES, lambda draw: series(draw, 0.0), "not determined"),
    ("predicted", PREDICTED, lambda draw: people(draw, -0.12), "lower"),
    ("predicted, none", PREDICTED, lambda draw: people(draw, 0.0), "not determined"),
    ("predicted, with others beside", BESIDE, lambda draw: both(draw, -0.12), "lower"),
    ("predicted, with others beside, none", BESIDE, lambda draw: both(draw, 0.0), "not determined"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "made", "verdict"), PLANTED)
def test_what_was_planted_is_found_and_nothing_else(draw, what, text, made, verdict):
    frame = made(draw)
    (answer,) = asked(text, frame)["estimates"]
    assert answer["verdict"] == verdict
    assert (answer["ci_high"] < 0) == (verdict == "lower")


def test_groups_that_moved_apart_before_give_no_direction(draw):
    found = asked(DIFFERENCES, boroughs(draw, effect=-4.0, drift=-0.5))
    (answer,) = found["estimates"]
    assert answer["verdict"] == "not determined" and "moved differently before the start" in " ".join(answer["says"])
    assert found["maryland"]["level"] == 2


def test_a_score_that_is_wrong_of_those_not_treated_too_gives_no_direction(draw):
    """All reoffend less than the score says: that is the score, not the service."""
    found = asked(BESIDE, both(draw, -0.12, others=-0.12))
    (answer,) = found["estimates"]
    assert answer["ci_high"] < 0 and answer["verdict"] == "not determined"
    assert "does not hold among those who were not treated" in " ".join(answer["says"])
    assert {c["check"]: c["passed"] for c in found["checks"]}["does the prediction hold here"] is False


def test_the_others_are_no_part_of_the_answer(draw):
    frame = both(draw, -0.12)
    (beside,), (alone,) = (asked(text, rows)["estimates"] for text, rows in (
        (BESIDE, frame), (PREDICTED, frame.filter(pl.col("member") == 1))))  # fmt: skip
    assert beside == alone and beside["treated"] == 600


@pytest.mark.parametrize(("n", "told"), [(59, 0), (60, 1)])
def test_of_fewer_than_60_there_is_a_description_alone(draw, tmp_path, n, told):
    """The least that the Justice Data Lab takes."""
    people(draw, -0.3).head(n).write_csv(tmp_path / "people.csv")
    (tmp_path / "p.toml").write_text(PREDICTED)
    study_files(tmp_path / "p.toml", tmp_path / "people.csv", tmp_path / "out", as_at=date(2017, 1, 1))
    found = json.loads((tmp_path / "out" / "results.json").read_text())
    page = (tmp_path / "out" / "index.html").read_text()
    assert (len(found["estimates"]), [each["gate"] for each in found["refused"]]) == (told, ["treated"] * (1 - told))
    assert ("No effect can be told. 59 people were treated; a study needs 60." in page) == (not told)
    assert ("Description: not an effect" in page) == (not told)
    assert found["table"][0]["people"] == n


def test_what_it_cannot_rule_out_is_said_first(draw, tmp_path):
    people(draw, 0.0).write_csv(tmp_path / "people.csv")
    (tmp_path / "p.toml").write_text(PREDICTED)
    study_files(tmp_path / "p.toml", tmp_path / "people.csv", tmp_path / "out", as_at=date(2017, 1, 1))
    page = (tmp_path / "out" / "index.html").read_text()
    assert 0 < page.index("There is no comparison group") < page.index("Of 100 people")
    assert json.loads((tmp_path / "out" / "results.json").read_text())["maryland"]["level"] == 2
    assert (tmp_path / "out" / "tables" / "rests-on.csv").read_text().startswith("people,seen,expected,ratio")


WRONG = [
    ("a column is missing", DIFFERENCES.replace('unit = "borough"\n', ""), "needs unit"),
    ("a key of another", PREDICTED + "season = 12\n", "do not belong"),
    ("a share for a series", PREDICTED.replace('"binary"', '"continuous"'), "binary"),
    ("no such key", SERIES + "lag = 2\n", "lag"),
    ("no TOML", SERIES + "[[", "not TOML"),
]


@pytest.mark.parametrize(("what", "text", "said"), WRONG)
def test_a_mistake_in_the_protocol_is_told(what, text, said):
    with pytest.raises(ProtocolError) as told:
        parse_any(text, name="p.toml")
    assert said in str(told.value)


def test_rows_that_cannot_be_are_refused(draw):
    twice = series(draw, 0.0).with_columns(month=pl.lit(1))
    with pytest.raises(DataRefused, match="A period stands twice"):
        asked(SERIES, twice)
    with pytest.raises(DataRefused, match="neither 0 nor 1"):
        asked(BESIDE, both(draw, 0.0).with_columns(member=pl.lit(2)))
    with pytest.raises(UserError, match="Nobody has both"):
        asked(PREDICTED, pl.DataFrame({"again": [None, 1.0], "score": [0.5, None]}))


def test_no_order_of_rows_changes_it(draw):
    frame = series(draw, -8.0)
    assert asked(SERIES, frame) == asked(SERIES, frame.reverse())


def test_it_is_registered_or_exploratory(draw):
    with pytest.raises(ProtocolError, match="not registered"):
        asked(SERIES.replace("exploratory = true\n", ""), series(draw, 0.0))
