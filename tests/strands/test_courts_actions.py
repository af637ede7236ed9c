"""What court officers do, in the order in which it can be done. 6 June 2016 is a Monday."""

from datetime import date

import pytest

from throughcare.casework.audit.actions import recording
from throughcare.casework.audit.queries import about_person
from throughcare.casework.cohort.models import Membership
from throughcare.strands.courts import actions, models, queries, record

pytestmark = pytest.mark.django_db

PEOPLE = "record_id | person | surname\n1 | A | Brellan\n2 | B | Corran"
MONDAY, FRIDAY, SUNDAY, LATE = date(2016, 6, 6), date(2016, 6, 10), date(2016, 6, 12), date(2016, 6, 20)


@pytest.fixture
def case(load, person_id):
    load({"nps-people": PEOPLE})
    return actions.open_case(by="officer", person_id=person_id("A"), court="Thames", offence_code="03900", told_on=MONDAY)


@pytest.fixture
def report(case):
    return actions.request_report(by="officer", case_id=case.pk, kind="oral", author="Thames court officer", requested_on=MONDAY)


def plead(case, on=MONDAY, plea="guilty"):
    return actions.enter_plea(by="officer", case_id=case.pk, plea=plea, entered_on=on)


def assess(case, kind):
    actions.record_assessment(by="officer", person_id=case.person_id, court="Thames", kind=kind, carried_out_on=FRIDAY)


def test_a_case_from_coming_to_attention_to_sentence(case, report, person_id):
    plead(case)
    actions.deliver_report(by="officer", report_id=report.pk, on=MONDAY)
    actions.sentence(
        by="officer", case_id=case.pk, on=MONDAY, kind="community", months=12,
        requirements={"enhanced_activity": 30, "curfew": None},
    )  # fmt: skip
    assert [entry.verb for entry in about_person(person_id("A"))] == [
        "courts.open_case", "courts.request_report", "courts.enter_plea", "courts.deliver_report", "courts.sentence",
    ]  # fmt: skip
    assert queries.reports().select("days", "on_the_day", "within_limit").rows() == [(0, True, True)]
    assert queries.cases(as_at=None).select("sentence", "enhanced", "with_report").rows() == [("community", True, True)]
    assert [entry.words for entry in record.timeline(person_id("A"))] == [
        "Case at Thames came to attention", "Guilty at Thames", "Oral report asked for", "Oral report delivered",
        "Community, 12 months",
    ]  # fmt: skip
    held = {title: len(rows) for title, rows in record.held_about(person_id("A")).items()}
    assert {title: number for title, number in held.items() if number} == {
        "Court cases": 1, "Pleas": 1, "Court reports": 1,
        "Sentences in court cases": 1, "Requirements of those sentences": 2,
    }  # fmt: skip


def test_a_case_needs_a_day_and_a_court_of_the_service(load, person_id):
    load({"nps-people": PEOPLE})
    told = {"by": "officer", "person_id": person_id("A"), "offence_code": "03900"}
    with pytest.raises(actions.CaseRefused, match="never came to attention"):
        actions.open_case(**told, court="Thames")
    with pytest.raises(actions.CaseRefused, match="does not run"):
        actions.open_case(**told, court="Stratford", told_on=MONDAY)


def test_a_second_plea_of_guilt_needs_the_first_vacated(case):
    first = plead(case)
    with pytest.raises(actions.PleaRefused, match="stands already"):
        plead(case, on=FRIDAY, plea="found_guilty")
    actions.vacate_plea(by="officer", plea_id=first.pk, on=FRIDAY)
    plead(case, on=LATE)
    assert queries.cases(as_at=None)["clock_on"].to_list() == [LATE]


def test_a_plea_is_vacated_once_and_not_before_it_was_entered(case):
    plea = plead(case, on=FRIDAY)
    with pytest.raises(actions.PleaRefused):
        actions.vacate_plea(by="officer", plea_id=plea.pk, on=MONDAY)
    actions.vacate_plea(by="officer", plea_id=plea.pk, on=SUNDAY)
    with pytest.raises(actions.PleaRefused):
        actions.vacate_plea(by="officer", plea_id=plea.pk, on=SUNDAY)


def test_a_report_is_delivered_once_and_not_before_it_was_asked_for(case, report):
    plead(case)
    with pytest.raises(actions.ReportRefused):
        actions.deliver_report(by="officer", report_id=report.pk, on=date(2016, 6, 5))
    actions.deliver_report(by="officer", report_id=report.pk, on=MONDAY)
    with pytest.raises(actions.ReportRefused):
        actions.deliver_report(by="officer", report_id=report.pk, on=MONDAY)


def test_a_second_report_waits_for_the_first(case, report):
    with pytest.raises(actions.ReportRefused, match="already"):
        actions.request_report(by="officer", case_id=case.pk, kind="fast", author="post", requested_on=FRIDAY)


def test_the_reason_for_a_miss_is_recorded_at_the_miss(case, report):
    plead(case)
    with pytest.raises(actions.ReportRefused, match="more than 5 days"):
        actions.deliver_report(by="officer", report_id=report.pk, on=SUNDAY)
    with pytest.raises(actions.ReportRefused, match="does not fit"):
        actions.deliver_report(by="officer", report_id=report.pk, on=FRIDAY, late_reason="failed_to_attend")
    actions.deliver_report(by="officer", report_id=report.pk, on=SUNDAY, late_reason="failed_to_attend")
    assert queries.reports().select("days", "working_days", "late_reason").rows() == [(6, 4, "failed_to_attend")]


def test_a_reason_for_no_report_gives_way_to_a_report(case, report):
    plead(case)
    actions.record_no_report(by="officer", case_id=case.pk, reason="adjourned")
    assert queries.cases(as_at=None)["no_report_reason"].to_list() == ["adjourned"]
    actions.deliver_report(by="officer", report_id=report.pk, on=MONDAY)
    assert queries.cases(as_at=None)["no_report_reason"].to_list() == [""]
    with pytest.raises(actions.ReportRefused, match="has a report"):
        actions.record_no_report(by="officer", case_id=case.pk, reason="adjourned")


def test_nobody_is_sentenced_before_guilt_is_settled(case):
    plead(case, plea="not_guilty")
    with pytest.raises(actions.SentenceRefused, match="guilt"):
        actions.sentence(by="officer", case_id=case.pk, on=FRIDAY, kind="fine")
    plead(case, on=FRIDAY, plea="found_guilty")
    with pytest.raises(actions.SentenceRefused, match="no requirements"):
        actions.sentence(by="officer", case_id=case.pk, on=FRIDAY, kind="fine", requirements={"curfew": None})
    actions.sentence(by="officer", case_id=case.pk, on=FRIDAY, kind="fine")
    assert queries.cases(as_at=None)["sentence"].to_list() == ["fine"]


@pytest.mark.parametrize(
    "act",
    [
        lambda case: plead(case, plea="no plea"),
        lambda case: actions.request_report(by="o", case_id=case.pk, kind="long", author="post", requested_on=MONDAY),
        lambda case: actions.record_no_report(by="o", case_id=case.pk, reason="rain"),
        lambda case: actions.sentence(by="o", case_id=case.pk, on=MONDAY, kind="exile"),
        lambda case: assess(case, "MHT"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_those_that_are(case, act):
    with pytest.raises(actions.UserError, match="expected one of"):
        act(case)


def test_an_assessment_is_recorded(case):
    assess(case, "ATR")
    assert queries.assessments().select("court", "kind", "on").rows() == [("Thames", "ATR", FRIDAY)]


def test_clocks_that_run_those_due_first_first(case, report, person_id):
    plead(case, on=FRIDAY)
    other = actions.open_case(by="officer", person_id=person_id("B"), court="Thames", offence_code="03900", told_on=MONDAY)
    plead(other)
    asked = actions.request_report(by="officer", case_id=other.pk, kind="fast", author="post", requested_on=MONDAY)
    found = [(r.pk, clock.days, clock.due_on, clock.overdue) for r, clock in queries.clocks_running(SUNDAY)]
    assert found == [(asked.pk, 6, date(2016, 6, 11), True), (report.pk, 2, date(2016, 6, 15), False)]
    assert queries.clocks_running(date(2016, 6, 5)) == []


def test_a_case_opened_from_the_list_came_to_attention_with_the_list(load, person_id):
    load({
        "nps-people": PEOPLE,
        "court-lists": "record_id | person | court | hearing_on | received_on\n1 | A | Thames | 2016-06-10 | 2016-06-09",
    })  # fmt: skip
    listed = models.ListEntry.objects.get()
    case = actions.open_case_from_list(by="officer", entry_id=listed.pk, offence_code="03900")
    assert (case.person_id, case.court, case.listed_on) == (person_id("A"), "Thames", date(2016, 6, 9))
    assert queries.cases(as_at=None)["attention_on"].to_list() == [date(2016, 6, 9)]


def test_the_list_match_gives_the_members_on_that_courts_list_for_that_day(load, person_id):
    """A is a member until 10 June; B never was; C is a member and on another day's list."""
    load({
        "nps-people": PEOPLE + "\n3 | C | Dunmore",
        "court-lists": """
            record_id | person | court           | hearing_on | received_on
            1         | A      | Thames          | 2016-06-09 | 2016-06-08
            2         | B      | Thames          | 2016-06-09 | 2016-06-08
            3         | C      | Thames          | 2016-06-10 | 2016-06-08
            4         | A      | Highbury Corner | 2016-06-09 | 2016-06-08
        """,
    })  # fmt: skip
    with recording(by="test", verb="test.cohort"):
        for letter, end in (("A", FRIDAY), ("C", None)):
            Membership(person_id=person_id(letter), start=MONDAY, end=end, borough="Hackney").save()
    thursday = date(2016, 6, 9)
    found = queries.list_matches("Thames", thursday, as_at=thursday)
    assert found.select("person", "received_on").rows() == [(person_id("A"), date(2016, 6, 8))]
    assert queries.list_matches("Thames", thursday, as_at=FRIDAY).is_empty()


def test_a_report_is_begun_once_and_keeps_its_first_day(report):
    begun = actions.start_report(by="officer", report_id=report.pk, on=FRIDAY)
    again = actions.start_report(by="another", report_id=report.pk, on=LATE)
    assert (begun.started_on, again.started_on) == (FRIDAY, FRIDAY)


def test_a_report_is_begun_neither_before_it_was_asked_for_nor_after_its_delivery(case, report):
    with pytest.raises(actions.ReportRefused, match="cannot be begun"):
        actions.start_report(by="officer", report_id=report.pk, on=date(2016, 6, 5))
    plead(case)
    actions.deliver_report(by="officer", report_id=report.pk, on=MONDAY)
    with pytest.raises(actions.ReportRefused, match="cannot be begun"):
        actions.start_report(by="officer", report_id=report.pk, on=FRIDAY)
