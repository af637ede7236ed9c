"""The morning's e-mail to everybody who has something open, worked out as Today is; and sending what waits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.casework.access.models import Account
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.mail.actions import forget, keep, link_to, send
from throughcare.casework.mail.models import DIGEST, OVERDUE, Email
from throughcare.casework.mail.queries import may_go, readers_of_a_digest
from throughcare.casework.mail.words import Open, digest, kind_of
from throughcare.casework.notices.queries import new
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import LONDON, london_date
from throughcare.core.pages import Task
from throughcare.core.working_days import is_working_day
from throughcare.web.middleware import reader_of
from throughcare.web.today import group_of, waiting_for


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """What one round did: digests kept now, e-mails that went, accounts to which one could not go."""

    kept: int
    sent: int
    failed: tuple[str, ...]


def mail_round(by: str, at: datetime) -> None:
    """Every few minutes: on a working day from the pilot file's time the digests, then whatever waits; what is old is forgotten.

    Safe to repeat, and to be cut off.
    """
    day = london_date(at)
    if is_working_day(day) and at.astimezone(LONDON).time() >= current_pilot().mail.digest_from:
        write_digests(by=by, day=day, at=at)
    send(by=by, day=day, at=at)
    forget(by=by, day=day)


def mail_digests(*, by: str, day: date, at: datetime) -> Mailed:
    """The digests of a day, and whatever waits, whatever the time of day. Twice on a day sends once."""
    kept = write_digests(by=by, day=day, at=at)
    sent, failed = send(by=by, day=day, at=at)
    return Mailed(kept=kept, sent=sent, failed=failed)


def write_digests(*, by: str, day: date, at: datetime) -> int:
    """Keeps the digest of the day for each who has something open and wants it; gives how many are new."""
    if not may_go():
        return 0
    key = f"digest:{day}"
    known = set(Email.objects.filter(key=key).values_list("account", flat=True))
    kept = 0
    for account, wants in readers_of_a_digest(day):
        if account.pk in known:
            continue
        found = open_for(account, day)
        if found.anything and (wants != OVERDUE or found.overdue):
            words = digest(found, link=link_to("/"))
            kept += keep(by=by, accounts=[account], kind=DIGEST, key=key, of_day=day, words=words, at=at)
    return kept


def open_for(account: Account, day: date) -> Open:
    """What is open for the account, of all its posts. What only waits for others is not."""
    readers = _readers(account, day)
    tasks: dict[str, Task] = {task.key: task for reader in readers for task in waiting_for(reader)}
    mine = {key: task for key, task in tasks.items() if group_of(task) != "waiting"}
    now = sum(group_of(task) == "now" for task in mine.values())
    return Open(
        now=now, later=len(mine) - now, kinds=Counter(kind_of(key) for key in mine),
        overdue=sum(task.due_on is not None and task.due_on < day for task in mine.values()),
        notices=len({notice.pk for reader in readers for notice in new(reader)}),
    )  # fmt: skip


def _readers(account: Account, day: date) -> list[Reader]:
    """The account as it reads Today: a provider's posts and the others never count together, so it is one reader for each."""
    first = reader_of(account, day=day)
    sides = {post.role in PROVIDER_ROLES: post.slug for post in reversed(first.posts)}
    return [reader_of(account, chosen=slug, day=day) for slug in sides.values()]
