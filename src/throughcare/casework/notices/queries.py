"""Which notices a reader has, and which it has not seen. One about a person is shown as far as the reader may know of it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.casework.access.reader import Reader
from throughcare.casework.notices.models import Notice, Seen
from throughcare.core.contracts import TimelineEntry

NEW_FOR = timedelta(days=30)
"""An older notice is called new no more: who takes over a post need not see all that its holders before were told."""
MOST = 500


def notices_of(reader: Reader) -> list[Notice]:
    """The latest of those told to the reader's posts and account, newest first."""
    return _shown(reader, list(_told(reader).select_related("post").order_by("-at", "-pk")[:MOST]))


def unseen(reader: Reader) -> list[int]:
    """The numbers of those that the reader has not seen."""
    return [notice.pk for notice in new(reader)]


def new(reader: Reader) -> list[Notice]:
    """Those that the reader has not seen, of the last 30 days. One query; a further one for each row of the policy that a notice
    about somebody discloses."""
    since = datetime.combine(reader.day - NEW_FOR, time.min, UTC)
    mine = Seen.objects.filter(notice=OuterRef("pk"), account=reader.account)
    return _shown(reader, list(_told(reader).filter(~Exists(mine), at__gte=since).order_by("off_on", "pk")[:MOST]))


def _told(reader: Reader) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(post__in=[post.pk for post in reader.acting]) | Q(account=reader.account))


def _shown(reader: Reader, found: Sequence[Notice]) -> list[Notice]:
    """Less those about somebody who is kept from the reader, or of whom it may not view what the words disclose."""
    about = {notice.person_id for notice in found if notice.person_id is not None}
    if not about:
        return list(found)
    barred = reader.barred_among(about)
    allowed = {row: reader.allowed(row, about) for row in {notice.row for notice in found if notice.row}}
    return [n for n in found if n.person_id not in barred and (not n.row or n.person_id is None or n.person_id in allowed[n.row])]


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Nothing: what happened is told by the part in which it happened."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The notices about the person."""
    return {"notices": list(Notice.objects.filter(person=person_id).order_by("pk").values())}
