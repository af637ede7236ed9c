"""Enquiries: asked, chased, answered, taken back; what waits on Today; and what is counted of them, in small worked tables."""

from datetime import date, timedelta

import pytest

from tests.strands.conftest import figures_of
from tests.strands.court_reports.conftest import MONDAY
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.models import CourtCase, Enquiry
from throughcare.strands.courts.record import held_about, timeline
from throughcare.strands.courts.reports.enquiries import actions
from throughcare.strands.courts.reports.errors import EnquiryRefused
from throughcare.strands.courts.reports.measures import MEASURES
from throughcare.strands.courts.strand import STRAND
from throughcare.strands.courts.tasks import tasks

pytestmark = pytest.mark.django_db

FRIDAY = MONDAY + timedelta(days=4)


def ask(reader, case, whom="iom_unit", on=MONDAY):
    return actions.ask(reader=reader, case=case, whom=whom, question="How does he do?", on=on)


def answer(reader, enquiry, on=MONDAY, words="Well.", nothing_known=False):
    return actions.answer(reader=reader, enquiry=enquiry, on=on, words=words, nothing_known=nothing_known)


REFUSED = [
    ("of somebody whom the pilot does not ask", lambda r, c: ask(r, c, whom="the press")),
    ("on a day to come", lambda r, c: ask(r, c, on=FRIDAY)),
    ("while one to them is open", lambda r, c: (ask(r, c), ask(r, c))),
    ("answered before it was asked", lambda r, c: answer(r, ask(r, c), on=MONDAY - timedelta(days=1))),
    ("answered tomorrow", lambda r, c: answer(r, ask(r, c), on=FRIDAY)),
    ("answered with nothing", lambda r, c: answer(r, ask(r, c), words=" ")),
    ("answered with words and that nothing is known", lambda r, c: answer(r, ask(r, c), nothing_known=True)),
    ("chased when it is answered", lambda r, c: actions.chase(reader=r, enquiry=answer(r, ask(r, c)))),
    ("taken back when it is answered", lambda r, c: actions.withdraw(reader=r, enquiry=answer(r, ask(r, c)))),
]


@pytest.mark.parametrize(("why", "deed"), REFUSED, ids=[why for why, _ in REFUSED])
def test_what_cannot_be_is_refused(case, officer, why, deed):
    with pytest.raises(EnquiryRefused):
        deed(officer, case)


def test_one_taken_back_is_on_record_and_they_can_be_asked_anew(case, officer):
    actions.withdraw(reader=officer, enquiry=ask(officer, case))
    ask(officer, case)
    assert sorted(Enquiry.objects.values_list("withdrawn", flat=True)) == [False, True]
    assert [e.words for e in timeline(case.person_id) if e.kind == "enquiry"] == ["Enquiry before a court report: Iom unit"]


def test_an_answer_is_given_to_the_person_after_a_decision_alone_and_is_not_on_the_timeline(case, officer):
    answer(officer, ask(officer, case), words="SAIDOFANOTHER")
    held = held_about(case.person_id)
    assert STRAND.for_decision["Enquiries before court reports"] == "third_party"
    tables = [table for table, rows in held.items() if "SAIDOFANOTHER" in str(rows)]
    assert tables == ["Enquiries before court reports"]
    assert "SAIDOFANOTHER" not in str(timeline(case.person_id))


@pytest.mark.parametrize(
    ("day", "answered", "told"),
    [(MONDAY, False, False), (FRIDAY - timedelta(days=1), False, False), (FRIDAY, False, True), (FRIDAY, True, False)],
    ids=["the day asked", "the day before the last working day", "the last working day", "answered"],
)
def test_it_waits_on_today_from_the_last_working_day_of_the_report(case, reader, officer, day, answered, told):
    """A plea on Monday 6 June: five days end on Saturday, so Friday is the last working day."""
    courts.request_report(by="desk", case_id=case.pk, kind="fast", author="Thames", requested_on=MONDAY)
    asked = ask(officer, case)
    if answered:
        answer(officer, asked)
    found = [t.words for t in tasks(reader("court_officer", place="Thames", day=day)) if t.kind == "Enquiries not back"]
    assert found == (["IOM unit: asked on 6 June 2016, and the report is due"] if told else [])
    elsewhere = tasks(reader("court_officer", place="Highbury Corner", day=day))
    assert [t for t in elsewhere if t.kind == "Enquiries not back"] == []


# A row a report delivered on Friday: what was asked on Monday, and on which day it came back.
BACK = [
    ("nothing was asked: in no base", {}, None),
    ("one, back before", {"iom_unit": 8}, 100),
    ("one, back on the day of delivery", {"iom_unit": 10}, 100),
    ("one, back the day after", {"iom_unit": 11}, 0),
    ("one, never back", {"iom_unit": None}, 0),
    ("two, one back", {"iom_unit": 8, "offender_manager": None}, 0),
    ("two, both back", {"iom_unit": 8, "offender_manager": 9}, 100),
]


@pytest.mark.parametrize(("why", "asked", "share"), BACK, ids=[row[0] for row in BACK])
def test_delivered_with_all_enquiries_back(case, reader, officer, why, asked, share):
    report = courts.request_report(by="desk", case_id=case.pk, kind="fast", author="Thames", requested_on=MONDAY)
    late = reader("court_officer", place="Thames", day=date(2016, 6, 30))
    for whom, day in asked.items():
        enquiry = ask(officer, case, whom)
        if day:
            answer(late, enquiry, on=date(2016, 6, day))
    courts.deliver_report(by="desk", report_id=report.pk, on=FRIDAY)
    assert figures_of(MEASURES, "psr.enquiries_back")["all"] == share


def test_an_enquiry_made_after_the_delivery_or_by_mistake_counts_for_nothing(case, reader, officer):
    report = courts.request_report(by="desk", case_id=case.pk, kind="fast", author="Thames", requested_on=MONDAY)
    actions.withdraw(reader=officer, enquiry=ask(officer, case))
    courts.deliver_report(by="desk", report_id=report.pk, on=FRIDAY)
    late = reader("court_officer", place="Thames", day=date(2016, 6, 30))
    ask(late, CourtCase.objects.get(), on=date(2016, 6, 20))
    assert figures_of(MEASURES, "psr.enquiries_back")["all"] is None


def test_turnaround_is_the_median_by_whom(case, reader):
    """IOM unit: 2 and 6 days, so 4. Offender manager: 1. All three: 2. The one not answered has no turnaround."""
    late = reader("court_officer", place="Thames", day=date(2016, 6, 30))
    for whom, day in (("iom_unit", 8), ("iom_unit", 12), ("offender_manager", 7)):
        answer(late, ask(late, case, whom), on=date(2016, 6, day))
    ask(late, case, "childrens_services")
    assert figures_of(MEASURES, "psr.enquiry_days_median") == {
        "Police call-outs": None, "Children's services": None, "IOM unit": 4.0, "Offender manager": 1.0, "total": 2.0,
    }  # fmt: skip
