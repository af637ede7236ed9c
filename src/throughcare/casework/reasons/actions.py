"""Writing why a figure is under its target, and taking that back. Nothing written is removed."""

from datetime import date

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.awareness.about_nobody import about_nobody
from throughcare.casework.reasons.errors import NoReason, NotTheirs
from throughcare.casework.reasons.models import Reason


def write_reason(
    *, reader: Reader, measure: str, group: str, part: str, since: date, until: date, figure: str, target: str, whole: bool,
    text: str,
) -> Reason:  # fmt: skip
    """Keeps why the figure stands so. The last one written is shown. A number that names a person is refused."""
    if not text.strip() or reader.post is None:
        raise NoReason(
            what="No reason is written", record=f"{measure} [{group}]", expected="some words, by who works as a post",
            mend="write why the figure is under its target",
        )  # fmt: skip
    about_nobody(text)
    with recording(by=reader.by, verb="reasons.write") as entry:
        reason = Reason(
            measure=measure, group=group, part=part, since=since, until=until, figure=figure, target=target, whole=whole,
            text=text.strip(), on=reader.day, post=reader.post, by=reader.by,
        )  # fmt: skip
        reason.save()
        entry.about(reason)
        entry.details = {"measure": measure, "part": part}
    return reason


def take_back(*, reader: Reader, reason: Reason) -> None:
    """A reason written by mistake: it stays on record, struck through, and the one before it is shown again."""
    if reader.post is None or reason.post_id != reader.post.pk:
        raise NotTheirs(
            what="This reason is another post's", record=f"reason {reason.pk}", expected="one that your post wrote",
            mend="write another reason: the last one is shown",
        )  # fmt: skip
    with recording(by=reader.by, verb="reasons.take_back") as entry:
        reason.taken_back = True
        reason.save()
        entry.about(reason)
