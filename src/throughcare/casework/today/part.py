"""What the today app gives to everything above it."""

from throughcare.casework.today.queries import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(slug="today", title="What waits", measures=(), feeds=(), timeline=timeline, held_about=held_about)
