"""What the subject-access app gives to everything above it. Its pages need what every part holds, and so are in `web`."""

from throughcare.casework.subject_access.queries import covered, held_about, timeline
from throughcare.casework.subject_access.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="subject_access", title="Subject access", measures=(), feeds=(), timeline=timeline, held_about=held_about, tasks=tasks,
    reach={"request": (covered,)},
)  # fmt: skip
