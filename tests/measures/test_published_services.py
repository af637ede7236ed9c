"""Every published figure of referrals, programmes, budgets, employment and overlaps has its measure, group and unit."""

import csv
from pathlib import Path

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.measures import MEASURES as REFERRALS
from throughcare.core.pilot import Period
from throughcare.measures import overlap
from throughcare.measures.calculate import calculate
from throughcare.strands.budgets.measures import MEASURES as BUDGETS
from throughcare.strands.employment.measures import MEASURES as EMPLOYMENT
from throughcare.strands.programmes.measures import MEASURES as PROGRAMMES

BY_SLUG = {m.slug: m for m in (*REFERRALS, *PROGRAMMES, *BUDGETS, *EMPLOYMENT, *overlap.MEASURES)}
PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "reference" / "published_figures.csv"
SECTIONS = ("young adult males", "female personalised budgets", "employment", "overlap")


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["section"] in SECTIONS]


@pytest.mark.django_db
@pytest.mark.skipif(not PUBLISHED.exists(), reason="the table of published figures is not part of the project")
def test_every_published_figure_has_its_measure_group_and_unit_even_with_nothing_loaded(monkeypatch):
    monkeypatch.setattr(overlap, "strands", tuple)
    pilot = current_pilot()
    period = Period(start=pilot.life.start, end=pilot.life.end)
    wanted = {(row["id"], row["group"], row["unit"]) for row in published()}
    results = [r for slug in {slug for slug, _, _ in wanted} for r in calculate(BY_SLUG[slug], pilot=pilot, period=period)]
    assert len(wanted) > 40
    assert wanted - {(r.slug, r.group, r.unit) for r in results} == set()
