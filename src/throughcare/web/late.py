"""Feeds that are late or short, said at the top of the pages that rest on them."""

from functools import lru_cache
from typing import Any

from throughcare.casework.access.reader import Reader
from throughcare.casework.imports.models import FileLoad
from throughcare.casework.imports.queries import feed_states
from throughcare.casework.pilot import current_pilot
from throughcare.registry.parts import feeds
from throughcare.web.clock import now

RESTS_ON = {
    "offender_manager": ("nps-caseloads", "crc-caseloads", "crc-appointments", "prison-spells", "provider-referrals"),
    "iom_coordinator": ("nps-people", "crc-people", "nps-supervision", "crc-supervision", "police-convictions", "police-arrests"),
    "senior_officer": ("nps-caseloads", "crc-caseloads"),
    "court_officer": ("court-hearings", "court-lists", "court-cases"),
    "prison_coordinator": ("prison-people", "prison-spells"),
    "provider_worker": ("provider-referrals",),
    "provider_admin": ("provider-referrals",),
    "tasking_officer": ("police-plans", "police-taskings"),
    "volunteer": ("prison-spells", "provider-sessions"),
    "police_researcher": ("police-arrests", "police-plans"),
    "monitoring_officer": ("tag-events",),
}
"""By role, the feeds on which its day rests."""


def late_for(reader: Reader) -> list[str]:
    """In a sentence each, the feeds that the reader's day rests on and that want attention now."""
    wanted = {feed for role in reader.roles for feed in RESTS_ON.get(role, ())}
    return [words for slug, words in late_feeds() if slug in wanted]


def late_feeds() -> tuple[tuple[str, str], ...]:
    """Each feed that wants attention now, by its slug, in a sentence."""
    at = now()
    last = FileLoad.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _of_the_minute(at.replace(second=0, microsecond=0), last)


@lru_cache(maxsize=4)
def _of_the_minute(minute: Any, last: int | None) -> tuple[tuple[str, str], ...]:
    """Worked out once a minute and once after each load, not for every page."""
    states = feed_states(now=minute, pilot=current_pilot(), known=feeds())
    return tuple((state.slug, state.words) for state in states if state.wants_attention)
