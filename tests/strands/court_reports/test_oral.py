"""The oral report: asked for and delivered in one act, with what the screen said, and taken back as a whole."""

from datetime import timedelta

import pytest

from tests.strands.court_reports.conftest import MONDAY, facts
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import Report, ReportText
from throughcare.strands.courts.reports import actions, errors

pytestmark = pytest.mark.django_db


def test_one_that_nobody_asked_for_is_asked_for_and_delivered_in_one_act(case, officer):
    report = actions.speak(reader=officer, case=case, known=facts(officer, case))
    assert (report.kind, report.requested_on, report.delivered_on) == ("oral", MONDAY, MONDAY)
    (text,) = report.texts.all()
    assert "Convicted on 2 days" in text.head and text.signer == officer.account


def test_the_one_asked_for_is_delivered(case, officer):
    asked = courts.request_report(by="desk", case_id=case.pk, kind="oral", author="Thames", requested_on=MONDAY)
    assert actions.speak(reader=officer, case=case, known=facts(officer, case)).pk == asked.pk


def test_late_without_a_reason_nothing_is_recorded(case, reader):
    officer = reader("court_officer", place="Thames", day=MONDAY + timedelta(days=10))
    with pytest.raises(courts.ReportRefused):
        actions.speak(reader=officer, case=case, known=facts(officer, case))
    assert not Report.objects.exists() and not ReportText.objects.exists()
    actions.speak(reader=officer, case=case, known=facts(officer, case), late_reason="learned_too_late")
    assert Report.objects.get().late_reason == "learned_too_late"


@pytest.mark.parametrize("asked", [True, False])
def test_taken_back_it_is_as_if_it_had_not_been(case, officer, asked):
    if asked:
        courts.request_report(by="desk", case_id=case.pk, kind="oral", author="Thames", requested_on=MONDAY)
    before = list(Report.objects.values())
    report = actions.speak(reader=officer, case=case, known=facts(officer, case))
    actions.take_back(reader=officer, report=report)
    assert list(Report.objects.values()) == before and not ReportText.objects.exists()
    actions.speak(reader=officer, case=case, known=facts(officer, case))  # and it can be given anew


def test_another_or_another_day_takes_nothing_back(case, officer, reader):
    report = actions.speak(reader=officer, case=case, known=facts(officer, case))
    others = (reader("court_officer", place="Thames"), reader("court_officer", place="Thames", day=MONDAY + timedelta(days=1)))
    for other in others:
        with pytest.raises(errors.NotTakenBack):
            actions.take_back(reader=other, report=report)
    assert Report.objects.get().delivered_on == MONDAY


def test_a_written_report_that_was_asked_for_is_not_given_orally(case, officer):
    courts.request_report(by="desk", case_id=case.pk, kind="standard", author="Thames", requested_on=MONDAY)
    with pytest.raises(errors.NotToBeWritten):
        actions.speak(reader=officer, case=case, known=facts(officer, case))
