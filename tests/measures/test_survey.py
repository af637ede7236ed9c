"""The figures of the survey of September 2016, from an extract that fits what its evaluation prints."""

from datetime import date

import pytest

from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.strands.surveys.actions import record_response
from throughcare.strands.surveys.measures import MEASURES
from throughcare.strands.surveys.queries import latest
from throughcare.strands.surveys.tests.wave import PRINTED, TABLE_4, load, responses, write
from throughcare.strands.surveys.waves import wave

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))

pytestmark = pytest.mark.django_db


def figures(period: Period = PERIOD) -> dict[tuple[str, str], tuple]:
    pilot = current_pilot()
    found = [r for m in MEASURES for r in calculate(m, pilot=pilot, period=period)]
    return {(r.slug, r.group): (r.numerator, r.denominator, None if r.shown is None else str(r.shown)) for r in found}


def test_the_figures_of_september_2016(tmp_path):
    load(write(tmp_path, responses()))
    told = figures()
    assert told["survey.n", "all"] == (44, None, "44")
    assert {slug: told[f"survey.{slug}", "all"][:2] for slug in PRINTED} == PRINTED
    percent = {"partners_new": "66", "impact_now": "39", "impact_own_work": "70", "potential_reoffending": "84"}
    assert {slug: told[f"survey.{slug}", "all"][2] for slug in percent} == percent


@pytest.mark.parametrize(
    ("question", "n", "shown"),
    [
        ("partners_new", 32, ["9.4", "15.6", "9.4", "43.8", "21.9"]),
        ("partners_existing", 30, ["3.3", "16.7", "30.0", "36.7", "13.3"]),
        ("understand_agencies", 33, ["6.1", "27.3", "15.2", "39.4", "12.1"]),
    ],
)
def test_table_4(tmp_path, question, n, shown):
    load(write(tmp_path, responses()))
    rows = [(g, v) for (slug, g), v in figures().items() if slug == f"survey.table4.{question}"]
    assert [g for g, _ in rows] == ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"]
    assert [v for _, v in rows] == [(k, n, s) for k, s in zip(TABLE_4[question], shown, strict=True)]


def test_no_answer_and_not_applicable_are_not_in_the_base(tmp_path):
    rows = responses()[:5]
    for row, code in zip(rows, ("agree", "neutral", "not_applicable", "no_answer", ""), strict=True):
        row["impact_now"] = code
    load(write(tmp_path, rows))
    assert figures()["survey.impact_now", "all"] == (1, 2, "50")
    assert figures()["survey.n", "all"][0] == 5


def test_a_response_typed_in_counts_like_one_of_the_extract():
    record_response(by="evaluator", wave="2016-09", group="provider", organisation="Pact", answered_on=date(2016, 9, 5),
                    answers={"can_sequence": "agree", "feel_involved": "not_applicable"})  # fmt: skip
    told = figures()
    assert (told["survey.n", "all"][0], told["survey.can_sequence", "all"][:2]) == (1, (1, 1))
    assert told["survey.feel_involved", "all"] == (0, 0, None)


def test_a_period_before_the_wave_has_no_answers(tmp_path):
    load(write(tmp_path, responses()))
    told = figures(Period(start=date(2016, 2, 6), end=date(2016, 9, 1)))
    assert told["survey.n", "all"][0] == 0
    assert told["survey.impact_now", "all"] == (0, 0, None)
    assert latest(date(2016, 9, 1), date(2016, 9, 2)) == wave("2016-09")
