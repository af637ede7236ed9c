"""A case's clock through corrections, adjournments, transfers and committals; misses; outcomes. 6 June 2016 is a Monday."""

from datetime import date

import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.audit.models import Entry
from throughcare.core.pilot import Home
from throughcare.strands.courts import actions, models, queries, record
from throughcare.strands.courts.actions import ReportRefused, SentenceRefused
from throughcare.strands.courts.cases import actions as in_case
from throughcare.strands.courts.cases.history import history
from throughcare.strands.courts.cases.queries import misses_without_reason, outcomes_to_confirm, recent, standings
from throughcare.strands.courts.cases.view import view_of
from throughcare.strands.courts.outcomes import actions as of_outcome
from throughcare.strands.courts.strand import STRAND

pytestmark = pytest.mark.django_db

# A is a man of 20 on 6 June 2016, B a man of 40.
PEOPLE = """
record_id | person | surname | date_of_birth | sex
1 | A | Brellan | 1996-01-01 | M
2 | B | Corran  | 1976-01-01 | M
"""
CASES = """
record_id | person | court  | told_on    | listed_on | offence_code | no_report_reason
CA        | A      | Thames | 2016-06-06 |           | 03900        |
"""
RESULT = """
record_id | case | sentenced_on | kind      | months | {0}
SA        | CA   | 2016-06-20   | community | 12     | {1}
"""


def june(day: int) -> date:
    return date(2016, 6, day)


def result(columns: str = "unpaid_work", cells: str = "yes", **changed: str) -> str:
    told = RESULT.format(columns, cells)
    for old, new in changed.items():
        told = told.replace(old, new)
    return told


@pytest.fixture
def case(load):
    load({"nps-people": PEOPLE, "court-cases": CASES})
    return models.CourtCase.objects.get()


@pytest.fixture
def report(case):
    actions.enter_plea(by="officer", case_id=case.pk, plea="guilty", entered_on=june(6))
    return actions.request_report(by="officer", case_id=case.pk, kind="fast", author="post", requested_on=june(6))


def standing(day: date):
    (found,) = standings(recent(day), day)
    return found


def lines(case, day: int = 30) -> list[tuple[int, str, str]]:
    return [(line.on.day, line.what, line.clock) for line in history(case, as_at=june(day))]


def test_the_state_of_the_report_follows_the_case(case):
    assert standing(june(6)).state == "no_clock"
    actions.enter_plea(by="o", case_id=case.pk, plea="guilty", entered_on=june(6))
    assert standing(june(6)).state == "needed"
    report = actions.request_report(by="o", case_id=case.pk, kind="fast", author="post", requested_on=june(7))
    assert (standing(june(6)).state, standing(june(7)).state) == ("needed", "requested")
    actions.start_report(by="o", report_id=report.pk, on=june(8))
    assert standing(june(8)).state == "in_progress"
    actions.record_no_report(by="o", case_id=case.pk, reason="adjourned")
    assert standing(june(8)).state == "not_needed"
    assert queries.clocks_running(june(8)) == []
    in_case.needed_after_all(by="o", case_id=case.pk)
    actions.deliver_report(by="o", report_id=report.pk, on=june(9))
    assert (standing(june(9)).state, standing(june(9)).clock) == ("delivered", None)
    in_case.take_back_delivery(by="o", report_id=report.pk)
    assert standing(june(9)).state == "in_progress" and standing(june(9)).alerts.last == june(10)


def test_a_corrected_plea_moves_the_clock_and_the_old_day_stays_in_history(case):
    plea = actions.enter_plea(by="officer", case_id=case.pk, plea="guilty", entered_on=june(6))
    in_case.correct_plea(by="second", plea_id=plea.pk, plea="guilty", entered_on=june(8), vacated_on=None,
                         why="misheard", on=june(9))  # fmt: skip
    assert standing(june(9)).clock_on == june(8)
    assert lines(case) == [
        (8, "Pleaded guilty", "The clock starts: day 0"),
        (9, "A plea was corrected: misheard", "Until then it was: pleaded guilty on 6 June 2016"),
    ]
    (kept,) = record.held_about(case.person_id)["Corrections of pleas"]
    assert (kept["entered_on"], kept["by"]) == (june(6), "second")


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({}, "Nothing is corrected"),
        ({"entered_on": june(8), "why": " "}, "needs its reason"),
        ({"vacated_on": june(5)}, "not vacated before"),
        ({"plea": "perhaps"}, "no plea"),
    ],
)
def test_a_correction_that_cannot_be(case, told, because):
    plea = actions.enter_plea(by="o", case_id=case.pk, plea="guilty", entered_on=june(6))
    asked = {"plea": "guilty", "entered_on": june(6), "vacated_on": None, "why": "misheard"} | told
    with pytest.raises(actions.PleaRefused, match=because):
        in_case.correct_plea(by="o", plea_id=plea.pk, on=june(9), **asked)
    assert not models.PleaCorrection.objects.exists()


def test_a_vacation_corrected_away_may_not_leave_two_pleas_of_guilt(case):
    first = actions.enter_plea(by="o", case_id=case.pk, plea="guilty", entered_on=june(6))
    actions.vacate_plea(by="o", plea_id=first.pk, on=june(8))
    second = actions.enter_plea(by="o", case_id=case.pk, plea="guilty", entered_on=june(10))
    with pytest.raises(actions.PleaRefused, match="stands already"):
        in_case.correct_plea(by="o", plea_id=first.pk, plea="guilty", entered_on=june(6), vacated_on=None, why="x", on=june(11))
    in_case.plea_by_mistake(by="o", plea_id=second.pk, why="another's", on=june(11))
    in_case.correct_plea(by="o", plea_id=first.pk, plea="guilty", entered_on=june(6), vacated_on=None, why="x", on=june(11))
    assert standing(june(11)).clock_on == june(6)
    assert (10, "Pleaded guilty: entered by mistake, it never stood", "") in lines(case)


def test_a_plea_corrected_by_its_agency_keeps_the_old_day_in_history(load, case):
    told = "record_id | case | entered_on | plea\nPA | CA | {0} | guilty"
    load({"court-pleas": told.format("2016-06-06")})
    load({"court-pleas": told.format("2016-06-08")})
    assert standing(june(9)).clock_on == june(8)
    (line,) = [line for line in history(case, as_at=date.max) if "extract" in line.what]
    assert line.clock == "Until then it was: pleaded guilty on 6 June 2016"


def test_a_plea_typed_here_that_the_extract_tells_too_is_one_plea(load, case):
    actions.enter_plea(by="o", case_id=case.pk, plea="guilty", entered_on=june(6))
    load({"court-pleas": "record_id | case | entered_on | plea\nPA | CA | 2016-06-06 | guilty"})
    (plea,) = models.Plea.objects.all()
    assert plea.source is not None


def test_a_report_begun_here_stays_begun_when_its_extract_changes(load, case):
    told = "record_id | case | requested_on | kind | author\nRA | CA | 2016-06-06 | fast | {0}"
    load({"court-reports": told.format("one")})
    actions.start_report(by="o", report_id=models.Report.objects.get().pk, on=june(7))
    load({"court-reports": told.format("two")})
    (report,) = models.Report.objects.all()
    assert (report.author, report.started_on) == ("two", june(7))


def test_adjournment_transfer_and_committal_leave_the_clock_running_and_its_history_whole(case, report):
    before = standing(june(8))
    in_case.record_event(by="o", case_id=case.pk, kind="adjourned", on=june(7), until=june(21))
    in_case.record_event(by="o", case_id=case.pk, kind="transferred", on=june(8), court="Highbury Corner")
    moved = in_case.record_event(by="o", case_id=case.pk, kind="committed", on=june(9), court="Snaresbrook Crown Court")
    after = standing(june(9))
    assert (after.clock.clock_on, after.alerts) == (before.clock.clock_on, before.alerts)
    in_case.take_back_event(by="second", event_id=moved.pk, on=june(10))
    assert lines(case, 10) == [
        (6, "Pleaded guilty", "The clock starts: day 0"),
        (6, "Fast report asked for", ""),
        (7, "Adjourned to Tuesday 21 June 2016", "The clock runs on"),
        (8, "Transferred to Highbury Corner", "The clock runs on"),
        (9, "Committed to Snaresbrook Crown Court", ""),
        (10, "Taken back: Committed to Snaresbrook Crown Court", ""),
    ]
    with pytest.raises(in_case.EventRefused, match="already"):
        in_case.take_back_event(by="o", event_id=moved.pk, on=june(10))


# transferred to | Thames answers for it | Highbury Corner does
ANSWER = """
                | yes | no
Highbury Corner | no  | yes
Stratford       | yes | no
"""


@pytest.mark.parametrize("line", ANSWER.strip("\n").splitlines())
def test_a_transferred_case_is_the_courts_where_it_is_and_nobody_elses_if_the_service_is_not_there(case, report, line):
    court, thames, highbury = (cell.strip() for cell in line.split("|"))
    if court:
        in_case.record_event(by="o", case_id=case.pk, kind="transferred", on=june(7), court=court)
    for name, answers in (("Thames", thames), ("Highbury Corner", highbury)):
        assert bool(queries.clocks_running(june(8), [name])) is (answers == "yes")


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "adjourned"}, {"kind": "adjourned", "until": june(7)}, {"kind": "transferred"},
        {"kind": "committed", "court": " "}, {"kind": "transferred", "court": "Thames"}, {"kind": "lost"},
    ],
)  # fmt: skip
def test_an_event_that_cannot_be(case, told):
    with pytest.raises(in_case.EventRefused):
        in_case.record_event(by="o", case_id=case.pk, on=june(7), **told)


def test_a_miss_waits_for_its_reason_from_the_day_after_day_five(case, report):
    """Day 5 of a Monday's plea is Saturday 11 June."""
    assert misses_without_reason(["Thames"], june(11)) == []
    assert misses_without_reason(["Thames"], june(12)) == [report]
    with pytest.raises(ReportRefused, match="not late"):
        in_case.record_late_reason(by="o", report_id=report.pk, reason="assessment", text="", as_at=june(11))
    with pytest.raises(ReportRefused, match="needs words"):
        in_case.record_late_reason(by="o", report_id=report.pk, reason="other", text=" ", as_at=june(12))
    in_case.record_late_reason(by="o", report_id=report.pk, reason="other", text="Fire alarm", as_at=june(12))
    assert misses_without_reason(["Thames"], june(12)) == []
    actions.deliver_report(by="o", report_id=report.pk, on=june(13))
    assert queries.reports().select("late_reason", "days").rows() == [("other", 7)]
    assert (12, "The last day was missed: another reason: Fire alarm", "Day 6, counted from 6 June 2016") in lines(case)


def test_other_needs_words_at_delivery_too(case, report):
    with pytest.raises(ReportRefused, match="needs words"):
        actions.deliver_report(by="o", report_id=report.pk, on=june(13), late_reason="other")


def test_what_is_not_needed_any_more_misses_nothing(case, report):
    actions.record_no_report(by="o", case_id=case.pk, reason="committed_to_crown")
    assert misses_without_reason(["Thames"], june(20)) == []


def test_misses_are_counted_from_the_miss_with_and_without_a_reason(load, case, report):
    assert figures_of(STRAND.measures, "psr.misses")["total"] == 1
    assert figures_of(STRAND.measures, "psr.misses_without_reason") == {"all": 100}
    in_case.record_late_reason(by="o", report_id=report.pk, reason="assessment", text="", as_at=june(12))
    assert figures_of(STRAND.measures, "psr.misses_without_reason") == {"all": 0}
    assert figures_of(STRAND.measures, "psr.miss_reasons")["assessment"] == 100


def test_what_the_courts_results_bring_is_to_be_confirmed_once(load, case, report):
    load({"court-results": result()})
    (sentence,) = outcomes_to_confirm(["Thames"], june(21))
    of_outcome.confirm_outcome(by="officer", sentence_id=sentence.pk, on=june(21))
    assert outcomes_to_confirm(["Thames"], june(21)) == []
    assert outcomes_to_confirm(["Highbury Corner"], june(21)) == []


def test_what_the_court_corrects_after_it_was_confirmed_is_to_be_confirmed_anew(load, case, report):
    load({"court-results": result()})
    (sentence,) = outcomes_to_confirm(["Thames"], june(21))
    of_outcome.confirm_outcome(by="officer", sentence_id=sentence.pk, on=june(21))
    load({"court-results": result(community="suspended")})
    (again,) = outcomes_to_confirm(["Thames"], june(21))
    assert (again.pk, again.kind) == (sentence.pk, "suspended")


def test_a_corrected_outcome_is_not_overwritten_and_what_was_said_is_kept(load, case, report):
    load({"court-results": result()})
    (sentence,) = outcomes_to_confirm(["Thames"], june(21))
    check = of_outcome.correct_outcome(
        by="officer", sentence_id=sentence.pk, kind="suspended", sentenced_on=june(20), months=6,
        requirements={"enhanced_activity": 30, "electronic_monitoring": None}, on=june(21),
    )  # fmt: skip
    assert '"kind": "community"' in check.was and '"unpaid_work": null' in check.was
    assert outcomes_to_confirm(["Thames"], june(21)) == []
    load({"court-results": result("unpaid_work | curfew", "yes | yes")})
    sentence.refresh_from_db()
    assert (sentence.kind, sentence.months) == ("suspended", 6)
    assert sorted(sentence.requirements.values_list("kind", flat=True)) == ["electronic_monitoring", "enhanced_activity"]
    assert [s.pk for s in outcomes_to_confirm(["Thames"], june(21))] == [sentence.pk], "the court still says otherwise"


# typed | what the results bring | to confirm
TYPED = [
    ({"kind": "community", "on": june(20), "months": 12}, result(), False),
    ({"kind": "suspended", "on": june(20), "months": 12}, result(), True),
    ({"kind": "community", "on": june(21), "months": 12}, result(), True),
]


@pytest.mark.parametrize(("typed", "brought", "confirm"), TYPED)
def test_a_sentence_typed_here_is_held_against_the_results_as_one_sentence(load, case, report, typed, brought, confirm):
    actions.sentence(by="o", case_id=case.pk, requirements={"unpaid_work": None}, **typed)
    load({"court-results": brought})
    (sentence,) = models.CaseSentence.objects.all()
    assert (sentence.kind, sentence.requirements.count()) == (typed["kind"], 1)
    assert bool(outcomes_to_confirm(["Thames"], june(25))) is confirm


def test_where_the_results_have_come_nothing_is_typed_beside_them(load, case, report):
    load({"court-results": result()})
    with pytest.raises(SentenceRefused, match="have brought"):
        actions.sentence(by="o", case_id=case.pk, on=june(20), kind="fine")


def test_where_the_pilot_file_keeps_results_elsewhere_none_is_typed_here(case, report, monkeypatch):
    pilot = actions.current_pilot()
    elsewhere = pilot.model_copy(update={"homes": {**pilot.homes, "court_cases": Home(system="Libra")}})
    monkeypatch.setattr(actions, "current_pilot", lambda: elsewhere)
    with pytest.raises(actions.UserError, match="never typed here"):
        actions.sentence(by="o", case_id=case.pk, on=june(20), kind="fine")
    assert not models.CaseSentence.objects.exists()


def test_the_enhanced_requirement_was_open_and_not_given_and_why(case, report, join):
    """A is a man of 20 and a member; a service under the requirement runs since 25 April 2016."""
    join("A")
    actions.sentence(by="o", case_id=case.pk, on=june(20), kind="community", requirements={"rehabilitation_activity": 20})
    view = view_of(case, june(20))
    assert view.enhanced.met and view.asks_why_not_enhanced and view.days_ordered == 20
    assert figures_of(STRAND.measures, "ear.not_imposed")["no reason recorded"] == 1
    with pytest.raises(of_outcome.OutcomeRefused, match="needs words"):
        of_outcome.record_not_enhanced(by="o", case_id=case.pk, reason="other")
    of_outcome.record_not_enhanced(by="o", case_id=case.pk, reason="not_proposed")
    shown = figures_of(STRAND.measures, "ear.not_imposed")
    assert (shown["not_proposed"], shown["no reason recorded"], shown["total"]) == (1, 0, 1)
    assert figures_of(STRAND.measures, "ear.imposed_rate") == {"all": 0}


def test_it_is_open_to_nobody_outside_the_cohort_or_older(load, case, report, join):
    actions.sentence(by="o", case_id=case.pk, on=june(20), kind="community")
    assert not view_of(case, june(20)).enhanced.met
    assert figures_of(STRAND.measures, "ear.open")["open to them"] == 0
    with pytest.raises(of_outcome.OutcomeRefused, match="cannot be done"):
        of_outcome.record_days_done(by="o", case_id=case.pk, days=1, on=june(21))


def test_days_done_of_days_ordered(case, report):
    actions.sentence(by="o", case_id=case.pk, on=june(20), kind="community", requirements={"enhanced_activity": 30})
    with pytest.raises(of_outcome.OutcomeRefused):
        of_outcome.record_days_done(by="o", case_id=case.pk, days=31, on=june(25))
    of_outcome.record_days_done(by="o", case_id=case.pk, days=12, on=june(25))
    assert figures_of(STRAND.measures, "ear.days_done") == {"all": 40}
    with pytest.raises(of_outcome.OutcomeRefused, match="No reason"):
        of_outcome.record_not_enhanced(by="o", case_id=case.pk, reason="no_place")


def test_every_change_is_in_the_audit_without_what_was_typed(case, report):
    plea = models.Plea.objects.get()
    in_case.correct_plea(by="o", plea_id=plea.pk, plea="guilty", entered_on=june(5), vacated_on=None, why="MARKWHY", on=june(9))
    in_case.record_late_reason(by="o", report_id=report.pk, reason="other", text="MARKTEXT", as_at=june(12))
    verbs = list(Entry.objects.filter(person_id=case.person_id).order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["courts.correct_plea", "courts.record_late_reason"]
    assert not any("MARK" in details for details in Entry.objects.values_list("details", flat=True))
