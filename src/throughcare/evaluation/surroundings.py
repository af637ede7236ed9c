"""What stood around a study while it ran: how each feed came, and which posts were vacant for how long. Part of the copy."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import polars as pl

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import vacancies
from throughcare.casework.imports.queries import times_of_loads
from throughcare.core.clock import london_date
from throughcare.core.spans import Span
from throughcare.registry.parts import feeds

FEED = {
    "feed": pl.String, "agency": pl.String, "loads": pl.Int64, "first": pl.Date, "last": pl.Date, "longest_gap_days": pl.Int64,
}  # fmt: skip
STAFF = {"role": pl.String, "agency": pl.String, "posts": pl.Int64, "vacant_post_days": pl.Int64}


def feed_gaps(as_at: date) -> pl.DataFrame:
    """A row a feed: how often it came by the day, first and last, the longest time between two; one that never came has 0."""
    came = times_of_loads()
    rows = []
    for slug, feed in feeds().items():
        days = [day for at in came.get(slug, ()) if (day := london_date(at)) <= as_at]
        gaps = [(later - earlier).days for earlier, later in pairwise([*days, as_at])]
        first, last = (days[0], days[-1]) if days else (None, None)
        rows.append((slug, feed.agency, len(days), first, last, max(gaps, default=None)))
    return pl.DataFrame(rows, schema=FEED, orient="row")


def staffing_gaps(start: date, end: date) -> pl.DataFrame:
    """By role and agency, how many posts there are, and on how many days of [start, end), summed over them, nobody held them."""
    vacant = vacancies(Span(start=start, end=end)) if start < end else {}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for post in Post.objects.filter(closed_on=None).order_by("role", "agency", "pk"):
        found[post.role, post.agency].append(sum(gap.days() for gap in vacant.get(post.pk, ())))
    rows = [(role, agency, len(days), sum(days)) for (role, agency), days in sorted(found.items())]
    return pl.DataFrame(rows, schema=STAFF, orient="row")
