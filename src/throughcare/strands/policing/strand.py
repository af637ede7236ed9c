"""The policing strand: intelligence development plans and taskings."""

from throughcare.core.contracts import Strand
from throughcare.strands.policing.extracts import FEEDS
from throughcare.strands.policing.measures import MEASURES
from throughcare.strands.policing.queries import findings, held_about, service_use, timeline
from throughcare.strands.policing.synthetic import synthetic

STRAND = Strand(
    slug="policing", title="Policing", services=("intelligence_plan",), measures=MEASURES, feeds=FEEDS, timeline=timeline,
    held_about=held_about, synthetic=synthetic, findings=findings, service_use=service_use,
)  # fmt: skip
