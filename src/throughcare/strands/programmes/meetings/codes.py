"""The codes of planned meetings: their kinds, their states, why one is moved, called off or refused."""

from collections.abc import Mapping

MEETING, VISIT = "meeting", "visit"
KINDS: Mapping[str, str] = {MEETING: "Meeting", VISIT: "Prison visit"}

PLANNED, HELD, MISSED, CALLED_OFF, MOVED, CANCELLED = "planned", "held", "missed", "called_off", "moved", "cancelled"
STATES: Mapping[str, str] = {
    PLANNED: "Planned", HELD: "Met", MISSED: "Did not come", CALLED_OFF: "Called off", MOVED: "Moved", CANCELLED: "Cancelled",
}  # fmt: skip

WHY: Mapping[str, str] = {
    "person": "They asked", "us": "We could not", "prison": "The prison called it off", "moved": "They were moved",
    "released": "They were released", "clearance": "No clearance for the prison", "ended": "The work with them has ended",
    "other": "Another reason",
}  # fmt: skip
"""Why a meeting is called off, cancelled or moved."""

REFUSALS: Mapping[str, str] = {
    "no_room": "No room or time free", "no_officer": "No officer to escort", "not_there": "The person is not there",
    "no_clearance": "No clearance for the visitor", "person": "The person did not want it",
    "security": "The prison was locked down", "other": "Another reason",
}  # fmt: skip
"""Why a prison refuses a visit."""

WENT: Mapping[str, str] = {HELD: "We met", MISSED: "They did not come", CALLED_OFF: "It was called off"}
OUTCOMES: Mapping[str, str] = {HELD: "ATTC", MISSED: "UAAB"}
"""What is recorded of the session: one that was called off is none."""

MOVED_PRISON, RELEASED = "moved", "released"
FLAGS: Mapping[str, str] = {MOVED_PRISON: "moved to another prison", RELEASED: "released"}
EVENTS: Mapping[str, str] = {"prison.moved": MOVED_PRISON, "prison.released": RELEASED}
"""By kind of event, how a planned visit is flagged."""
