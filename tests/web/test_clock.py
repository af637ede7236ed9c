"""The hour of a demonstration: that of the day, within the hours in which its day can be shown."""

from datetime import UTC, date, datetime

import pytest

from throughcare.casework import clock as instants
from throughcare.web import clock

# The real instant, and what it is in the demonstration on 1 March 2017, London's winter time, and on 14 June 2016, its summer's.
HOURS = [
    ("2026-11-29T00:43", "2017-03-01", "2017-03-01T09:21:13"),
    ("2026-11-29T11:05", "2017-03-01", "2017-03-01T11:05"),
    ("2026-11-29T23:50", "2017-03-01", "2017-03-01T16:37:20"),
    ("2026-07-01T06:00", "2016-06-14", "2016-06-14T08:27:30"),  # 07:00 in London becomes 09:27:30 there
    ("2026-07-01T12:00", "2016-06-14", "2016-06-14T12:00"),
]


@pytest.mark.parametrize(("real", "day", "told"), HOURS)
def test_a_demonstration_is_always_shown_about_its_hours(monkeypatch, settings, real, day, told):
    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(real).replace(tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(instants, "datetime", Stopped)
    settings.DEMONSTRATION = date.fromisoformat(day)
    assert clock.now() == datetime.fromisoformat(told).replace(tzinfo=UTC)
    settings.DEMONSTRATION = None
    assert clock.now() == datetime.fromisoformat(real).replace(tzinfo=UTC)


def test_what_is_done_later_is_later_at_night_too(monkeypatch, settings):
    settings.DEMONSTRATION = date(2017, 3, 1)
    for hour in (0, 5, 9, 12, 16, 20, 23):
        told = []
        for micro in (0, 200, 400):
            at = datetime(2026, 11, 29, hour, 31, 0, micro, tzinfo=UTC)
            stopped = {"now": classmethod(lambda _, tz=None, at=at: at)}
            monkeypatch.setattr(instants, "datetime", type("Stopped", (datetime,), stopped))
            told.append(clock.now())
        assert told == sorted(set(told)), hour
