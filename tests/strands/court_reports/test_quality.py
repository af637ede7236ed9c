"""The sample of quality: the same whenever it is drawn, checked by others than the author, counted by item."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strands.conftest import figures_of
from tests.strands.court_reports.conftest import MONDAY, facts, finish
from throughcare.strands.courts.models import QualityCheck, Report
from throughcare.strands.courts.reports import actions as writing
from throughcare.strands.courts.reports.errors import NotChecked
from throughcare.strands.courts.reports.items import ITEMS
from throughcare.strands.courts.reports.measures import MEASURES
from throughcare.strands.courts.reports.quality import actions
from throughcare.strands.courts.reports.quality.draw import drawn, month_before
from throughcare.strands.courts.reports.quality.queries import sample, suggested, to_check

JUNE, JULY = date(2016, 6, 1), date(2016, 7, 4)
MET = dict.fromkeys(ITEMS, "met")
TOLD = {"seed": "pilot", "court": "Thames", "month": JUNE}


@given(st.sets(st.integers(1, 10_000), max_size=40), st.integers(0, 10), st.randoms())
def test_the_draw_is_the_same_in_whatever_order_the_reports_come(reports, many, random):
    shuffled = list(reports)
    random.shuffle(shuffled)
    found = drawn(shuffled, many=many, **TOLD)
    assert found == drawn(sorted(reports), many=many, **TOLD)
    assert len(found) == min(many, len(reports)) and set(found) <= reports


@given(st.sets(st.integers(1, 10_000), min_size=1, max_size=40), st.integers(10_001, 20_000), st.integers(1, 5))
def test_a_report_recorded_later_takes_one_place_at_most_and_leaves_the_order(reports, late, many):
    before, after = drawn(reports, many=many, **TOLD), drawn({*reports, late}, many=many, **TOLD)
    assert [number for number in after if number != late] == list(before[: len(after) - (late in after)])


def test_another_month_court_or_pilot_is_another_draw():
    reports = range(1, 200)
    draws = [drawn(reports, many=5, **{**TOLD, **other})
             for other in ({}, {"month": date(2016, 7, 1)}, {"court": "Highbury Corner"}, {"seed": "other"})]  # fmt: skip
    assert len({tuple(draw) for draw in draws}) == len(draws)


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2016, 7, 1), JUNE), (date(2016, 7, 31), JUNE), (date(2017, 1, 15), date(2016, 12, 1)),
     (date(2016, 3, 31), date(2016, 2, 1))],
)
def test_the_month_before(day, month):
    assert month_before(day) == month


@pytest.fixture
def delivered(draft, case, officer) -> Report:
    """A standard report written by the officer, signed and delivered on Monday 6 June."""
    finish(officer, draft)
    writing.sign(reader=officer, text=draft, known=facts(officer, case), deliver=True)
    return Report.objects.get()


def test_a_written_report_is_drawn_when_its_month_is_over_and_an_oral_one_never(delivered, case, officer):
    assert sample(JUNE) == {"Thames": [delivered.pk]} and sample(date(2016, 7, 1)) == {}
    writing.speak(reader=officer, case=case, known=facts(officer, case))
    assert sample(JUNE) == {"Thames": [delivered.pk]}


def test_nobody_checks_their_own_whatever_else_they_hold(delivered, officer, reader):
    own = replace(officer, day=JULY)
    assert [each.own for each in to_check(own, JUNE)] == [True]
    with pytest.raises(NotChecked, match="own report"):
        actions.check(reader=own, report=delivered, verdicts=MET, note="")
    other = reader("court_officer", place="Thames", day=JULY)
    assert [each.own for each in to_check(other, JUNE)] == [False]
    assert actions.check(reader=other, report=delivered, verdicts=MET, note="Good.").checker == other.account


def test_who_only_wrote_a_section_is_an_author_too(delivered, case, officer, reader):
    colleague = reader("court_officer", place="Thames")
    version = writing.correct(reader=officer, text=delivered.texts.get(), why="the risk")
    found = version.sections.get(slug="risk")
    writing.keep(reader=colleague, section=found.pk, revision=0, body="The colleague's words.", done=True)
    later = reader("court_officer", place="Thames", day=JULY)
    with pytest.raises(NotChecked, match="own report"):
        actions.check(reader=replace(colleague, day=JULY), report=delivered, verdicts=MET, note="")
    actions.check(reader=later, report=delivered, verdicts=MET, note="")


@pytest.mark.parametrize(
    ("day", "verdicts"),
    [(date(2016, 6, 30), MET), (JULY, {**MET, "risk": "perhaps"}), (JULY, {k: v for k, v in MET.items() if k != "risk"})],
    ids=["its month is not over", "no such verdict", "an item left out"],
)
def test_a_check_that_cannot_be_is_refused(delivered, reader, day, verdicts):
    with pytest.raises(NotChecked):
        actions.check(reader=reader("court_officer", place="Thames", day=day), report=delivered, verdicts=verdicts, note="")
    assert not QualityCheck.objects.exists()


def test_a_report_is_checked_once(delivered, reader):
    other = reader("court_officer", place="Thames", day=JULY)
    actions.check(reader=other, report=delivered, verdicts=MET, note="")
    with pytest.raises(NotChecked, match="checked already"):
        actions.check(reader=other, report=delivered, verdicts=MET, note="")


def test_what_the_record_knows_is_suggested(delivered):
    assert suggested(delivered) == {"in_time": "met"}


def test_the_share_of_items_met(delivered, reader):
    """One report checked: four of six items met, so 67%; partly is not met. By item each is 100% or 0%."""
    other = reader("court_officer", place="Thames", day=JULY)
    verdicts = {**MET, "risk": "partly", "requirements": "not"}
    actions.check(reader=other, report=delivered, verdicts=verdicts, note="")
    found = figures_of(MEASURES, "psr.quality_met")
    assert round(found["total"]) == 67
    assert {item for item in ITEMS if found[item] == 0} == {"risk", "requirements"}
    assert figures_of(MEASURES, "psr.quality_checked")["Thames"] == 1.0
    assert delivered.delivered_on == MONDAY
