"""The demonstration pilot counts to the figures that London published, and to nothing by writing it down.

`published_figures.csv` beside this file: the 206 figures of the interim evaluation of Gripping the Offender (MOPAC Evidence and
Insight, 2017), with the value that its own counts give where its text contradicts them. "exact" counts must be equal; "rounded"
ones equal as printed; "almost 60" is below 60 and rounds to it.
"""

import csv
from pathlib import Path

import pytest

from tests.demonstration.conftest import PERIOD, run_in

pytestmark = pytest.mark.xdist_group("pilot")
PUBLISHED = list(csv.DictReader((Path(__file__).parent / "published_figures.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def figures(pilot_home, tmp_path_factory) -> dict[tuple[str, str], dict[str, str]]:
    out = tmp_path_factory.mktemp("report") / "governance"
    run_in(pilot_home)("report", *PERIOD, "--audience", "governance", "--output", out)
    with (out / "figures.csv").open(encoding="utf-8") as file:
        return {(row["id"], row["group"]): row for row in csv.DictReader(file)}


def agrees(published: dict[str, str], counted: dict[str, str]) -> bool:
    want, digits = float(published["value"]), len(published["value"].partition(".")[2])
    value = float(counted["value"])
    if published["unit"] == "percent":
        value = 100 * float(counted["numerator"]) / float(counted["denominator"])
    if "almost" in published["source"]:
        return want - 0.5 <= value < want
    if published["statistic"] == "rounded":
        return abs(value - want) <= 0.5 * 10**-digits + 1e-9
    return value == want


def test_every_published_figure_is_counted(figures):
    wrong = []
    for published in PUBLISHED:
        key = published["id"], published["group"]
        if key not in figures or not agrees(published, figures[key]):
            wrong.append((key, published["value"], figures.get(key, {}).get("value", "missing")))
    assert len(PUBLISHED) == 206
    assert wrong == []


def test_a_percentage_stands_beside_the_counts_it_follows_from(figures):
    shares = [row for row in figures.values() if row["unit"] == "percent" and row["value"]]
    assert len(shares) > 50
    for row in shares:
        assert float(row["value"]) == pytest.approx(100 * float(row["numerator"]) / float(row["denominator"]))
