"""What the scores tell of a person: that there was an assessment, on the timeline, and all that is held on them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from throughcare.casework.assessments.models import ScoredAssessment
from throughcare.casework.frames import about
from throughcare.core.contracts import TimelineEntry


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """A line a day and instrument: that it was used, never what somebody scored."""
    rows = about(ScoredAssessment, person_id)
    days: dict[tuple[date, str], str] = {(row.assessed_on, row.instrument): row.assessor for row in rows}
    return [
        TimelineEntry(on=on, kind="assessment", row="supervision", words=f"Assessed with {instrument} by {assessor}")
        for (on, instrument), assessor in sorted(days.items())
    ]


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every score on the person."""
    return {"Scores of repeated assessments": list(ScoredAssessment.objects.filter(person=person_id).order_by("pk").values())}
