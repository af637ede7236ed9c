"""What prison co-ordinators record."""

from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.strands.prison import models as m


class TaskRefused(UserError):
    """A task that cannot be recorded."""


def record_task(*, by: str, person_id: int, kind: str, done_on: date, prison: str = "") -> m.Task:
    """A task done about a person; `prison` where it concerns one. Refused: an unknown kind; the same task twice on a day."""
    record = f"{kind} on {done_on}"
    if kind not in m.TASK_KINDS:
        raise TaskRefused(
            what="That is no task of a prison co-ordinator", record=record, expected=f"one of {', '.join(m.TASK_KINDS)}",
            mend="give one of those words",
        )  # fmt: skip
    if m.Task.objects.filter(person=person_id, kind=kind, done_on=done_on, prison=prison).exists():
        raise TaskRefused(
            what="That task is recorded already", record=record, expected="each task once", mend="correct the day or the kind"
        )
    with recording(by=by, verb="prison.record_task") as entry:
        task = m.Task(person_id=person_id, kind=kind, done_on=done_on, prison=prison)
        task.save()
        entry.about(task)
    return task


def put_off(*, reader: Reader, person: int, kind: str, anchor: date, until: date, reason: str) -> m.PutOff:
    """A duty is asked again on a day, with the reason; it is not done by that. Refused: a day that is past or too far off."""
    longest = current_pilot().today.ask_again_within
    if not 1 <= (until - reader.day).days <= longest:
        raise TaskRefused(
            what=f"The day is not in the next {longest} days", record=f"{kind}, counted from {anchor}",
            expected=f"a day after {reader.day}", mend="choose a day from tomorrow on",
        )  # fmt: skip
    with recording(by=reader.by, verb="prison.put_off") as entry:
        row = m.PutOff(person_id=person, kind=kind, anchor=anchor, until=until, reason=reason, on=reader.day, by=reader.by)
        row.save()
        entry.about(row)
        entry.details = {"kind": kind, "until": until}
    return row
