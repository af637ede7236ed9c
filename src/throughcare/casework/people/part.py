"""What the people app gives to everything above it."""

from throughcare.casework.people.extracts import FEEDS
from throughcare.casework.people.findings import findings
from throughcare.casework.people.measures import MEASURES
from throughcare.casework.people.record import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(
    slug="people", title="People", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, findings=findings
)  # fmt: skip
