"""The survey strand: what staff and providers say. It holds nothing about the people whom the pilot serves."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.core.contracts import Strand, TimelineEntry
from throughcare.strands.surveys.answering.pages import PAGES as ANSWERING
from throughcare.strands.surveys.asking.pages import PAGES as ASKING
from throughcare.strands.surveys.comments import PAGES as COMMENTS
from throughcare.strands.surveys.extracts import FEEDS
from throughcare.strands.surveys.measures import MEASURES
from throughcare.strands.surveys.queries import findings
from throughcare.strands.surveys.rounds import ROUNDS
from throughcare.strands.surveys.synthetic import synthetic
from throughcare.strands.surveys.voices.pages import PAGES as VOICES


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Always empty: a response is by a member of staff, never about a person."""
    return ()


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Always empty, for the same reason."""
    return {}


STRAND = Strand(
    slug="surveys", title="Surveys", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    synthetic=synthetic, findings=findings,
    pages=(*ASKING, *ANSWERING, *COMMENTS, *VOICES), rounds=ROUNDS,
)  # fmt: skip
