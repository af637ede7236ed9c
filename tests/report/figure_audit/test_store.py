"""A document against the store: a report's own figures agree with it, and one altered number is found, alone."""

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.report.figure_audit.audited import sides
from throughcare.measures.listing import figures_csv
from throughcare.report.figure_audit.audit import audit
from throughcare.report.figure_audit.reading.markdown import read_markdown
from throughcare.report.figure_audit.reading.table_csv import read_csv
from throughcare.report.figure_audit.telling import as_json

WRONG = "In all, 41% of court reports were delivered within five days."
WRONG_CELL = "| Measure | 2016 |\n| --- | --- |\n| Court reports delivered within five days | 41% |"
TEXTS = (
    WRONG, WRONG_CELL, "In all, 38% of court reports were delivered within five days.",
    "In Camden, 41% of court reports in Camden were delivered within five days.", "It was 41% of court reports.",
    "41 court reports were delivered within five days.", WRONG_CELL.replace("41", "38.2"),
)  # fmt: skip


def altered(text: str, slug: str, column: str, value: str) -> str:
    rows = list(csv.DictReader(io.StringIO(text)))
    row = next(row for row in rows if row["id"] == slug)
    row[column] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("public", [False, True])
def test_the_figures_of_a_report_agree_with_the_store(figures, public):
    document = read_csv(figures_csv(figures(public).results).encode(), "figures.csv")
    assert len(document.figures) > 50
    assert audit(document, figures(False).results) == ()
    assert audit(document) == ()


@pytest.mark.parametrize(("column", "value"), [("value", "41"), ("numerator", "92"), ("denominator", "224")])
def test_one_altered_number_is_found_and_nothing_else(figures, column, value):
    text = altered(figures_csv(figures(False).results), "psr.within_5_days_rate", column, value)
    (alarm,) = audit(read_csv(text.encode(), "figures.csv"), figures(False).results)
    assert alarm.kind == "store" and alarm.what.startswith("psr.within_5_days_rate")
    assert f"{column} {value} is" in alarm.working


def test_without_the_store_a_share_is_held_against_its_counts(figures):
    text = altered(figures_csv(figures(False).results), "psr.within_5_days_rate", "value", "41")
    assert [kind for kind, _, _ in sides(audit(read_csv(text.encode(), "figures.csv")))] == ["figure"]


def test_a_figure_that_no_measure_gives_is_told(figures):
    text = altered(figures_csv(figures(False).results), "psr.within_5_days_rate", "id", "psr.invented")
    (alarm,) = audit(read_csv(text.encode(), "figures.csv"), figures(False).results)
    assert alarm.what.startswith("the store has no figure psr.invented")


def test_prose_is_compared_where_its_words_are_those_of_one_title(figures):
    result = next(r for r in figures(False).results if r.slug == "psr.within_5_days_rate")
    stored = [replace(result, title="Court reports delivered within five days")]
    found = {text: audit(read_markdown(text.encode(), "a.md"), stored) for text in TEXTS}
    assert {text: [(a.kind, a.one.value, a.other.value) for a in told] for text, told in found.items() if told} == {
        WRONG: [("store", "41%", "38")], WRONG_CELL: [("store", "41%", "38")]
    }  # fmt: skip


def test_as_json_each_side_has_its_place_and_words():
    document = read_markdown(b"# Findings\n\nOf them 41% (n=11/28) did.", "a.md")
    told = json.loads(as_json("a.md", audit(document)))
    assert told["document"] == "a.md"
    assert told["alarms"][0]["one"]["section"] == "Findings" and "41% (n=11/28)" in told["alarms"][0]["one"]["words"]
