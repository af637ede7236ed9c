"""Reading panels: meetings, what was decided, whose actions wait, and all that is held on a person."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.models import Proposal
from throughcare.casework.cohort.standing import in_cohort
from throughcare.casework.panel import models as m
from throughcare.casework.panel.room import DISCLOSED
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry
from throughcare.core.dates import day_in_words
from throughcare.rules.meeting_actions import OPEN, TABLE, TAKEN_BACK


def boroughs_of(reader: Reader) -> list[str]:
    """The boroughs whose panels the reader runs."""
    return sorted({post.place for post in reader.held("iom_coordinator")})


def run_by(reader: Reader, number: int) -> m.Meeting | None:
    """The meeting, where the reader is its borough's co-ordinator; None where it is not, or there is none."""
    return m.Meeting.objects.filter(pk=number, borough__in=boroughs_of(reader)).first()


def item_of(meeting: int, item: int) -> m.Item:
    """An item of a meeting. KeyError where the meeting has no such item."""
    found = m.Item.objects.filter(pk=item, meeting=meeting).select_related("meeting").first()
    if found is None:
        raise KeyError(item)
    return found


def seats_of(meeting: m.Meeting) -> list[m.Seat]:
    return list(m.Seat.objects.filter(meeting=meeting).select_related("post").order_by("post__title", "pk"))


def in_the_room(meeting: m.Meeting) -> list[Post]:
    """The posts in the room now, but for the co-ordinator's own."""
    return [seat.post for seat in seats_of(meeting) if seat.present]


def told_apart(meeting: m.Meeting) -> str:
    """The meeting and who is in its room: another text whenever somebody comes or goes."""
    return f"{meeting.pk} {' '.join(post.slug for post in in_the_room(meeting))}"


def decided(items: Collection[m.Item]) -> dict[int, m.Decision]:
    """By item what was decided of it last; nothing of an item whose decision was taken back."""
    told = m.Decision.objects.filter(item__in=list(items)).order_by("pk")
    return {item: last for item, last in {d.item_id: d for d in told}.items() if last.kind != m.TAKEN_BACK}


def actions_of(**where: Any) -> list[m.Action]:
    """Actions but those taken back, by the day they are due, with what their words may be shown by."""
    found = m.Action.objects.filter(**where).exclude(state=TAKEN_BACK).select_related("owner", "item__meeting")
    return list(found.order_by("due_on", "pk"))


def owned(posts: Sequence[Post]) -> QuerySet[m.Action]:
    """The open actions of these posts: of a provider's post, those of all its desks."""
    desks = [post.place for post in posts if post.role in PROVIDER_ROLES and post.place]
    theirs = Q(owner__in=list(posts)) | Q(owner__role__in=PROVIDER_ROLES, owner__place__in=desks)
    found = m.Action.objects.filter(theirs, state=OPEN, item__meeting__packs_sent_at__isnull=False)
    return found.select_related("owner", "item__meeting").order_by("due_on", "pk")


def borough_for(person: int, reader: Reader) -> str:
    """The borough whose panel discusses the person: of its members, and those proposed to it; "" where there is none."""
    cohort = in_cohort(person, reader.day)
    if cohort.member:
        return cohort.borough
    waiting = Proposal.objects.filter(person=person, accepted=None, superseded_on=None).order_by("-pk")
    return waiting.values_list("borough", flat=True).first() or ""


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Panels that discussed the person, with the decision, once sent; actions and what became of them.

    An action is left out whose owner tells of more than the panel's row does, as a mental-health practitioner's: the
    owner has it under Today, and who may read it finds it on the panel's own page.
    """
    items = list(m.Item.objects.filter(person=person_id, meeting__packs_sent_at__isnull=False).select_related("meeting"))
    last = decided(items)
    told = [
        _entry(i.meeting.on, f"Discussed by the panel of {i.meeting.borough}: {last[i.pk].text or 'no change'}")
        for i in items
        if i.pk in last
    ]
    added = m.Addendum.objects.filter(item__in=items)
    told += [_entry(london_date(a.at), f"Added to the panel's record: {a.text}") for a in added]
    events = m.ActionEvent.objects.filter(action__person=person_id, action__item__meeting__packs_sent_at__isnull=False)
    events = events.exclude(action__state=TAKEN_BACK).exclude(action__owner__role__in=[*DISCLOSED, *PROVIDER_ROLES])
    for event in events.select_related("action__owner").order_by("pk"):
        action, shown = event.action, TABLE[event.state].shown.lower()
        due = f", due on {day_in_words(action.due_on)}" if event.state == OPEN else ""
        said = f" ({event.text})" if event.text else ""
        told.append(_entry(event.on, f"Panel's action for {action.owner.title}{due}: {action.text}: {shown}{said}"))
    return sorted(told, key=lambda entry: entry.on)


def _entry(on: Any, words: str) -> TimelineEntry:
    return TimelineEntry(on=on, kind="panel", row="panel", words=words)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this app on a person, by table."""
    tables: dict[str, QuerySet] = {
        "on a panel's agenda": m.Item.objects.filter(person=person_id),
        "decisions of a panel": m.Decision.objects.filter(item__person=person_id),
        "actions from a panel": m.Action.objects.filter(person=person_id),
        "what became of a panel's actions": m.ActionEvent.objects.filter(action__person=person_id),
        "added to a panel's record": m.Addendum.objects.filter(item__person=person_id),
        "asked to be discussed": m.Ask.objects.filter(person=person_id),
    }
    return {words: list(rows.order_by("pk").values()) for words, rows in tables.items()}
