"""What the letters app gives to everything above it."""

from throughcare.casework.letters.pages import PAGES
from throughcare.casework.letters.queries import held_about, timeline
from throughcare.casework.letters.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="letters", title="Letters", measures=(), feeds=(), timeline=timeline, held_about=held_about, pages=PAGES, tasks=tasks,
)  # fmt: skip
