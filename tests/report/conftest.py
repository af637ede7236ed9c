"""The report of the made-up measures, for both audiences, written once."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.report.made_up import AROUND, FINDINGS, measures, provenance
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.report.figures import Figures, gather
from throughcare.report.write import write_report

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))


@dataclass(frozen=True, kw_only=True)
class Written:
    folder: Path
    page: str
    figures: dict[tuple[str, str], dict[str, str]]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Written]:
    def write(audience: str, kept: dict[str, Written] = {}) -> Written:  # noqa: B006
        if audience not in kept:
            folder = tmp_path_factory.mktemp("report") / audience
            page = write_report(pilot=current_pilot(), period=PERIOD, audience=audience, output=folder, measures=measures(),
                                findings=FINDINGS, around=AROUND, provenance=provenance())  # fmt: skip
            with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
                rows = {(r["id"], r["group"]): r for r in csv.DictReader(file)}
            kept[audience] = Written(folder=folder, page=page.read_text(encoding="utf-8"), figures=rows)
        return kept[audience]

    return write


@pytest.fixture(scope="session")
def figures() -> Callable[[bool], Figures]:
    made = measures()

    def gathered(public: bool, kept: dict[bool, Figures] = {}) -> Figures:  # noqa: B006
        if public not in kept:
            kept[public] = gather(made, pilot=current_pilot(), period=PERIOD, public=public, findings=FINDINGS,
                                      around=AROUND)  # fmt: skip
        return kept[public]

    return gathered
