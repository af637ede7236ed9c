"""Grading by the published scheme, handling item by item, and words from which a source might be worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.intelligence_items import EVERYBODY, SHOWN_TO, Grading, looks_like_a_source, may_be_shown, strictest


def graded(code: str, shown_to: str = "") -> Grading:
    return Grading(source=code[0], assessment=code[1], handling=code[2], shown_to=shown_to)


ROLES = {
    "hub": {"police_researcher", "data_protection_officer"}, "police": {"tasking_officer"},
    "supervision": {"iom_coordinator", "senior_officer", "offender_manager"}, "prison": {"prison_coordinator"},
}  # fmt: skip
# Code | whom its condition names | who may be shown it
SHOWN = """
1AP |          | hub police supervision prison
2BC | managers | hub police supervision
2BC | police   | hub police
3EC | hub      | hub
2BC |          |
2BP | hub      |
2BX |          |
2BC | friends  |
"""


@pytest.mark.parametrize("line", SHOWN.strip().splitlines())
def test_handling_says_who_may_be_shown_it(line):
    code, shown_to, who = (cell.strip() for cell in line.split("|"))
    grading = graded(code, shown_to)
    assert set(grading.roles) == {role for side in who.split() for role in ROLES[side]}
    assert bool(grading.fault()) == (not who)


@given(st.text(max_size=2), st.text(max_size=9), st.lists(st.sampled_from([*EVERYBODY, "provider_worker", "volunteer"])))
def test_nothing_but_a_code_of_the_scheme_shows_anything_and_a_provider_is_never_shown_one(handling, shown_to, roles):
    grading = Grading(source="1", assessment="A", handling=handling, shown_to=shown_to)
    known = (handling == "P" and not shown_to) or (handling == "C" and shown_to in SHOWN_TO)
    assert may_be_shown(grading, roles) <= (known and bool(set(roles) & set(EVERYBODY)))


def test_the_paper_is_marked_by_the_item_that_the_fewest_may_be_shown():
    several = [graded("1AP"), graded("2BC", "police"), graded("2BC", "managers")]
    assert strictest(several) == "Handling C: the hub and the borough's police"
    assert strictest([graded("1AP")]) == "Handling P: lawful sharing permitted"
    assert strictest([]) == ""


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("Our source says he sleeps there", "speaks of a source"), ("An informant saw him", "names an informant"),
        ("His girlfriend told officers", "says who told it"), ("Seen by surveillance on Friday", "tells how it was learned"),
        ("A call to Crimestoppers", "speaks of a caller"), ("The victim lives next door", "speaks of a victim or a witness"),
        ("See URN 12345", "has the number of an intelligence report"), ("Rings 07700 900123 at night", "has a telephone number"),
    ],
)
def test_words_that_may_tell_a_source_are_found(text, finds):
    assert finds in looks_like_a_source(text)


@pytest.mark.parametrize(
    "text",
    ["Offends on Friday nights near the station", "Lives with his partner and two children", "Has resources of his own",
     "Open-source: posts pictures of the estate", "Best seen at home before 9:00 on 12 2016"],
)
def test_sanitised_words_are_let_be(text):
    assert looks_like_a_source(text) == ()
