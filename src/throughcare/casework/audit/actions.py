"""Writing with its audit entry: `recording` is the one way in which anything is written."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from throughcare.casework.audit.models import Entry, Head, writing

FIRST = "0" * 64


@dataclass(kw_only=True)
class Recording:
    """What an action says of itself while it writes: one subject, or several through `also`."""

    verb: str
    actor: str
    subject_type: str = ""
    subject_id: str = ""
    person_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)
    entries: list[tuple[str, str, str, int | None, Mapping[str, Any]]] = field(default_factory=list)

    def about(self, record: Any, *, person_id: int | None = None) -> None:
        """Name the record that this action is about; asked for once."""
        self.subject_type, self.subject_id = record._meta.label_lower, str(record.pk)
        self.person_id = person_id if person_id is not None else getattr(record, "person_id", None)

    def also(
        self, verb: str, subject_type: str, subject_id: str, *, person_id: int | None, details: Mapping[str, Any]
    ) -> None:
        """A further entry of the same transaction, such as one corrected row of an import."""
        self.entries.append((verb, subject_type, subject_id, person_id, details))

    def write_out(self) -> None:
        """Writes the further entries so far, so that a long action need not hold them all.

        Without any nothing is locked: other writers wait for the chain only from the first entry on.
        """
        if self.entries:
            _append(self.actor, self.entries)
            self.entries = []


@contextmanager
def recording(*, by: str, verb: str) -> Iterator[Recording]:
    """One transaction with its audit entry inside: `with recording(by=by, verb="cohort.accept") as entry: ...`.

    `by` is the account or process that acts, never empty. The entry is written when the block ends well; an exception
    leaves the store as before. A nested block writes its own entry in the same transaction.
    """
    if not by:
        raise ValueError("an action needs to know who acts: `by` is empty")
    entry = Recording(verb=verb, actor=by)
    with transaction.atomic():
        token = writing.set(True)
        try:
            yield entry
            own = (entry.verb, entry.subject_type, entry.subject_id, entry.person_id, entry.details)
            _append(by, [*entry.entries, own])
        finally:
            writing.reset(token)


def backed_up(*, by: str, file: str, sha256: str) -> None:
    """Keeps that all that the home holds was written to a file."""
    with recording(by=by, verb="backup.write") as entry:
        entry.subject_type, entry.subject_id, entry.details = "file", file, {"sha256": sha256}


def _append(by: str, entries: Iterable[tuple[str, str, str, int | None, Mapping[str, Any]]]) -> None:
    """Adds entries to the chain. The head row is locked, so two writers cannot continue the same hash."""
    head = Head.objects.select_for_update().filter(pk=1).first() or Head(id=1, entries=0, hash=FIRST)
    at = datetime.now(UTC)
    rows = []
    for verb, subject_type, subject_id, person_id, details in entries:
        head.entries += 1
        row = Entry(
            id=head.entries,
            at=at,
            actor=by,
            verb=verb,
            subject_type=subject_type,
            subject_id=subject_id,
            person_id=person_id,
            details=json.dumps(details, sort_keys=True, default=str),
        )
        row.hash = head.hash = entry_hash(head.hash, row)
        rows.append(row)
    Entry.objects.bulk_create(rows, batch_size=500)
    head.save()


def entry_hash(before: str, row: Entry) -> str:
    """SHA-256 over the hash before and every field of the entry, in a fixed order."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    person = "" if row.person_id is None else str(row.person_id)
    told = [before, str(row.pk), at, row.actor, row.verb, row.subject_type, row.subject_id, person, row.details]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()
