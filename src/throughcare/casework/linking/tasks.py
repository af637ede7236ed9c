"""What waits about who is who: questions whether two records are one person, for those whose people they are about."""

from collections.abc import Iterator

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.linking.review.queries import asked
from throughcare.core.pages import Task
from throughcare.design.environment import count


def tasks(reader: Reader) -> Iterator[Task]:
    """One thing for all of them, which leads to their list; those that rest because somebody was not sure are not counted."""
    if not reader.may("same_person", "edit"):
        return
    waiting = [q for q in asked(reader.people("same_person", "edit"), reader.day) if q.again_on is None]
    if waiting:
        first, held = waiting[0], len([q for q in waiting if q.held])
        more = f"; {held} of them are held back by a third record or a decision" if held else ""
        yield Task(
            key=f"linking.asked:{len(waiting)}:{first.left}:{first.right}", kind="Same person?", harm=3, row="same_person",
            words=f"{count(len(waiting), 'question waits', 'questions wait')}: may two records be one person?{more}",
            act=("Decide", reverse("same-person")),
        )  # fmt: skip
