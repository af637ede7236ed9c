"""Reading who may be sent what: choices, who is away, who goes, what waits to be sent, what could not be."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from throughcare.casework.access.models import Account, Holding, Post
from throughcare.casework.access.queries import holders
from throughcare.casework.access.reader import Reader
from throughcare.casework.mail import models as m
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import TimelineEntry
from throughcare.core.pages import Task

SHOWN = 200
ASKED_FOR = timedelta(days=7)
"""An e-mail that did not go is told to the administrator for so long."""


def may_go() -> bool:
    """Whether any e-mail can go: to a mail server, or from a demonstration to its console."""
    return bool(settings.MAIL_SERVER or settings.DEMONSTRATION)


def choice_of(account: Account) -> str:
    """When the account wants its digest."""
    return m.Choice.objects.filter(account=account).values_list("digest", flat=True).first() or m.DAILY


def readers_of_a_digest(day: date) -> list[tuple[Account, str]]:
    """The accounts to which one may go, each with its choice: in use, with an address and a post, and not away.

    Away is who holds posts of its own, each of which somebody else covers on the day: the cover gets theirs.
    """
    held = Holding.objects.filter(on_the_day(day), post__closed_on=None, account__is_active=True)
    covered = held.filter(post=OuterRef("post"), cover=True).exclude(account=OuterRef("account"))
    own = held.filter(account=OuterRef("pk"), cover=False)
    there = own.filter(~Exists(covered))
    found = Account.objects.filter(Exists(held.filter(account=OuterRef("pk"))), is_active=True).exclude(email="")
    found = found.exclude(Exists(own) & ~Exists(there)).order_by("pk")
    chosen = dict(m.Choice.objects.values_list("account", "digest"))
    return [(account, wants) for account in found if (wants := chosen.get(account.pk, m.DAILY)) != m.NONE]


def who_goes(post: Post, days: Collection[date]) -> list[Account]:
    """Whoever holds or covers the post on one of these days: who is away may come back, and who covers may go."""
    found = {held.account_id: held.account for day in sorted(days) for held in holders([post], day).get(post.pk, ())}
    return [found[number] for number in sorted(found)]


def provider_number(post: Post) -> str:
    """The provider's number for the day's business, from the pilot file; "" where the post has none."""
    return next((each.telephone for each in current_pilot().providers if each.slug == post.place), "")


def to_send(day: date) -> list[int]:
    """The numbers of those that wait or could not go, and are news on the day still; what is off comes first."""
    waiting = m.Email.objects.filter(state__in=(m.TO_SEND, m.FAILED), of_day__gte=day)
    return list(waiting.order_by("-kind", "pk").values_list("pk", flat=True))


def did_not_go(day: date) -> QuerySet[m.Email]:
    """Those of the last days that could not go, or of which nobody can know whether they went."""
    found = m.Email.objects.filter(state__in=(m.FAILED, m.SENDING), of_day__gt=day - ASKED_FOR)
    return found.select_related("account").order_by("-made_at", "-pk")


def latest() -> list[m.Email]:
    """The latest e-mails, newest first."""
    return list(m.Email.objects.select_related("account").order_by("-made_at", "-pk")[:SHOWN])


def tasks(reader: Reader) -> Iterator[Task]:
    """For who administers the service: that e-mails did not go. What was off and was not told is worse than a digest."""
    if not reader.held("system_admin"):
        return
    kinds = list(did_not_go(reader.day).order_by().values_list("kind", flat=True))
    if kinds:
        number = f"{len(kinds)} e-mails" if len(kinds) > 1 else "1 e-mail"
        yield Task(
            key=f"mail.failed:{reader.day}", kind="E-mails that did not go", harm=2 if m.OFF in kinds else 4, row="accounts",
            words=f"{number} to people who use the service did not go", act=("See which", reverse("emails")), elsewhere=False,
        )  # fmt: skip


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Nothing: no e-mail is about a person."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Nothing: an e-mail is about the account's holder, and tells of nobody."""
    return {}
