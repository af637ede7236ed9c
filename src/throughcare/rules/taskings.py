"""A tasking about a person, as data: asked for, given to a post with a day, done with a result, or handed back with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

OPEN, DONE, RETURNED, CANCELLED = "open", "done", "returned", "cancelled"
SHOWN = {OPEN: "To do", DONE: "Done", RETURNED: "Handed back", CANCELLED: "Cancelled"}
Who = Literal["owner", "giver"]
ORIGINS = {
    "plan": "An intelligence plan", "panel": "A panel", "daily_meeting": "The daily meeting",
    "tactical_group": "The Tactical Tasking and Coordination Group",
}  # fmt: skip
RESULTS = {
    "seen": "Seen and spoken to", "arrested": "Arrested", "not_found": "Looked for and not found",
    "disrupted": "Offending disrupted", "learned": "Something learned, kept in the force's system", "nothing": "Nothing of note",
}  # fmt: skip
RETURN_REASONS = {
    "hands": "No officers for it in time", "where": "The place or the person is not ours", "safe": "Not safe as it is asked",
    "clear": "It is not clear what is to be done",
}  # fmt: skip
CANCEL_REASONS = {"custody": "The person is in custody", "overtaken": "Overtaken by events", "error": "Made in error"}
USED_IN = {"release": "Release plan", "resettlement": "Resettlement plan", "sentence": "Sentence plan"}
"""The plans that a suggestion or a tasking is used in."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A step out of a state: where to, its words, who takes it, the coded list that it asks for. `anew`: owner and day again."""

    step: str
    to: str
    words: str
    who: Who
    codes: Mapping[str, str]
    anew: bool = False


_CANCEL = Move(step="cancel", to=CANCELLED, words="Cancel it", who="giver", codes=CANCEL_REASONS)
TABLE: Mapping[str, tuple[Move, ...]] = {
    OPEN: (
        Move(step="done", to=DONE, words="Record the result", who="owner", codes=RESULTS),
        Move(step="return", to=RETURNED, words="Hand it back", who="owner", codes=RETURN_REASONS), _CANCEL,
    ),
    RETURNED: (Move(step="give", to=OPEN, words="Give it to somebody", who="giver", codes={}, anew=True), _CANCEL),
    DONE: (), CANCELLED: (),
}  # fmt: skip


def state_of(*, carried_out_on: date | None, standing: str) -> str:
    """Its state: what has been carried out is done; what came from a file always has been."""
    return DONE if carried_out_on is not None else standing if standing in (RETURNED, CANCELLED) else OPEN


def move(state: str, step: str) -> Move | None:
    """The listed step out of a state; None where the table has none."""
    return next((each for each in TABLE[state] if each.step == step), None)
