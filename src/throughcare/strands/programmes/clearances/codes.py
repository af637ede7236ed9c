"""Why a prison does not clear a post. No reason tells of anybody's life, health or record."""

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    "papers": "Papers were missing or out of date", "vetting": "Vetting was not passed",
    "not_taken": "The prison takes nobody new", "not_needed": "Not needed for this work", "other": "Another reason",
}  # fmt: skip

WAITING, GRANTED, REFUSED, ENDED = "Asked for", "Cleared", "Refused", "Ended"
