"""What the cohort gives to everything above it."""

from throughcare.casework.cohort.measures import MEASURES
from throughcare.casework.cohort.queries import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(slug="cohort", title="Cohort", measures=MEASURES, feeds=(), timeline=timeline, held_about=held_about)
