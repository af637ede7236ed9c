"""What the elsewhere app gives to everything above it."""

from throughcare.casework.elsewhere.pages import PAGES
from throughcare.casework.elsewhere.queries import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(
    slug="elsewhere", title="To be entered elsewhere", measures=(), feeds=(), timeline=timeline, held_about=held_about,
    pages=PAGES,
)  # fmt: skip
