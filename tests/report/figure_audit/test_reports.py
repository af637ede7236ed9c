"""Whole reports of other services, in other words: every planted contradiction is found, and none where there is none."""

import csv
from pathlib import Path

import pytest

from tests.report.figure_audit.audited import sides
from throughcare.report.figure_audit.audit import audit
from throughcare.report.figure_audit.reading import read

HERE = Path(__file__).parent / "reports"
SHARED = Path(__file__).parents[4] / "shared" / "reference"
LONDON = SHARED / "gto-interim-evaluation-2017.txt"
BRIDGEWAY = {
    ("percentage", "65%", "24 of 40"), ("percentage", "9.0%", "n=25"), ("spoken share", "more than three quarters", "68%"),
    ("spoken share", "Nearly half", "21 of 40"), ("parts of a whole", "143", "88 + 31 + 22 + 12"), ("total", "116", "115"),
    ("hundred", "105.0%", "100%"), ("part above whole", "39", "40"), ("overlap", "34", "30"),
    ("two values", "83", "Seventy-nine"),
    ("mean", "96", "3.1"), ("change", "40%", "21 to 14"), ("direction", "fell", "20, 24, 23, 21"),
    ("direction", "less likely", "31% against 24%"), ("two dates", "9 September 2019", "16 September 2019"),
}  # fmt: skip
HARBOUR = {
    ("percentage", "64%", "45 of 75"), ("spoken share", "Around a quarter", "34%"), ("parts of a whole", "260", "150 + 70 + 38"),
    ("total", "216", "226"), ("two values", "58", "63"), ("change", "increased", "48 to 41"),
    ("direction", "rose", "remained stable"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "planted"), [("bridgeway-with-faults.md", BRIDGEWAY), ("harbour-with-faults.txt", HARBOUR)])
def test_every_planted_contradiction_is_found_and_nothing_else(name, planted):
    found = sides(audit(read(HERE / name)))
    assert {(kind, *sorted((one, other))) for kind, one, other in found} == {(kind, *sorted((a, b))) for kind, a, b in planted}
    assert len(found) == len(planted)


@pytest.mark.parametrize("name", ["bridgeway-without.md", "harbour-without.txt"])
def test_a_report_that_agrees_with_itself_is_quiet(name):
    assert sides(audit(read(HERE / name))) == []


# For each row of the published list that the audit finds: (topic as the list has it, one value, the other).
ROWS = [
    ("mentoring referrals accepted", "Eighty-two", "86"), ("mentoring clients seen", "48", "49"),
    ("mentoring clients seen", "Forty-four", "49"), ("mentoring completed", "three", "4"),
    ("employment referrals", "Seventy-one", "70"),
    ("enhanced activity requirement of the 37 young men with a report", "37", "12 + 19 + 9 + 1"),
    ("share of the cohort managed by CRC", "67%", "73%"), ("survey: new partners", "21.3%", "n=32"),
    ("survey: positive impact on working with prolific offenders", "35%", "11 of 28"),
    ("survey: potential to impact their work", "69%", "23 of 33"), ("survey: new partners", "65%", "21 of 32"),
    ("plans received above plans requested", "5", "6"), ("plans received above plans requested", "0", "4"),
    ("mean mentoring referrals a month before September", "4.5", "5 months"),
    ("GPS tagging starts", "13th March 2017", "1st March 2017"),
    ("mental health: direct interventions", "24", "46"), ("plans received above plans requested", "33", "36"),
    ("plans received above plans requested", "9", "10"), ("plans received above plans requested", "17", "18"),
    ("plans received above plans requested", "101", "110"), ("survey table 4 row 1", "90.1%", "100%"),
    ("referrals for young men over four months", "increased", "been maintained"),
    ("North West London: days quicker", "12 days quicker", "21 to 6, 39 to 36"),
    ("North West London: offences or convictions", "20441", "49"), ("offenders or cases", "947", "947"),
    ("providers able to sequence", "almost two thirds", "6 of 10"), ("overlap of Right Track and TIGER", "40", "36"),
]  # fmt: skip


@pytest.mark.skipif(not LONDON.exists(), reason="the published report is not beside this copy")
def test_of_the_published_report_27_of_30_listed_contradictions_are_found_with_one_alarm_more():
    found = {frozenset((one, other)) for _, one, other in sides(audit(read(LONDON)))}
    with (SHARED / "published_contradictions.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["topic"] for row in csv.DictReader(file)]
    assert len(listed) == 30 and sorted(topic for topic, _, _ in ROWS) == sorted(
        t for t in listed if t in dict.fromkeys(r[0] for r in ROWS)
    )
    assert [row for row in ROWS if frozenset(row[1:]) not in found] == []
    assert found - {frozenset(row[1:]) for row in ROWS} == {frozenset(("Forty-eight", "48"))}
