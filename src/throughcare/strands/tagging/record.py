"""What tagging tells of a person: on the timeline, and all that it holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.core.contracts import TimelineEntry


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return {}
