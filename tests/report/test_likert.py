"""A diverging bar: what it says to who cannot see it, where its sides are, and that a list without sides has none."""

from datetime import date

import pytest

from throughcare.core.pilot import Period
from throughcare.measures.results import Result
from throughcare.report.likert import diverging

SCALE = ("strongly disagree", "disagree", "neutral", "agree", "strongly agree")


def results(numbers: tuple[int, ...], answers: tuple[str, ...] = SCALE) -> list[Result]:
    base = sum(numbers)
    return [
        Result(
            slug="survey.x", group=answer, title="x", value=100 * n / base if base else None, numerator=n, denominator=base,
            cases=base,
            unit="percent", statistic="share", digits=1, period=Period(start=date(2017, 1, 1), end=date(2017, 2, 1)),
            as_at=date(2017, 1, 31), period_note="", note="",
        )
        for answer, n in zip(answers, numbers, strict=True)
    ]  # fmt: skip


def test_it_says_every_share_and_has_a_name():
    drawn = diverging(results((3, 5, 3, 14, 7)), slug="q-1", title="New <partners>")
    assert drawn.startswith("<svg") and 'role="img"' in drawn and "New &lt;partners&gt;" in drawn
    for said in ("strongly disagree 9.4%", "disagree 15.6%", "neutral 9.4%", "agree 43.8%", "strongly agree 21.9%"):
        assert said in drawn
    assert "<script" not in drawn and "style=" not in drawn.partition(">")[0]


@pytest.mark.parametrize("answers", [("under a year", "a year", "longer"), ("a", "b", "c", "d")])
def test_a_list_without_two_sides_has_no_bar(answers):
    assert diverging(results((1,) * len(answers), answers), slug="q", title="x") == ""


def test_nobody_is_no_bar():
    assert diverging(results((0, 0), ("no", "yes")), slug="q", title="x") == ""
