"""What waits about posts and accounts: people handed over, unowned work, records opened for a reason, leavers, idle accounts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from throughcare.casework.access import queries
from throughcare.casework.access.models import REASONS, Opening, Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import day_in_words
from throughcare.core.pages import Task

MOST = 50
"""Of posts and accounts the first so many: the rest come up as these are dealt with."""


def tasks(reader: Reader) -> Iterator[Task]:
    """Handovers to answer; unowned work; for a manager, openings of today; for those who watch over rights, theirs."""
    for handover in queries.handovers(reader.acting):
        yield Task(
            key=f"access.handover:{handover.pk}", kind="People handed over to you", harm=2, person=handover.person_id,
            row="contact",
            words=f"Handed over by {handover.from_post.title}: take them or say why not", due_on=handover.asked_on,
            act=("Answer", reverse("handovers")), elsewhere=False,
        )  # fmt: skip
    yield from _unowned(reader)
    yield from _watched(reader)
    if reader.held("offender_manager"):
        for opened in queries.openings(reader.people("supervision").values("pk"), reader.day):
            if opened.account_id != reader.account.pk:
                yield Task(
                    key=f"access.opened:{opened.pk}", kind="Records opened from outside", harm=4, person=opened.person_id,
                    row="supervision", words=f"{opened.post.title} opened this record: {REASONS[opened.reason].lower()}",
                    act=("Open record", reverse("person", kwargs={"person": opened.person_id})),
                )  # fmt: skip


def _unowned(reader: Reader) -> Iterator[Task]:
    """Vacant posts with people on their caseload: a senior's office's; for who runs the pilot, all, by whom to ring."""
    offices = [post.office for post in reader.held("senior_officer") if post.office]
    watching = bool(reader.held("pilot_manager"))
    if not offices and not watching:
        return
    empty: list[Post] = list(queries.unowned(reader.day) if watching else queries.unowned(reader.day).filter(office__in=offices))
    for post in empty:
        if post.office in offices:
            yield Task(
                key=f"access.unowned:{post.pk}", kind="Unowned work", harm=1, row="supervision",
                words=f"{post.title} is vacant, with people on its caseload: nobody sees their alerts",
                act=("Reassign", reverse("caseload", kwargs={"post": post.slug})), elsewhere=False,
            )  # fmt: skip
    if watching:
        yield from _told_the_pilot([post for post in empty if post.office not in offices])


def _told_the_pilot(empty: list[Post]) -> Iterator[Task]:
    """It is for the office's senior to reassign: who runs the pilot is told of whom to ring, and of nobody on the caseload."""
    kind = "Vacant posts with people"
    seniors = Post.objects.filter(role="senior_officer", closed_on=None, office__in={post.office for post in empty})
    ring = {senior.office: f"{senior.title} {senior.telephone}".strip() for senior in seniors.order_by("-pk")}
    for post in empty:
        who = f"ring {ring[post.office]}" if post.office in ring else f"{post.office or 'its office'} has no senior officer"
        yield Task(
            key=f"access.vacant:{post.pk}", kind=kind, harm=2, row="measures_governance", waiting=True,
            words=f"{post.title}, {post.office}, is vacant with people on its caseload: {who}",
            act=("See all vacant", f"{reverse('tasks')}?{urlencode({'kind': kind})}"),
        )  # fmt: skip


def _watched(reader: Reader) -> Iterator[Task]:
    """For the data-protection officer, the auditor and the system administrator: of whom a record is, none is told."""
    if reader.held("data_protection_officer", "auditor"):
        since = reader.day - timedelta(days=current_pilot().today.openings_for - 1)
        for opened in queries.openings_since(since, reader.day):
            yield _opened(opened)
    if reader.held("data_protection_officer"):
        for limit in queries.unanswerable_limits(reader.day):
            yield _limited(limit)
    if reader.held("auditor", "system_admin"):
        yield from _left(reader)
    if reader.held("system_admin"):
        yield from _to_fill(reader)
        yield from _idle(reader)


def _opened(opened: Opening) -> Task:
    asked = urlencode({"who": opened.account.username, "what": "access.open_for_reason"})
    return Task(
        key=f"access.outside:{opened.pk}", kind="Records opened from outside", harm=4, row="audit", due_on=opened.on,
        words=f"{opened.post.title} ({opened.account.shown}) opened a record outside its work: {REASONS[opened.reason].lower()}",
        act=("Open log", f"{reverse('log')}?{asked}"),
    )  # fmt: skip


def _limited(limit: Any) -> Task:
    what = "A restriction" if limit.kind == "restricted" else "An exclusion"
    sealed = limit.kind == "restricted" and not limit.lets_in
    if limit.ring is None:
        why = "it lets nobody in either, so that nobody can end it" if sealed else "whoever is kept out has nobody to ask"
        words = f"{what} of {day_in_words(limit.start)} names no post to ring: {why}"
    elif sealed:
        words = f"{what} of {day_in_words(limit.start)} lets nobody in: {limit.ring.title} can end it"
    else:
        words = f"{what} of {day_in_words(limit.start)} says to ring {limit.ring.title}, and nobody holds that post"
    return Task(
        key=f"access.limit:{limit.pk}", kind="Limits that nobody answers for", harm=2, row="limited_access", due_on=limit.start,
        words=words, act=("Open log", f"{reverse('log')}?{urlencode({'what': 'access.limit'})}"),
    )  # fmt: skip


def _left(reader: Reader) -> Iterator[Task]:
    for account in queries.without_a_post(reader.day)[:MOST]:
        yield Task(
            key=f"access.left:{account.pk}", kind="Leavers with an open account", harm=2, row="accounts",
            waiting=not reader.held("system_admin"), words=f"{account.shown} holds no post any more and can still sign in",
            act=("Open account", reverse("person-account", kwargs={"account": account.pk})), elsewhere=False,
        )  # fmt: skip


def _to_fill(reader: Reader) -> Iterator[Task]:
    urgent = set(queries.unowned(reader.day).values_list("pk", flat=True))
    for post in sorted(queries.vacant(reader.day), key=lambda post: (post.pk not in urgent, post.title))[:MOST]:
        yield Task(
            key=f"access.to-fill:{post.pk}", kind="Vacant posts", harm=2 if post.pk in urgent else 4, row="accounts",
            words=f"{post.title} is vacant" + (", with people on its caseload" if post.pk in urgent else ""),
            act=("Give to somebody", reverse("post", kwargs={"post": post.slug})), elsewhere=False,
        )  # fmt: skip


def _idle(reader: Reader) -> Iterator[Task]:
    days = current_pilot().today.unused_for
    for account in queries.unused(reader.day, since=reader.day - timedelta(days=days))[:MOST]:
        last = f"last used on {day_in_words(london_date(account.last_login))}" if account.last_login else "never used"
        yield Task(
            key=f"access.idle:{account.pk}", kind=f"Accounts unused for {days} days", harm=4, row="accounts",
            words=f"{account.shown}: {last}",
            act=("Open account", reverse("person-account", kwargs={"account": account.pk})), elsewhere=False,
        )  # fmt: skip
