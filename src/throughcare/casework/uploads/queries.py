"""Reading uploads: those under way, those that failed lately, and the one asked for."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Account
from throughcare.casework.uploads.models import FAILED, UNDER_WAY, Upload

LATELY = timedelta(days=14)


def uploads_for(account: Account, feeds: Collection[str]) -> QuerySet[Upload]:
    """The account's own, and everybody's of these feeds."""
    return Upload.objects.filter(Q(feed__in=list(feeds)) | Q(account=account)).select_related("load")


def to_be_shown(account: Account, feeds: Collection[str], at: datetime) -> list[Upload]:
    """Those under way, and those of the last two weeks that failed; the latest first."""
    failed = Q(state=FAILED, sent_at__gte=at - LATELY)
    return list(uploads_for(account, feeds).filter(Q(state__in=UNDER_WAY) | failed).order_by("-pk"))


def under_way(digest: str = "", feed: str = "") -> QuerySet[Upload]:
    """Those that are not done yet, oldest first; of this very file where it is named."""
    found = Upload.objects.filter(state__in=UNDER_WAY).order_by("pk")
    return found.filter(digest=digest, feed=feed) if digest else found
