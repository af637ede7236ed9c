"""What waits from panels: one's own actions and packs; for a co-ordinator, people asked for, what came back, what is not sent."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.panel import models as m
from throughcare.casework.panel.queries import boroughs_of, owned
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task
from throughcare.rules.meeting_actions import HANDED_BACK

SOON, LATELY = timedelta(days=7), timedelta(days=14)


def tasks(reader: Reader) -> Iterator[Task]:
    if reader.may("panel_actions", "edit"):
        yield from _actions(reader)
        yield from _packs(reader)
    if boroughs := boroughs_of(reader):
        yield from _to_run(reader, boroughs)


def _actions(reader: Reader) -> Iterator[Task]:
    """Open actions of the reader's posts: overdue a duty is missed, within the week it is for now."""
    for action in owned(reader.acting):
        late = action.due_on < reader.day
        words = f"Overdue from the panel of {day_in_words(action.item.meeting.on)}: {action.text}" if late else action.text
        yield Task(
            key=f"panel.action:{action.pk}", kind="Actions from a panel", person=action.person_id, row="panel_actions",
            harm=2 if late else 3 if action.due_on <= reader.day + SOON else 4, words=words, due_on=action.due_on,
            elsewhere=False, act=("Answer", reverse("panel-action", kwargs={"action": action.pk})),
        )  # fmt: skip


def _packs(reader: Reader) -> Iterator[Task]:
    """Agendas of panels to come, and packs of the last two weeks."""
    seats = m.Seat.objects.filter(post__in=reader.acting, meeting__on__gt=reader.day - LATELY).select_related("meeting", "post")
    for seat in seats.exclude(meeting__agenda_sent_at=None, meeting__packs_sent_at=None).order_by("meeting__on", "pk"):
        meeting, sent = seat.meeting, seat.meeting.packs_sent_at is not None
        if not sent and meeting.on < reader.day:
            continue
        what = "your pack" if sent else "your agenda"
        yield Task(
            key=f"panel.{'pack' if sent else 'agenda'}:{seat.pk}", kind="Panels", row="panel_actions", harm=4, due_on=meeting.on,
            words=f"Panel of {meeting.borough} on {day_in_words(meeting.on)}: {what}",
            act=("Open", reverse("panel-pack", kwargs={"meeting": meeting.pk, "post": seat.post.slug})),
        )  # fmt: skip


def _to_run(reader: Reader, boroughs: list[str]) -> Iterator[Task]:
    asks = m.Ask.objects.filter(borough__in=boroughs, discussed=None).select_related("post").order_by("on", "pk")
    for ask in asks:
        yield Task(
            key=f"panel.ask:{ask.pk}", kind="People asked to be discussed", row="panel", harm=4, person=ask.person_id,
            words=f"{ask.post.title} asks the panel to discuss them: {ask.reason}", due_on=ask.on, elsewhere=False,
            act=("Panels", reverse("panels")),
        )  # fmt: skip
    back = m.Action.objects.filter(item__meeting__borough__in=boroughs, state=HANDED_BACK).select_related("owner")
    for action in back.order_by("due_on", "pk"):
        yield Task(
            key=f"panel.back:{action.pk}", kind="Actions handed back", row="panel", harm=3, person=action.person_id,
            words=f"{action.owner.title} hands back: {action.text}", due_on=action.due_on, elsewhere=False,
            act=("Answer", reverse("panel-action", kwargs={"action": action.pk})),
        )  # fmt: skip
    for meeting in m.Meeting.objects.filter(borough__in=boroughs, state=m.CLOSED, packs_sent_at=None).order_by("on"):
        yield Task(
            key=f"panel.unsent:{meeting.pk}", kind="Panels", row="panel", harm=2, due_on=meeting.on, elsewhere=False,
            words=f"Panel of {meeting.borough} on {day_in_words(meeting.on)}: nobody has their actions yet",
            act=("Check and send", reverse("panel", kwargs={"meeting": meeting.pk})),
        )  # fmt: skip
