"""The codes of groups: their states, the states of their days, and the answers of the check."""

from collections.abc import Mapping

PLANNED, CONFIRMED, RUNNING, FINISHED, CANCELLED = "planned", "confirmed", "running", "finished", "cancelled"
STATES: Mapping[str, str] = {
    PLANNED: "Planned", CONFIRMED: "Confirmed", RUNNING: "Running", FINISHED: "Finished", CANCELLED: "Cancelled",
}  # fmt: skip
FILLING = (PLANNED, CONFIRMED)
"""States in which places are given."""
LIVE = (*FILLING, RUNNING)

HELD, CALLED_OFF = "held", "called_off"
DAYS: Mapping[str, str] = {PLANNED: "Planned", HELD: "Held", CALLED_OFF: "Called off"}

GO, NOT_GROUP, NOT_VENUE = "go", "not_group", "not_venue"
ANSWERS: Mapping[str, str] = {GO: "May go on", NOT_GROUP: "Not this group", NOT_VENUE: "Not this venue"}
"""All that a provider is told of the check."""

COMPLETE = "completed"
"""Beside the reasons for an early end: how a place ends when the group is finished."""
