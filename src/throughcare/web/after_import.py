"""What follows an import, wherever it is started: the one place for it."""

from dataclasses import dataclass

from throughcare.casework.cohort.actions import keep_up
from throughcare.casework.events.actions import Handling, handle_pending
from throughcare.casework.linking.actions import Outcome, link
from throughcare.casework.mail.actions import send
from throughcare.registry.parts import handlers, parts_follow
from throughcare.web.clock import now, today


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What came of it."""

    linked: Outcome
    proposed: int
    handled: Handling


def after_import(*, by: str, propose: bool = True) -> Followed:
    """Who is who, who should join or leave the cohort today, then those who wait for what happened are told. Safe to repeat.

    What parts do with what came is done first, so that a court list is matched before people are linked, which takes longer;
    and again after it. What is off now is told by e-mail at once.
    """
    parts_follow(by, today(), people_changed=False)
    linked = link(by=by)
    if linked.looked_at:
        parts_follow(by, today(), people_changed=True)
    proposed = len(keep_up(by=by, on=today())) if propose else 0
    handled = handle_pending(by=by, handlers=handlers())
    send(by=by, day=today(), at=now())
    return Followed(linked=linked, proposed=proposed, handled=handled)
