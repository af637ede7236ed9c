"""Giving a referral to one of the provider's posts, and taking it back.

`by` is the account that acts, `on` the day on which it does.
"""

from datetime import date

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.audit.actions import recording
from throughcare.casework.clock import instant_on
from throughcare.casework.notices.actions import tell
from throughcare.casework.referrals.errors import NotGiven
from throughcare.casework.referrals.hands.queries import WORKED, worker_of
from throughcare.casework.referrals.models import Referral, Worker
from throughcare.casework.referrals.moved import desks_of
from throughcare.casework.referrals.queries import state_of


def give(*, by: str, referral: Referral, post: Post, on: date) -> Worker:
    """The post works the referral from the day; whichever did so does no more. It is told, unless it takes it on itself.

    Refused: a post that does not deliver the service, or is closed; a referral that is not accepted, or is over.
    """
    with recording(by=by, verb="referrals.given") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        if state_of(referral.pk) not in WORKED or post not in desks_of(referral):
            raise NotGiven(
                what="This referral cannot be given to that post", record=f"referral {referral.pk}, post {post.slug}",
                expected="a referral accepted, started or on hold, and a post of its provider that delivers the service",
                mend="record the acceptance first, or choose another post",
            )  # fmt: skip
        now = worker_of(referral.pk)
        if now is not None and now.post_id == post.pk:
            return now
        if now is not None:
            _end(now, by, on)
        worker = Worker(referral=referral, post=post, start=on, by=by)
        worker.save()
        if not by.endswith(f" as {post.slug}"):
            tell(
                by=by, key=f"referrals.given:{worker.pk}", posts=[post], person=referral.person_id, at=instant_on(on),
                row=f"service:{referral.service}", words="A referral was given to you",
                address=reverse("referral", kwargs={"referral": referral.pk}),
            )  # fmt: skip
        entry.about(worker, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "post": post.slug}
    return worker


def take_back(*, by: str, referral: Referral, on: date) -> None:
    """Nobody works the referral any more: it is the whole desk's again. Refused where nobody does."""
    with recording(by=by, verb="referrals.given_back") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        now = worker_of(referral.pk)
        if now is None:
            raise NotGiven(
                what="Nobody works this referral now", record=f"referral {referral.pk}", expected="one given to somebody",
                mend="look at it again: somebody may have taken it back",
            )  # fmt: skip
        _end(now, by, on)
        entry.about(now, person_id=referral.person_id)
        entry.details = {"referral": referral.pk}


def _end(worker: Worker, by: str, on: date) -> None:
    worker.end, worker.ended_by = max(on, worker.start), by
    worker.save()
