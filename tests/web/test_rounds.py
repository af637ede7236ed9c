"""What parts do in the background: each has its turn in every round, and one that fails does not hold the others up."""

import logging
from datetime import UTC, datetime

import pytest

from throughcare.casework.figures.models import Keeping, KeptFigure
from throughcare.registry.parts import rounds
from throughcare.strands.programmes.reminders.rounds import evening
from throughcare.web.background import worker


def test_one_that_fails_is_logged_and_the_others_go_on(monkeypatch, caplog):
    did = []

    def fails(by: str, at: object) -> None:
        did.append("fails")
        raise RuntimeError("planted")

    monkeypatch.setattr(worker, "_tell_owners", fails)
    monkeypatch.setattr(worker, "_keep_figures", lambda by, at: did.append("figures"))
    monkeypatch.setattr(worker, "do_what_waits", lambda: did.append("an extract"))
    monkeypatch.setattr(worker, "_handle", lambda by, at: did.append("handled"))
    monkeypatch.setattr(worker, "rounds", lambda: (fails, lambda by, at: did.append(f"{by} at {at.tzinfo}")))
    with caplog.at_level(logging.ERROR):
        worker._round()
    parts = ["fails", "handled", "fails", "worker at UTC", "figures"]
    assert did == [each for part in parts for each in (part, "an extract")]
    assert caplog.text.count("a round of the worker failed") == 2


def test_reminders_have_their_turn():
    assert evening in rounds()


@pytest.mark.django_db
def test_the_figures_of_the_last_months_are_kept_once_a_day(monkeypatch):
    """Of a pilot that has begun; the next round of the day keeps nothing."""
    measures = [m for m in worker.all_measures() if m.slug in ("psr.delivered", "referrals")]
    monkeypatch.setattr(worker, "all_measures", lambda: measures)
    for hour in (6, 7):
        worker._keep_figures("worker", datetime(2016, 7, 8, hour, tzinfo=UTC))
    assert [str(k.on) for k in Keeping.objects.all()] == ["2016-07-08"]
    months = {str(k.month) for k in KeptFigure.objects.filter(slug="psr.delivered", provisional=True, value=0)}
    assert months == {"2016-04-01", "2016-05-01", "2016-06-01"}, "no extract has come: nothing is whole"
