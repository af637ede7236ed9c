"""What happened in prison, worked out from spells: tables of tellings, and what holds for every pair of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.core.spans import Span
from throughcare.rules.movements import Known, Stay, learn, movements, place_on

TODAY = date(2017, 3, 1)


def d(text: str) -> date | None:
    """3-1 is 1 March 2017; - is none."""
    return None if text == "-" else date(2017, *map(int, text.split("-")))


def stays(text: str) -> list[Stay]:
    """Spells apart by ";": prison[/wing] start end [kind] [planned=] [left=] [came=]."""
    found = []
    for each in filter(str.strip, text.split(";")):
        where, start, end, *more = each.split()
        prison, _, wing = where.partition("/")
        told = dict(word.split("=") for word in more if "=" in word)
        kind = next((word for word in more if "=" not in word), "sentenced")
        found.append(Stay(prison=prison, wing=wing, start=d(start), end=d(end), kind=kind, planned_on=d(told.get("planned", "-")),
                          left_as=told.get("left", ""), arrived_as=told.get("came", "")))  # fmt: skip
    return found


def said(found) -> list[str]:
    def where(prison, wing):
        return f"{prison}/{wing}" if wing else prison

    def words(m):
        yield from (m.kind, f"{m.on:%-m-%-d}", m.how)
        yield f"from {where(m.from_prison, m.from_wing)}" if m.from_prison else ""
        yield f"to {where(m.to_prison, m.to_wing)}" if m.to_prison else ""
        yield f"now {m.planned_on:%-m-%-d}" if m.planned_on else ""
        yield f"was {m.was_planned_on:%-m-%-d}" if m.kind == "new_date" else ""

    return [" ".join(filter(None, words(m))) for m in found]


TOLD = [
    # spells | what they tell
    ("", []),
    ("Isis 2-1 -", ["reception 2-1 to Isis"]),
    ("Isis 2-1 - remand", ["reception 2-1 court to Isis"]),
    ("Isis 2-1 - came=recall", ["reception 2-1 recall to Isis"]),
    ("Isis 3-2 -", []),  # not yet
    ("Isis 2-1 3-1 planned=3-1", ["reception 2-1 to Isis", "release 3-1 planned from Isis"]),
    ("Isis 2-1 2-20 planned=3-1", ["reception 2-1 to Isis", "release 2-20 unplanned from Isis"]),
    ("Isis 2-1 2-20 planned=5-1 left=hdc", ["reception 2-1 to Isis", "release 2-20 hdc from Isis"]),
    ("Isis 2-1 2-20 left=rotl; Isis 2-24 - came=return",
     ["reception 2-1 to Isis", "release 2-20 rotl from Isis", "reception 2-24 return to Isis"]),
    ("Isis 2-1 2-20", ["reception 2-1 to Isis", "release 2-20 from Isis"]),  # nobody told how
    ("Isis 2-1 2-1", []),  # no day in it
    ("Isis 2-1 2-20 remand", ["reception 2-1 court to Isis", "release 2-20 court from Isis"]),
    ("Isis 2-1 2-10; Brixton 2-10 -", ["reception 2-1 to Isis", "move 2-10 from Isis to Brixton"]),
    ("Isis 2-1 2-10; Brixton 2-11 -", ["reception 2-1 to Isis", "move 2-11 from Isis to Brixton"]),  # on the way
    ("Isis 2-1 2-10; Brixton 2-12 -",
     ["reception 2-1 to Isis", "release 2-10 from Isis", "reception 2-12 to Brixton"]),
    ("Isis 2-1 2-12; Brixton 2-10 -", ["reception 2-1 to Isis", "move 2-10 from Isis to Brixton"]),  # overlap
    ("Isis 2-1 -; Brixton 2-10 2-15",
     ["reception 2-1 to Isis", "move 2-10 from Isis to Brixton", "move 2-15 from Brixton to Isis"]),
    ("Isis/A 2-1 2-10; Isis/B 2-10 -", ["reception 2-1 to Isis/A", "move 2-10 from Isis/A to Isis/B"]),
    ("Isis 2-1 2-10; Isis/B 2-10 -", ["reception 2-1 to Isis"]),  # the wing was not told before: no move
    ("Isis 2-1 2-10 remand; Isis 2-10 -", ["reception 2-1 court to Isis"]),  # sentenced where he was
]  # fmt: skip


@pytest.mark.parametrize(("spells", "expected"), TOLD)
def test_what_spells_tell(spells, expected):
    assert said(movements(stays(spells), day=TODAY)) == expected


def test_back_inside_while_on_licence_is_a_recall():
    told = movements(stays("Isis 2-1 -"), day=TODAY, licences=[Span(start=date(2017, 1, 1), end=date(2017, 2, 1))])
    assert said(told) == ["reception 2-1 recall to Isis"]


LEARNED = [
    # known before | told now | what is new | what is gone
    ("Isis 2-1 -", "Isis 2-1 -", [], []),
    ("Isis 2-1 -", "Isis 2-1 2-27; Brixton 2-27 -", ["move 2-27 from Isis to Brixton"], []),
    ("Isis 2-1 - planned=3-9", "Isis 2-1 2-25 planned=3-9", ["release 2-25 unplanned from Isis"], []),
    ("Isis 2-1 - planned=2-28", "Isis 2-1 - planned=3-9", ["new_date 3-1 to Isis now 3-9 was 2-28"], []),
    ("Isis 2-1 - planned=3-9", "Isis 2-1 -", [], []),  # told no more: the last told holds
    ("Isis 2-1 -", "Isis 2-1 - planned=3-9", [], []),  # the first date told is no change
    ("Isis 2-1 -", "", [], ["reception 2-1 to Isis"]),  # was never there
    ("Isis 2-1 -", "Brixton 2-1 -", ["reception 2-1 to Brixton"], ["reception 2-1 to Isis"]),
    ("Isis/A 2-1 -", "Isis/B 2-1 -", ["move 3-1 from Isis/A to Isis/B"], []),
    ("Isis 2-1 -", "Isis/B 2-1 -", [], []),
]


@pytest.mark.parametrize(("before", "now", "new", "gone"), LEARNED)
def test_what_a_new_telling_adds(before, now, new, gone):
    known = learn(Known(), stays(before), day=TODAY - timedelta(days=1)).known
    found = learn(known, stays(now), day=TODAY)
    assert (said(found.new), said(found.gone)) == (new, gone)
    again = learn(found.known, stays(now), day=TODAY)
    assert (again.new, again.gone) == ((), ())


def test_a_release_on_a_day_that_was_changed_before_is_told_as_changed():
    known = Known()
    for text, day in (("Isis 1-1 - planned=2-20", date(2017, 2, 1)), ("Isis 1-1 - planned=2-27", date(2017, 2, 10))):
        known = learn(known, stays(text), day=day).known
    found = learn(known, stays("Isis 1-1 2-27 planned=2-27"), day=TODAY)
    assert said(found.new) == ["release 2-27 changed from Isis"]


DAYS = st.dates(min_value=date(2017, 1, 1), max_value=date(2017, 3, 20))
STAY = st.builds(
    lambda prison, wing, start, length: Stay(
        prison=prison, wing=wing, start=start, end=None if length is None else start + timedelta(days=length)),
    st.sampled_from(["Isis", "Brixton"]), st.sampled_from(["", "A", "B"]), DAYS, st.none() | st.integers(0, 30),
)  # fmt: skip
TELLING = st.lists(STAY, max_size=5)


@given(TELLING, DAYS)
def test_nobody_inside_yesterday_is_out_today_without_a_release_or_a_move(told, day):
    inside, now = place_on(told, day - timedelta(days=1)), place_on(told, day)
    on_these_days = {m.kind for m in movements(told, day=day + timedelta(days=1)) if day <= m.on <= day + timedelta(days=1)}
    if inside and now is None:
        assert on_these_days & {"release", "move"}


@given(TELLING, TELLING, DAYS)
def test_nobody_known_to_be_inside_is_lost_between_two_tellings(before, now, day):
    yesterday = day - timedelta(days=1)
    known = learn(Known(), before, day=yesterday).known
    found = learn(known, now, day=day)
    if place_on(before, yesterday) and place_on(now, day) is None:
        last = [m for m in found.known.movements if m.kind != "new_date"]
        out = bool(last) and max(last, key=lambda m: m.on).kind == "release"
        assert out or found.gone or "release" in {m.kind for m in found.new}


@given(TELLING, DAYS)
def test_told_again_it_adds_nothing(told, day):
    known = learn(Known(), told, day=day).known
    again = learn(known, told, day=day)
    assert (again.new, again.gone, again.known) == ((), (), known)
