"""The states of an action from a meeting, as data: who may move it where, and what must be said. Open until it is done.

Of a borough's panel and of the partners' other meetings alike. An action that waits comes back to every agenda of its kind. A
closed one is opened again by the co-ordinator alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

OPEN, HANDED_BACK, DONE, DROPPED, TAKEN_BACK = "open", "handed_back", "done", "dropped", "taken_back"
Who = Literal["owner", "coordinator"]


@dataclass(frozen=True, kw_only=True)
class Move:
    """One way out of a state: where to, the words on the button, who may, the question that must be answered ("": none).

    `in_the_meeting`: only while the meeting runs that made the action. `anew`: an owner and a day are chosen again.
    """

    to: str
    words: str
    who: Who
    asks: str = ""
    in_the_meeting: bool = False
    anew: bool = False


@dataclass(frozen=True, kw_only=True)
class State:
    """One state and the ways out of it. `waits`: somebody still has to do something, and it comes back to the agenda."""

    slug: str
    shown: str
    moves: tuple[Move, ...]
    waits: bool = False


_DROP = Move(to=DROPPED, words="Drop it", who="coordinator", asks="Why is it dropped?")
_TAKE_BACK = Move(to=TAKEN_BACK, words="Take back", who="coordinator", in_the_meeting=True)
STATES: tuple[State, ...] = (
    State(slug=OPEN, shown="Open", waits=True, moves=(
        Move(to=DONE, words="It is done", who="owner", asks="What was done?"),
        Move(to=HANDED_BACK, words="Hand it back", who="owner", asks="Why can it not be done by you?"),
        _DROP, _TAKE_BACK)),
    State(slug=HANDED_BACK, shown="Handed back", waits=True, moves=(
        Move(to=OPEN, words="Give it to somebody", who="coordinator", asks="What is said with it?", anew=True), _DROP)),
    State(slug=DONE, shown="Done", moves=(
        Move(to=OPEN, words="It is not done", who="coordinator", asks="What is still to be done?"),)),
    State(slug=DROPPED, shown="Dropped", moves=()),
    State(slug=TAKEN_BACK, shown="Taken back", moves=()),
)  # fmt: skip
TABLE: Mapping[str, State] = {state.slug: state for state in STATES}
WAITS: tuple[str, ...] = tuple(state.slug for state in STATES if state.waits)


def move(state: str, to: str) -> Move | None:
    """The listed move between two states; None where the table has none."""
    return next((each for each in TABLE[state].moves if each.to == to), None)
