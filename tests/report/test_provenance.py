"""Where each figure comes from: what figures.csv says after its first columns, and that it says the same of the same store."""

import csv
import io
from dataclasses import replace

import polars as pl
import pytest

from tests.report.conftest import PERIOD
from tests.report.made_up import measures, provenance
from throughcare.casework.pilot import current_pilot
from throughcare.measures.listing import FIGURES
from throughcare.report.provenance import COLUMNS, definition, read_provenance


def test_every_figure_says_where_it_comes_from(written):
    text = (written("governance").folder / "figures.csv").read_text(encoding="utf-8")
    reader = csv.DictReader(io.StringIO(text))
    assert tuple(reader.fieldnames or ()) == (*FIGURES, *COLUMNS)
    row = written("governance").figures["psr.within_5_days_rate", "all"]
    assert (row["statistic"], row["target"], row["period_from"], row["period_to"]) == ("share", "90", "2016-02-06", "2017-01-01")
    assert (row["audit_entry"], row["audit_hash"], row["pilot_sha256"]) == ("41", "b" * 64, "a" * 64)
    assert row["pilot"] == "gto-london-2016"
    assert row["throughcare"]
    assert len(row["definition_sha256"]) == 64
    cohort = written("governance").figures["cohort.size_initial", "all"]
    assert cohort["as_at"] == "2015-12-31"


def test_the_provenance_tells_nothing_of_a_withheld_number(written):
    public, governance = written("public").figures, written("governance").figures
    for key, row in public.items():
        for column in COLUMNS:
            if column != "note":
                assert row[column] == governance[key][column], (key, column)


def test_a_definition_changes_with_what_decides_the_figure_and_with_nothing_else():
    first, again = (next(m for m in measures() if m.slug == "psr.within_5_days_rate") for _ in range(2))
    assert definition(first) == definition(again)
    others = [
        replace(first, counted=pl.col("group") == "no"), replace(first, target=80.0), replace(first, definition="Otherwise"),
        replace(first, statistic="count"), replace(first, digits=1),
    ]  # fmt: skip
    assert len({definition(m) for m in (first, *others)}) == len(others) + 1
    assert definition(replace(first, title="Another title", why="Another why")) == definition(first)


@pytest.mark.django_db
def test_the_same_store_gives_the_same_and_a_write_another(settings):
    from throughcare.casework.audit.actions import recording

    pilot = current_pilot()
    before = read_provenance(pilot, settings.THROUGHCARE_PILOT)
    assert read_provenance(pilot, settings.THROUGHCARE_PILOT) == before
    with recording(by="somebody", verb="view"):
        pass
    assert read_provenance(pilot, settings.THROUGHCARE_PILOT) == before, "to look is no write"
    with recording(by="somebody", verb="test.write"):
        pass
    after = read_provenance(pilot, settings.THROUGHCARE_PILOT)
    assert after.entry[0] > before.entry[0]
    assert after.entry[1] != before.entry[1]


def test_a_figure_rests_on_the_feeds_of_its_part_and_a_finding_on_none(figures):
    source = replace(provenance(), loads={"people": "2017-01-03", "court-reports": "2017-01-05"})
    gathered = figures(False)
    report = gathered.cell("psr.received_rate")
    told = source.of(report, gathered.measures["psr.received_rate"])
    assert "court-reports" in str(told["feeds"]).split()
    assert told["last_load"] == "2017-01-05"
    assert source.of(report, None)["feeds"] == ""
    assert PERIOD.start.isoformat() == told["period_from"]
