"""In whose charge a feed is: whose page it stands on, who may load and correct it, who is told when it is late."""

from collections.abc import Iterable

from throughcare.casework.access.models import Post
from throughcare.casework.access.policy import Cell, policy
from throughcare.casework.access.reader import Reader
from throughcare.core.contracts import Feed
from throughcare.registry.parts import feeds
from throughcare.web.provider_rows import AGENCY

AGENCIES = {
    "health_practitioner": ("health",),
    "employment_broker": ("employment", AGENCY),
    "police_researcher": ("police",),
    "provider_admin": (AGENCY,),
    "monitoring_officer": ("tagging",),
}
"""By role, the agencies whose extracts are its own, beside its post's."""


def feeds_of(reader: Reader) -> dict[str, Feed]:
    """The feeds that the reader may see and load."""
    return in_charge(reader.cells("view", "imports"))


def charge_of(post: Post) -> dict[str, Feed]:
    """The feeds that a post may load and correct as its own work: an administrator, who looks after accounts, has none."""
    cell = policy().cell("imports", post.role)
    return in_charge([(post, cell)]) if cell and cell.allows("edit") and cell.scope != "accounts" else {}


def in_charge(cells: Iterable[tuple[Post, Cell]]) -> dict[str, Feed]:
    """By posts with their cells of the row `imports`: an agency's own; for who looks after the whole pilot, all."""
    held = list(cells)
    if any(cell.scope in ("pilot", "accounts") for _, cell in held):
        return dict(feeds())
    agencies = {agency for post, _ in held for agency in (post.agency, *AGENCIES.get(post.role, ())) if agency}
    return {slug: feed for slug, feed in feeds().items() if feed.agency in agencies}
