"""The prison strand: what the co-ordinators do, and where the people were on the day."""

from throughcare.core.contracts import Strand
from throughcare.strands.prison.extracts import FEEDS
from throughcare.strands.prison.measures import MEASURES
from throughcare.strands.prison.queries import findings, held_about, service_use, timeline
from throughcare.strands.prison.synthetic import synthetic

STRAND = Strand(
    slug="prison", title="Prison co-ordination", services=("prison_coordination",), measures=MEASURES, feeds=FEEDS,
    timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings, service_use=service_use,
)  # fmt: skip
