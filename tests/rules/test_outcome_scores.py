"""The scales as they are published: each table of bands, every total; items left out; the risk; the reliable change."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.outcome_scores import CORE_10, GAD_7, PHQ_9, SCALES, Scale, band, change, score

BANDS = {
    # Barkham and others 2013, and the CORE System Trust: 0-5, 6-10, 11-14, 15-19, 20-24, 25-40
    "core_10": {(0, 5): "healthy", (6, 10): "low level", (11, 14): "mild", (15, 19): "moderate", (20, 24): "moderate to severe",
                (25, 40): "severe"},
    # Kroenke, Spitzer and Williams 2001, table of severities: 0-4, 5-9, 10-14, 15-19, 20-27
    "phq_9": {(0, 4): "minimal", (5, 9): "mild", (10, 14): "moderate", (15, 19): "moderately severe", (20, 27): "severe"},
    # Spitzer and others 2006: cut points of 5, 10 and 15
    "gad_7": {(0, 4): "minimal", (5, 9): "mild", (10, 14): "moderate", (15, 21): "severe"},
}  # fmt: skip
CUT_OFFS = {"core_10": 11, "phq_9": 10, "gad_7": 8}
WORKED = [
    # scale | answers in the form's order | shown | called | clinical | risk
    (PHQ_9, "111111110", "8", "mild", False, False),
    (PHQ_9, "222220000", "10", "moderate", True, False),
    (PHQ_9, "000000001", "1", "minimal", False, True),
    (PHQ_9, "333333333", "27", "severe", True, True),
    (PHQ_9, "2222222--", "18", "moderately severe", True, None),  # two left out: the mean of seven
    (PHQ_9, "10000000-", "1", "minimal", False, None),  # 1.125, rounded
    (PHQ_9, "40000000-".replace("4", "3"), "3", "minimal", False, None),  # 3.375
    (PHQ_9, "222222---", "No score", "", False, None),
    (GAD_7, "1111111", "7", "mild", False, False),
    (GAD_7, "2111111", "8", "mild", True, False),
    (GAD_7, "33333--", "21", "severe", True, False),
    (GAD_7, "3333---", "No score", "", False, False),
    (CORE_10, "0440000000", "0", "healthy", False, False),  # the two turned items at their best
    (CORE_10, "0000000000", "8", "low level", False, False),  # and at their worst
    (CORE_10, "4004444444", "40", "severe", True, True),
    (CORE_10, "2222222222", "20", "moderate to severe", True, True),
    (CORE_10, "1330010000", "4", "healthy", False, True),
    (CORE_10, "222222222-", "20", "moderate to severe", True, True),
    (CORE_10, "22222122--", "No score", "", False, True),
    (CORE_10, "22222-2222", "20", "moderate to severe", True, None),  # whether there is a risk is not known
    (CORE_10, "3332311-20", "15.6", "moderate", True, True),  # 14 of nine, and so 15.56
]


def answers(text: str) -> list[int | None]:
    return [None if each == "-" else int(each) for each in text]


@pytest.mark.parametrize("slug", SCALES)
def test_every_whole_score_is_called_as_published(slug):
    scale = SCALES[slug]
    told = {total: words for (low, high), words in BANDS[slug].items() for total in range(low, high + 1)}
    assert list(told) == list(range(scale.highest + 1))
    assert {total: band(scale, total) for total in told} == told
    assert scale.cut_off == CUT_OFFS[slug]


@pytest.mark.parametrize(("scale", "text", "shown", "called", "clinical", "risk"), WORKED)
def test_worked_examples(scale: Scale, text: str, shown: str, called: str, clinical: bool, risk: bool | None):
    found = score(scale, answers(text))
    assert (found.shown, found.band, found.clinical, found.risk) == (shown, called, clinical, risk)


@pytest.mark.parametrize(
    ("scale", "given"),
    [(PHQ_9, [0] * 8), (GAD_7, [0] * 8), (PHQ_9, [4, *[0] * 8]), (CORE_10, [5, *[0] * 9]), (GAD_7, [-1, *[0] * 6])],
)  # fmt: skip
def test_answers_that_the_form_does_not_have_are_refused(scale: Scale, given: list[int]):
    with pytest.raises(ValueError, match=scale.name):
        score(scale, given)


@pytest.mark.parametrize(
    ("scale", "first", "last", "how"),
    [
        (CORE_10, 20, 14, "better"), (CORE_10, 20, 15, "no reliable change"), (CORE_10, 14, 20, "worse"),
        (PHQ_9, 16, 10, "better"), (PHQ_9, 16, 11, "no reliable change"),
        (GAD_7, 12, 8, "better"), (GAD_7, 12, 9, "no reliable change"), (GAD_7, 8, 12, "worse"),
    ],
)  # fmt: skip
def test_a_change_counts_from_the_published_reliable_change_on(scale: Scale, first: int, last: int, how: str):
    blank = score(scale, [0] * len(scale.items))
    assert change(scale, replace(blank, total=Fraction(first)), replace(blank, total=Fraction(last))) == how
    assert change(scale, replace(blank, total=None), blank) == ""


def forms(scale: Scale):
    """A form of the scale, filled in anyhow, with some items left out."""
    answer = st.none() | st.integers(0, len(scale.answers) - 1)
    return st.tuples(st.just(scale), st.lists(answer, min_size=len(scale.items), max_size=len(scale.items)))


@given(st.sampled_from(list(SCALES.values())).flatmap(forms))
def test_every_form_has_a_score_within_its_range_or_none_and_a_risk_is_never_lost(told):
    scale, given_ = told
    found = score(scale, given_)
    assert (found.total is None) == (found.missing > scale.most_missing)
    assert found.total is None or 0 <= found.total <= scale.highest
    if scale.risk:
        assert found.risk == (None if given_[scale.risk - 1] is None else given_[scale.risk - 1] > 0)
    if not found.missing:
        worse = [given_[i] + 1 if i + 1 not in scale.turned else given_[i] - 1 for i in range(len(given_))]
        for place, value in enumerate(worse):
            if 0 <= value < len(scale.answers):
                more = score(scale, [*given_[:place], value, *given_[place + 1 :]])
                assert more.total == found.total + 1
