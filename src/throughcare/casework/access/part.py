"""What the access app gives to everything above it."""

from throughcare.casework.access.burden import MEASURES
from throughcare.casework.access.extracts import FEEDS
from throughcare.casework.access.pages import PAGES
from throughcare.casework.access.queries import allocated, handed_over, held_about, timeline
from throughcare.casework.access.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="access", title="Access", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    reach={"caseload": (allocated, handed_over), "matched": (allocated,)},
    tasks=tasks, pages=PAGES, for_decision={"limits on who may see": "third_party"},
)  # fmt: skip
