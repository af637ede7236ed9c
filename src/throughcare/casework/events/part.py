"""What the events app gives to everything above it."""

from throughcare.casework.events.queries import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(slug="events", title="Events", measures=(), feeds=(), timeline=timeline, held_about=held_about)
