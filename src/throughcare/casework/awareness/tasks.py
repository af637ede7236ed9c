"""What waits: training not had or to be rated, actions of meetings, what is new; for who plans, what is to be written down."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.gatherings.queries import owned
from throughcare.casework.awareness.gatherings.queries import title_of as meeting_title
from throughcare.casework.awareness.news.queries import new_things, read_by, unread
from throughcare.casework.awareness.training.queries import lacked_by, title_of, to_be_rated, to_come
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task

ROW = "awareness"
SOON = timedelta(days=7)


def tasks(reader: Reader) -> Iterator[Task]:
    yield from _training(reader)
    yield from _actions(reader)
    yield from _to_write_down(reader)
    yield from _news(reader)


def _training(reader: Reader) -> Iterator[Task]:
    """What the account has not had, once an event of it is to come; what it came to and has not rated."""
    ahead = to_come(reader.day)
    lacks = {each.slug: each.name for each in lacked_by(reader)} if ahead else {}
    following = next((event for event in ahead if event.kind in lacks), None)
    if following is not None:
        yield Task(
            key=f"awareness.lacks:{reader.account.pk}:{following.pk}", kind="Training", row=ROW, harm=4, due_on=following.on,
            words=f"You have not yet had: {', '.join(lacks.values())}. Next: {lacks[following.kind]} on "
            f"{weekday_in_words(following.on)}",
            act=("See where", reverse("training-event", kwargs={"training": following.pk})),
        )  # fmt: skip
    for event in to_be_rated(reader):
        yield Task(
            key=f"awareness.rate:{reader.account.pk}:{event.pk}", kind="Training", row=ROW, harm=4, elsewhere=False,
            words=f"You came to {title_of(event.kind)} on {weekday_in_words(event.on)}. How useful was it?",
            act=("Say how useful", reverse("training-rate", kwargs={"training": event.pk})),
        )  # fmt: skip


def _actions(reader: Reader) -> Iterator[Task]:
    """Open actions of the reader's posts: overdue a duty is missed, within the week it is for soon."""
    for action in owned(reader.acting):
        late = action.due_on < reader.day
        yield Task(
            key=f"awareness.action:{action.pk}", kind="Actions from a meeting", row=ROW, elsewhere=False, due_on=action.due_on,
            harm=2 if late else 3 if action.due_on <= reader.day + SOON else 4,
            words=f"{'Overdue, ' if late else ''}{meeting_title(action.meeting)}: {action.text}",
            act=("It is done", f"{reverse('partner-meeting-action', kwargs={'action': action.pk})}?to=done"),
        )  # fmt: skip


def _to_write_down(reader: Reader) -> Iterator[Task]:
    """Events that the reader's posts planned, of which nobody has kept who came."""
    posts = [post.pk for post in reader.acting]
    trainings = m.Training.objects.filter(post__in=posts, on__lt=reader.day, attendance_on=None, cancelled=False)
    for event in trainings.order_by("on", "pk"):
        page = reverse("training-attendance", kwargs={"training": event.pk})
        yield _unwritten(f"training:{event.pk}", title_of(event.kind), event.on, page)
    meetings = m.Meeting.objects.filter(post__in=posts, on__lt=reader.day, kept_on=None, cancelled=False)
    for meeting in meetings.order_by("on", "pk"):
        page = reverse("partner-meeting", kwargs={"meeting": meeting.pk})
        yield _unwritten(f"meeting:{meeting.pk}", meeting_title(meeting), meeting.on, page)


def _unwritten(key: str, title: str, on: date, page: str) -> Task:
    return Task(
        key=f"awareness.unwritten.{key}", kind="Training and meetings to write down", row=ROW, harm=4, due_on=on, elsewhere=False,
        words=f"{title} on {weekday_in_words(on)}: nobody has kept who came", act=("Keep who came", page),
    )  # fmt: skip


def _news(reader: Reader) -> Iterator[Task]:
    """What the account has not read of what is new, in one line."""
    items = new_things(reader.day)
    new = unread(items, read_by(reader.account)) if items else []
    if new:
        more = f", and {len(new) - 1} more" if len(new) > 1 else ""
        last = "-".join(f"{item.kind}{item.number}" for item in new[:1])
        yield Task(
            key=f"awareness.news:{reader.account.pk}:{last}", kind="What's new", row=ROW, harm=4, elsewhere=False,
            words=f"New: {new[0].title}{more}", act=("Read it", reverse("whats-new")),
        )  # fmt: skip
