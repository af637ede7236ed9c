"""`throughcare study` and `throughcare value` as a user meets them."""

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.stats.planted import planted
from tests.stats.test_study import PROTOCOL
from tests.stats.test_value import MODEL
from throughcare.cli import commands
from throughcare.core.errors import UserError


@pytest.fixture
def run(tmp_path):
    (tmp_path / "p.toml").write_text(PROTOCOL)
    (tmp_path / "m.toml").write_text(MODEL.replace("high = -0.4", "high = 0.1"))

    def asked(*words):
        return CliRunner().invoke(commands, [str(word) for word in words])

    return asked


def test_a_study_and_what_it_is_worth(run, tmp_path):
    planted(np.random.default_rng(1), treated=59, ratio=5).frame.write_csv(tmp_path / "few.csv")
    done = run("study", tmp_path / "p.toml", "--data", tmp_path / "few.csv", "--output", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "refused (treated): 59 people were treated; a study needs 60." in done.stderr
    assert "not an effect" in (tmp_path / "out" / "index.html").read_text()
    worth = run("value", tmp_path / "m.toml", "--output", tmp_path / "worth")
    assert worth.exit_code == 0, worth.output
    assert worth.stderr.startswith("The effect on reoffences is not determined")


def test_a_mistake_is_the_users(run, tmp_path):
    done = run("study", tmp_path / "absent.toml", "--data", tmp_path / "few.csv", "--output", tmp_path / "out")
    assert isinstance(done.exception, UserError)
