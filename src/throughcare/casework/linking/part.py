"""What the linking app gives to everything above it."""

from throughcare.casework.linking.findings import findings
from throughcare.casework.linking.queries import held_about, timeline
from throughcare.casework.linking.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    slug="linking", title="Who is who", measures=(), feeds=(), timeline=timeline, held_about=held_about, findings=findings,
    tasks=tasks,
    for_decision={"comparisons of records": "third_party", "changes of who is who": "third_party"},
)  # fmt: skip
