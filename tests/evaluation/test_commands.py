"""`throughcare study register` and a registered study on a file: Rossi's released prisoners, from protocol to verdict."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from tests.evaluation.texts import OF_A_FILE
from throughcare.cli import commands
from throughcare.core.errors import UserError
from throughcare.evaluation import actions
from throughcare.evaluation.models import Study

ROSSI = """[study]
title = "Does financial aid keep released prisoners from being arrested?"

[data]
id = "id"
treated = "fin"

[[outcome]]
name = "week"
event = "arrest"
kind = "time"
horizon = 52
words = "were arrested within a year"

[match]
method = "nearest"
covariates = ["age", "prio", "race", "wexp", "mar", "paro"]
caliper = 0.2
caliper_on = "logit"
"""


@pytest.fixture
def run(db, home, monkeypatch):
    monkeypatch.setattr("throughcare.cli.store.open_store", lambda home=None: home)  # the test's own database

    def asked(*words):
        done = CliRunner().invoke(commands, [str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return asked


@pytest.fixture
def rossi(tmp_path):
    from lifelines.datasets import load_rossi

    pl.from_pandas(load_rossi()).with_row_index("id").write_csv(tmp_path / "rossi.csv")
    (tmp_path / "rossi.toml").write_text(ROSSI)
    return tmp_path


def test_from_protocol_to_verdict_on_rossi(run, rossi):
    kept = run("study", "register", rossi / "rossi.toml")
    assert "rossi is registered" in kept.output
    run("study", rossi / "rossi.toml", "--data", rossi / "rossi.csv", "--output", rossi / "out")
    told = json.loads((rossi / "out" / "results.json").read_text())
    (answer,) = told["estimates"]
    assert (answer["verdict"], round(100 * answer["estimate"], 1)) == ("lower", -9.0)  # -8.3 before matching, as published
    assert (told["treated"], told["exploratory"], told["registration"]["version"]) == (216, False, 1)
    assert not (rossi / "out" / "part.html").exists()
    study = Study.objects.get()
    assert study.opened_at is not None and study.runs.count() == 1


def test_another_design_is_registered_and_run_alike(run, tmp_path):
    text = """[study]
title = "Did fewer reoffend than their scores led to expect?"

[[outcome]]
name = "again"
kind = "binary"
words = "reoffended"

[design]
method = "predicted"
predicted = "score"
"""
    (tmp_path / "predicted.toml").write_text(text)
    pl.DataFrame({"again": [n % 2 for n in range(200)], "score": [0.7] * 200}).write_csv(tmp_path / "people.csv")
    run("study", "register", tmp_path / "predicted.toml")
    done = run("study", tmp_path / "predicted.toml", "--data", tmp_path / "people.csv", "--output", tmp_path / "out")
    assert "again: lower" in done.stderr
    study = Study.objects.get()
    assert json.loads(study.runs.get().results)["estimates"][0]["estimate"] == pytest.approx(-0.2)
    with pytest.raises(UserError, match="a file of its own"):
        actions.freeze(by="test", study=study, as_at=study.registered_at.date(), at=study.registered_at)


def test_what_is_not_registered_is_not_run(run, rossi):
    with pytest.raises(UserError, match="not registered"):
        run("study", rossi / "rossi.toml", "--data", rossi / "rossi.csv", "--output", rossi / "out")
    assert not (rossi / "out").exists()


def test_registering_says_that_outcomes_were_seen(run, tmp_path):
    (tmp_path / "visits.toml").write_text(OF_A_FILE)
    told = run("study", "register", tmp_path / "visits.toml", "--name", "visits-2016", "--seen", "I have run it").output
    assert "visits-2016 is registered" in told and "I have run it" in told


@pytest.mark.parametrize("words", [["register"], ["a.toml", "b.toml", "--output", "out"]])
def test_what_is_asked_in_vain_is_told(run, words):
    assert run("study", *words).exit_code == 2
