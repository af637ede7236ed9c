"""The mental-health strand: referrals are those of all services; what follows them is here."""

from throughcare.core.contracts import Strand
from throughcare.strands.mental_health.extracts import FEEDS
from throughcare.strands.mental_health.measures import MEASURES
from throughcare.strands.mental_health.queries import findings, held_about, timeline
from throughcare.strands.mental_health.reach import REACH
from throughcare.strands.mental_health.synthetic import synthetic

STRAND = Strand(
    slug="mental_health", title="Mental health", services=("mental_health",), row="mental_health_pathway",
    measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    reach={"health": REACH},
    for_decision={
        "Mental-health consultations": "health", "Mental-health assessments": "health", "Care plans": "health",
        "Direct interventions": "health",
    },
)  # fmt: skip
