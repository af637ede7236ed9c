"""Choosing when the digest comes; keeping e-mails, sending what waits, forgetting what is old."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.mail import models as m
from throughcare.casework.mail.queries import may_go, provider_number, to_send, who_goes
from throughcare.casework.mail.words import off as off_words
from throughcare.casework.mail.words import off_in_short
from throughcare.casework.notices.actions import tell
from throughcare.casework.notices.models import Notice
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError

TOMORROW = timedelta(days=1)


class NoSuchChoice(UserError):
    """A way to have the digest that there is not."""


def choose(*, reader: Reader, digest: str) -> None:
    """When the reader's own digest comes. What is off is told at once whatever is chosen."""
    if digest not in (m.DAILY, m.OVERDUE, m.NONE):
        raise NoSuchChoice(
            what=f"{digest!r} is no way to have the digest", record=reader.account.username,
            expected=f"{m.DAILY}, {m.OVERDUE} or {m.NONE}", mend="choose one",
        )  # fmt: skip
    with recording(by=reader.by, verb="mail.choose") as entry:
        kept = m.Choice.objects.filter(account=reader.account).first() or m.Choice(account=reader.account)
        kept.digest = digest
        kept.save()
        entry.about(kept)
        entry.details = {"digest": digest}


def keep(
    *, by: str, accounts: Collection[Account], kind: str, key: str, of_day: date, words: tuple[str, str], at: datetime
) -> int:
    """Keeps an e-mail to each account with an address, once for a key; gives how many are new. Nothing where none can go."""
    if not may_go():
        return 0
    known = set(m.Email.objects.filter(key=key, account__in=accounts).values_list("account", flat=True))
    fresh = [account for account in accounts if account.email and account.pk not in known]
    if not fresh:
        return 0
    with recording(by=by, verb="mail.keep") as entry:
        rows = [
            m.Email(
                account=account, kind=kind, key=key, of_day=of_day, subject=words[0], text=words[1], address=account.email,
                state=m.TO_SEND, made_at=at,
            )
            for account in fresh
        ]  # fmt: skip
        m.Email.objects.bulk_create(rows, ignore_conflicts=True)
        entry.subject_type, entry.subject_id, entry.details = m.Email._meta.label_lower, key, {"accounts": len(rows)}
    return len(rows)


def tell_off(
    *, by: str, post: Post, key: str, day: date, on: date, at: datetime, person: int | None, row: str, address: str,
    again: bool = False, theirs: bool = False,
) -> bool:  # fmt: skip
    """What the post was to go to on `day` is off (or on again): told today (`on`) where that day is today or tomorrow.

    A notice, which stands on Today, and an e-mail to whoever holds or covers the post on either day; to somebody kept from the
    person too, who would else set out: it says nothing of anybody. Not to who did it. Once: while it is off it is not told
    again; it is on again only where it was told off. `theirs`: one of the post's people was to go, not the post. Gives whether it
    was told now. Call it inside the action's own `recording`.
    """
    if not on <= day <= on + TOMORROW:
        return False
    before = len(Notice.objects.filter(key__startswith=f"{key}:", post=post).values_list("pk"))
    if (before % 2 == 1) != again:
        return False
    actor, _, as_post = by.partition(" as ")
    if as_post == post.slug and not again:
        return False
    key = f"{key}:{before}"
    tell(by=by, key=key, words=off_in_short(day, again=again, theirs=theirs), address=address, at=at, posts=[post], person=person,
         row=row, off_on=None if again else day)  # fmt: skip
    goers = [account for account in who_goes(post, {on, day}) if account.username != actor]
    words = off_words(day, again=again, theirs=theirs, ring=provider_number(post), link=link_to(reverse("today")))
    keep(by=by, accounts=goers, kind=m.OFF, key=key, of_day=day, words=words, at=at)
    return True


def link_to(path: str) -> str:
    """The service's own address of a page, for an e-mail."""
    return f"{settings.ADDRESS}{path}"


def send(*, by: str, day: date, at: datetime) -> tuple[int, tuple[str, ...]]:
    """Sends what waits and is still news; gives how many went, and the accounts to which one could not go.

    Each is kept as "sending", and that committed, before it goes: never twice. One that could not go is tried again next time.
    """
    sent, failed = 0, []
    for number in to_send(day):
        email = _begin(by, number)
        if email is None:
            continue
        fault = go(email.address, email.subject, email.text)
        with recording(by=by, verb="mail.send") as entry:
            email.state, email.fault = (m.FAILED, fault) if fault else (m.SENT, "")
            email.sent_at = None if fault else at
            email.save()
            entry.about(email)
            entry.details = {"state": email.state, "fault": fault}
        sent += not fault
        failed += [email.account.username] if fault else []
    return sent, tuple(failed)


def _begin(by: str, number: int) -> m.Email | None:
    """Takes one up, to the address that the account has now; None where another has, or the account is gone."""
    with recording(by=by, verb="mail.begin") as entry:
        email = m.Email.objects.select_for_update(of=("self",)).select_related("account").get(pk=number)
        entry.about(email)
        if email.state not in (m.TO_SEND, m.FAILED) or not email.account.is_active or not email.account.email:
            entry.details = {"begun": False}
            return None
        email.state, email.tries, email.address = m.SENDING, email.tries + 1, email.account.email
        email.save()
        entry.details = {"tries": email.tries}
    return email


def go(address: str, subject: str, text: str) -> str:
    """Sends, and keeps nothing: for what may not lie in the store, such as a link of its own. The class of what went wrong; ""
    where it went."""
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    except (OSError, ValueError) as error:
        return type(error).__name__
    return ""


def forget(*, by: str, day: date) -> int:
    """Deletes e-mails whose day is longer ago than the pilot file keeps them; gives how many."""
    old = m.Email.objects.filter(of_day__lt=day - timedelta(days=current_pilot().mail.kept_for))
    if not old.exists():
        return 0
    with recording(by=by, verb="mail.forget") as entry:
        number, _ = old.delete()
        entry.subject_type, entry.details = m.Email._meta.label_lower, {"forgotten": number}
    return number
