"""Every published figure of these strands has its measure, with the group printed."""

import csv
from pathlib import Path

import pytest

from tests.strands.conftest import figures_of
from throughcare.strands.courts.measures import MEASURES as COURTS
from throughcare.strands.mental_health.measures import MEASURES as MENTAL_HEALTH
from throughcare.strands.policing.measures import MEASURES as POLICING
from throughcare.strands.prison.measures import MEASURES as PRISON

ALL = (*COURTS, *MENTAL_HEALTH, *POLICING, *PRISON)
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "reference" / "published_figures.csv"
SECTIONS = ("courts", "mental health", "policing", "prison co-ordination")


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["section"] in SECTIONS]


def test_no_slug_is_declared_twice():
    assert len({m.slug for m in ALL}) == len(ALL)


@pytest.mark.django_db
@pytest.mark.skipif(not PUBLISHED.exists(), reason="the table of published figures is not part of the project")
def test_every_published_figure_has_its_measure_and_group():
    """With nothing loaded, the cases without a report are 0, not the 722 of the published label."""
    wanted = {(row["id"], row["group"].replace("722", "0")) for row in published()}
    given = {(slug, group) for slug in {slug for slug, _ in wanted} for group in figures_of(ALL, slug)}
    assert wanted
    assert wanted - given == set()


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the table of published figures is not part of the project")
def test_the_units_are_the_published_ones():
    units = {m.slug: m.unit for m in ALL}
    assert {row["id"]: units[row["id"]] for row in published()} == {row["id"]: row["unit"] for row in published()}
