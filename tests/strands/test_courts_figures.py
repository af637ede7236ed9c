"""The figures of the courts from small extracts, and what a corrected extract changes in them. 6 June 2016 is a Monday."""

from datetime import date

import polars as pl
import pytest

from tests.strands.conftest import figures_of
from throughcare.casework.imports.models import SupersededRow
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Scope
from throughcare.core.pilot import Period
from throughcare.strands.courts import queries
from throughcare.strands.courts.measures import MEASURES

pytestmark = pytest.mark.django_db

# A turns 26 on 10 June 2016; B is 18, C 25 and D 40 throughout.
PEOPLE = """
record_id | person | surname | date_of_birth
1 | A | Brellan | 1990-06-10
2 | B | Corran  | 1998-01-01
3 | C | Dunmore | 1990-12-31
4 | D | Ellery  | 1976-01-01
"""
CASES = """
record_id | person | court           | told_on    | listed_on  | offence_code | no_report_reason
CA        | A      | Thames          | 2016-06-06 | 2016-06-07 | 03900        |
CB        | B      | Thames          |            | 2016-06-01 | 00800        |
CC        | C      | Highbury Corner | 2016-06-03 | 2016-06-02 | 03400        | adjourned
CD        | D      | Thames          | 2016-07-01 |            | 05400        | sentenced_without
"""
PLEAS = """
record_id | case | entered_on | plea       | vacated_on
PA        | CA   | 2016-06-06 | guilty     |
PB1       | CB   | 2016-06-01 | not_guilty |
PB2       | CB   | 2016-06-20 | guilty     |
PC        | CC   | 2016-06-03 | not_guilty |
"""
REPORTS = """
record_id | case | requested_on | delivered_on | kind     | late_reason
RA        | CA   | 2016-06-06   | 2016-06-06   | oral     |
RB        | CB   | 2016-06-20   | 2016-06-26   | fast     | learned_too_late
RC        | CC   | 2016-06-21   |              | standard |
"""
RESULTS = """
record_id | case | sentenced_on | kind      | months | enhanced_activity | enhanced_activity_days
SA1       | CA   | 2016-06-06   | fine      |        | no                |
SA2       | CA   | 2016-06-06   | community | 12     | yes               | 30
SB        | CB   | 2016-06-26   | suspended | 6      | no                |
SD        | CD   | 2016-07-01   | custody   | 4      | no                |
"""
# The last one was before the service began.
ASSESSMENTS = """
record_id | person | court           | kind | carried_out_on
1         | A      | Thames          | DRR  | 2016-06-06
2         | A      | Thames          | ATR  | 2016-06-06
3         | C      | Highbury Corner | DRR  | 2016-02-05
"""
ALL = {
    "nps-people": PEOPLE, "court-cases": CASES, "court-pleas": PLEAS, "court-reports": REPORTS, "court-results": RESULTS,
}  # fmt: skip


def show(slug, *groups):
    found = figures_of(MEASURES, slug)
    return tuple(found[group] for group in groups) if groups else found


def test_a_case_came_to_attention_on_the_earlier_of_told_and_listed(load):
    load(ALL)
    days = dict(queries.cases(as_at=None).select("record", "attention_on").rows())
    assert {name: day.isoformat() for name, day in days.items()} == {
        "CA": "2016-06-06", "CB": "2016-06-01", "CC": "2016-06-02", "CD": "2016-07-01",
    }  # fmt: skip


def test_a_case_with_neither_day_is_kept_in_quarantine(load):
    load({**ALL, "court-cases": CASES.replace("2016-07-01 |", "           |")}, faults=2)
    assert show("psr.cases", "total|all") == (3,)


def test_cases_and_reports_by_court_and_age(load):
    load(ALL)
    assert show("psr.cases") == {
        "Thames|18-25": 2, "Thames|all": 3, "Highbury Corner|18-25": 1, "Highbury Corner|all": 1,
        "total|18-25": 3, "total|all": 4,
    }  # fmt: skip
    assert show("psr.delivered", "Thames|18-25", "Thames|all", "total|all", "Highbury Corner|all") == (2, 2, 2, 0)
    assert show("psr.on_the_day", "total|all") == (1,)
    assert show("psr.within_5_days", "total|all") == (1,)


def test_the_age_is_that_on_the_clock_day_or_where_there_is_none_on_coming_to_attention(load):
    """A turns 26 on 10 June: the case came to attention on the 6th."""
    load({
        **ALL,
        "court-pleas": PLEAS.replace("CA   | 2016-06-06", "CA   | 2016-06-10"),
        "court-reports": REPORTS.replace("CA   | 2016-06-06   | 2016-06-06", "CA   | 2016-06-06   | 2016-06-10"),
    })  # fmt: skip
    assert show("psr.cases", "Thames|18-25", "Thames|all") == (1, 3)
    load({"court-pleas": PLEAS.replace("| guilty     |", "| not_guilty |")})
    assert show("psr.cases", "Thames|18-25", "Thames|all") == (2, 3)


def test_rates(load):
    load(ALL)
    assert show("psr.received_rate") == {"all": 50}
    assert show("psr.within_5_days_rate") == {"all": 50}
    assert show("psr.within_5_days_of_requested") == {"all": 33}
    assert show("psr.pleaded_guilty") == {"all": 50}
    assert show("psr.reports_per_month") == {"all": 0}
    (rate,) = [m for m in MEASURES if m.slug == "psr.within_5_days_rate"]
    assert rate.target == current_pilot().targets.reports_within_days_percent


def test_a_corrected_plea_date_moves_the_clock_and_keeps_the_old_one(load):
    load(ALL)
    assert show("psr.within_5_days_rate") == {"all": 50}
    load({"court-pleas": PLEAS.replace("2016-06-20", "2016-06-21")})
    assert show("psr.within_5_days_rate") == {"all": 100}
    assert [row.values for row in SupersededRow.objects.all()] == ['["PB2", "CB", "2016-06-20", "guilty", ""]']


def test_a_corrected_delivery_moves_the_figure(load):
    load(ALL)
    load({"court-reports": REPORTS.replace("2016-06-26   | fast     | learned_too_late", "2016-06-20   | fast     |")})
    assert show("psr.on_the_day", "total|all") == (2,)
    assert show("psr.within_5_days_rate") == {"all": 100}


def test_a_vacated_plea_stops_the_clock_and_a_new_one_starts_it_anew(load):
    vacated = PLEAS.replace("2016-06-20 | guilty     |", "2016-06-20 | guilty     | 2016-06-22")
    load({**ALL, "court-pleas": vacated})
    assert queries.reports().filter(record="RB").select("clock_on", "within_limit").rows() == [(None, False)]
    assert show("psr.pleaded_guilty") == {"all": 25}
    load({"court-pleas": vacated + "PB3 | CB | 2016-06-24 | guilty |\n"})
    assert queries.reports().filter(record="RB")["days"].to_list() == [2]
    assert show("psr.pleaded_guilty") == {"all": 50}


def test_days_from_plea_to_report(load):
    load(ALL)
    assert queries.delivered().select("record", "days", "working_days").rows() == [("RA", 0, 0), ("RB", 6, 4)]
    assert show("psr.days_median", "total") == (3,)
    assert show("psr.days_mean", "Thames", "Highbury Corner") == (3, None)
    assert show("psr.working_days_median", "total") == (2,)
    assert show("psr.late_reasons", "learned_too_late", "sent_to_crown", "total") == (1, 0, 1)


def test_offences_by_published_group(load):
    """03900 is theft, 00800 violence, 03400 robbery, 05400 handling stolen goods: none of the three."""
    load(ALL)
    assert [show(f"psr.offence_{name}") for name in ("theft", "violence", "burglary_robbery")] == [{"all": 25}] * 3


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("03900", "theft"), ("04500", "theft"), ("00800", "violence"), ("02800", "burglary or robbery"),
        ("03000", "burglary or robbery"), ("03400", "burglary or robbery"), ("05400", "other"), ("04800", "other"),
        ("99999", "other"),
    ],
)  # fmt: skip
def test_the_published_group_of_an_offence(code, group):
    """Handling stolen goods (05400) and taking a vehicle (04800) are not theft; nor is a code that nobody knows."""
    assert pl.DataFrame({"code": [code]}).select(queries.offence_group(pl.col("code"))).item() == group


def test_mean_age(load):
    load(ALL)
    assert show("psr.age_mean") == {"all": 27}  # 25, 18, 25 and 40


def test_reasons_for_no_report_are_of_the_cases_without_one(load):
    load(ALL)
    assert show("psr.no_report_adjourned") == {"of the 2 without a report": 50}
    assert show("psr.no_report_sentenced_without") == {"of the 2 without a report": 50}
    assert show("psr.no_report_committed_to_crown") == {"of the 2 without a report": 0}


def test_a_case_with_several_sentences_counts_by_the_most_severe(load):
    load(ALL)
    assert dict(queries.cases(as_at=None).select("record", "sentence").rows()) == {
        "CA": "community", "CB": "suspended", "CC": "none", "CD": "custody",
    }  # fmt: skip
    assert show("sentence.community_or_suspended") == {"with a report": 100, "without a report": 0}
    assert show("sentence.custody") == {"with a report": 0, "without a report": 100}


def test_a_report_delivered_after_the_sentence_was_not_before_the_court(load):
    load({**ALL, "court-results": RESULTS.replace("SB        | CB   | 2016-06-26", "SB        | CB   | 2016-06-25")})
    assert show("sentence.community_or_suspended") == {"with a report": 100, "without a report": 50}


def test_what_young_people_with_a_report_were_sentenced_to(load):
    load(ALL)
    assert show("psr.enhanced_requirement") == {
        "eligible": 2, "enhanced activity requirement": 1, "community or suspended order without it": 1, "custody": 0, "fine": 0,
    }  # fmt: skip
    load({"court-results": RESULTS.replace("yes               | 30", "no                |   ")})
    assert show("psr.enhanced_requirement", "enhanced activity requirement", "community or suspended order without it") == (0, 2)


def test_a_requirement_on_a_fine_is_kept_in_quarantine(load):
    load({**ALL, "court-results": RESULTS.replace("fine      |        | no", "fine      |        | yes")}, faults=1)


def test_assessments_by_court(load):
    load({**ALL, "court-assessments": ASSESSMENTS})
    assert show("psr.drr_atr_assessments") == {"Thames": 2, "Highbury Corner": 0, "total": 2}


def test_cases_of_a_court_that_the_service_does_not_run_in_do_not_count(load):
    load({**ALL, "court-cases": CASES.replace("Highbury Corner", "Stratford")})
    assert show("psr.cases", "total|all") == (3,)


# What had come of the cases by the day before `end`.
@pytest.mark.parametrize(
    ("end", "received", "guilty", "delivered"),
    [
        (date(2016, 6, 6), 0, 0, 0),     # B and C came to attention, neither has pleaded guilty
        (date(2016, 6, 7), 33, 33, 1),   # A on the 6th: told, pleaded and reported on
        (date(2016, 6, 21), 33, 67, 1),  # B's plea of the 20th stands; its report is still to come
        (date(2016, 6, 27), 67, 67, 2),  # delivered on the 26th
    ],
)  # fmt: skip
def test_a_period_does_not_know_what_came_after_it(load, end, received, guilty, delivered):
    load(ALL)
    period = Period(start=date(2016, 2, 6), end=end)
    assert figures_of(MEASURES, "psr.received_rate", period) == {"all": received}
    assert figures_of(MEASURES, "psr.pleaded_guilty", period) == {"all": guilty}
    assert figures_of(MEASURES, "psr.delivered", period)["total|all"] == delivered


def test_sentences_and_shares_without_a_report_are_as_at_the_end_of_the_period(load):
    load(ALL)
    until = {day: Period(start=date(2016, 2, 6), end=date(2016, 6, day)) for day in (6, 26, 27)}
    shown = {day: figures_of(MEASURES, "sentence.community_or_suspended", period) for day, period in until.items()}
    assert shown[6] == {"with a report": None, "without a report": None}
    assert shown[26] == shown[27] == {"with a report": 100, "without a report": None}
    without = [figures_of(MEASURES, "psr.no_report_adjourned", period) for period in until.values()]
    assert without == [
        {"of the 2 without a report": 50}, {"of the 2 without a report": 50}, {"of the 1 without a report": 100},
    ]  # fmt: skip
    assert queries.cases(as_at=date(2016, 6, 25))["sentence"].to_list() == ["community", "none", "none", "none"]


def test_a_plea_vacated_later_stood_until_then(load):
    load({**ALL, "court-pleas": PLEAS.replace("PA        | CA   | 2016-06-06 | guilty     |",
                                              "PA        | CA   | 2016-06-06 | guilty     | 2016-06-10")})  # fmt: skip
    stood = {day: queries.cases(as_at=date(2016, 6, day)).filter(record="CA")["pleaded_guilty"].item() for day in (5, 6, 9, 10)}
    assert stood == {5: False, 6: True, 9: True, 10: False}


def test_a_report_that_comes_after_the_period_was_not_in_time_in_it(load):
    load({**ALL, "court-reports": REPORTS.replace("2016-06-26   | fast     | learned_too_late", "2016-06-24   | fast     |")})
    within = [
        figures_of(MEASURES, "psr.within_5_days_of_requested", Period(start=date(2016, 2, 6), end=date(2016, 6, day)))["all"]
        for day in (24, 25)
    ]
    assert within == [33, 67]  # three asked for by then: A's, B's and C's


def scope():
    return Scope(pilot=current_pilot(), period=Period(start=date(2016, 2, 6), end=date(2017, 1, 1)), as_at=date(2016, 12, 31))


def test_delivered_reports_are_use_of_the_service(load, person_id):
    load(ALL)
    assert queries.service_use(scope()).rows() == [
        (person_id("A"), "court_reports", date(2016, 6, 6)), (person_id("B"), "court_reports", date(2016, 6, 26)),
    ]  # fmt: skip


def test_all_in_order_gives_no_finding(load, join):
    load(ALL)
    join("ABCD")
    assert queries.findings(scope()) == ()


def test_what_does_not_fit_together_is_found(load, join):
    load({
        **ALL,
        "court-cases": CASES.replace("2016-06-07 | 03900        |", "2016-06-07 | 03900        | other"),
        "court-pleas": PLEAS.replace("PA        | CA   | 2016-06-06", "PA        | CA   | 2016-06-07"),
        "court-reports": REPORTS.replace("learned_too_late", "                "),
    })  # fmt: skip
    join("ABCD")
    assert [(f.slug, f.group, f.records) for f in queries.findings(scope())] == [
        ("courts.no_clock", "Thames", ("RA",)),
        ("courts.late_without_reason", "Thames", ("RB",)),
        ("courts.report_and_reason", "Thames", ("CA",)),
    ]


def test_a_case_is_for_a_member_or_for_somebody_eligible_that_day(load, join):
    """A left on the day of the case, B joined the day after; neither has a record by which the rule finds them eligible."""
    load(ALL)
    join("CD")
    join("A", end=date(2016, 6, 6))
    join("B", start=date(2016, 6, 2))
    (finding,) = queries.findings(scope())
    assert (finding.slug, finding.group, finding.records) == ("courts.not_for_the_service", "Thames", ("CA", "CB"))


def test_somebody_eligible_who_is_no_member_may_have_a_case(load, join):
    """B of 18 has eleven convictions of theft, an order that runs and a home in Hackney; the twelfth comes after the case."""
    load({
        **ALL,
        "nps-people": "record_id | person | surname | date_of_birth | sex\n2 | B | Corran | 1998-01-01 | M",
        "nps-addresses": "record_id | person | borough | start\n1 | B | Hackney | 2000-01-01",
        "nps-supervision": "record_id | person | kind | start\n1 | B | community | 2016-01-10",
        "police-convictions": "record_id | person | convicted_on | offence_code | principal | disposal\n" + "\n".join(
            f"{n} | B | {2011 + n // 2}-{1 + 6 * (n % 2):02d}-10 | 03900 | yes | conviction" for n in range(12)),
    })  # fmt: skip
    join("ACD")
    assert queries.findings(scope()) == ()


@pytest.mark.parametrize("written", ["THAMES", "thames", " Thames ", "Thames"])
def test_a_court_is_known_however_it_is_written(load, written):
    load({**ALL, "court-cases": CASES.replace("Thames", written)})
    assert show("psr.cases", "Thames|all", "total|all") == (3, 4)


def test_a_court_that_the_pilot_does_not_have_is_a_finding(load, join):
    load({
        **ALL,
        "court-cases": CASES.replace("Thames          | 2016-07-01", "Tharnes         | 2016-07-01"),
        "court-lists": "record_id | person | court | hearing_on | received_on\nL1 | A | Highbury | 2016-06-08 | 2016-06-07",
        "court-assessments": ASSESSMENTS.replace("Thames          | ATR", "Tharnes         | ATR"),
    })  # fmt: skip
    join("ABCD")
    assert [(f.slug, f.group, f.records) for f in queries.findings(scope())] == [
        ("courts.unknown_court", "Highbury", ("L1",)), ("courts.unknown_court", "Tharnes", ("2", "CD")),
    ]  # fmt: skip
