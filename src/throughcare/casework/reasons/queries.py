"""Reading the reasons for gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.reasons.models import Reason

Key = tuple[str, str]
"""The measure and the group of a figure."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A figure as a reader sees it now: of which months, its value as shown; whether nobody of it is kept from them."""

    since: date
    until: date
    figure: str
    whole: bool
    post: Post | None


WHOLE = ""
"""The part of the pilot that is all of it."""


def latest(part: str) -> Mapping[Key, Reason]:
    """The last reason of each figure of a part of the pilot, those taken back left out."""
    return latest_of_each(part).get(part, {})


def latest_of_each(*parts: str) -> Mapping[str, Mapping[Key, Reason]]:
    """The same by part; of all parts where none is named. A part without a reason is left out."""
    found: dict[str, dict[Key, Reason]] = {}
    asked = Reason.objects.filter(taken_back=False, **({"part__in": parts} if parts else {}))
    for each in asked.select_related("post").order_by("pk"):
        found.setdefault(each.part, {})[each.measure, each.group] = each
    return found


def history(part: str, measure: str, group: str) -> list[Reason]:
    """Every reason written of the figure, the last first, those taken back too."""
    return list(Reason.objects.filter(part=part, measure=measure, group=group).select_related("post").order_by("-pk"))


def stands(reason: Reason, seen: Seen) -> bool:
    """Whether it is of the figure as it is seen: the same months, the same value. Another figure has another reason."""
    return (reason.since, reason.until, reason.figure) == (seen.since, seen.until, seen.figure)


def told(reason: Reason, seen: Seen) -> bool:
    """Whether the reader may be told how the figure stood then.

    A figure as somebody else saw it would tell, beside one's own, how many people are kept from either: so only where it is the
    same, where nobody was kept from either, or where one's own post wrote it.
    """
    return stands(reason, seen) or (reason.whole and seen.whole) or (seen.post is not None and reason.post_id == seen.post.pk)
