"""What the alerts app gives to everything above it."""

from throughcare.casework.alerts.pages import PAGES
from throughcare.casework.alerts.queries import held_about, tasks, timeline
from throughcare.core.contracts import Part

PART = Part(
    slug="alerts", title="Alerts", measures=(), feeds=(), timeline=timeline, held_about=held_about, pages=PAGES, tasks=tasks,
)  # fmt: skip
