"""Reading who works a referral, and to whom a reader may give it."""

from collections.abc import Collection
from datetime import date

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import holders
from throughcare.casework.access.reader import Reader
from throughcare.casework.referrals.models import Referral, Worker
from throughcare.casework.referrals.moved import desks_of
from throughcare.casework.referrals.reach import PATHWAYS
from throughcare.casework.referrals.talk.codes import PROVIDER
from throughcare.casework.referrals.talk.queries import side_of

WORKED = ("accepted", "started", "on_hold")
"""The states in which somebody works a referral."""


def worker_of(referral: int) -> Worker | None:
    """Who works the referral now; None where nobody was given it."""
    return Worker.objects.filter(referral=referral, end=None).select_related("post").first()


def workers_of(referrals: Collection[int]) -> dict[int, Post]:
    """By number of these referrals, the post that works it now. One query."""
    found = Worker.objects.filter(referral__in=list(referrals), end=None).select_related("post")
    return {worker.referral_id: worker.post for worker in found}


def may_give_to(reader: Reader, referral: Referral) -> list[Post]:
    """The posts to which the reader may give the referral: of a provider's administrator and of a pathway all that deliver it, of
    a worker its own. None of who is not on the provider's side.
    """
    if side_of(reader, referral) != PROVIDER:
        return []
    posts = desks_of(referral)
    if reader.held("provider_admin") or referral.service in PATHWAYS.values():
        return posts
    mine = {post.pk for post in reader.acting}
    return [post for post in posts if post.pk in mine]


def in_words(post: Post, day: date) -> str:
    """The post, with who holds it on the day."""
    held = holders([post], day).get(post.pk, ())
    return f"{post.title} ({', '.join(h.account.shown for h in held)})" if held else f"{post.title} (nobody holds it now)"
