"""What letters say can be read at the age of 9 to 11, fits one page, and has no word in it that labels the person."""

from datetime import date
from itertools import product

import pytest

from throughcare.casework.letters import sentences as say
from throughcare.casework.letters.tests.reading import grade, syllables
from throughcare.casework.pilot import current_pilot
from throughcare.core.pilot_work import LABELS, Letters
from throughcare.design.paper import FORMS, as_html, as_page, as_pdf, as_text, in_form, kept, pages, sentences, shown_again
from throughcare.rules.eligibility.decide import LEAVING
from throughcare.rules.eligibility.words import STATUSES

DAY = date(2017, 3, 1)
RING = say.Ring(who="your probation worker", telephone="020 7946 0101")
TEAM = say.Ring(who="the team for your area", telephone="020 7946 0155")
HARDEST = 6.0


def papers():
    """Every letter that there is, with what it is likely to be filled with."""
    pilot = current_pilot()
    offers = [f"{service.offer}." for service in pilot.services if service.offer]
    for because, status, few in product([*say.RISK, "put forward"], STATUSES, (0, 2, len(offers))):
        why = say.why_joined(pilot, because=because, borough="Tower Hamlets", status=status)
        yield say.joined(
            pilot, to="Dear Christopher Featherstonehaugh", day=DAY, since=DAY, why=why, offers=offers[:few], ring=RING, team=TEAM
        )
    for because in (*LEAVING, "something else"):
        yield say.left(pilot, to="Dear Sam Reed", day=DAY, on=DAY, because=because, ring=RING)
    yield say.request_received(pilot, to="Dear Sam Reed", day=DAY, received=DAY, due=DAY, number="7", ring=RING)
    for why in say.LONGER:
        yield say.longer(pilot, to="Dear Sam Reed", day=DAY, due=DAY, why=why, number="7", ring=RING)


def every_sentence() -> set[str]:
    return {sentence for paper in papers() for sentence in paper.sentences}


@pytest.mark.parametrize("word, told", [("cat", 1), ("probation", 3), ("licence", 2), ("guilty", 2), ("asked", 1), ("needed", 2),
                                        ("sentences", 3), ("home", 1), ("people", 2), ("staff", 1)])  # fmt: skip
def test_syllables(word, told):
    assert syllables(word) == told


def test_hard_words_are_found_hard():
    """Else the tests below would find nothing: what the law itself says, and what the rule says to officers."""
    law = "You have the right to obtain confirmation as to whether personal data concerning you are being processed."
    assert grade([law]) > 10
    assert grade(["Managed by the community rehabilitation company, on post-sentence supervision."]) > 10


@pytest.mark.parametrize("form", FORMS)
def test_every_letter_in_every_form_is_at_a_reading_age_of_nine_to_eleven(form):
    grades = [grade(in_form(paper, form).sentences) for paper in papers()]
    assert max(grades) <= HARDEST


def test_no_reason_is_harder_than_the_letter_it_stands_in():
    reasons = [*say.STATUS.values(), *say.RISK.values(), say.PUT_FORWARD, *say.LEFT.values(), say.LEFT_ELSE, *say.LONGER.values(),
               *say.why_joined(current_pilot(), because="score", borough="Hackney", status="pss")]  # fmt: skip
    assert {reason for reason in reasons if grade(sentences(reason)) > HARDEST} == set()


def test_every_status_and_every_reason_to_leave_has_its_sentence():
    assert set(say.STATUS) == set(STATUSES)
    assert set(say.LEFT) == set(LEAVING)


def test_no_letter_has_a_word_that_labels_the_person():
    told = " ".join(as_text(paper) for paper in papers()).lower()
    assert [label for label in LABELS if label in told] == []
    assert [label for label in LABELS if label in current_pilot().letters.own_name.lower()] == []


def test_a_pilot_s_own_name_that_labels_the_person_is_refused():
    with pytest.raises(ValueError, match="a letter would call the person 'offender'"):
        Letters(own_name="Gripping the Offender")


def test_no_letter_tells_of_health_intelligence_or_a_tag_but_that_there_are_staff_for_it():
    told = " ".join(every_sentence()).lower().replace(say.who_sees_what()[-2].lower(), "")
    told = told.replace("tag staff, if you have a tag", "").replace("help with your health", "").replace("health staff", "")
    assert [word for word in ("mental", "health", "intelligence", "plan", "tag ", "police log", "mappa") if word in told] == []


def test_the_letter_says_of_each_kind_of_data_what_the_policy_says():
    told = dict(line.rstrip(".").split(": ", 1) for line in say.who_sees_what())
    assert told["Your health"] == "health staff"
    assert "the police" in told["Your times in court"] and "the police" not in told["Your health"]
    assert "those who give you help" in told["Where you live"] and "those who give you help" not in told["Your score"]


def test_the_plain_letter_is_one_page():
    assert {pages(paper) for paper in papers()} == {1}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_the_same_as_page_as_pdf_and_as_text(form):
    paper = next(papers())
    text = " ".join(as_text(paper, form).split())
    assert all(sentence in text for sentence in paper.sentences)
    page = as_page(paper, form)
    assert all(sentence in page for sentence in paper.sentences) and "http" not in page
    pdf = as_pdf(paper, form)
    assert pdf.startswith(b"%PDF") and b"/StructTreeRoot" in pdf and pdf == as_pdf(paper, form)


def test_what_is_typed_is_never_taken_for_mark_up():
    paper = say.left(current_pilot(), to="Dear <b>*x* #let</b>", day=DAY, on=DAY, because="", ring=RING)
    assert "<b>" not in as_html(paper)
    assert "Dear <b>*x* #let</b>" in as_text(paper)
    assert as_pdf(paper)


def test_easy_read_gives_each_sentence_a_line_of_its_own():
    paper = next(papers())
    easy = in_form(paper, "easy")
    assert all(len(sentences(block.text)) == 1 for block in easy.blocks if block.kind == "words")
    assert easy.sentences == paper.sentences


def test_a_letter_is_shown_again_as_it_was_kept():
    for paper in papers():
        assert shown_again(kept(paper)) == paper
