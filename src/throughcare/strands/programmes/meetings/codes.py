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
    "released": "They were released", "custody": "They are in custody", "ring": "The manager asked us to wait",
    "clearance": "No clearance for the prison", "ended": "The work with them has ended", "other": "Another reason",
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

MOVED_PRISON, RELEASED, CUSTODY, RING = "moved", "released", "custody", "ring"
FLAGS: Mapping[str, str] = {
    MOVED_PRISON: "moved to another prison", RELEASED: "released", CUSTODY: "in custody",
    RING: "ring their manager before you meet",
}  # fmt: skip
OF_CUSTODY = (MOVED_PRISON, RELEASED, CUSTODY)
"""Flags and reasons that tell where somebody is: for whoever may know it."""


def flag_words(flag: str, place: str, *, custody: bool) -> str:
    """Why it cannot be as planned, for who may know where the person is; for others, that it cannot."""
    if flag in OF_CUSTODY and not custody:
        return "ring their manager before you meet"
    return FLAGS.get(flag, "") + (f", now in {place}" if flag == MOVED_PRISON and place else "")


EVENTS: Mapping[str, str] = {"prison.moved": MOVED_PRISON, "prison.released": RELEASED, "prison.received": CUSTODY}
"""By kind of event, how what is planned is flagged."""

TO_RING = ("programmes.back_to_court", "programmes.recall")
"""What the manager may decide of a miss, after which the person may be gone: whoever meets them rings first, not told why."""

TAKEN_BACK = "programmes.decision_taken_back"
ENDS = ("referral.completed", "referral.ended_early", "referral.withdrawn", "referral.made_in_error")
ENDED = "ended"
