"""What explains a finding before anybody looks at it: an absence that is expected, a place without a signal."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from throughcare.core.clock import london_day
from throughcare.positions.distance import metres
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.day import Found
from throughcare.strands.tagging.checks.words import NEVER_EXPLAINED
from throughcare.strands.tagging.equipment.words import ABSENCES
from throughcare.strands.tagging.stored import clock


def explanations(orders: Sequence[m.Order], day: date) -> Callable[[m.Order, Found, datetime], str]:
    """Gives, of a finding, what explains it in words, "" where nothing does. An absence explains what lies within it."""
    start, end = london_day(day)[0], london_day(day)[1] + timedelta(days=1)
    told = m.Absence.objects.filter(order__in=orders, ended_at=None, starts_at__lt=end, ends_at__gt=start)
    absences: dict[int, list[m.Absence]] = {}
    for each in told.order_by("starts_at", "pk"):
        absences.setdefault(each.order_id, []).append(each)
    spots = list(m.DeadSpot.objects.exclude(ended_on__lte=day).filter(on__lte=day).order_by("pk"))

    def explain(order: m.Order, found: Found, at: datetime) -> str:
        if found.kind in NEVER_EXPLAINED:
            return ""
        until = found.ends_at or at
        for each in absences.get(order.pk, []):
            if each.starts_at <= found.starts_at and until <= each.ends_at:
                return f"{ABSENCES[each.why]}, expected until {clock(each.ends_at)}"
        return next((f"No signal is known at {spot.name}" for spot in spots if _at(spot, found)), "")

    return explain


def _at(spot: m.DeadSpot, found: Found) -> bool:
    """Whether the last fix before a silence lies within the spot."""
    if found.kind != "silent" or found.place is None:
        return False
    latitude, longitude = found.place
    return metres(latitude, longitude, spot.latitude, spot.longitude) <= spot.radius_m
