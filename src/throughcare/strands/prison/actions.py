"""What prison co-ordinators record."""

from datetime import date

from throughcare.casework.audit.actions import recording
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
