"""Telling that something happened, and noting that it was seen."""

from collections.abc import Collection
from datetime import date, datetime

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.notices.models import Notice, Seen

LONGEST = 400


def tell(
    *, by: str, key: str, words: str, address: str, at: datetime, posts: Collection[Post] = (), account: Account | None = None,
    person: int | None = None, row: str = "", off_on: date | None = None,
) -> int:  # fmt: skip
    """Tells these posts, and the account, once each for a key; gives how many were told now. Safe to repeat.

    `words` name no person, nor any fact of health or intelligence; they are cut after 400 characters. Call it inside the
    action's own `recording` where one is open: it is told if and only if that is done.
    """
    told = set(Notice.objects.filter(key=key).values_list("post", "account"))
    whom = [(post.pk, None) for post in posts] + ([(None, account.pk)] if account else [])
    fresh = [each for each in dict.fromkeys(whom) if each not in told]
    if not fresh:
        return 0
    with recording(by=by, verb="notices.tell") as entry:
        Notice.objects.bulk_create(
            [
                Notice(
                    key=key, post_id=post, account_id=account_id, words=words[:LONGEST], address=address, at=at, person_id=person,
                    row=row, off_on=off_on,
                )
                for post, account_id in fresh
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        entry.subject_type, entry.subject_id, entry.person_id = Notice._meta.label_lower, key, person
        entry.details = {"told": len(fresh)}
    return len(fresh)


def see(*, reader: Reader, notices: Collection[int], at: datetime) -> None:
    """Notes that the reader's account has seen these."""
    if not notices:
        return
    with recording(by=reader.by, verb="notices.see") as entry:
        seen = [Seen(notice_id=pk, account=reader.account, at=at) for pk in notices]
        Seen.objects.bulk_create(seen, ignore_conflicts=True)
        entry.subject_type, entry.details = Notice._meta.label_lower, {"notices": len(seen)}
