"""Writing the partners' meetings: planned, who came, what was decided, the actions, and what becomes of them."""

from collections.abc import Mapping
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.awareness import errors
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.about_nobody import about_nobody
from throughcare.casework.pilot import current_pilot
from throughcare.rules import meeting_actions as states


def plan(*, reader: Reader, kind: str, on: date, borough: str = "") -> m.Meeting:
    """A meeting of a kind of the pilot file, on a day. Refused: a borough where the kind is of the whole pilot, or none where it
    is by borough.
    """
    pilot = current_pilot()
    found = {each.slug: each for each in pilot.awareness.meetings}.get(kind)
    if found is None or not (borough in pilot.boroughs if found.by_borough else not borough):
        raise errors.NotOfTheFile(
            what="There is no such meeting" if found is None else f"{found.name} of {borough or 'no borough'}",
            record=f"{kind} on {on}", mend="choose from the list",
            expected="a kind of the pilot file; a borough where each has its own, and none otherwise",
        )  # fmt: skip
    with recording(by=reader.by, verb="awareness.plan_meeting") as entry:
        made = m.Meeting(kind=kind, borough=borough, on=on, post=reader.post)
        made.save()
        entry.about(made)
    return made


def keep(*, reader: Reader, meeting: m.Meeting, came: Mapping[str, int], decided: str) -> None:
    """Who came, by agency, and what was decided; kept again it is corrected. Refused before the day, and for one that is off."""
    about_nobody(decided)
    with recording(by=reader.by, verb="awareness.keep_meeting") as entry:
        found = _standing(meeting)
        if found.on > reader.day:
            raise _not_now("The meeting has not been yet", found)
        m.Came.objects.filter(meeting=found).delete()
        m.Came.objects.bulk_create([m.Came(meeting=found, agency=a, number=n) for a, n in came.items() if n > 0])
        found.decided, found.kept_on = decided.strip(), reader.day
        found.save()
        entry.about(found)


def cancel(*, by: str, meeting: m.Meeting) -> None:
    """The meeting is off: nobody missed it. Refused once it is kept who came."""
    with recording(by=by, verb="awareness.cancel_meeting") as entry:
        found = _standing(meeting)
        if found.kept_on is not None:
            raise _not_now("It is kept who came", found)
        found.cancelled = True
        found.save()
        entry.about(found)


def _standing(meeting: m.Meeting) -> m.Meeting:
    found = m.Meeting.objects.select_for_update().get(pk=meeting.pk)
    if found.cancelled:
        raise _not_now("The meeting is off", found)
    return found


def _not_now(what: str, meeting: m.Meeting) -> errors.NotNow:
    return errors.NotNow(
        what=what, record=f"meeting {meeting.pk}", expected="a meeting that was held", mend="look at the meeting again"
    )


def give(*, reader: Reader, meeting: m.Meeting, text: str, owner: Post, due_on: date) -> m.Action:
    """An action for a post, due on a day. Refused: without words, about a person, due before the meeting, a closed post."""
    about_nobody(text)
    with recording(by=reader.by, verb="awareness.give_action") as entry:
        found = _standing(meeting)
        if due_on < found.on:
            raise errors.NoSuchDay(
                what="The action is due before the meeting", record=f"meeting {found.pk}", expected=f"a day from {found.on} on",
                mend="choose a later day",
            )  # fmt: skip
        action = m.Action(meeting=found, text=_said(text, found.pk), owner=_open(owner), due_on=due_on, state=states.OPEN)
        action.save()
        _became(reader, action, "")
        entry.about(action)
        entry.details = {"owner": owner.slug, "due_on": due_on}
    return action


def move(
    *, reader: Reader, action: m.Action, to: str, text: str = "", owner: Post | None = None, due_on: date | None = None
) -> m.Action:
    """Brings an action into another state, as the table has it; who may is asked of the reader's posts by the page.

    Given anew, it is for `owner` by `due_on`. Refused: what the table does not have, what is of a running meeting alone, and an
    answer without words.
    """
    about_nobody(text)
    with recording(by=reader.by, verb=f"awareness.action.{to}") as entry:
        found = m.Action.objects.select_for_update().select_related("owner").get(pk=action.pk)
        listed = states.move(found.state, to)
        if listed is None or listed.in_the_meeting or (listed.anew and (owner is None or due_on is None)):
            raise errors.NotAllowedHere(
                what=f"An action that is {states.TABLE[found.state].shown.lower()} does not come to be {to}",
                record=f"action {found.pk}", expected=" or ".join(e.to for e in states.TABLE[found.state].moves) or "no move",
                mend="look at the action again: somebody may have answered it",
            )  # fmt: skip
        if listed.anew and owner is not None and due_on is not None:
            found.owner, found.due_on = _open(owner), due_on
        found.state = to
        found.save()
        _became(reader, found, _said(text, found.pk) if listed.asks else text.strip())
        entry.about(found)
    return found


def _became(reader: Reader, action: m.Action, text: str) -> None:
    m.ActionEvent(action=action, state=action.state, on=reader.day, by=reader.by, text=text).save()


def _said(text: str, number: int) -> str:
    if not text.strip():
        raise errors.NothingWritten(
            what="Nothing is written", record=f"number {number}", expected="some words", mend="write what was said"
        )
    return text.strip()


def _open(post: Post) -> Post:
    if post.closed_on is not None:
        raise errors.NotOfTheFile(
            what=f"The post {post.title} is closed", record=f"post {post.slug}", expected="a post that there is",
            mend="choose another",
        )  # fmt: skip
    return post
