"""Words that claim what a number says are pointed out where they stand; words that only look so are let be."""

import pytest

from throughcare.report.chapters import FOLDER
from throughcare.report.prose_claims import claims

# words, what of them is the claim
CLAIMED = [
    ("The share rose from {a} to {b}.", "rose"),
    ("Arrests fell by a third.", "fell"),
    ("Most people were men.", "Most"),
    ("Most of the referrals came late.", "Most"),
    ("The majority of referrals were accepted.", "The majority"),
    ("A small minority of cases were open.", "A small minority"),
    ("Reports missed the target.", "missed"),
    ("The target of {=90}% was met.", "target of {=90}% was met"),
    ("Numbers doubled in a year.", "doubled"),
    ("Referrals have increased since July.", "increased"),
    ("The number of reports increased.", "increased"),
    ("There was a rise in the number of cases.", "a rise in"),
    ("Almost all were men.", "Almost all"),
    ("Women were more likely to be sentenced.", "more likely to"),
    ("The share was higher than in 2015.", "higher than"),
    ("More people came than before.", "More people came than"),
    ("The rate went down in March.", "went down"),
    ("Most young men agreed.", "Most"),
    ("mostly men", "mostly"),
    ("Attendance improved by a little.", "improved"),
    ("Below its target all year.", "Below"),
    ("The service met its target.", "met"),
]

LET_BE = [
    "Staff met with the governor.",
    "The panel met monthly.",
    "She met the person at the gate.",
    "He fell ill in March.",
    "They fell out with each other.",
    "A case that fell within the period.",
    "It fell to the officer to tell them.",
    "Officers rose to the challenge.",
    "The most serious offences come first.",
    "Those most likely to reoffend.",
    "The most common reason.",
    "At most a week passes.",
    "What was most useful was time.",
    "It is for those who are most in need of help.",
    "Majority verdicts are not counted.",
    "Minority ethnic people were asked.",
    "The service aims at a reduction in reoffending.",
    "Whether arrests fell is not known.",
    "If numbers rose, more staff would be needed.",
    "A provider declined the referral.",
    "Referrals declined with a reason are counted.",
    "Increased risk was recorded.",
    "Improved information sharing was the aim.",
    "He dropped out of the group.",
    "She grew up in Hackney.",
    "“Most people were glad”, one said.",
    "> Most people were glad.",
    "More than one referral may be open.",
    "People rather than cases are counted.",
    "No more than a week later.",
    "The person's needs were met.",
    "Their needs were met by the mentor.",
    "The number {a vs b:rose}.",
    "Doubled up in a cell, he waited.",
    "Most recently, the hub moved.",
    "The reports are asked for in court.",
    "The referral was declined.",
    "It was declined by the provider.",
    "The hours must be increased.",
    "Who increased his hours in person",
]


@pytest.mark.parametrize(("text", "claim"), CLAIMED)
def test_a_claim_is_pointed_out(text, claim):
    assert [fault.text for fault in claims(text)] == [claim]


@pytest.mark.parametrize("text", LET_BE)
def test_what_only_looks_like_one_is_let_be(text):
    assert claims(text) == ()


def test_it_has_its_line_and_the_place_that_would_give_the_word():
    text = "# Title\n\nThe share rose from {a} to\n{b[total|all]}. Most men did: {c}.\n\n- It met its target: {d}.\n"
    found = [(fault.line, fault.column, fault.text, fault.near) for fault in claims(text)]
    assert found == [
        (3, 11, "rose", ("{b[total|all] vs a:rose}",)), (4, 17, "Most", ("{c:most}",)), (6, 6, "met", ("{d:met}",)),
    ]  # fmt: skip


@pytest.mark.parametrize("chapter", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_no_chapter_of_ours_claims_by_itself(chapter):
    assert claims(chapter.read_text(encoding="utf-8")) == ()
