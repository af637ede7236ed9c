"""What evaluation gives to the web: its pages, and what stands of a person in a frozen copy, for subject access."""

from throughcare.core.contracts import Part
from throughcare.evaluation.queries import held_about

PART = Part(
    slug="evaluation", title="Studies", measures=(), feeds=(), timeline=lambda person_id: (), held_about=held_about, pages=(),
)  # fmt: skip
