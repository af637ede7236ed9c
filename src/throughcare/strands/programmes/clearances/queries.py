"""Reading clearances: those of a reader's posts or prisons, and whether a post may go into a prison on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.reader import Reader
from throughcare.strands.programmes.clearances.codes import ENDED, GRANTED, REFUSED, WAITING
from throughcare.strands.programmes.models import Clearance


def cleared(post: Post, prison: str, day: date) -> bool:
    """Whether the post may go into the prison on the day: granted by then, and not ended."""
    granted = Clearance.objects.filter(post=post, prison=prison, granted_on__lte=day)
    return granted.filter(Q(expires_on=None) | Q(expires_on__gt=day)).exists()


def state_of(clearance: Clearance, day: date) -> str:
    """Asked for, cleared, refused or ended, on the day. `expires_on` is the first day on which it holds no more."""
    if clearance.refused_on:
        return REFUSED
    if not clearance.granted_on:
        return WAITING
    return ENDED if clearance.expires_on and clearance.expires_on <= day else GRANTED


def seen_by(reader: Reader) -> QuerySet[Clearance]:
    """Those of the reader's own providers' posts; of a prison co-ordinator's prisons. A volunteer's own alone."""
    places = [post.place for post in reader.held("provider_admin", "provider_worker") if post.place]
    prisons = [post.place for post in reader.held("prison_coordinator")]
    own = Q(post__in=[post.pk for post in reader.held("volunteer")])
    found = Clearance.objects.filter(Q(post__place__in=places, post__role__in=PROVIDER_ROLES) | Q(prison__in=prisons) | own)
    return found.select_related("post").order_by("prison", "post__title", "-asked_on", "-pk")


def asks_for(reader: Reader) -> QuerySet[Post]:
    """The posts for which the reader may ask: an administrator's or worker's provider's, a volunteer's own."""
    places = [post.place for post in reader.held("provider_admin", "provider_worker") if post.place]
    own = [post.pk for post in reader.held("volunteer")]
    theirs = Q(place__in=places, role__in=("provider_worker", "volunteer"))
    return Post.objects.filter(theirs | Q(pk__in=own), closed_on=None).order_by("title", "pk")


def latest(found: Sequence[Any]) -> list[Any]:
    """The last one of each post and prison: what was answered before is behind it."""
    seen: dict[tuple[int, str], Any] = {}
    for clearance in found:
        seen.setdefault((clearance.post_id, clearance.prison), clearance)
    return list(seen.values())
