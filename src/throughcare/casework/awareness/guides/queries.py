"""A role's sheet, filled in: figures and services of the pilot file, posts to ring."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.awareness.guides.figures import FIGURES
from throughcare.casework.awareness.guides.roles import GUIDES, Guide
from throughcare.core.pilot import Pilot, Service
from throughcare.rules.eligibility.services import for_whom

MOST_RUNG = 2
"""Posts of a role that are named on a sheet."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands on the sheet. `services`: those alike share a line: their names, for whom they are, by whom."""

    role: str
    title: str
    guide: Guide
    figures: tuple[str, ...]
    services: tuple[tuple[str, str, str], ...]


def sheet(role: str, pilot: Pilot, *, provider: str = "") -> Sheet:
    """The sheet of a role; KeyError where there is no such role. `provider`: whose services are the role's own; "": any's."""
    guide = GUIDES[role]
    return Sheet(
        role=role, title=ROLES[role], guide=guide, figures=tuple(FIGURES[slug].told(pilot) for slug in guide.figures),
        services=_alike(_services(guide, pilot, provider), pilot),
    )  # fmt: skip


def _services(guide: Guide, pilot: Pilot, provider: str) -> list[Service]:
    if guide.services in ("", "all"):
        return list(pilot.services) if guide.services else []
    found = [service for service in pilot.services if service.by_referral]
    own = {slug for each in pilot.providers if each.slug == provider for slug in each.services}
    return [service for service in found if service.slug in own] if guide.services == "own" and own else found


def _alike(services: Sequence[Service], pilot: Pilot) -> tuple[tuple[str, str, str], ...]:
    """Services for the same people on one line, in the order of the file; by whom each is."""
    lines: dict[str, list[Service]] = {}
    for service in services:
        lines.setdefault("; ".join(for_whom(service, pilot=pilot)), []).append(service)
    return tuple(
        (", ".join(s.name for s in alike), whom, ", ".join(dict.fromkeys(p.name for p in pilot.providers
                                                                        if {s.slug for s in alike} & set(p.services))))
        for whom, alike in lines.items()
    )  # fmt: skip


def to_ring(guide: Guide, mine: Post | None) -> list[tuple[str, list[Post]]]:
    """By role, the posts to ring: those near one's own first, and all where there are few; none named of a role with many."""
    posts = list(Post.objects.filter(role__in=guide.rings, closed_on=None).order_by("title", "pk"))
    told = []
    for role in guide.rings:
        theirs = [post for post in posts if post.role == role and post != mine]
        near = [post for post in theirs if mine is not None and _near(post, mine)]
        told.append((ROLES[role], (near or theirs)[:MOST_RUNG] if near or len(theirs) <= MOST_RUNG else []))
    return told


def _near(post: Post, mine: Post) -> bool:
    """Whether it is of the same office or place; a borough is named in the offices of its officers."""
    same = (post.office and post.office == mine.office) or (post.place and post.place == mine.place)
    return bool(same or (post.place and mine.office.endswith(post.place)) or (mine.place and post.office.endswith(mine.place)))
