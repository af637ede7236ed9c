"""Positions go a set time after the order's end, and it can be proved: counts before and after, and a check that runs again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.positions.made import table
from tests.strands.tagging_crimes.conftest import ended, instant, walk
from throughcare.casework.pilot import current_pilot
from throughcare.positions import store as kept
from throughcare.registry.parts import retention, rounds
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.tracks import actions, queries

pytestmark = pytest.mark.django_db
AT = datetime(2018, 6, 1, 9, tzinfo=UTC)
FORGET = timedelta(days=365)

WHEN = """
the order's last day                              | 2017-04-20 |            | 0
a day before the time is up                       | 2018-04-19 |            | 0
the day on which the time is up                   | 2018-04-20 |            | 3
it ended early: the day before                    | 2018-03-24 | 2017-03-25 | 0
it ended early, and the time counts from then     | 2018-03-25 | 2017-03-25 | 3
"""


@pytest.mark.parametrize(("_of", "day", "end", "go"), table(WHEN))
def test_when_they_go(orders, came, _of, day, end, go):
    assert current_pilot().tagging.kept_days == FORGET.days
    (made,) = orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))
    if end:
        ended(made, instant(end))
    assert actions.over_time(date.fromisoformat(day)).to_go == int(go)


def test_of_two_who_wore_a_tag_each_has_their_own_time_and_nobodys_have_theirs(orders, came, home):
    orders("A T1 2017-03-20 2017-04-20", "B T1 2017-05-01 2018-05-01")
    for day, fixes in (("2017-03-22", 3), ("2017-05-02", 4), ("2017-04-25", 5)):
        came(*walk("T1", "12:00", fixes, day=day))
    done = actions.delete_over_time(by="test", as_at=date(2018, 6, 1), at=AT)
    assert (done.before, done.to_go, done.after, done.left, done.parts) == (12, 8, 4, 0, 2)
    assert list(done.orders.values_list("order__person__surname", "fixes")) == [("SurA", 3)]
    assert set(kept.fixes(queries.store())["time"].dt.month()) == {5}


def test_it_is_proved_by_running_it_again(orders, came):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))
    day = date(2018, 6, 1)
    assert list(retention("test", day, AT, dry_run=True)) == ["positions: 3 fixes of 3 may be kept no longer"]
    assert kept.fixes(queries.store()).height == 3
    assert list(retention("test", day, AT, dry_run=False)) == ["positions: 3 fixes of 3 deleted, 0 kept, 0 left over"]
    assert list(retention("test", day, AT, dry_run=True)) == ["positions: 0 fixes of 0 may be kept no longer"]
    assert list(retention("test", day, AT, dry_run=False)) == ["positions: 0 fixes of 0 deleted, 0 kept, 0 left over"]


def test_one_that_was_cut_off_is_ended_under_its_own_record(orders, came, monkeypatch):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))

    def dies(*given, **told):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions, "forget", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.delete_over_time(by="test", as_at=date(2018, 6, 1), at=AT)
    monkeypatch.undo()
    (begun,) = m.Deletion.objects.all()
    assert (begun.before, begun.to_go, begun.ended_at) == (3, 3, None)
    after = actions.delete_over_time(by="test", as_at=date(2018, 6, 2), at=AT)
    begun.refresh_from_db()
    assert (begun.after, begun.left, begun.ended_at) == (0, 0, AT)
    assert (after.before, after.to_go, after.after) == (0, 0, 0)


def test_in_the_background_it_is_done_once_a_day(orders, came):
    orders("A T1 2017-03-20 2017-04-20")
    came(*walk("T1", "12:00", 3))
    for hour in (0, 0, 1, 30):
        for each in rounds():
            if each.__module__.startswith("throughcare.strands.tagging.tracks"):
                each("worker", AT + timedelta(hours=hour))
    assert list(m.Deletion.objects.order_by("pk").values_list("as_at", "to_go")) == [(date(2018, 6, 1), 3), (date(2018, 6, 2), 0)]
