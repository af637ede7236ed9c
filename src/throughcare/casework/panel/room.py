"""Who is in the room, and so what may be shown there: what every one of them may see, row by row. It fails closed.

A post in the room is each of the accounts that hold it on the day, own or cover, working as that post alone; a post that
nobody holds may hear nothing. A reason given today to open a record is for that account's own screen, not for the room.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import PROVIDER_ROLES, policy
from throughcare.casework.access.queries import holders
from throughcare.casework.access.reader import Reader

IN_THE_ROOM = frozenset(
    role for row, role in policy().cells if row == "panel_actions" and policy().cell("contact", role)
)
"""Roles that can be asked to a panel: those who may know of a person, and be given an action."""

DISCLOSED = {
    "health_practitioner": "mental_health_pathway", "employment_broker": "employment", "police_researcher": "plan_exists",
    "monitoring_officer": "tag_order",
}  # fmt: skip
"""By role, the row that is disclosed by telling that such a post works with a person."""


class Present(Reader):
    """An account as it sits in the room: nothing that it opened for a reason counts."""

    def opened(self, person: int) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """What everybody in the room may see of a person. `out`: the posts that may not hear of the person at all.

    While somebody is out, there are no rows. `everybody`: who is in the room, each with what they alone may see.
    """

    rows: frozenset[str]
    out: tuple[Post, ...]
    everybody: tuple[tuple[Reader, frozenset[str]], ...]

    def all_read(self, owner: Post, borough: str) -> bool:
        """Whether an action of this owner may be shown: everybody in the room may read it."""
        return not self.out and all(reads(reader, owner, borough, rows) for reader, rows in self.everybody)


def readers(reader: Reader, posts: Collection[Post]) -> Mapping[int, tuple[Reader, ...]]:
    """By post, the readers that its holders are on the reader's day. One query."""
    held = holders(list(posts), reader.day)
    return {
        post.pk: tuple(
            Present(account=holding.account, post=post, posts=(post,), day=reader.day, reach=reader.reach,
                    service_rows=reader.service_rows)
            for holding in held.get(post.pk, ())
        )
        for post in posts
    }  # fmt: skip


def hearing(reader: Reader, rows: frozenset[str], present: Sequence[Post], person: int) -> Hearing:
    """What may be shown of the person to these posts and the reader, who may see `rows`."""
    found = readers(reader, present)
    seen = {post.pk: [(each, each.rights(person).view) for each in found[post.pk]] for post in present}
    out = tuple(post for post in present if not seen[post.pk] or any("contact" not in theirs for _, theirs in seen[post.pk]))
    everybody = ((reader, rows), *(each for post in present for each in seen[post.pk]))
    shared = frozenset.intersection(*(theirs for _, theirs in everybody))
    return Hearing(rows=frozenset() if out else shared, out=out, everybody=everybody)


def may_be_given(reader: Reader, post: Post, person: int) -> bool:
    """Whether an action about the person can be given to the post: whoever holds it may see and answer it."""
    theirs = readers(reader, [post])[post.pk]
    return bool(theirs) and all("panel_actions" in each.rights(person).edit for each in theirs)


def discloses(reader: Reader, post: Post) -> str:
    """The row of the policy that is disclosed by telling that the post has to do with a person."""
    if post.role in PROVIDER_ROLES:
        return reader.row_of(f"service:{post.team}") if post.team else "referrals"
    return DISCLOSED.get(post.role, "panel")


def same_agency(one: Post, other: Post) -> bool:
    """The same post; of a provider, any of its desks."""
    desks = one.role in PROVIDER_ROLES and other.role in PROVIDER_ROLES
    return one.pk == other.pk or (desks and one.place == other.place != "")


def reads(reader: Reader, owner: Post, borough: str, rows: Collection[str]) -> bool:
    """Whether the reader, who may see `rows` of the person, may read an action of this owner from a panel of the borough.

    Its words are for the owner's agency, and for who may see the panel of the person and that the owner works with them;
    the co-ordinator who runs the panel wrote them.
    """
    if any(same_agency(owner, post) for post in reader.acting) and "panel_actions" in rows:
        return True
    runs = any(post.place == borough for post in reader.held("iom_coordinator"))
    return "panel" in rows and (runs or discloses(reader, owner) in rows)
