"""What is told of a respondent: only what enough share."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.strands.surveys.made.crowd import Cell, in_a_crowd


def cells(text: str) -> list[Cell]:
    """"5 practitioner CRC Hackney; 1 practitioner NPS -": so many of each."""
    found = []
    for part in text.split(";"):
        many, group, organisation, borough = part.split()
        found += [Cell(group=group, organisation=organisation.strip("-"), borough=borough.strip("-"))] * int(many)
    return found


# who are asked, and what is told of them, five being the smallest number told
TOLD = [
    ("5 practitioner CRC Hackney", "5 practitioner CRC Hackney"),
    ("5 practitioner CRC Hackney; 5 practitioner NPS Hackney", "5 practitioner CRC Hackney; 5 practitioner NPS Hackney"),
    ("4 practitioner CRC Hackney; 1 practitioner CRC Camden", "5 practitioner CRC -"),
    ("5 practitioner CRC Hackney; 1 practitioner CRC Camden", "6 practitioner CRC -"),  # one untold beside five told is known
    ("3 practitioner CRC Hackney; 2 practitioner NPS Camden", "5 practitioner - -"),
    ("9 practitioner CRC -; 2 practitioner NPS -", "11 practitioner - -"),
    ("9 practitioner CRC -; 2 practitioner NPS -; 5 practitioner Police -", "9 practitioner CRC -; 7 practitioner - -"),
    ("2 strategic NPS -", "2 strategic - -"),  # too few of a kind: the kind alone, of which no result is shown
]


@pytest.mark.parametrize(("asked", "told"), TOLD)
def test_no_more_is_told_than_enough_share(asked, told):
    assert Counter(in_a_crowd(cells(asked), smallest=5)) == Counter(cells(told))


PLACE = st.sampled_from(("", "A", "B", "C"))
CELL = st.builds(Cell, group=st.sampled_from(("practitioner", "provider")), organisation=PLACE, borough=PLACE)


@given(st.lists(CELL, max_size=40), st.integers(min_value=2, max_value=6))
def test_what_is_told_is_shared_by_enough_or_is_the_kind_alone(asked, smallest):
    told = in_a_crowd(asked, smallest=smallest)
    for before, after in zip(asked, told, strict=True):
        assert before.group == after.group
        assert after.organisation in ("", before.organisation) and after.borough in ("", before.borough)
    kinds = Counter(each.group for each in told)
    assert all(number >= smallest or number == kinds[cell.group] for cell, number in Counter(told).items())


@given(st.lists(CELL, max_size=20), st.randoms())
def test_the_order_in_which_they_were_asked_changes_nothing(asked, lot):
    other = asked[:]
    lot.shuffle(other)
    assert Counter(in_a_crowd(asked, smallest=3)) == Counter(in_a_crowd(other, smallest=3))
