"""Telling those in whose charge a feed is that it is late or short: here, and its owner by e-mail where it has an address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.imports.models import FeedTold
from throughcare.casework.imports.queries import FeedState, feed_states
from throughcare.casework.imports.told.actions import keep_emailed, keep_told
from throughcare.casework.notices.actions import tell
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Missing
from throughcare.registry.parts import feeds, missing
from throughcare.web.charge import charge_of

NAMED = 6
PART = ": "
STILL_NEWS = timedelta(days=1)
"""An e-mail that could not be sent for so long is not sent any more: the feed is told anew at its next due time."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What one round did: feeds told here, notices given, e-mails sent; `failed`: addresses that no e-mail could be sent to."""

    feeds: int
    notices: int
    emails: int
    failed: tuple[str, ...] = ()


def tell_owners(*, by: str, at: datetime) -> Telling:
    """Tells of each feed that is late or short, once a due time. Safe to repeat: what was told is not told again."""
    fresh = [s for s in _states(at) if s.wants_attention and s.told_at is None]
    reached, notices = _tell_here(by, fresh, at) if fresh else ([], 0)
    emails, failed = _tell_by_email(by, at)
    return Telling(feeds=len(reached), notices=notices, emails=emails, failed=failed)


def _states(at: datetime) -> list[FeedState]:
    """Every feed, and beside it those parts that are late although the feed came: "court-hearings: Thames"."""
    pilot = current_pilot()
    states = feed_states(now=at, pilot=pilot, known=feeds())
    late = {state.slug for state in states if state.wants_attention}
    parts = [each for each in missing(at) if each.feed not in late]
    told = {(t.feed, t.due_at): t.at for t in FeedTold.objects.filter(feed__in=[_named(part) for part in parts])}
    return states + [
        FeedState(
            slug=_named(part), owner=expected.owner if (expected := pilot.expectation(part.feed)) else "", state="late",
            last_load=None, due_at=part.due_at, next_due_at=None, rows=None, usual_rows=None, how=part.words,
            told_at=told.get((_named(part), part.due_at)),
        )
        for part in parts
    ]  # fmt: skip


def _named(part: Missing) -> str:
    return f"{part.feed}{PART}{part.of}"[:60]


def _feed(slug: str) -> str:
    """The feed of a state's slug: its own, or that of which it is a part."""
    return slug.partition(PART)[0]


def _tell_here(by: str, fresh: Sequence[FeedState], at: datetime) -> tuple[list[FeedState], int]:
    """One notice a post, whatever the number of feeds; a feed in nobody's charge and without an address is not told."""
    addresses = _addresses()
    reached = {state.slug for state in fresh if _feed(state.slug) in addresses}
    notices = 0
    with transaction.atomic():
        for post in Post.objects.filter(closed_on=None).order_by("pk"):
            charge = charge_of(post)
            theirs = [state for state in fresh if _feed(state.slug) in charge]
            if theirs:
                reached.update(state.slug for state in theirs)
                notices += tell(by=by, key=_key(theirs[0]), words=_words(theirs), address=reverse("imports"), at=at, posts=[post])
        told = [state for state in fresh if state.slug in reached]
        if told:
            keep_told(by=by, states=told, at=at)
    return told, notices


def _key(first: FeedState) -> str:
    return f"feed:{first.slug}:{first.due_at:%Y-%m-%dT%H:%M}:{first.told_as}"


def _words(states: Sequence[FeedState]) -> str:
    if len(states) == 1:
        return states[0].how
    more = f" and {len(states) - NAMED} more" if len(states) > NAMED else ""
    return f"{len(states)} sources in your charge are late or short: {', '.join(s.slug for s in states[:NAMED])}{more}"


def _addresses() -> Mapping[str, str]:
    """By feed, its owner's e-mail address; none where no mail server is set."""
    return {each.slug: each.email for each in current_pilot().feeds if each.email} if settings.MAIL_SERVER else {}


def _tell_by_email(by: str, at: datetime) -> tuple[int, tuple[str, ...]]:
    """One e-mail an address, of what was told here in the last day and not by e-mail. One that fails is tried again next time."""
    addresses, waiting = _addresses(), defaultdict(list)
    for told in FeedTold.objects.filter(emailed_at=None, at__gte=at - STILL_NEWS).order_by("feed", "pk"):
        if _feed(told.feed) in addresses:
            waiting[addresses[_feed(told.feed)]].append(told)
    if not waiting:
        return 0, ()
    how = {s.slug: s for s in _states(at) if s.wants_attention}
    sent, failed = 0, []
    for address, told in sorted(waiting.items()):
        lines = [f"- {how[t.feed].how}" for t in told if t.feed in how]
        try:
            if lines:
                send_mail(_subject(len(lines)), _letter(lines), settings.DEFAULT_FROM_EMAIL, [address])
                sent += 1
        except OSError:
            failed.append(address)
        else:
            keep_emailed(by=by, told=[t.pk for t in told], at=at)
    return sent, tuple(failed)


def _subject(number: int) -> str:
    return f"Throughcare: {number} {'source is' if number == 1 else 'sources are'} late or short"


def _letter(lines: Sequence[str]) -> str:
    told = "\n".join(lines)
    asked = "Please send them, or tell the pilot's analyst why not."
    return f"{current_pilot().name} expects these extracts from you:\n\n{told}\n\n{asked}\n"
