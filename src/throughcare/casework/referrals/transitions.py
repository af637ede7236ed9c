"""The transition table of a referral, as data: its states, who may move it where, for which reasons, in which words.

A referral is always in one state. A closed state is left only by a listed reopening; completed and made in error never.
After a hold it goes back to the state in which it was held. Roles are those of the access policy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

REFERRERS = ("offender_manager", "iom_coordinator", "prison_coordinator", "senior_officer")
PROVIDERS = ("provider_worker", "provider_admin", "health_practitioner", "employment_broker")
EVERYBODY = REFERRERS + PROVIDERS


@dataclass(frozen=True, kw_only=True)
class Move:
    """One way out of a state: where to, the words on the button, who may, the list of reasons ("" where none is asked).

    `suggested`: the one offered first. `reopens`: leaves a closed state.
    """

    to: str
    words: str
    who: tuple[str, ...]
    reasons: str = ""
    suggested: bool = False
    reopens: bool = False


@dataclass(frozen=True, kw_only=True)
class State:
    """One state: the words shown, and what they mean for who reads them; `closed`: nothing more is expected."""

    slug: str
    shown: str
    meaning: str
    moves: tuple[Move, ...]
    closed: bool = False

    @property
    def next_states(self) -> tuple[str, ...]:
        return tuple(move.to for move in self.moves)


_ACKNOWLEDGE = Move(to="acknowledged", words="Say it has arrived", who=PROVIDERS)
_ACCEPT = Move(to="accepted", words="Accept", who=PROVIDERS, suggested=True)
_DECLINE = Move(to="declined", words="Decline", who=PROVIDERS, reasons="declined")
_START = Move(to="started", words="Record the start", who=PROVIDERS, suggested=True)
_HOLD = Move(to="on_hold", words="Put on hold", who=EVERYBODY, reasons="held")
_COMPLETE = Move(to="completed", words="Complete", who=PROVIDERS)
_END = Move(to="ended_early", words="End early", who=PROVIDERS, reasons="ended_early")
_WITHDRAW = Move(to="withdrawn", words="Withdraw", who=REFERRERS, reasons="withdrawn")
_IN_ERROR = Move(to="made_in_error", words="Mark as made in error", who=REFERRERS, reasons="in_error")
_AGAIN = Move(to="sent", words="Send again", who=REFERRERS, reasons="reopened", reopens=True)

STATES: tuple[State, ...] = (
    State(slug="sent", shown="Sent", meaning="The provider has not answered yet.",
          moves=(_ACKNOWLEDGE, _ACCEPT, _DECLINE, _WITHDRAW, _IN_ERROR)),
    State(slug="acknowledged", shown="Acknowledged", meaning="The provider has it and is deciding.",
          moves=(_ACCEPT, _DECLINE, _WITHDRAW, _IN_ERROR)),
    State(slug="accepted", shown="Accepted", meaning="The provider takes the person on; work has not begun.",
          moves=(_START, _HOLD, _COMPLETE, _END, _WITHDRAW, _IN_ERROR)),
    State(slug="started", shown="Started", meaning="The person is taking part.",
          moves=(Move(to="completed", words="Complete", who=PROVIDERS, suggested=True), _HOLD, _END, _WITHDRAW, _IN_ERROR)),
    State(slug="on_hold", shown="On hold", meaning="Stopped for a time; it goes on from where it stopped.",
          moves=(Move(to="started", words="Go on", who=EVERYBODY, suggested=True),
                 Move(to="accepted", words="Go on", who=EVERYBODY), _END, _WITHDRAW, _IN_ERROR)),
    State(slug="completed", shown="Completed", meaning="The provider has ended it as completed.", moves=(), closed=True),
    State(slug="ended_early", shown="Ended early", meaning="Ended before it was completed.", closed=True,
          moves=(Move(to="started", words="Take up again", who=PROVIDERS, reasons="reopened", reopens=True),)),
    State(slug="declined", shown="Declined", meaning="The provider does not take the person on.", moves=(_AGAIN,), closed=True),
    State(slug="withdrawn", shown="Withdrawn", meaning="Taken back by who sent it; it stays counted as made.",
          moves=(_AGAIN,), closed=True),
    State(slug="made_in_error", shown="Made in error", meaning="It should never have been sent, and is not counted.",
          moves=(), closed=True),
)  # fmt: skip

TABLE: Mapping[str, State] = {state.slug: state for state in STATES}
PLACES: Mapping[str, int] = {state.slug: place for place, state in enumerate(STATES)}
CLOSED: tuple[str, ...] = tuple(state.slug for state in STATES if state.closed)


def move(state: str, to: str) -> Move | None:
    """The listed move between two states; None where the table has none."""
    return next((each for each in TABLE[state].moves if each.to == to), None)


def comes_from(to: str) -> tuple[str, ...]:
    """The states that an unreopened referral may have been in just before `to`."""
    return tuple(s.slug for s in STATES for each in s.moves if each.to == to and not each.reopens)


def first_fault(states: Iterable[str]) -> tuple[str, str] | None:
    """The first two neighbours of a history that the table does not join; None where it is all of the table.

    A history begins as sent. A hold is left only to the state in which it was held.
    """
    before, held = "sent", ""
    for state in states:
        back = before != "on_hold" or state not in ("accepted", "started") or state == held
        if move(before, state) is None or not back:
            return before, state
        held = before if state == "on_hold" else held
        before = state
    return None
