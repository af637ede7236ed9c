"""Answering a thing that waits: done elsewhere, or to be asked again on a day. Either can be undone."""

from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.today.models import Answer
from throughcare.core.errors import UserError
from throughcare.core.pages import Task


class NotLater(UserError):
    """A day to be asked again that is not after today, or so far off that nobody would be asked."""



def done_elsewhere(*, reader: Reader, task: Task) -> Answer:
    """Somebody did it in another system or by word of mouth: it is asked no more, and that is kept."""
    return _answer(reader, task, kind="elsewhere", until=None)


def ask_again(*, reader: Reader, task: Task, until: date) -> Answer:
    """It comes back on the day, at most as far off as the pilot file lets it be: nothing is put off for ever."""
    longest = current_pilot().today.ask_again_within
    if not 1 <= (until - reader.day).days <= longest:
        raise NotLater(
            what=f"The day is not in the next {longest} days", record=task.key, expected=f"a day after {reader.day}",
            mend="choose a day from tomorrow on",
        )  # fmt: skip
    return _answer(reader, task, kind="later", until=until)


def _answer(reader: Reader, task: Task, *, kind: str, until: date | None) -> Answer:
    with recording(by=reader.by, verb=f"today.{kind}") as entry:
        answer = Answer(
            post=reader.post, key=task.key, kind=kind, until=until, person_id=task.person, told=task.words[:300], row=task.row,
            on=reader.day,
            by=reader.by,
        )  # fmt: skip
        answer.save()
        entry.about(answer)
        entry.details = {"key": task.key, "until": until}
    return answer


def undo(*, reader: Reader, answer: Answer) -> None:
    """The thing waits again."""
    with recording(by=reader.by, verb="today.undo") as entry:
        answer.withdrawn = True
        answer.save()
        entry.about(answer)
        entry.details = {"key": answer.key}
