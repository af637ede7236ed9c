"""What is put in a report from the record: by what is known, and by what its readers may know."""

from datetime import date

import pytest

from tests.strands.court_reports.conftest import MONDAY, facts, rows_of
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.notes.actions import tell_risk
from throughcare.strands.courts import actions as courts
from throughcare.strands.courts.reports.actions import spoken
from throughcare.strands.courts.reports.known import HEALTH, for_all_readers, known
from throughcare.strands.courts.reports.sections import SECTIONS

pytestmark = pytest.mark.django_db

NEVER = ("ntelligence", "Plan ", "MAPPAX", "anger", "onsultation", "Employment", "budget", "Red", "Amber", "MARKSAFETY")


def test_every_section_says_what_is_on_record_on_the_day(case, officer):
    k = facts(officer, case)
    told = {slug: section.prefill(k) for slug, section in SECTIONS.items()}
    assert told["offence"] == "Court: Thames.\nOffence: domestic burglary (code 02800).\nPlea: guilty on 6 June 2016."
    assert "Convicted on 2 days, the first 1 February 2012." in told["history"]  # the one of September is still to come
    assert "- Custody: 1" in told["history"] and "- Community order: 1" in told["history"]
    assert told["supervision"].startswith("On licence, managed by NPS")
    assert "OGRS3 score is" in told["risk"] and "- MAPPA 1" in told["risk"]
    assert "Mentoring: started" in told["services"]
    assert told["health"] == "The person is in contact with the mental-health service."
    assert "No enquiry was made." in told["sources"]
    assert [told[slug] for slug in ("analysis", "proposal", "conclusion")] == ["", "", ""]


def test_nothing_on_record_says_so_and_is_not_invented(load, person_id, officer):
    load({"nps-people": "record_id | person | surname\n1 | A | Brellan"})
    case = courts.open_case(by="officer", person_id=person_id("A"), court="Thames", offence_code="", told_on=MONDAY)
    courts.request_report(by="officer", case_id=case.pk, kind="fast", author="Thames", requested_on=MONDAY)
    k = facts(officer, case)
    assert {slug: section.prefill(k) for slug, section in SECTIONS.items()} == {
        "offence": "Court: Thames.\nPlea: none is on record.", "analysis": "",
        "history": "No conviction before this case is on record.", "supervision": "No supervision is on record today.",
        "risk": "No OGRS3 score can be worked out from what is on record.", "needs": "", "services": "", "health": "",
        "sources": "Written from the case record and what the agencies sent.\nNo enquiry was made.", "proposal": "",
        "conclusion": "",
    }  # fmt: skip


def test_only_what_every_reader_of_the_text_may_see_is_put_in_and_health_in_its_own_section(case, officer):
    tell_risk(reader=officer, person=case.person_id, text="MARKSAFETY", start=date(2016, 5, 1))
    k = facts(officer, case)
    for slug, section in SECTIONS.items():
        told = " ".join((section.prefill(k), *section.spoken(k)))
        assert [word for word in NEVER if word in told] == [], slug
        assert slug == "health" or "health" not in told.lower(), slug


@pytest.mark.parametrize("row", ["clinical", "consultation_advice", "plan_exists", "plan", "plan_suggestions", "rag", "panel",
                                 "employment", "budget", "avoid", HEALTH])  # fmt: skip
def test_a_row_that_one_reader_of_the_text_may_not_see_is_not_for_all(row):
    readers = [role for role in ROLES if policy().cell("court_report_text", role)]
    assert row not in for_all_readers()
    assert any(policy().cell(row, role) is None for role in readers)


@pytest.mark.parametrize(
    ("row", "gone"),
    [
        ("offence_history", ("history",)), ("supervision", ("supervision", "needs")), ("score", ("risk",)), ("risks", ("risk",)),
        ("referrals", ("services",)), ("cohort_membership", ("services",)), (HEALTH, ("health",)), ("budget", ()),
    ],
)  # fmt: skip
def test_a_writer_who_may_not_see_a_row_puts_nothing_of_it_in(case, officer, row, gone):
    """By row taken from the writer, the sections that say something else then; nothing else changes."""
    whole = facts(officer, case)
    less = known(case, officer, rows_of(officer, case) - {row})
    changed = {slug for slug, section in SECTIONS.items() if section.prefill(whole) != section.prefill(less)}
    assert changed <= set(gone)
    assert not gone or changed


def test_the_screen_that_is_spoken_from_has_few_words_and_no_health(case, officer):
    told = spoken(facts(officer, case))
    assert "Health" not in [title for title, _ in told]
    lines = [line for _, few in told for line in few]
    assert lines and all(len(line) <= 90 for line in lines), lines
