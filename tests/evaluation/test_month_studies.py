"""A study of boroughs' months in the service: from the police's extract through registration, copy and matching to a verdict."""

import json
from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest

from tests.evaluation.conftest import evaluators, text_of
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import months_after
from throughcare.core.errors import UserError
from throughcare.evaluation import actions, files, queries
from throughcare.evaluation.errors import CopyRefused, NotOfTheStore
from throughcare.evaluation.readiness import readiness
from throughcare.registry.parts import feeds
from throughcare.stats.mistakes import DataRefused, ProtocolError
from throughcare.stats.study_files import study_files

DAY = date(2017, 3, 1)
AT = datetime(2017, 3, 1, 9, tzinfo=UTC)
FIRST, START, MONTHS = date(2014, 4, 1), 25, 34  # the pilot file's start is May 2016; the last month told is January 2017
TEXT = """[study]
title = "Did recorded burglary fall in the boroughs of the pilot?"
question = "Beside the other boroughs of London, since May 2016?"

[rows]
kind = "borough_months"
since = 2014-04-01
until = 2017-04-01
group = "Burglary"

[copy]
keep_until = 2027-04-01

[[outcome]]
name = "recorded"
kind = "continuous"
words = "recorded burglaries of a borough and month"

[design]
method = "differences"
"""
SERIES = TEXT.replace('"differences"', '"interrupted"\ncontrol = "compared"')


def crime(effect: float, *, drift: float = 0.0, without: tuple[tuple[str, int], ...] = (), seed: int = 11) -> str:
    """The extract: every borough of the pilot and beside it has its level, all have one season and trend; those of the pilot
    `effect` times fewer from the start on, and `drift` a month before and after it."""
    rng, pilot = np.random.default_rng(seed), current_pilot()
    lines = ["record_id,borough,month,offence_group,offence,number,population"]
    for name in (*pilot.boroughs, *pilot.crime.compared):
        level, mine = rng.uniform(150, 250), name in pilot.boroughs
        for n in range(MONTHS):
            expected = level * np.exp(0.05 * np.cos(2 * np.pi * n / 12) + 0.002 * n + mine * drift * n)
            number = rng.poisson(expected * (1 + effect * (mine and n >= START)))
            if (name, n) not in without:
                lines.append(f"{name} {n},{name},{months_after(FIRST, n)},Burglary,,{number},{250_000}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def told(db, tmp_path, settings, home):
    """told(effect=…): the extract is loaded."""
    settings.DEMONSTRATION = DAY

    def load(**planted) -> None:
        path = tmp_path / "police-borough-crime.csv"
        path.write_text(crime(**planted))
        (outcome,) = import_extracts(by="test", paths=[path], feeds=feeds(), resolve=resolve, at=AT)
        assert outcome.quarantined == 0

    return load


def registered(text: str = TEXT, slug: str = "burglary"):
    return actions.register(by="evaluator", text=text, slug=slug, at=AT)


def ran(study):
    actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    made, result = actions.run(by="evaluator", study=study, as_at=DAY, at=AT)
    return made, result


PLANTED = [
    ("differences, planted", TEXT, -0.15, "lower"), ("differences, none", TEXT, 0.0, "not determined"),
    ("series, planted", SERIES, -0.15, "lower"), ("series, none", SERIES, 0.0, "not determined"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "effect", "verdict"), PLANTED, ids=[each[0] for each in PLANTED])
def test_what_was_planted_is_found_and_nothing_else(told, what, text, effect, verdict):
    told(effect=effect)
    made, result = ran(registered(text))
    (answer,) = json.loads(made.results)["estimates"]
    assert answer["verdict"] == verdict
    if effect:
        assert answer["ci_low"] < effect * 200 < answer["ci_high"] < 0  # 15% of some 200 a month
    assert json.loads(made.results)["in_neither_group"] == {
        "month of which not every borough is told yet": 2 * 32}  # February and March 2017  # fmt: skip
    assert "charts/over-time.svg" in result.files and "tables/rests-on.csv" in result.files


def test_the_command_line_on_the_frozen_rows_gives_the_same(told, tmp_path):
    told(effect=-0.15)
    study = registered()
    made, _ = ran(study)
    version = queries.current(study)
    copy = queries.copy_of(study)
    asked, frame, _ = queries.asked_and_frame(version, copy, copy.additions.get())
    frame.write_csv(tmp_path / "rows.csv")
    head = TEXT.split("[rows]")[0].replace("[study]", "[study]\nexploratory = true")
    outcome = "[[outcome]]" + TEXT.split("[[outcome]]")[1]
    columns = f'unit = "borough"\nperiod = "period"\ntreated = "treated"\nlabel = "month"\nstart = {START}\n'
    (tmp_path / "p.toml").write_text(head + outcome + columns)
    by_hand = study_files(tmp_path / "p.toml", tmp_path / "rows.csv", tmp_path / "out", as_at=DAY)
    assert by_hand.plain["estimates"] == json.loads(made.results)["estimates"]
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.count("<figure>") == 2 and "Treated, changed like the compared" in page and "2016-05" in page
    assert asked.design.start == START


def test_boroughs_that_had_moved_apart_before_give_no_direction(told):
    told(effect=-0.15, drift=-0.01)
    made, result = ran(registered())
    found = json.loads(made.results)
    assert found["estimates"][0]["verdict"] == "not determined"
    assert "moved differently before the start already" in result.part
    assert [check["passed"] for check in found["checks"] if check["check"] == "pre-trends"] == [False]


def test_nothing_recorded_is_in_the_copy_and_a_revision_does_not_move_it(told):
    told(effect=0.0)
    study = registered()
    copy = actions.freeze(by="evaluator", study=study, as_at=DAY, at=AT)
    frozen = files.read_rows("burglary", "copy-1", "rows", sha256=copy.sha256)
    assert frozen.columns == ["id", "borough", "month", "period", "treated", "after"]
    assert (copy.rows, copy.key_holder, frozen["treated"].sum()) == (32 * 36, "", 8 * 36)
    assert not files.key_path("burglary").exists()
    started = frozen.filter(pl.col("borough") == "Camden", pl.col("after") == 1)["month"]
    assert (started.min(), started.max()) == ("2016-05", "2017-03")
    first = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    told(effect=0.0, seed=12)  # every month is revised
    again = files.read_rows("burglary", "copy-1-outcomes-1", "outcomes", sha256=first.sha256)
    assert again["recorded"].null_count() == 64 and first.matched == 32 * MONTHS
    second = actions.add_outcomes(by="evaluator", study=study, as_at=DAY, at=AT)
    assert second.sha256 != first.sha256
    with pytest.raises(CopyRefused, match="kept"):
        actions.destroy(by="evaluator", copy=copy, as_at=DAY, at=AT)


# what is wrong | the text | the error | a part of what is said
WRONG = [
    ("a file's column", TEXT + 'unit = "borough"\n', ProtocolError, "the service makes it"),
    ("a prediction", TEXT.replace('"differences"', '"predicted"'), ProtocolError, "have no prediction"),
    ("another outcome", TEXT.replace('"recorded"', '"burglaries"'), ProtocolError, 'name = "recorded"'),
    ("another control", SERIES.replace('"compared"', '"Kent"'), ProtocolError, 'control is "compared"'),
    ("no copy", TEXT.replace("[copy]\nkeep_until = 2027-04-01\n", ""), ProtocolError, "go together"),
    ("part of a month", TEXT.replace("2014-04-01", "2014-04-02"), ProtocolError, "first days of months"),
    ("no such borough", TEXT.replace('group = "B', 'boroughs = ["Croydon"]\ngroup = "B'), NotOfTheStore, "no borough of the"),
    ("no months before", TEXT.replace("2014-04-01", "2016-05-01"), NotOfTheStore, "no months before the start"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "text", "error", "said"), WRONG, ids=[each[0] for each in WRONG])
def test_a_mistake_is_told_before_anything_is_kept(db, what, text, error, said):
    with pytest.raises(error) as refused:
        registered(text)
    assert said in str(refused.value)


def test_boroughs_that_began_apart_are_studied_apart(db, monkeypatch):
    pilot = current_pilot()
    crime_ = pilot.crime.model_copy(update={"starts": {"Camden": date(2016, 9, 1)}})
    monkeypatch.setattr("throughcare.evaluation.actions.current_pilot", lambda: pilot.model_copy(update={"crime": crime_}))
    with pytest.raises(NotOfTheStore, match="began in different months"):
        registered()
    registered(TEXT.replace('group = "B', 'boroughs = ["Camden"]\ngroup = "B'))


def test_readiness_looks_at_what_is_told_and_not_at_what_it_says(told):
    study = registered()
    state = readiness(queries.current(study), DAY)
    assert state.no_feed == (("recorded", "police-borough-crime"),) and not state.ready
    told(effect=0.0, without=(("Camden", 3),))
    state = readiness(queries.current(study), DAY)
    assert {gate.name: gate.open for gate in state.gates} == {
        "months before": True, "months after": True, "completeness": False, "boroughs": True}  # fmt: skip
    assert "Camden 2014-07" in next(gate.missing for gate in state.gates if gate.name == "completeness")
    assert state.no_feed == () and state.counts == (8, 24)
    with pytest.raises(DataRefused, match="empty"):
        ran(study)


@pytest.mark.parametrize(
    ("day", "opens"), [(date(2016, 7, 15), date(2016, 9, 1)), (date(2016, 8, 15), None)], ids=["two months told", "three"]
)
def test_the_months_after_are_waited_for(told, day, opens):
    told(effect=0.0)
    gate = {g.name: g for g in readiness(queries.current(registered()), day).gates}["months after"]
    assert (gate.open, gate.ready_on) == (opens is None, opens)


def test_outcomes_opened_by_another_study_of_the_same_offences_are_said_to_have_been_seen(told):
    told(effect=0.0)
    ran(registered())
    again = registered(SERIES, "series")
    assert "recorded (Burglary) had been opened on 1 March 2017 by the study burglary" in again.seen_before
    assert registered(TEXT.replace("Burglary", "Robbery"), "robbery").seen_before == ""


def test_from_registering_to_the_chart_on_the_pages(told):
    told(effect=-0.15)
    browser = evaluators()
    asked = {"name": "burglary", "text": TEXT, "seen": "no"}
    seen = text_of(browser.post("/studies/new/", asked))
    assert "boroughs&#39; months from April 2014 to before April 2017: Burglary" in seen
    browser.post("/studies/new/", {**asked, "send": "yes"})
    ready = text_of(browser.get("/studies/burglary/readiness/"))
    assert "8 boroughs of the pilot and 24 boroughs beside it" in ready and "What could be found" not in ready
    for do in ("freeze", "match"):
        assert "pseudonyms" not in text_of(browser.post("/studies/burglary/data/", {"do": do}))
        assert browser.post("/studies/burglary/data/", {"do": do, "send": "yes"}).status_code == 302
    assert "none: it is about nobody" in text_of(browser.get("/studies/burglary/data/"))
    found = browser.post("/studies/burglary/data/", {"do": "run", "send": "yes"})
    page = text_of(browser.get(found.headers["Location"]))
    assert page.count("<figure>") == 2 and "charts/over-time.svg" in page and "What is left out" in page
    assert "Recorded burglaries of a borough and month: lower" in text_of(browser.get("/studies/"))


def test_a_group_of_which_nothing_is_told_says_so(told):
    told(effect=0.0)
    study = registered(TEXT.replace("Burglary", "Arson"))
    with pytest.raises(UserError):
        ran(study)
