"""Percentages against counts, for all of them: what is rightly rounded is accepted, what is off by more is found."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.report.figure_audit.audited import plain_alarms
from throughcare.core.rounding import percent
from throughcare.report.figure_audit.checks.percentages import follows, possible

WHOLES = st.integers(min_value=1, max_value=5000)
FORMS = st.sampled_from([
    "They said so: {p}% (n={a}/{b}).", "They said so: {p}% ({a} of {b}).", "Of them {a} of {b} ({p}%) did.",
    "It was {a}/{b} ({p}%).",
    "Most ({p}%; n={a}/{b}) did.", "{p} per cent (n={a} of {b}) did.", "Of the {b} people, {a} ({p}%) did.",
    "{p}% ({a} out of {b}) did.",
])  # fmt: skip


@st.composite
def counts(draw):
    whole = draw(WHOLES)
    return draw(st.integers(min_value=0, max_value=whole)), whole


@given(counts(), st.integers(min_value=0, max_value=3))
def test_every_rightly_rounded_percentage_is_accepted(of, decimals):
    value = percent(*of, decimals)
    assert follows(value, *of, decimals)
    assert possible(value, of[1], decimals)


@given(counts(), st.integers(min_value=0, max_value=3), st.integers(min_value=1, max_value=400), st.booleans())
def test_every_percentage_off_by_more_than_rounding_is_found(of, decimals, units, above):
    value = percent(*of, decimals) + (units if above else -units) * Decimal(1).scaleb(-decimals)
    assume(abs(Fraction(value) - Fraction(100 * of[0], of[1])) > Fraction(1, 2 * 10**decimals))
    assert not follows(value, *of, decimals)


@given(counts(), FORMS, st.sampled_from([0, 1, 2]), st.integers(min_value=-300, max_value=300))
def test_in_whatever_form_it_is_written_the_text_is_judged_alike(of, form, decimals, off):
    """The same in prose: an alarm of this kind if and only if the percentage is off by more than its rounding."""
    a, b = of
    value = percent(a, b, decimals) + off * Decimal(1).scaleb(-decimals)
    assume(value >= 0)
    found = [alarm for alarm in plain_alarms(form.format(p=value, a=a, b=b)) if alarm.kind == "percentage"]
    assert bool(found) == (not follows(value, a, b, decimals))


@given(WHOLES, st.integers(min_value=0, max_value=1000))
def test_a_share_is_possible_only_where_some_count_gives_it(whole, tenths):
    value = Decimal(tenths) / 10
    given_by = any(follows(value, part, whole, 1) for part in range(whole + 1)) if whole <= 200 else possible(value, whole, 1)
    assert possible(value, whole, 1) == given_by
