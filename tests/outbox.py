"""Giving out what waits in the outbox inside a test's transaction, where the real round refuses to run."""

import json

from throughcare.casework.events.models import Outbox
from throughcare.core.contracts import Event
from throughcare.registry.parts import handlers


def hand_out() -> list[Event]:
    """Gives every event that has not been given yet to its handlers, once, oldest first."""
    given = []
    for row in Outbox.objects.filter(handled_at=None).order_by("pk"):
        event = Event(kind=row.kind, person_id=row.person_id, subject_type=row.subject_type, subject_id=row.subject_id,
                      happened_on=row.happened_on, details=json.loads(row.details))  # fmt: skip
        for handler in handlers().get(row.kind, ()):
            handler(event)
        given.append(event)
    return given
