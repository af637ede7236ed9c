"""The words that follow from a number are true of it, and tell nothing of one that is withheld."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.pilot import Period
from throughcare.measures.results import Result
from throughcare.report.number_words import COMPARED, FRACTIONS, NEAR, compared, following

DAYS = Period(start=date(2016, 1, 1), end=date(2017, 1, 1))


def share(hits: int, base: int, **fields) -> Result:
    return Result(slug="a", group="all", title="", value=100 * hits / base, numerator=hits, denominator=base, cases=base,
                  unit="percent", statistic="share", digits=0, period=DAYS, as_at=DAYS.start, period_note="", note="",
                  **fields)  # fmt: skip


def withheld(r: Result) -> Result:
    return replace(r, value=None, numerator=None, denominator=None, cases=0, suppressed="fewer than 5")


shares = st.integers(1, 2000).flatmap(lambda base: st.builds(share, st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("hits", "base", "most", "fraction"),
    [
        (0, 9, "none", "none"), (9, 9, "all", "all"), (1, 2, "half", "half"), (21, 32, "most", "almost two thirds"),
        (6, 10, "most", "between half and two thirds"), (17, 33, "most", "just over half"),
        (6, 22, "a minority", "just over a quarter"),
        (1, 3, "a minority", "a third"), (1, 50, "a minority", "less than a tenth"), (59, 60, "most", "more than nine tenths"),
        (38, 100, "a minority", "between a third and half"),
    ],
)  # fmt: skip
def test_a_share_in_words(hits, base, most, fraction):
    assert following(share(hits, base), "most") == most
    assert following(share(hits, base), "fraction") == fraction


@given(shares)
def test_a_fraction_in_words_is_true_of_the_share(r):
    told, exact = following(r, "fraction"), Fraction(r.numerator, r.denominator)
    named = {name: value for value, name in FRACTIONS.items()}
    if told in ("all", "none"):
        assert exact == (told == "all")
    elif told in named:
        assert exact == named[told]
    elif told.startswith("almost "):
        assert 0 < named[told.removeprefix("almost ")] - exact <= NEAR
    elif told.startswith("just over "):
        assert 0 < exact - named[told.removeprefix("just over ")] <= NEAR
    elif told.startswith("between "):
        low, high = told.removeprefix("between ").split(" and ")
        assert named[low] + NEAR < exact < named[high] - NEAR
    else:
        assert exact < Fraction(1, 10) if told == "less than a tenth" else exact > Fraction(9, 10)


@given(shares, shares, st.sampled_from(sorted(COMPARED)))
def test_two_are_compared_as_they_are_shown_and_both_ways_round(one, other, form):
    above, below, equal = COMPARED[form]
    told = compared(one, other, form)
    assert told == (equal if one.shown == other.shown else above if one.shown > other.shown else below)
    assert compared(other, one, form) == {above: below, below: above, equal: equal}[told]


@given(shares, st.integers(0, 100))
def test_a_target_is_met_as_the_state_says(r, target):
    aimed = replace(r, target=float(target))
    assert following(aimed, "met") == ("met" if aimed.meets_target else "missed")


@given(shares, shares, st.sampled_from(sorted(COMPARED)), st.booleans())
def test_words_of_a_withheld_number_are_the_same_whatever_it_was(one, other, form, first):
    shown = share(1, 2, target=50.0)
    pairs = [(withheld(r), shown) if first else (shown, withheld(r)) for r in (one, other)]
    assert len({compared(*pair, form) for pair in pairs}) == 1
    for of in ("met", "most", "fraction"):
        assert len({following(withheld(replace(r, target=50.0)), of) for r in (one, other)}) == 1


def test_unknown_and_without_a_target():
    unknown = replace(share(1, 2), value=None, numerator=0, denominator=0)
    assert compared(unknown, share(1, 2), "rose") == "rose, fell or stayed the same (which is not known)"
    assert following(unknown, "fraction") == "an unknown share"
    assert following(unknown, "met") == "not set"
    assert following(replace(unknown, target=5.0), "met") == "met or missed (which is not known)"
