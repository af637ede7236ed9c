"""What the notices app gives to everything above it."""

from throughcare.casework.notices.pages import PAGES
from throughcare.casework.notices.queries import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(slug="notices", title="Notices", measures=(), feeds=(), timeline=timeline, held_about=held_about, pages=PAGES)
