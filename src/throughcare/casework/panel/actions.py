"""Writing a panel: its plan, who is in the room, what is decided as it is said, and what becomes of its actions.

What was decided is never changed: a correction is another decision, and both stay. After the meeting is closed there are
addenda alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.cohort.actions import rate
from throughcare.casework.panel import errors
from throughcare.casework.panel import models as m
from throughcare.casework.panel.queries import borough_for, decided
from throughcare.casework.panel.room import may_be_given, readers
from throughcare.rules import meeting_actions as states

DRAFTED = ("text", "words")
"""The fields whose typing is kept before it is sent: of a decision, of an action."""


def plan(*, by: str, borough: str, on: date) -> m.Meeting:
    """A panel of the borough on a day, with the seats of its last one. Refused: a second on the day."""
    with recording(by=by, verb="panel.plan") as entry:
        _alone(borough, on)
        last = m.Meeting.objects.filter(borough=borough, on__lt=on).order_by("-on").first()
        meeting = m.Meeting(borough=borough, on=on, planned_by=by)
        meeting.save()
        for seat in m.Seat.objects.filter(meeting=last, post__closed_on=None) if last else ():
            m.Seat(meeting=meeting, post_id=seat.post_id).save()
        entry.about(meeting)
    return meeting


def _alone(borough: str, on: date) -> None:
    if m.Meeting.objects.filter(borough=borough, on=on).exists():
        raise errors.TwoOnADay(
            what=f"{borough} has a panel on that day", record=f"panel of {on}", expected="one panel a day",
            mend="open that one, or choose another day",
        )  # fmt: skip


def invite(*, by: str, meeting: m.Meeting, post: Post, bring: str = "") -> m.Seat:
    """Asks a post to the meeting, and what to bring; asked already, what it is to bring is what was said last."""
    with _in_state(by, "panel.invite", meeting, m.PLANNED, m.RUNNING) as entry:
        seat = m.Seat.objects.filter(meeting=meeting, post=post).first() or m.Seat(meeting=meeting, post=post)
        seat.bring = bring.strip()
        seat.save()
        entry.details = {"post": post.slug}
    return seat


def put_on(*, by: str, meeting: m.Meeting, people: Mapping[int, Sequence[m.Why]]) -> list[m.Item]:
    """Puts people on the agenda, after those on it, with the reasons; somebody on it already stays where they are."""
    with _in_state(by, "panel.put_on", meeting, m.PLANNED, m.RUNNING) as entry:
        held = list(m.Item.objects.filter(meeting=meeting).order_by("place"))
        there, after = {item.person_id for item in held}, held[-1].place if held else 0
        fresh = [person for person in people if person not in there]
        items = []
        for place, person in enumerate(fresh, start=after + 1):
            item = m.Item(meeting=meeting, person_id=person, place=place, reasons=json.dumps(people[person]))
            item.save()
            items.append(item)
            entry.also("panel.put_on", "panel.item", str(item.pk), person_id=person, details={})
    return items


def take_off(*, by: str, item: m.Item) -> None:
    """Takes somebody off the agenda of whom nothing was said yet."""
    with _in_state(by, "panel.take_off", item.meeting, m.PLANNED, m.RUNNING) as entry:
        if item.decisions.exists() or item.actions.exists():
            raise _not_now(item.meeting, "somebody of whom nothing was recorded", "leave them on it")
        entry.also("panel.take_off", "panel.item", str(item.pk), person_id=item.person_id, details={})
        item.delete()


def reorder(*, by: str, item: m.Item, up: bool) -> None:
    """Swaps an item with the one before it, or after it; the first and the last stay."""
    with _in_state(by, "panel.reorder", item.meeting, m.PLANNED, m.RUNNING):
        items = list(m.Item.objects.filter(meeting=item.meeting_id).order_by("place", "pk"))
        at = [each.pk for each in items].index(item.pk)
        to = at + (-1 if up else 1)
        if 0 <= to < len(items):
            items[at], items[to] = items[to], items[at]
        for place, each in enumerate(items, start=1):
            each.place = place
            each.save()


def start(*, by: str, meeting: m.Meeting, on: date) -> None:
    """The meeting begins: from now on it can be shown, and what is said be recorded. Put off or brought forward, it is of the
    day on which it is held."""
    with _in_state(by, "panel.start", meeting, m.PLANNED) as entry:
        if meeting.on != on:
            _alone(meeting.borough, on)
            entry.details = {"planned_for": meeting.on, "on": on}
            meeting.on = on
        meeting.state, meeting.started_at = m.RUNNING, datetime.now(UTC)
        meeting.save()


def close(*, by: str, meeting: m.Meeting) -> None:
    """The meeting ends: its record is corrected by addenda alone. Nobody is in the room any more."""
    with _in_state(by, "panel.close", meeting, m.RUNNING):
        meeting.state, meeting.closed_at = m.CLOSED, datetime.now(UTC)
        meeting.save()
        m.Seat.objects.filter(meeting=meeting).update(present=False)
        m.Item.objects.filter(meeting=meeting).update(draft="{}")


def send(*, by: str, meeting: m.Meeting) -> None:
    """What each agency gets becomes visible to it: before the meeting the agenda, after it the pack and the actions."""
    with _in_state(by, "panel.send", meeting, m.PLANNED, m.CLOSED) as entry:
        sent = "agenda_sent_at" if meeting.state == m.PLANNED else "packs_sent_at"
        setattr(meeting, sent, datetime.now(UTC))
        meeting.save()
        entry.details = {"sent": sent}


def come(*, reader: Reader, seat: m.Seat) -> None:
    """A post is in the room. Refused: one that nobody holds today, for then nobody knows what it may hear."""
    with _in_state(reader.by, "panel.come", seat.meeting, m.RUNNING) as entry:
        if not readers(reader, [seat.post])[seat.post_id]:
            raise errors.NotForThem(
                what=f"Nobody holds the post {seat.post.title} today", record=f"seat {seat.pk}", expected="a post with a holder",
                mend="have the post given to who has come, or ask them to wait outside",
            )  # fmt: skip
        _sit(entry, seat, present=True)


def go(*, by: str, seat: m.Seat) -> None:
    """A post has left the room."""
    with _in_state(by, "panel.go", seat.meeting, m.RUNNING) as entry:
        _sit(entry, seat, present=False)


def _sit(entry: Recording, seat: m.Seat, *, present: bool) -> None:
    seat.present = present
    seat.save()
    entry.details = {"post": seat.post.slug}


def shown(*, by: str, item: m.Item, room: Sequence[Post]) -> None:
    """The person was on the screen in front of these posts: who heard of whom is kept."""
    slugs = {post.slug for post in room}
    heard = set(item.heard.split())
    if slugs <= heard:
        return
    with recording(by=by, verb="panel.shown") as entry:
        item.heard = " ".join(sorted(heard | slugs))
        item.save()
        entry.about(item)
        entry.details = {"room": sorted(slugs)}


def draft(*, by: str, item: m.Item, field: str, text: str) -> None:
    """Keeps what is typed and not sent yet, so that no reload or lost session loses it."""
    if field not in DRAFTED:
        return
    with _in_state(by, "panel.draft", item.meeting, m.RUNNING) as entry:
        _drafted(item, field, text)
        entry.about(item)


def _drafted(item: m.Item, field: str, text: str) -> None:
    item.draft = json.dumps({**item.drafted, field: text})
    item.save()


def decide(*, by: str, item: m.Item, text: str, rag: str = "", no_change: bool = False, room: Sequence[Post]) -> m.Decision:
    """What was decided, as it was said; given again, it is the correction, and what was said before stays on record.

    A rating is given with the decision as its reason. Refused: a decision without words that says no "no change" either.
    Asks for the person are answered by it.
    """
    if not no_change or rag:
        text = _said(text, item)
    with _in_state(by, "panel.decide", item.meeting, m.RUNNING) as entry:
        if rag:
            rate(by=by, person=item.person_id, rag=rag, reason=text, on=item.meeting.on)
        row = _decision(by, item, m.NO_CHANGE if no_change else m.DECIDED, room, text=text.strip(), rag=rag)
        _drafted(item, "text", "")
        asks = m.Ask.objects.filter(person=item.person_id, borough=item.meeting.borough, discussed=None)
        asks.update(discussed=item)
        entry.about(row, person_id=item.person_id)
        entry.details = {"kind": row.kind, "rag": rag}
    return row


def take_back(*, by: str, item: m.Item, room: Sequence[Post]) -> None:
    """The last decision was recorded by mistake: it stays on record, and the person counts as not discussed."""
    with _in_state(by, "panel.take_back", item.meeting, m.RUNNING) as entry:
        if item.pk not in decided([item]):
            raise _not_now(item.meeting, "an item with a decision", "record one first")
        row = _decision(by, item, m.TAKEN_BACK, room)
        m.Ask.objects.filter(discussed=item).update(discussed=None)
        entry.about(row, person_id=item.person_id)


def _decision(by: str, item: m.Item, kind: str, room: Sequence[Post], *, text: str = "", rag: str = "") -> m.Decision:
    slugs = " ".join(sorted(post.slug for post in room))
    row = m.Decision(item=item, kind=kind, text=text, rag=rag, room=slugs, at=datetime.now(UTC), by=by)
    row.save()
    return row


def give(*, reader: Reader, item: m.Item, text: str, owner: Post, due_on: date) -> m.Action:
    """An action for a post, due on a day. Refused: a post that may not know of the person, or that nobody holds."""
    text = _said(text, item)
    with _in_state(reader.by, "panel.give", item.meeting, m.RUNNING) as entry:
        _may_own(reader, owner, item.person_id)
        action = m.Action(
            item=item, person_id=item.person_id, text=text, owner=owner, due_on=due_on, state=states.OPEN, by=reader.by
        )
        action.save()
        _became(action, reader.by, reader.day, "")
        if not m.Seat.objects.filter(meeting=item.meeting, post=owner).exists():
            m.Seat(meeting=item.meeting, post=owner).save()
        _drafted(item, "words", "")
        entry.about(action)
        entry.details = {"owner": owner.slug, "due_on": due_on}
    return action


def move(
    *, reader: Reader, action: m.Action, to: str, text: str = "", owner: Post | None = None, due_on: date | None = None
) -> m.Action:
    """Brings an action into another state, as the table has it; who may is asked of the reader's posts by the page.

    Given anew, it is for `owner` by `due_on`. Refused: what the table does not have, and an answer without words.
    """
    with recording(by=reader.by, verb=f"panel.action.{to}") as entry:
        found = m.Action.objects.select_for_update().select_related("item__meeting", "owner").get(pk=action.pk)
        listed = states.move(found.state, to)
        if listed is None or (listed.in_the_meeting and found.item.meeting.state != m.RUNNING):
            raise errors.NotAllowedHere(
                what=f"An action that is {states.TABLE[found.state].shown.lower()} does not come to be {to}",
                record=f"action {found.pk}", expected=" or ".join(e.to for e in states.TABLE[found.state].moves) or "no move",
                mend="look at the action again: somebody may have answered it",
            )  # fmt: skip
        text = _said(text, found.item) if listed.asks else text.strip()
        if listed.anew and owner is not None and due_on is not None:
            _may_own(reader, owner, found.person_id)
            found.owner, found.due_on = owner, due_on
        found.state = to
        found.save()
        _became(found, reader.by, reader.day, text)
        entry.about(found)
    return found


def _became(action: m.Action, by: str, on: date, text: str) -> None:
    m.ActionEvent(action=action, state=action.state, on=on, by=by, text=text).save()


def _may_own(reader: Reader, owner: Post, person: int) -> None:
    if not may_be_given(reader, owner, person):
        raise errors.NotForThem(
            what=f"{owner.title} cannot be given an action about this person", record=f"person {person}",
            expected="a post that somebody holds, and that works with the person", mend="choose another owner",
        )  # fmt: skip


def ask(*, reader: Reader, person: int, reason: str) -> m.Ask:
    """Asks the panel of the person's borough to discuss them. Refused: somebody for whom no panel is responsible."""
    if not reason.strip():
        raise errors.NothingSaid(what="It is not said why", record=f"person {person}", expected="a reason", mend="write why")
    borough = borough_for(person, reader)
    if not borough:
        raise errors.NoPanel(
            what="No borough's panel discusses this person", record=f"person {person}",
            expected="a member of the cohort, or somebody proposed to it", mend="ring the co-ordinator of the borough",
        )  # fmt: skip
    with recording(by=reader.by, verb="panel.ask") as entry:
        asked = m.Ask(
            person_id=person, borough=borough, post=reader.post, account=reader.account, reason=reason.strip(), on=reader.day
        )
        asked.save()
        entry.about(asked)
    return asked


def add(*, by: str, item: m.Item, text: str) -> m.Addendum:
    """Puts right, or adds to, the record of a closed meeting: the record itself stays as it was."""
    with _in_state(by, "panel.add", item.meeting, m.CLOSED) as entry:
        row = m.Addendum(item=item, text=_said(text, item), at=datetime.now(UTC), by=by)
        row.save()
        entry.about(row, person_id=item.person_id)
    return row


@contextmanager
def _in_state(by: str, verb: str, meeting: m.Meeting, *wanted: str) -> Iterator[Recording]:
    """A recording about a meeting that is in one of the states; it is locked, so that it is not closed meanwhile."""
    with recording(by=by, verb=verb) as entry:
        now = m.Meeting.objects.select_for_update().get(pk=meeting.pk)
        if now.state not in wanted:
            raise _not_now(now, f"one that is {' or '.join(wanted)}", "look at the meeting again")
        entry.about(meeting)
        yield entry


def _said(text: str, item: m.Item) -> str:
    if not text.strip():
        raise errors.NothingSaid(
            what="Nothing is written", record=f"item {item.pk}", expected="some words", mend="write what was said"
        )
    return text.strip()


def _not_now(meeting: m.Meeting, expected: str, mend: str) -> errors.NotNow:
    return errors.NotNow(what=f"The meeting is {meeting.state}", record=f"panel {meeting.pk}", expected=expected, mend=mend)
