"""What tagging tells of a person: on the timeline, and all that it holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.core.contracts import TimelineEntry
from throughcare.strands.tagging.crimes import record as of_crimes


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    return list(of_crimes.timeline(person_id))


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return of_crimes.held_about(person_id)
