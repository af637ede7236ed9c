"""Results written down for a terminal, as CSV and as rows."""

import csv
import io
from datetime import date

import polars as pl
import pytest

from throughcare.core.contracts import TOTAL, Axis, Finding, Measure
from throughcare.core.pilot import Period
from throughcare.measures import all_measures as gathering
from throughcare.measures.calculate import calculate_all
from throughcare.measures.disclosure import suppress
from throughcare.measures.findings import counted
from throughcare.measures.listing import as_csv, as_rows, as_text, figures_csv

ROWS = pl.DataFrame({"borough": ["Camden"] * 11 + ["Hackney"] * 7, "young": [True] * 6 + [False] * 12}).with_columns(
    on=pl.date(2016, 5, 1)
)


def made(**fields: object) -> Measure:
    told = {"title": "X", "why": "", "unit": "people", "statistic": "count", "rows": lambda scope: ROWS}
    return Measure(**(told | fields))


@pytest.fixture
def results(pilot, period):
    measures = (
        made(slug="size", axes=TOTAL),
        made(slug="young", statistic="share", unit="percent", hit=pl.col("young"), target=90, service="court_reports"),
        made(slug="none", counted=pl.col("borough") == "Newham", statistic="share", hit=pl.col("young")),
    )
    return calculate_all(measures, pilot=pilot, period=period, by=("borough",))


def test_the_file_of_figures_has_one_row_a_figure_and_group(results):
    assert list(csv.reader(io.StringIO(figures_csv(results)))) == [
        ["id", "group", "value", "unit", "numerator", "denominator", "suppressed"],
        ["size", "total", "18", "people", "18", "", ""],
        ["young", "all", "33.333333333", "percent", "6", "18", ""],
        ["none", "all", "", "people", "0", "0", ""],
    ]


def test_rows_have_a_column_a_breakdown_and_say_what_was_cut(results):
    rows = as_rows(results)
    assert list(rows[0]) == [
        "id", "group", "borough", "value", "unit", "numerator", "denominator", "target", "suppressed", "note",
    ]  # fmt: skip
    assert [r["value"] for r in rows if r["id"] == "size"] == [18, 11, 7, 0]
    assert [r["borough"] for r in rows if r["id"] == "size"] == [None, "Camden", "Hackney", "Newham"]
    young = next(r for r in rows if r["id"] == "young")
    assert (young["target"], young["note"]) == (90, "from 6 February 2016, when the service began")
    assert next(r for r in rows if r["id"] == "none")["note"] == "nothing to work it out from"
    assert len(list(csv.reader(io.StringIO(as_csv(results))))) == len(rows) + 1


def test_a_suppressed_figure_is_empty_and_says_why(pilot, period):
    measure = made(slug="old", counted=~pl.col("young"), axes=(Axis(column="borough", known="boroughs"),))
    few = made(slug="few", counted=pl.col("young") & (pl.int_range(pl.len()) < 3))
    rows = as_rows(suppress(calculate_all((measure, few), pilot=pilot, period=period), smallest=5))
    told = {(r["id"], r["group"]): (r["value"], r["numerator"], r["suppressed"]) for r in rows}
    assert told["old", "Newham"] == (0, 0, "")
    assert told["few", "all"] == (None, None, "fewer than 5, or would let a number under 5 be worked out")


def test_a_terminal_sees_values_as_published(results):
    header, rule, size, *rest = as_text(results).splitlines()
    assert header.split()[:4] == ["id", "group", "borough", "value"]
    assert set(rule) == {"-", " "}
    assert size.split() == ["size", "total", "18", "people", "18"]
    assert any(line.split()[:3] == ["young", "all", "33"] for line in rest)
    assert as_text([]) == "no figures\n"


def test_findings_are_figures_too():
    year = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))
    found = Finding(slug="no_request", title="Plans without a request", group="Newham", records=("P1", "P2"), mend="ask")
    (result,) = counted([found], period=year, as_at=date(2016, 12, 31))
    assert (result.slug, result.group, result.value, result.unit) == ("finding.no_request", "Newham", 2, "records")
    assert [r.value for r in suppress([result], smallest=5)] == [None]


@pytest.mark.django_db
def test_a_figure_has_one_definition(monkeypatch):
    assert len({m.slug for m in gathering.all_measures()}) == len(gathering.all_measures())
    monkeypatch.setattr(gathering, "measures", lambda: (made(slug="overlap.pair"), made(slug="size")))
    with pytest.raises(gathering.DeclaredTwice, match=r"overlap\.pair"):
        gathering.all_measures()
