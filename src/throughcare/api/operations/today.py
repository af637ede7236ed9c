"""What waits for the post, as the page Today has it, and the two answers other than doing it."""

from django.http import HttpRequest

from throughcare.api import asked, given
from throughcare.api.guard import Operation
from throughcare.casework.access.admission import NotThere
from throughcare.casework.today import actions
from throughcare.core.errors import UserError
from throughcare.core.pages import SIGNED_IN
from throughcare.web.today import Shown, group_of, people_of, waiting_for


class NotElsewhere(UserError):
    """A task that can only be done here was answered as done elsewhere, or one for today was to be put off."""


def today(
    request: HttpRequest, group: asked.Group = "", kind: asked.Kind = "", limit: asked.Limit = 50, offset: asked.Offset = 0
) -> given.Tasks:
    """What waits for the post, the most harmful first, then by day: each thing once, with the one action that it wants."""
    waiting = waiting_for(request.reader)
    tasks = [t for t in waiting if (not group or group_of(t) == group) and (not kind or t.kind == kind)]
    part = tasks[offset : offset + limit]
    about = people_of(request.reader, part)
    return given.Tasks(total=len(tasks), limit=limit, offset=offset, items=[_told(about(task)) for task in part])


def _told(shown: Shown) -> given.Task:
    """The task as on the page: of somebody restricted, whom to ring and nothing else."""
    task, person = shown.task, shown.person
    if shown.ring:
        return given.Task(
            key=None, group=group_of(task), kind=task.kind, words=f"Restricted person: ring {shown.ring}", harm=task.harm,
            due_on=None, elsewhere=False, act=None, person=None, ring=shown.ring,
        )  # fmt: skip
    return given.Task(
        key=task.key, group=group_of(task), kind=task.kind, words=task.words, harm=task.harm, due_on=task.due_on,
        elsewhere=task.elsewhere, act=given.Act(words=task.act[0], address=task.act[1]), ring=None,
        person=given.PersonShown(number=person.number, shown=person.shown) if person else None,
    )  # fmt: skip


def answer(request: HttpRequest, told: asked.Answer) -> given.Answered:
    """Answers a thing that waits: done elsewhere, or to be asked again on a day. One that waits no more is not there."""
    reader = request.reader
    task = next((t for t in waiting_for(reader) if t.key == told.key), None)
    if task is None or people_of(reader, [task])(task).ring:
        raise NotThere(told.key)
    if isinstance(told, asked.AskAgain) and task.later:
        kept = actions.ask_again(reader=reader, task=task, until=told.until)
    elif not isinstance(told, asked.AskAgain) and task.elsewhere:
        kept = actions.done_elsewhere(reader=reader, task=task)
    else:
        raise NotElsewhere(
            what="This can only be done here", record=task.key, expected="the action of the task, or a day to be asked again",
            mend=f"open {task.act[1]}",
        )  # fmt: skip
    return given.Answered(key=kept.key, answer=kept.kind, until=kept.until)


OPERATIONS = (
    Operation(name="today", method="GET", path="/today", view=today, gives=given.Tasks, needs=SIGNED_IN, group="Today"),
    Operation(name="answer", method="POST", path="/today/answers", view=answer, gives=given.Answered, needs=SIGNED_IN,
              group="Today", status=201),
)  # fmt: skip
