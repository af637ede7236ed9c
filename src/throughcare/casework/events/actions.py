"""The outbox: an event is written where it happens, in the same transaction, and given to its handlers after the commit."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from throughcare.casework.audit.actions import recording
from throughcare.casework.events.models import Handled, Outbox
from throughcare.casework.imports.queries import parts_of
from throughcare.core.contracts import Event

Handler = Callable[[Event], None]
"""A function with a name of its own: by that name it is known to have had an event."""


@dataclass(frozen=True, kw_only=True)
class Handling:
    """What one round brought, in events: `failed` still wait and are tried in the next round, `errors` say why."""

    handled: int
    failed: int
    errors: tuple[str, ...] = ()


def announce(event: Event) -> None:
    """Keeps an event. Call it inside the action's own `recording`: it is kept if and only if the action is."""
    announce_all([event])


def announce_all(events: Iterable[Event]) -> None:
    """Keeps many events of one action, in their order."""
    now = datetime.now(UTC)
    Outbox.objects.bulk_create(
        [
            Outbox(
                kind=event.kind, person_id=event.person_id, subject_type=event.subject_type, subject_id=event.subject_id,
                happened_on=event.happened_on, details=json.dumps(dict(event.details), sort_keys=True), created_at=now,
            )
            for event in events
        ],
        batch_size=1000,
    )  # fmt: skip


def handle_pending(*, by: str, handlers: Mapping[str, Sequence[Handler]]) -> Handling:
    """Gives each waiting event, oldest first, to every handler of its kind that has not had it.

    A handler runs in a transaction of its own together with the note that it has had the event, so it has it once. One
    that fails leaves nothing but its error and one more attempt on the event, which waits for the next round; other
    handlers and later events go on. An event of a kind that nobody handles is done with. Refuses, with RuntimeError, to
    run inside a transaction: nothing would be committed yet.
    """
    with transaction.atomic(durable=True):
        waiting = list(Outbox.objects.filter(handled_at=None).order_by("pk"))
    _nobody_handles(by, [row.pk for row in waiting if not handlers.get(row.kind)])
    failed: list[str] = []
    wanted = [row for row in waiting if handlers.get(row.kind)]
    for row in wanted:
        errors = [error for handler in handlers[row.kind] if (error := _give(by, row, handler))]
        _attempted(by, row, errors)
        failed += [f"event {row.pk}: {'; '.join(errors)}"] * bool(errors)
    return Handling(handled=len(waiting) - len(failed), failed=len(failed), errors=tuple(failed))


def _nobody_handles(by: str, ids: list[int]) -> None:
    if not ids:
        return
    with recording(by=by, verb="events.handle") as entry:
        for part in parts_of(ids):
            Outbox.objects.filter(pk__in=part, handled_at=None).update(handled_at=datetime.now(UTC))
        entry.details = {"events": len(ids), "handlers": 0}


def _give(by: str, row: Outbox, handler: Handler) -> str:
    """Gives one event to one handler, unless it has had it; the error in words where it fails, else empty."""
    name = f"{handler.__module__}.{handler.__qualname__}"
    try:
        with recording(by=by, verb="events.handle") as entry:
            # The lock makes a second worker wait here, and then find the note.
            Outbox.objects.select_for_update().get(pk=row.pk)
            entry.about(row, person_id=row.person_id)
            entry.details = {"handler": name}
            if Handled.objects.filter(event=row, handler=name).exists():
                return ""
            handler(_event(row))
            Handled(event=row, handler=name, at=datetime.now(UTC)).save()
    except Exception as error:
        return f"{name}: {type(error).__name__}: {error}"
    return ""


def _attempted(by: str, row: Outbox, errors: list[str]) -> None:
    """Notes one attempt: done with where no handler failed, else waiting, with the errors."""
    with recording(by=by, verb="events.fail" if errors else "events.done") as entry:
        row = Outbox.objects.select_for_update().get(pk=row.pk)
        row.attempts += 1
        row.last_error = "\n".join(errors)
        row.handled_at = None if errors else datetime.now(UTC)
        row.save()
        entry.about(row, person_id=row.person_id)
        entry.details = {"attempts": row.attempts}


def _event(row: Outbox) -> Event:
    return Event(
        kind=row.kind, person_id=row.person_id, subject_type=row.subject_type, subject_id=row.subject_id,
        happened_on=row.happened_on, details=json.loads(row.details),
    )  # fmt: skip
