"""The strand of recorded crime and its victims. It holds nothing that is known to be about somebody whom the pilot serves."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.core.contracts import Strand, TimelineEntry
from throughcare.strands.crime.extracts import FEEDS
from throughcare.strands.crime.measures import MEASURES
from throughcare.strands.crime.queries import findings
from throughcare.strands.crime.synthetic import synthetic


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Always empty: crime by borough is about nobody, and victims are under pseudonyms that nobody here can resolve."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Always empty, for the same reason."""
    return {}


STRAND = Strand(
    slug="crime", title="Recorded crime and victims", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    synthetic=synthetic, findings=findings,
)  # fmt: skip
