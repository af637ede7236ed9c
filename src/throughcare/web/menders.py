"""The posts that must mend a contradiction: of the role that its finding names, or those in whose charge its extracts are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.queries import holders
from throughcare.core.contracts import Owner
from throughcare.web.charge import charge_of

NOBODYS = Owner(role="analyst")
"""Whose a contradiction is whose own posts there are none of: who may correct every agency's rows."""
MANY = 3


@dataclass(frozen=True, kw_only=True)
class Mender:
    """A post, and whether nobody holds it."""

    title: str
    role: str
    vacant: bool


class Menders:
    """The open posts as they are on a day, asked for once."""

    def __init__(self, day: date) -> None:
        self._day = day

    @cached_property
    def _posts(self) -> Sequence[Post]:
        return list(Post.objects.filter(closed_on=None).order_by("title", "pk"))

    @cached_property
    def _held(self) -> frozenset[int]:
        return frozenset(holders(self._posts, self._day))

    @cached_property
    def _charge(self) -> dict[int, frozenset[str]]:
        """By post, the extracts in its own charge; who corrects every agency's is nobody's first."""
        return {post.pk: frozenset(charge_of(post)) for post in self._posts if post.role != NOBODYS.role}

    def of(self, owner: Owner) -> tuple[Mender, ...]:
        """The posts of the owner, by title; the analyst's where there is none. Empty where the pilot has no analyst either."""
        found = self._of(owner) or self._of(NOBODYS)
        return tuple(Mender(title=post.title, role=post.role, vacant=post.pk not in self._held) for post in found)

    def _of(self, owner: Owner) -> list[Post]:
        if owner.feeds:
            wanted = frozenset(owner.feeds)
            return [post for post in self._posts if self._charge.get(post.pk, frozenset()) & wanted]
        return [post for post in self._posts if post.role == owner.role and (not owner.places or post.place in owner.places)]


def in_words(menders: Iterable[Mender], *, vacant: bool) -> str:
    """The posts by title, each with whether it is vacant where that may be told; of many of one role how many there are."""
    by_role: dict[str, list[Mender]] = {}
    for each in menders:
        by_role.setdefault(each.role, []).append(each)
    words = []
    for role, posts in by_role.items():
        if len(posts) > MANY:
            empty = sum(each.vacant for each in posts)
            words.append(f"{ROLES[role]} ({len(posts)} posts{f', {empty} vacant' if vacant and empty else ''})")
        else:
            words += [f"{each.title}{' (vacant)' if vacant and each.vacant else ''}" for each in posts]
    return "; ".join(words) or "nobody: the pilot has no such post"
