"""What repeated assessments give to everything above them."""

from throughcare.casework.assessments.extracts import FEEDS
from throughcare.casework.assessments.measures import MEASURES
from throughcare.casework.assessments.record import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(
    slug="assessments", title="Attitudes and needs", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    lists={"attitudes.assessed": ("supervision",), "attitudes.again": ("supervision",)},  # of what was scored nobody has a list
)  # fmt: skip
