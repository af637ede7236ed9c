"""A pair in words: for a reader who is no statistician, and true to the numbers."""

from math import log2

import pytest

from throughcare.linkage.explain import BEFORE, decision, explain, odds

LEVELS = {"name": ("similar", 7.3), "date_of_birth": ("same", 13.9), "sex": ("same", 0.5), "crn": ("different", -4.9)}


def test_the_parts_begin_before_comparing_and_add_up_to_the_whole():
    told = explain(LEVELS, prior=1 / 10_000)
    assert [part.slug for part in told.parts] == [BEFORE, "name", "date_of_birth", "sex", "crn"]
    assert told.parts[0].weight == pytest.approx(log2(1 / 9_999))
    assert [part.start for part in told.parts[1:]] == [part.end for part in told.parts[:-1]], "each begins where one ends"
    assert told.total == pytest.approx(sum(part.weight for part in told.parts)) == told.parts[-1].end


def test_each_part_says_what_was_compared_how_it_agrees_and_how_much_that_says():
    told = {part.title: (part.words, part.says) for part in explain(LEVELS, prior=1 / 10_000).parts}
    assert told == {
        "Before comparing": ("of all pairs of records, one in 10,000 is of one person", "very strongly against one person"),
        "Name": ("forename and surname are nearly the same, as by a slip of the pen", "strongly for one person"),
        "Date of birth": ("the date of birth is the same", "very strongly for one person"),
        "Sex": ("the sex is the same", "says nearly nothing"),
        "CRN": ("the CRN is different", "clearly against one person"),
    }


ODDS = [
    (0.9, "It is about as likely that they are one person as that they are two."),
    (1.0, "The odds are about 2 to one that they are one person."),
    (8.5, "The odds are about 360 to one that they are one person."),
    (14.0, "The odds are about 16,000 to one that they are one person."),
    (20.0, "The odds are about 1 million to one that they are one person."),
    (60.0, "The odds are more than a thousand million to one that they are one person."),
    (-10.0, "The odds are about 1,000 to one that they are two people."),
]


@pytest.mark.parametrize(("weight", "sentence"), ODDS)
def test_what_a_weight_comes_to(weight, sentence):
    assert odds(weight) == sentence


DECISIONS = [
    (14.0, "", "This is enough to join them."),
    (13.9, "", "This is enough to ask somebody."),
    (2.0, "", "This is enough to ask somebody."),
    (1.9, "", "This is too little to ask."),
]


@pytest.mark.parametrize(("weight", "guard", "words"), DECISIONS)
def test_what_the_linkage_does_with_it(weight, guard, words):
    assert decision(weight, guard) == words


def test_a_guard_says_why_a_score_alone_does_not_decide():
    assert decision(40.0, "twins").startswith("A score alone does not join them: one surname and date of birth")
    assert "twins" in explain(LEVELS, prior=0.0001, guard="twins").guard
