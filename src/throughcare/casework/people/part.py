"""What the people app gives to everything above it. Histories are counted of those eligible for the cohort, and so there."""

from throughcare.casework.people.extracts import FEEDS
from throughcare.casework.people.findings import findings
from throughcare.casework.people.reach import in_prison, residents, supervised_from
from throughcare.casework.people.record import held_about, timeline
from throughcare.core.contracts import Part

PART = Part(
    slug="people", title="People", measures=(), feeds=FEEDS, timeline=timeline, held_about=held_about, findings=findings,
    reach={"borough": (residents, supervised_from), "prison": (in_prison,)},
)  # fmt: skip
