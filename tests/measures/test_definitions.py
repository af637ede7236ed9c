"""The definition of each figure: as it stands in the list with its reason, in words and in code that read."""

from dataclasses import replace
from datetime import date
from functools import partial

import polars as pl
import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Axis, Group, Measure
from throughcare.measures.all_measures import all_measures
from throughcare.measures.definitions import Entry, definitions, digest_of, entries, fresh, owner_of, plain, rule_of

TODAY = date(2026, 1, 5)
MEND = 'say why: `python docs/definitions.py --reason "why"`, then `make docs`, and commit what they write'


def rows(scope, kind="late"):
    """A row a report, on the day of delivery."""
    return pl.DataFrame({"on": [], "kind": kind})


def others(scope, kind="late"):
    # what is laid out otherwise, with a comment and no docstring, gives the same
    return pl.DataFrame(
        {"on": [], "kind": kind},
    )


MEASURE = Measure(
    slug="psr.delivered", title="Reports", why="", unit="reports", statistic="count", rows=rows,
    counted=pl.col("court") == "Thames", definition="Reports by the day of delivery",
)  # fmt: skip


def test_every_definition_is_the_last_of_the_list():
    lacking = fresh(all_measures(), entries(), on=TODAY, reason="")
    assert [entry.slug for entry in lacking] == [], MEND


def test_the_list_is_in_order_and_every_change_has_its_reason():
    for slug, history in entries().items():
        assert [entry.on for entry in history] == sorted(entry.on for entry in history), slug
        assert all(entry.reason.strip() for entry in history), slug


def kept(measure: Measure) -> dict[str, tuple[Entry, ...]]:
    return {e.slug: (e,) for e in fresh([measure], {}, on=date(2025, 1, 1), reason="first")}


@pytest.mark.parametrize(
    ("changed", "is_other"),
    [
        ({}, False),
        ({"title": "Reports delivered"}, False),
        ({"why": "What the service is for"}, False),
        ({"counted": pl.col("court") == "Highbury Corner"}, True),
        ({"hit": pl.col("late"), "statistic": "share"}, True),
        ({"target": 90}, True),
        ({"window": "summer"}, True),
        ({"definition": "Reports by the day of the plea"}, True),
        ({"axes": (Axis(column="court", known="courts", total="total"),)}, True),
        ({"rows": partial(rows, kind="early")}, True),
        ({"rows": lambda scope: pl.DataFrame({"on": [1]})}, True),
    ],
)
def test_what_is_another_definition(changed, is_other):
    found = fresh([replace(MEASURE, **changed)], kept(MEASURE), on=TODAY, reason="why")
    assert [(e.slug, e.on, e.reason) for e in found] == ([("psr.delivered", TODAY, "why")] if is_other else [])


def test_layout_comments_and_docstrings_are_no_change():
    named = {"__name__": "rows", "__qualname__": "rows"}
    same = replace(MEASURE, rows=others)
    for name, value in named.items():
        setattr(others, name, value)
    others.__doc__ = rows.__doc__
    assert "delivery" in dict(rule_of(same))["a row"]
    assert digest_of(replace(MEASURE, rows=rows)) != digest_of(replace(MEASURE, rows=lambda scope: pl.DataFrame()))


def test_a_new_measure_and_one_that_is_no_more_have_an_entry():
    (new,) = fresh([MEASURE], {}, on=TODAY, reason="asked for")
    assert (new.words, new.code.partition("; ")[2]) == (
        "Reports by the day of delivery", 'counted: (court == "Thames"); figure: count',
    )  # fmt: skip
    (gone,) = fresh([], kept(MEASURE), on=TODAY, reason="nobody asks for it")
    assert (gone.slug, gone.digest) == ("psr.delivered", "")
    assert fresh([], {"psr.delivered": (gone,)}, on=TODAY, reason="") == [], "it is told once"


@pytest.mark.parametrize(
    ("expression", "reads"),
    [
        (pl.col("court") == "Thames", '(court == "Thames")'),
        (pl.col("days") > 5, "(days > 5)"),
        (~pl.col("enhanced"), "enhanced.not()"),
        (pl.col("status").is_in(["licence", "pss"]) & pl.col("late"), '(status.is_in("licence", "pss") & late)'),
        (pl.col("on").is_between(1, 5) | pl.col("on").is_null(), "(on.is_between(1, 5) | on.is_null())"),
        (pl.lit(value=True), "true"),
    ],
)
def test_an_expression_reads_without_its_marks(expression, reads):
    assert plain(expression) == reads


def test_who_answers_for_a_figure():
    """The providers of its service; where there are none, those who do its work; else the pilot's manager."""
    pilot = current_pilot()
    asked = ("building_bridges", "court_reports", "")
    assert [owner_of(service, pilot) for service in asked] == ["Pact", "Court officer", "Pilot manager"]


def test_the_catalogue_has_every_measure_with_its_rule_and_history():
    told = definitions(all_measures(), pilot=current_pilot())
    assert {d.measure.slug for d in told} == {m.slug for m in all_measures()}
    assert all(d.owner and d.feeds and d.when and d.history and dict(d.rule)["counted"] for d in told)
    grouped = replace(MEASURE, axes=(Axis(groups=(Group(label="late", where=pl.col("days") > 5),)),))
    assert ("group", "late: (days > 5)") in rule_of(grouped)
