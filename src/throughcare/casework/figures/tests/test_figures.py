"""Months' figures as they were told: only what changed is kept, and how far a provisional month moved is told from that."""

from datetime import date

import pytest

from throughcare.casework.figures.actions import keep
from throughcare.casework.figures.models import Keeping, KeptFigure
from throughcare.casework.figures.queries import Told, kept_on, moves

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2016, 5, 1), date(2016, 6, 1), date(2016, 7, 1)


def told(month: date, value: float | None, *, provisional: bool, group: str = "all") -> Told:
    return Told(slug="psr.delivered", group=group, month=month, value=value, provisional=provisional)


def on(day: str, *figures: Told) -> int:
    return keep(by="worker", on=date.fromisoformat(day), told=figures)


def test_only_what_changed_is_kept():
    assert on("2016-07-01", told(JUNE, 20, provisional=True)) == 1
    assert on("2016-07-02", told(JUNE, 20, provisional=True)) == 0
    assert on("2016-07-03", told(JUNE, 22, provisional=True), told(JUNE, 1, provisional=True, group="late")) == 2
    assert on("2016-07-04", told(JUNE, 22, provisional=False)) == 1, "that it is whole is a change too"
    assert Keeping.objects.count() == 4


def test_a_day_is_kept_once():
    on("2016-07-01", told(JUNE, 20, provisional=True))
    assert on("2016-07-01", told(JUNE, 25, provisional=True)) == 0
    assert KeptFigure.objects.get().value == 20
    assert (kept_on(date(2016, 7, 1)), kept_on(date(2016, 7, 2))) == (True, False)


@pytest.mark.parametrize(
    ("first", "then", "moved"),
    [
        # told before its returns were in, and whole since
        ((20, True), (29, False), (9,)),
        ((20, True), (18, False), (-2,)),
        ((20, True), (20, False), (0,)),
        # whole when told first: such a month says nothing of provisional ones
        ((20, False), (29, False), ()),
        # not whole yet
        ((20, True), (29, True), ()),
        # nothing to take one from the other
        ((None, True), (29, False), ()),
        ((20, True), (None, False), ()),
    ],
)
def test_how_far_a_month_moved(first, then, moved):
    on("2016-07-01", told(JUNE, first[0], provisional=first[1]))
    on("2016-07-09", told(JUNE, then[0], provisional=then[1]))
    assert moves("psr.delivered", months=6) == moved
    assert moves("psr.cases", months=6) == ()


def test_of_the_last_months_alone():
    for n, month in enumerate((MAY, JUNE, JULY)):
        on(f"2016-08-0{2 * n + 1}", told(month, 10, provisional=True))
        on(f"2016-08-0{2 * n + 2}", told(month, 10 + n, provisional=False))
    assert moves("psr.delivered", months=2) == (1, 2)
    assert moves("psr.delivered", months=6) == (0, 1, 2)
