"""When two people are linked, how strongly and until when: examples a researcher can read, and what holds of every history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.rules.associations import Known, kind_of, may_link, standing

LASTS, RECENT = 100, 50
DAY = date(2016, 12, 7)


def known(kind, days_ago, reference="E"):
    return Known(kind=kind, on=DAY - timedelta(days=days_ago), reference=reference)


def at(*told, renewed=(), day=DAY):
    renewals = [DAY - timedelta(days=ago) for ago in renewed]
    return standing(told, renewals, day=day, lasts=LASTS, recent=RECENT)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("convicted", "convicted", "co_conviction"),
        ("convicted", "arrested", "co_arrest"),
        ("charged", "arrested", "co_arrest"),
        ("arrested", "victim", None),
        ("witness", "convicted", None),
        ("arrested", "relative", None),
        ("victim", "witness", None),
    ],
)
def test_how_an_event_links_by_roles(one, other, kind):
    assert kind_of(one, other) == kind == kind_of(other, one)


@pytest.mark.parametrize(
    ("born", "links"),
    [
        (date(1998, 12, 7), True),  # 18 on the day
        (date(1998, 12, 8), False),  # 18 the day after
        (None, False),
        (date(2016, 12, 8), False),
    ],
)
def test_a_child_is_never_linked(born, links):
    assert may_link([date(1990, 1, 1), born], DAY) is links


@pytest.mark.parametrize(
    ("told", "points", "strength"),
    [
        ([known("said", 1)], 1, "weak"),
        ([known("co_arrest", 1)], 2, "weak"),
        ([known("co_conviction", 1)], 3, "moderate"),
        ([known("co_conviction", RECENT - 1)], 3, "moderate"),
        ([known("co_conviction", RECENT)], 1, "weak"),  # older than the recent days
        ([known("co_conviction", 1), known("co_arrest", 2)], 5, "strong"),
        ([known("co_arrest", 1), known("co_arrest", 60)], 3, "moderate"),
    ],
)
def test_how_strong(told, points, strength):
    now = at(*told)
    assert (now.points, now.strength) == (points, strength)


def test_a_link_expires_on_its_day_and_not_before():
    assert at(known("co_arrest", LASTS - 1)).until == DAY + timedelta(days=1)
    assert at(known("co_arrest", LASTS)) is None


def test_a_renewal_in_time_carries_it_and_one_too_late_does_nothing():
    carried = at(known("co_arrest", 150), renewed=[60])
    assert (carried.until, carried.renewed_on) == (DAY + timedelta(days=40), DAY - timedelta(days=60))
    assert at(known("co_arrest", 150), renewed=[50]) is None
    assert at(renewed=[50]) is None  # there was nothing to renew


def test_what_expired_does_not_come_back_with_a_new_event():
    assert [each.on for each in at(known("co_conviction", 250), known("co_arrest", 10)).known] == [DAY - timedelta(days=10)]
    joined = at(known("co_conviction", 90), known("co_arrest", 10))
    assert [each.kind for each in joined.known] == ["co_arrest", "co_conviction"]


def test_what_is_to_come_does_not_count():
    assert at(known("co_arrest", -1)) is None
    assert at(known("co_arrest", 90), renewed=[-1]).renewed_on is None


EVENTS = st.lists(st.builds(known, st.sampled_from(["co_conviction", "co_arrest", "said"]), st.integers(-50, 400)), max_size=6)
AGO = st.lists(st.integers(-50, 400), max_size=4)


@given(EVENTS, AGO, st.integers(-100, 200))
def test_a_link_stands_only_within_its_days_of_something_that_is_known(told, renewed, later):
    day = DAY + timedelta(days=later)
    now = at(*told, renewed=renewed, day=day)
    acts = [each.on for each in told] + [DAY - timedelta(days=ago) for ago in renewed]
    if now is not None:
        assert day < now.until
        assert now.until - timedelta(days=LASTS) == max(on for on in acts if on <= day)
        assert all(each.on <= day for each in now.known)
        assert now.known[0].on == max(each.on for each in now.known)
    else:
        assert not any(each.on <= day < each.on + timedelta(days=LASTS) for each in told)


@given(EVENTS, AGO, EVENTS.filter(bool))
def test_more_that_is_known_never_makes_a_link_weaker_or_shorter(told, renewed, more):
    before, after = at(*told, renewed=renewed), at(*told, *more, renewed=renewed)
    if before is not None:
        assert after is not None
        assert after.points >= before.points and after.until >= before.until


@given(EVENTS, AGO, st.integers(0, 60))
def test_left_alone_a_link_only_weakens_and_once_expired_stays_so(told, renewed, later):
    told, renewed = [each for each in told if each.on <= DAY], [ago for ago in renewed if ago >= 0]
    now, then = at(*told, renewed=renewed), at(*told, renewed=renewed, day=DAY + timedelta(days=later))
    if now is None:
        assert then is None
    elif then is not None:
        assert then.points <= now.points and then.until == now.until


@given(EVENTS, AGO, st.randoms())
def test_the_order_in_which_it_is_told_makes_no_difference(told, renewed, random):
    mixed = random.sample(told, len(told))
    one, other = at(*told, renewed=renewed), at(*mixed, renewed=renewed)
    assert (one and (one.points, one.until, one.last_on)) == (other and (other.points, other.until, other.last_on))
