"""What the notes app gives to everything above it."""

from throughcare.casework.notes.pages import PAGES
from throughcare.casework.notes.queries import held_about, timeline
from throughcare.casework.notes.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="notes",
    title="Notes and worries",
    measures=(),
    feeds=(),
    timeline=timeline,
    held_about=held_about,
    pages=PAGES,
    tasks=tasks,
    for_decision={
        "notes": "third_party",
        "worries raised": "third_party",
        "risks": "third_party",
        "whom and what to avoid": "third_party",
    },
)
