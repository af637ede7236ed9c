"""The codes of what retention checks find, and of why a placement was left."""

from collections.abc import Mapping

KEPT, LOST, NOT_KNOWN = "kept", "lost", "not_known"
FOUND: Mapping[str, str] = {KEPT: "Still in this job", LOST: "No longer in this job", NOT_KNOWN: "Could not be found out"}
NOT_LOOKED_AT, TO_COME = "not looked at", "to come"
SHOWN: Mapping[str, str] = {
    KEPT: "Kept", LOST: "Lost", NOT_KNOWN: "Not known", NOT_LOOKED_AT: "To be looked at", TO_COME: "To come",
}  # fmt: skip

COMPLETED = "completed"
REASONS: Mapping[str, str] = {
    COMPLETED: "The contract came to its end", "other_job": "Went to another job", "training": "Went into training or education",
    "chose": "Chose to leave", "stopped": "Stopped coming", "dismissed": "Dismissed", "no_work": "The employer had no more work",
    "hours_travel": "Hours or travel did not work out", "conditions": "Conditions stood in the way",
    "custody": "Went into custody", "caring": "Cares for somebody",
    "personal": "Personal reasons, not told here", "not_known": "Not known",
}  # fmt: skip
"""None tells of health: "personal" is all that is kept."""
