"""Behind every figure of the demonstration the list is as long as the figure says, of all and of a co-ordinator's borough."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import environment

pytestmark = [pytest.mark.xdist_group("pilot"), pytest.mark.slow]


def test_the_list_behind_every_figure_is_as_long_as_the_figure(pilot_home: Path):
    command = [sys.executable, "-m", "tests.demonstration.listing_of_all"]
    done = subprocess.run(command, env=environment(pilot_home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["unlike"] == []
    assert told["figures"] > 800
    assert told["given"] > 1_000
