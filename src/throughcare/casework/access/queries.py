"""Reading accounts, posts, caseloads and who may not see whom."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.casework.access import models as m
from throughcare.casework.frames import read
from throughcare.casework.people.queries import on_the_day
from throughcare.core.clock import london_day
from throughcare.core.contracts import TimelineEntry
from throughcare.core.spans import Span, gaps


def posts_of(account: m.Account, day: date) -> list[m.Post]:
    """The posts that an account holds or covers on a day: its own first, then those it covers, each by title."""
    held = m.Holding.objects.filter(on_the_day(day), account=account, post__closed_on=None).select_related("post")
    seen = {h.post_id: h.post for h in held.order_by("cover", "post__title", "pk")}
    return list(seen.values())


def covered_by(account: m.Account, day: date) -> list[m.Holding]:
    """What the account covers for others on the day, by post."""
    held = m.Holding.objects.filter(on_the_day(day), account=account, cover=True, post__closed_on=None)
    return list(held.select_related("post").order_by("post__title", "pk"))


def holders(posts: Sequence[m.Post] | QuerySet, day: date) -> dict[int, list[m.Holding]]:
    """By post, who holds it on the day, not covers first. A vacant post is left out."""
    found: dict[int, list[m.Holding]] = {}
    held = m.Holding.objects.filter(on_the_day(day), post__in=posts, account__is_active=True).select_related("account")
    for holding in held.order_by("cover", "pk"):
        found.setdefault(holding.post_id, []).append(holding)
    return found


def vacant(day: date) -> QuerySet:
    """Posts that nobody holds on the day: their work is unowned, and for the senior to see."""
    held = m.Holding.objects.filter(on_the_day(day), post=OuterRef("pk"), account__is_active=True)
    return m.Post.objects.filter(~Exists(held), closed_on=None).order_by("title", "pk")


def vacancies(within: Span) -> dict[int, tuple[Span, ...]]:
    """By post, also one that is closed since, the days of `within` on which nobody held it, not even as cover."""
    held: dict[int, list[Span]] = {post: [] for post in m.Post.objects.values_list("pk", flat=True)}
    for post, start, end in read(m.Holding.objects.all(), post="post", start="start", end="end").iter_rows():
        if end is None or start < end:
            held[post].append(Span(start=start, end=end))
    return {post: gaps(spans, within) for post, spans in held.items()}


def unowned(day: date) -> QuerySet:
    """Vacant posts with people on their caseload."""
    return vacant(day).filter(Exists(m.Allocation.objects.filter(on_the_day(day), post=OuterRef("pk"))))


def without_a_post(day: date) -> QuerySet:
    """Accounts that may sign in, have held a post, and hold none on the day: people who have left."""
    held = m.Holding.objects.filter(account=OuterRef("pk"), post__closed_on=None)
    active = m.Account.objects.filter(Exists(m.Holding.objects.filter(account=OuterRef("pk"), start__lte=day)), is_active=True)
    return active.exclude(Exists(held.exclude(end__lte=day))).order_by("username")


def unused(day: date, *, since: date) -> QuerySet:
    """Accounts with a post that nobody has signed in to since a day, nor any machine; new ones from the day they were made."""
    begin, _ = london_day(since)
    held = m.Holding.objects.filter(on_the_day(day), account=OuterRef("pk"), post__closed_on=None)
    machine = m.Token.objects.filter(account=OuterRef("pk"), last_used_on__gte=since)
    stale = Q(last_login__lt=begin) | Q(last_login=None, joined_at__lt=begin)
    found = m.Account.objects.filter(stale, Exists(held), is_active=True).exclude(Exists(machine))
    return found.order_by("last_login", "username")


def openings_since(first: date, day: date) -> list[m.Opening]:
    """Every record opened from outside somebody's work over [first, day], newest first."""
    found = m.Opening.objects.filter(on__gte=first, on__lte=day).select_related("account", "post")
    return list(found.order_by("-on", "-pk"))


def unanswerable_limits(day: date) -> list[m.Limit]:
    """Limits that nobody can answer for: that name no post to ring, or a vacant one; and restrictions that let nobody in.

    Each with `lets_in`: whether it names anybody.
    """
    found = m.Limit.objects.filter(on_the_day(day)).annotate(lets_in=Exists(m.LimitName.objects.filter(limit=OuterRef("pk"))))
    sealed = Q(kind="restricted", lets_in=False)
    found = found.filter(Q(ring=None) | Q(ring__in=vacant(day).order_by().values("pk")) | sealed)
    return list(found.select_related("ring").order_by("start", "pk"))


def allocated(posts: Sequence[m.Post], day: date) -> QuerySet:
    """The people on the caseload of these posts, or matched with them, on the day."""
    return m.Allocation.objects.filter(on_the_day(day), post__in=list(posts))


def handed_over(posts: Sequence[m.Post], day: date) -> QuerySet:
    """People whom others ask these posts to take: one must be able to look at whom one is asked to take."""
    return m.Handover.objects.filter(to_post__in=list(posts), accepted=None, asked_on__lte=day)


def manager_of(person: int, day: date) -> m.Post | None:
    """The post on whose caseload the person is; of several the latest. None where nobody manages the person."""
    found = m.Allocation.objects.filter(on_the_day(day), person=person, post__role="offender_manager")
    latest = found.select_related("post").order_by("-start", "-pk").first()
    return latest.post if latest else None


def managers(people: Collection[int], day: date) -> dict[int, m.Post]:
    """By person the same as `manager_of`; nobody who is not managed. One query."""
    found = m.Allocation.objects.filter(on_the_day(day), person__in=list(people), post__role="offender_manager")
    return {a.person_id: a.post for a in found.select_related("post").order_by("start", "pk")}


def openings(person_ids: Any, day: date) -> list[m.Opening]:
    """Who opened these people's records for a reason on the day."""
    found = m.Opening.objects.filter(person__in=person_ids, on=day).select_related("account", "post")
    return list(found.order_by("pk"))


def handovers(posts: Sequence[m.Post]) -> list[m.Handover]:
    """Handovers to these posts that wait for their answer, oldest first."""
    waiting = m.Handover.objects.filter(to_post__in=list(posts), accepted=None)
    return list(waiting.select_related("from_post", "to_post").order_by("asked_on", "pk"))


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """On whose caseload the person came, and when."""
    found = m.Allocation.objects.filter(person=person_id).select_related("post").order_by("start", "pk")
    return [
        TimelineEntry(on=a.start, kind="caseload", row="supervision", words=f"To {a.post.title}")
        for a in found
        if a.post.role == "offender_manager"
    ]


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this app on a person, by table."""
    tables: dict[str, type[m.Record]] = {
        "whose caseload": m.Allocation, "handovers between posts": m.Handover, "limits on who may see": m.Limit,
        "openings with a reason": m.Opening,
    }  # fmt: skip
    return {words: list(model.objects.filter(person=person_id).order_by("pk").values()) for words, model in tables.items()}
