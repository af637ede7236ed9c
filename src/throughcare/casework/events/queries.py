"""Reading the outbox: what waits and why, and what is kept of one person."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.casework.events.models import Outbox
from throughcare.core.contracts import TimelineEntry


def waiting() -> list[Outbox]:
    """Events that a handler has still to have, oldest first; those that failed have their error and attempts."""
    return list(Outbox.objects.filter(handled_at=None).order_by("pk"))


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Nothing: what happened is told by the part in which it happened."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The messages between services that name the person."""
    found = Outbox.objects.filter(person_id=person_id).order_by("pk")
    return {
        "messages between services": [
            {
                "what": row.kind, "on": row.happened_on, "details": json.loads(row.details), "kept at": row.created_at,
                "handled at": row.handled_at, "attempts": row.attempts, "last error": row.last_error,
            }
            for row in found
        ]
    }  # fmt: skip
