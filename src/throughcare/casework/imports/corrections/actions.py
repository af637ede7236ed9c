"""What a person does with a row in quarantine: correct it and load it, set it aside, take it back.

A correction is a load of its own, of one row, through the same checks, people, loaders and mending as a file. What the agency
sends later of the same record is loaded over it, and the correction is kept as a superseded row.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.actions import Outcome, Resolver, load_rows
from throughcare.casework.imports.corrections.errors import NotSetAside, NotWaiting, UnknownColumn, UnknownReason
from throughcare.casework.imports.corrections.queries import cells_of, faults_of
from throughcare.casework.imports.corrections.reasons import OTHER, REASONS
from throughcare.casework.imports.files import Batch
from throughcare.casework.imports.models import FileLoad, QuarantinedRow
from throughcare.core.contracts import Feed

LONGEST_NAME = 255


def correct(
    *, by: str, row: int, values: Mapping[str, str], feeds: Mapping[str, Feed], resolve: Resolver,
    at: datetime | None = None,
) -> Outcome:  # fmt: skip
    """Loads the row of a fault with some cells corrected, by column; the others as given.

    Where it is still wrong, the row with the corrected cells and its new faults waits in place of the old one: nothing typed
    is lost (`corrections.queries.rows_still_wrong` of `Outcome.load`). Refused: a row that does not wait, a column that the
    feed has not. After a feed that names people the linkage is to be run.
    """
    with recording(by=by, verb="quarantine.correct") as entry:
        fault = _waiting(row)
        feed = _feed(fault, feeds, values)
        given, _ = cells_of(fault, feed)
        cells = given | {name: value.strip() for name, value in values.items()}
        name = f"correction of {fault.file.name} line {fault.line}"[:LONGEST_NAME]
        digest = hashlib.sha256(json.dumps(list(cells.values())).encode()).hexdigest()
        record = FileLoad(feed=feed.slug, name=name, digest=digest, loaded_at=at or datetime.now(UTC), loaded_by=by,
                          corrects=fault.file)  # fmt: skip
        batch = Batch(rows=[list(cells.values())], lines=[fault.line], ragged=[])
        outcome = load_rows(record=record, feed=feed, parts=[batch], resolve=resolve)
        if not outcome.quarantined or QuarantinedRow.objects.filter(file=record).exists():
            faults_of(fault).filter(mended_by=None).update(mended_by=record)
        entry.about(fault, person_id=min(outcome.people, default=None))
        entry.details = {
            "feed": feed.slug, "record_id": cells["record_id"], "file": fault.file.name, "line": fault.line, "load": record.pk,
            "columns": [name for name, value in cells.items() if value != given[name]], "loaded": not outcome.quarantined,
        }  # fmt: skip
    return outcome


def dismiss(*, by: str, row: int, reason: str, note: str = "") -> int:
    """Sets the row of a fault aside: it is kept, does not wait, and is not asked about when it comes again as it is.

    `reason`: a code of `REASONS`; "other" needs a note. Returns how many faults the row has. Refused: a row that does not wait.
    """
    if reason not in REASONS or (reason == OTHER and not note.strip()):
        raise UnknownReason(
            what=f"{reason!r} is no reason" if reason not in REASONS else "Another reason is not said", record=f"fault {row}",
            expected=", ".join(REASONS), mend="give one of these; with other, a note that says why",
        )  # fmt: skip
    with recording(by=by, verb="quarantine.dismiss") as entry:
        fault = _waiting(row)
        told = {"set_aside": reason, "set_aside_note": note.strip(), "set_aside_by": by, "set_aside_at": datetime.now(UTC)}
        faults = faults_of(fault).filter(mended_by=None).update(**told)
        entry.about(fault)
        entry.details = {"feed": fault.feed, "line": fault.line, "reason": reason}
    return faults


def take_back(*, by: str, row: int) -> int:
    """The row of a fault waits again. Refused: one that was not set aside, or whose record has been loaded since."""
    with recording(by=by, verb="quarantine.take_back") as entry:
        fault = QuarantinedRow.objects.select_for_update().filter(pk=row).first()
        if fault is None or not fault.set_aside or fault.mended_by_id is not None:
            raise NotSetAside(
                what="The row cannot be taken back", record=f"fault {row}", expected="a row that was set aside",
                mend="look at the rows that were set aside again",
            )  # fmt: skip
        entry.details = {"feed": fault.feed, "line": fault.line, "reason": fault.set_aside}
        told = {"set_aside": "", "set_aside_note": "", "set_aside_by": "", "set_aside_at": None}
        faults = faults_of(fault).filter(mended_by=None).update(**told)
        entry.about(fault)
    return faults


def _waiting(number: int) -> QuarantinedRow:
    fault = QuarantinedRow.objects.select_for_update().filter(pk=number).first()
    if fault is None or fault.mended_by_id is not None or fault.set_aside:
        why = "is not there" if fault is None else "was set aside" if fault.set_aside else "has been loaded or replaced since"
        raise NotWaiting(
            what=f"The row {why}", record=f"fault {number}", expected="a row that waits in quarantine",
            mend="take it back first" if fault is not None and fault.set_aside else "look at the rows that wait again",
        )  # fmt: skip
    return fault


def _feed(fault: QuarantinedRow, feeds: Mapping[str, Feed], values: Mapping[str, str]) -> Feed:
    feed = feeds.get(fault.feed)
    names = [column.name for column in feed.columns] if feed else []
    unknown = sorted(set(values) - set(names))
    if feed is None or unknown:
        raise UnknownColumn(
            what=f"{', '.join(unknown) or fault.feed} is no column of the feed" if feed else f"There is no feed {fault.feed}",
            record=f"{fault.file.name}, line {fault.line}", expected=", ".join(names) or "a feed that is loaded here",
            mend="correct the columns of the feed only",
        )  # fmt: skip
    return feed
