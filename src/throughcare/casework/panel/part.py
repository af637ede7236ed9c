"""What the panel gives to everything above it."""

from throughcare.casework.panel.pages import PAGES
from throughcare.casework.panel.queries import held_about, timeline
from throughcare.casework.panel.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="panel",
    title="Panel",
    measures=(),
    feeds=(),
    timeline=timeline,
    held_about=held_about,
    pages=PAGES,
    tasks=tasks,
)
