"""What the reasons app gives to everything above it. It holds nothing about a person of the pilot."""

from throughcare.core.contracts import Part

PART = Part(
    slug="reasons", title="Reasons for a gap", measures=(), feeds=(), timeline=lambda person_id: (),
    held_about=lambda person_id: {},
)  # fmt: skip
