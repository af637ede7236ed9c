"""What the cohort gives to everything above it."""

from throughcare.casework.cohort.measures import MEASURES
from throughcare.casework.cohort.pages import PAGES
from throughcare.casework.cohort.queries import held_about, timeline
from throughcare.casework.cohort.reach import members_of, proposed_to
from throughcare.casework.cohort.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="cohort", title="Cohort", measures=MEASURES, feeds=(), timeline=timeline, held_about=held_about,
    reach={"borough": (members_of, proposed_to)},
    tasks=tasks, pages=PAGES,
)  # fmt: skip
