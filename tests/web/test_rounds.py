"""What parts do in the background: each has its turn in every round, and one that fails does not hold the others up."""

import logging

from throughcare.registry.parts import rounds
from throughcare.strands.programmes.reminders.rounds import evening
from throughcare.web.background import worker


def test_one_that_fails_is_logged_and_the_others_go_on(monkeypatch, caplog):
    did = []

    def fails(by: str, at: object) -> None:
        did.append("fails")
        raise RuntimeError("planted")

    monkeypatch.setattr(worker, "_tell_owners", fails)
    monkeypatch.setattr(worker, "_handle", lambda by, at: did.append("handled"))
    monkeypatch.setattr(worker, "rounds", lambda: (fails, lambda by, at: did.append(f"{by} at {at.tzinfo}")))
    with caplog.at_level(logging.ERROR):
        worker._round()
    assert did == ["fails", "handled", "fails", "worker at UTC"]
    assert caplog.text.count("a round of the worker failed") == 2


def test_reminders_have_their_turn():
    assert evening in rounds()
