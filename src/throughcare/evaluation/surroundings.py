"""What stood around a study while it ran: how each feed came, and which posts were vacant for how long. Part of the copy."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from throughcare.casework.access.models import Holding, Post
from throughcare.casework.frames import read
from throughcare.casework.imports.models import FileLoad
from throughcare.core.clock import london_date
from throughcare.registry.parts import feeds

FEED = {
    "feed": pl.String, "agency": pl.String, "loads": pl.Int64, "first": pl.Date, "last": pl.Date, "longest_gap_days": pl.Int64,
}  # fmt: skip
STAFF = {"role": pl.String, "agency": pl.String, "posts": pl.Int64, "vacant_post_days": pl.Int64}


def feed_gaps(as_at: date) -> pl.DataFrame:
    """A row a feed: how often it came by the day, first and last, the longest time between two; one that never came has 0."""
    came: dict[str, list[date]] = defaultdict(list)
    for slug, at in FileLoad.objects.filter(corrects=None).order_by("loaded_at").values_list("feed", "loaded_at"):
        if (day := london_date(at)) <= as_at:
            came[slug].append(day)
    rows = []
    for slug, feed in feeds().items():
        days = came[slug]
        gaps = [(later - earlier).days for earlier, later in pairwise([*days, as_at])]
        first, last = (days[0], days[-1]) if days else (None, None)
        rows.append((slug, feed.agency, len(days), first, last, max(gaps, default=None)))
    return pl.DataFrame(rows, schema=FEED, orient="row")


def staffing_gaps(start: date, end: date) -> pl.DataFrame:
    """By role and agency, how many posts there are, and on how many days of [start, end), summed over them, nobody held them."""
    posts = list(Post.objects.filter(closed_on=None).order_by("role", "agency", "pk"))
    held = read(Holding.objects.order_by("start"), post="post", start="start", end="end")
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for post, begin, until in held.iter_rows():
        spans[post].append((max(begin, start), min(until or end, end)))
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for post in posts:
        found[post.role, post.agency].append(_uncovered(sorted(spans[post.pk]), start, end))
    rows = [(role, agency, len(days), sum(days)) for (role, agency), days in sorted(found.items())]
    return pl.DataFrame(rows, schema=STAFF, orient="row")


def _uncovered(spans: list[tuple[date, date]], start: date, end: date) -> int:
    """Days of [start, end) in none of the spans."""
    missing, reached = timedelta(), start
    for begin, until in spans:
        missing += max(begin - reached, timedelta())
        reached = max(reached, until)
    return (missing + max(end - reached, timedelta())).days
