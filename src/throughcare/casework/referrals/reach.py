"""Whom a provider's post reaches: people referred to it, from the sending until 14 days after the end."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, In, LessThanOrEqual

from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral, ReferralEvent, Withheld
from throughcare.casework.referrals.transitions import CLOSED

TO_FINISH_WRITING = timedelta(days=14)
UNTOUCHED = Q(state=None)
"""Of `with_state`: nothing happened since it was sent. Asked for by name: in SQL, "not closed" is not true of no state."""
OPEN = UNTOUCHED | ~Q(state__in=CLOSED)
"""Of `with_state`: more is expected."""
PATHWAYS = {"health_practitioner": "mental_health", "employment_broker": "employment"}
"""By role, the service whose referrals such a post works, of whichever provider; it moves no others."""


def with_state(day: date) -> QuerySet:
    """Referrals sent by the day, with `state`, `state_on` and `reason` as on it; null where nothing has happened to them yet.

    What stands on record last is kept beside a referral: the events are read of those alone to which something happened since.
    """
    then = _latest(day)

    def known(kept: str) -> tuple[When, When]:
        return When(last_on=None, then=None), When(last_on__lte=day, then=F(kept))

    return Referral.objects.filter(sent_on__lte=day).annotate(
        state=Case(*known("last_state"), default=Subquery(then.values("state")[:1])),
        state_on=Case(*known("last_on"), default=Subquery(then.values("on")[:1])),
        reason=Case(*known("last_reason"), default=Subquery(then.values("reason")[:1])),
    )


def _latest(day: date) -> QuerySet[ReferralEvent]:
    """What had happened to a referral by the day, the latest first."""
    live = ReferralEvent.objects.filter(referral=OuterRef("pk"), replaced_by=None, on__lte=day)
    return live.order_by("-on", "-place", "-pk")


def still_in_hand(day: date) -> QuerySet:
    """Referrals that are open on the day, or were closed in the 14 days before, with their state; not those made in error."""
    return with_state(day).filter(in_hand(day))


def in_hand(day: date) -> Q:
    """Of referrals, those of `still_in_hand`: by what stands on record, or by the events where something happened since the day.

    What is over since longer by all that is on record was over on the day too, and is left out before its events are read.
    """
    long_ago = day - TO_FINISH_WRITING
    stands = Q(last_on__lte=day) & ~Q(last_state="made_in_error") & (~Q(last_state__in=CLOSED) | Q(last_on__gt=long_ago))
    state = Coalesce(Subquery(_latest(day).values("state")[:1]), Value("sent"))
    over = Q(In(state, CLOSED), LessThanOrEqual(Subquery(_latest(day).values("on")[:1]), long_ago))
    stood = Q(last_on__gt=day) & ~(Q(Exact(state, "made_in_error")) | over)
    return Q(sent_on__lte=day) & not_long_over(long_ago) & (Q(last_on=None) | stands | stood)


def not_long_over(day: date) -> Q:
    """Of referrals, all that were not yet over on the day, and perhaps more: what became of them since is on record too."""
    return Q(over_on=None) | Q(over_on__gt=day)


def to_provider(posts: Sequence[Any], day: date) -> QuerySet:
    """Referrals to these posts' providers: of a post with a team, those to its service."""
    return still_in_hand(day).filter(_to(posts))


def reached(posts: Sequence[Any], day: date) -> QuerySet:
    """The same, without how they stand: whom the posts reach by them."""
    return Referral.objects.filter(in_hand(day), _to(posts))


def _to(posts: Sequence[Any]) -> Q:
    wanted = Q(pk__in=[])
    for post in posts:
        theirs = _of(post.place)
        wanted |= theirs & Q(service=post.team) if post.team else theirs
    return wanted


def sent_from(posts: Sequence[Any]) -> Q:
    """Of referrals: those that were sent from these posts, by whoever held them then."""
    wanted = Q(pk__in=[])
    for post in posts:
        wanted |= Q(sent_by__endswith=f" as {post.slug}")
    return wanted


def known_to(reader: Any) -> QuerySet:
    """Of all referrals sent by the day, those that the reader's posts may look into: a provider's, those to itself alone.

    That a person is in a provider's hands tells it nothing of other providers'. Whether the reader may see the person, and
    the service's row, is asked apart.
    """
    desks = reader.held("provider_admin", "provider_worker")
    if reader.roles & PROVIDER_ROLES:
        return to_provider(desks, reader.day)
    return with_state(reader.day)


def only_from(provider: str) -> list[str]:
    """The services that nobody else delivers: a referral to one that names no provider is this one's."""
    pilot = current_pilot()
    return [s.slug for s in pilot.services if [p.slug for p in pilot.providers if s.slug in p.services] == [provider]]


def _of(provider: str) -> Q:
    """Referrals to a provider; also those that name none, to a service that only it delivers."""
    return Q(provider=provider) | Q(provider="", service__in=only_from(provider))


def providers_of(referral: Referral) -> list[str]:
    """The provider that it went to; where it names none, the only one of its service."""
    if referral.provider:
        return [referral.provider]
    able = [provider.slug for provider in current_pilot().providers if referral.service in provider.services]
    return able if len(able) == 1 else []


def to_service(service: str, day: date) -> QuerySet:
    """Referrals to a service, of whichever provider."""
    return still_in_hand(day).filter(service=service)


def reached_by(service: str, day: date) -> QuerySet:
    """The same, without how they stand: whom those who work the service reach."""
    return Referral.objects.filter(in_hand(day), service=service)


def withheld(posts: Sequence[Any], day: date) -> Iterable[tuple[int, str]]:
    """What was struck out of referrals to these posts, and that none of those in hand tells: pairs of person and row.

    It stays struck out when all are closed, as a volunteer may go on. A volunteer is told what the provider is told; posts that
    come to nobody by referral are kept from nothing.
    """
    services = [PATHWAYS[post.role] for post in posts if post.role in PATHWAYS]
    theirs = _to([post for post in posts if post.role in PROVIDER_ROLES]) | Q(service__in=services)
    struck = Withheld.objects.filter(referral__in=Referral.objects.filter(theirs, sent_on__lte=day).values("pk"))
    if not struck.exists():  # the rule, and what follows costs every page of a provider
        return ()
    same = Withheld.objects.filter(referral=OuterRef("pk"), row=OuterRef(OuterRef("row")))
    told = Referral.objects.filter(in_hand(day), theirs).filter(~Exists(same), person=OuterRef("referral__person"))
    return struck.filter(~Exists(told)).values_list("referral__person", "row")
