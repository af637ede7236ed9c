"""What a figure rests on: the feeds of the part that declares it, and the posts that do the work of its service."""

from functools import cache

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.core.contracts import Feed, Measure
from throughcare.core.pilot import Pilot
from throughcare.registry.parts import declared, done_by

PEOPLE = "people"
"""What is counted over all strands, or by a part without feeds, rests on who people are."""


@cache
def feeds_of(measure: str) -> tuple[Feed, ...]:
    """The feeds on which the measure of that slug rests."""
    home = next((part for part in declared() if any(m.slug == measure for m in part.measures)), None)
    return (home.feeds if home else ()) or next(part.feeds for part in declared() if part.slug == PEOPLE)


def posts_of(measure: Measure, pilot: Pilot) -> list[Post]:
    """The posts that do the work of the measure's service: at its courts, or of its providers; none for a measure of no service.

    A court that the service does not run in, a provider's desk for another service, are none of its posts.
    """
    role = done_by().get(measure.service)
    if role is None:
        return []
    service = pilot.service(measure.service)
    providers = {provider.slug for provider in pilot.providers if service.slug in provider.services}
    posts = Post.objects.filter(role=role).order_by("title", "pk")
    if role in PROVIDER_ROLES:
        return list(posts.filter(place__in=providers, team__in=("", service.slug)))
    return list(posts.filter(place__in=("", *service.courts)) if service.courts else posts)
