"""Raising alerts, and keeping that they were seen."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.alerts.models import Alert
from throughcare.casework.audit.actions import recording
from throughcare.core.errors import UserError
from throughcare.core.pages import Harm


class SeenAlready(UserError):
    """An alert that waits no more."""


def raise_alert(
    *, by: str, posts: Collection[Post], person: int, topic: str, key: str, text: str, at: datetime, on: date, row: str,
    harm: Harm = 2, touched: Sequence[str] = (),
) -> None:  # fmt: skip
    """Alerts these posts, each once for a key.

    Told again of the same thing, as by another part whose work it upsets too, an alert that waits gains the lines that it had
    not, and is as harmful as the worse. Earlier ones of the topic that wait give way: what they told is past. `text` and
    `touched` name nobody.
    """
    with recording(by=by, verb="alerts.raise") as entry:
        for post in dict.fromkeys(posts):
            alert = Alert.objects.select_for_update().filter(post=post, person=person, key=key).first() or Alert(
                post=post, person_id=person, topic=topic, key=key, text=text, row=row, harm=harm, on=on, raised_at=at
            )
            lines = [line for line in touched if line not in alert.lines]
            if alert.pk and not lines and harm >= alert.harm:
                continue
            alert.touched = "\n".join((*alert.lines, *lines))
            alert.harm, alert.on = min(alert.harm, harm), min(alert.on, on)
            if lines:
                alert.seen_at, alert.seen_by = None, ""
            alert.save()
            earlier = Alert.objects.filter(post=post, person=person, topic=topic, seen_at=None, replaced_by=None)
            earlier.exclude(pk=alert.pk).filter(pk__lt=alert.pk).update(replaced_by=alert)
        entry.subject_type, entry.subject_id, entry.person_id = Alert._meta.label_lower, key, person
        entry.details = {"posts": sorted({post.slug for post in posts}), "harm": harm}


def seen(*, reader: Reader, alert: Alert, at: datetime, note: str = "") -> Alert:
    """Its owner has seen it: it waits no more. Refused: one that waits no more already."""
    with recording(by=reader.by, verb="alerts.seen") as entry:
        found = Alert.objects.select_for_update().get(pk=alert.pk)
        if found.seen_at or found.replaced_by_id:
            raise SeenAlready(
                what="Somebody of your post has dealt with this", record=f"alert {found.pk}", expected="one that waits",
                mend="look at Today for what waits",
            )  # fmt: skip
        found.seen_at, found.seen_by, found.note = at, reader.by, note
        found.save()
        entry.about(found)
    return found
