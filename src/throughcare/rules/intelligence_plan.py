"""A plan's way from a borough's request through the research hub and back, as data: states, who may take which step, why.

Between its dates a request has a standing (being researched, returned for more, refused, cancelled). What is refused or cancelled
stays so: who wants it after all asks anew. A plan is used from the day on which a release, resettlement or sentence plan, or a
tasking, rests on it. Which kinds may be asked for changed in London on 16 January 2017, from new profiles to enhancements of
existing ones (GtO interim evaluation, MOPAC 2017, footnote 14); the day stands in the pilot file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

REQUESTED, RETURNED, RESEARCHING, MADE, SENT, USED = "requested", "returned", "researching", "made", "sent", "used"
REFUSED, CANCELLED = "refused", "cancelled"
ENDED = (REFUSED, CANCELLED)
Who = Literal["hub", "borough"]
HUB: Who = "hub"
BOROUGH: Who = "borough"
NEW, ADDITION = "new", "addition"
KINDS = {NEW: "A new plan", ADDITION: "An addition to an existing plan"}

RETURN_REASONS = {
    "what_for": "It does not say what the plan is for", "who": "It is not clear who is meant",
    "question": "The question is too wide", "other": "Another reason, in words",
}  # fmt: skip
REFUSE_REASONS = {
    "not_red": "No longer rated Red", "held": "The borough's own officers hold it already", "no_purpose": "No policing purpose",
    "no_hands": "The hub cannot do it in time", "other": "Another reason, in words",
}  # fmt: skip
CANCEL_REASONS = {
    "not_red": "No longer rated Red", "left": "No longer of the cohort", "too_late": "It would come too late",
    "error": "Asked for in error", "other": "Another reason, in words",
}  # fmt: skip
REASONS: Mapping[str, Mapping[str, str]] = {"return": RETURN_REASONS, "refuse": REFUSE_REASONS, "cancel": CANCEL_REASONS}


@dataclass(frozen=True, kw_only=True)
class Move:
    """A step out of a state: where to, the words on its button, who takes it, what is asked in words ("": nothing).

    `reasons`: one of the coded list of its name is given. `reference`: the force's own number of the product is given.
    """

    step: str
    to: str
    words: str
    who: Who
    asks: str = ""
    reference: bool = False

    @property
    def reasons(self) -> Mapping[str, str]:
        return REASONS.get(self.step, {})


@dataclass(frozen=True, kw_only=True)
class State:
    """One state, as it is shown, what it means, and the ways out. `waits_for`: whose turn it is ("": nobody's)."""

    slug: str
    shown: str
    meaning: str
    moves: tuple[Move, ...] = ()
    waits_for: str = ""


_RETURN = Move(step="return", to=RETURNED, words="Return it to the borough", who=HUB, asks="What is still needed?")
_REFUSE = Move(step="refuse", to=REFUSED, words="Refuse it", who=HUB, asks="What is said to the borough?")
_CANCEL = Move(step="cancel", to=CANCELLED, words="Cancel the request", who=BOROUGH, asks="What is said to the hub?")
STATES: tuple[State, ...] = (
    State(slug=REQUESTED, shown="Requested", meaning="The hub has not begun.", waits_for=HUB,
          moves=(Move(step="take", to=RESEARCHING, words="Begin the research", who=HUB), _RETURN, _REFUSE, _CANCEL)),
    State(slug=RETURNED, shown="Returned to the borough", meaning="The hub needs more before it can begin.", waits_for=BOROUGH,
          moves=(Move(step="answer", to=REQUESTED, words="Answer the hub", who=BOROUGH, asks="What does the hub need to know?"),
                 _CANCEL)),
    State(slug=RESEARCHING, shown="Being researched", meaning="The hub works on it.", waits_for=HUB,
          moves=(Move(step="make", to=MADE, words="Say that it is made", who=HUB, reference=True), _RETURN, _REFUSE, _CANCEL)),
    State(slug=MADE, shown="Made", meaning="Made, and not sent yet: nobody outside the police sees anything of it.",
          waits_for=HUB, moves=(Move(step="send", to=SENT, words="Send it to the borough", who=HUB),)),
    State(slug=SENT, shown="Sent", meaning="With the borough; nothing on record rests on it yet."),
    State(slug=USED, shown="Used", meaning="A tasking, or a release, resettlement or sentence plan, rests on it."),
    State(slug=REFUSED, shown="Refused", meaning="The hub does not make it. Asked for anew, it is a request of its own."),
    State(slug=CANCELLED, shown="Cancelled", meaning="The borough does not want it any more."),
)  # fmt: skip
TABLE: Mapping[str, State] = {state.slug: state for state in STATES}


def state_of(*, standing: str, actioned_on: date | None, received_on: date | None, used: bool) -> State:
    """The state that dates and standing make. What came back is sent, whatever was said of it before; null dates: not yet."""
    if standing in ENDED:
        return TABLE[standing]
    if received_on is not None:
        return TABLE[USED if used else SENT]
    if actioned_on is not None:
        return TABLE[MADE]
    return TABLE[standing if standing in (RETURNED, RESEARCHING) else REQUESTED]


def move(state: str, step: str) -> Move | None:
    """The listed step out of a state; None where the table has none."""
    return next((each for each in TABLE[state].moves if each.step == step), None)


def kinds_on(day: date, *, additions_from: date | None, has_plan: bool) -> tuple[str, ...]:
    """What may be asked for on a day. From `additions_from` on an addition alone: to the plan on record here, or, where there is
    none, to the profile that the force holds. Before it, or where the pilot has no such day, a new plan, and an addition where
    there is a plan to add to.
    """
    if additions_from is not None and day >= additions_from:
        return (ADDITION,)
    return (NEW, ADDITION) if has_plan else (NEW,)
