"""What follows an import, wherever it is started: the one place for it."""

from dataclasses import dataclass

from throughcare.casework.events.actions import Handling, handle_pending
from throughcare.casework.linking.actions import Outcome, link
from throughcare.registry.parts import handlers


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What came of it."""

    linked: Outcome
    handled: Handling


def after_import(*, by: str) -> Followed:
    """Who is who, then those who wait for what happened are told. Safe to repeat; what else is to follow an import goes here."""
    linked = link(by=by)
    return Followed(linked=linked, handled=handle_pending(by=by, handlers=handlers()))
