"""The world of the attacks on access control, and in it a request about the person who is in everybody's work."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from tests.web.access.planting import planted_once
from tests.web.access.world import BEFORE, DAY, World
from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader
from throughcare.casework.subject_access import actions
from throughcare.casework.subject_access.models import Request
from throughcare.web.held import held_items

__all__ = ["Desk"]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The world with a second data-protection officer, and the steps of a request in one word each."""

    world: World

    def officer(self, *, second: bool = False) -> Reader:
        return self.world.reader("second-officer" if second else "data_protection_officer")

    def receive(self, who: str = "in", received: date = DAY) -> Request:
        told = actions.Told(name="Ansel Inscope", numbers="", asked_for="all of it", came_by="letter", received_on=received)
        request = actions.receive(reader=self.officer(), told=told)
        return actions.match(reader=self.officer(), request=request, person=self.world.people[who])

    def until(self, state: str, who: str = "in", *, withhold: bool = True) -> Request:
        """A request brought to this state by the shortest way."""
        one, two, request = self.officer(), self.officer(second=True), self.receive(who)
        steps = (
            ("identified", lambda r: actions.identify(reader=one, request=r, how="known", on=DAY)),
            ("asked", lambda r: actions.ask_controllers(reader=one, request=r, names=["police"], answer_by=DAY)),
            ("redacted", lambda r: self.decide(r, withhold=withhold)),
            ("signed", lambda r: actions.sign(reader=two, request=r, items=held_items(r.person_id), name="Inscope, Ansel")),
            ("given", lambda r: actions.give(reader=one, request=r, how="hand", on=DAY)),
        )
        for reached, step in steps:
            if request.state == state:
                break
            request = step(request)
            assert request.state == reached
        return request

    def decide(self, request: Request, *, withhold: bool = True) -> Request:
        """Everything that waits for a decision is withheld, or given; the controller has answered."""
        one = self.officer()
        actions.answer(reader=one, request=request, controller="police", words="the plan")
        waiting = [item for item in held_items(request.person_id) if item.matter]
        if waiting:
            reason = "" if not withhold else "crime"
            actions.rule(reader=one, request=request, items=waiting, given=not withhold, reason=reason, note="MARKNOTEOFRULING")
        return actions.redact(reader=one, request=request, items=held_items(request.person_id))


@pytest.fixture(scope="package")
def planted(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The world, in a transaction around every test of the folder."""
    with planted_once(django_db_blocker, tmp_path_factory.mktemp("extracts")) as world:
        yield world


@pytest.fixture
def desk(planted: World, db, settings) -> Desk:
    settings.DEMONSTRATION = DAY
    account = access.make_account(by="test", username="second-officer")
    access.hold(by="test", post=planted.posts["data_protection_officer"], account=account, start=BEFORE, cover=True)
    return Desk(world=planted)
