"""Positions that may be kept no longer: the command `throughcare retention`, and once a day in the background."""

from collections.abc import Iterator
from datetime import date, datetime

from throughcare.core.clock import london_date
from throughcare.design.environment import count
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.tracks import actions


def retention(by: str, day: date, at: datetime, dry_run: bool) -> Iterator[str]:
    """Deletes them, and says so; with `dry_run` it counts alone: after a deletion that proves that none is left."""
    if dry_run:
        found = actions.over_time(day)
        yield f"positions: {count(found.to_go, 'fix', 'fixes')} of {found.fixes:,} may be kept no longer"
        return
    done = actions.delete_over_time(by=by, as_at=day, at=at)
    gone = f"{count(done.to_go, 'fix', 'fixes')} of {done.before:,} deleted"
    yield f"positions: {gone}, {done.after:,} kept, {done.left:,} left over"


def once_a_day(by: str, at: datetime) -> None:
    """In the background. Nothing where it was done on that London day."""
    day = london_date(at)
    if not m.Deletion.objects.filter(as_at=day).exclude(ended_at=None).exists():
        actions.delete_over_time(by=by, as_at=day, at=at)
