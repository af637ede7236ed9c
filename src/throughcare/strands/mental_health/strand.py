"""The mental-health strand: referrals are those of all services; what follows them is here."""

from throughcare.core.contracts import Strand
from throughcare.strands.mental_health.care.pages import PAGES as OF_CARE
from throughcare.strands.mental_health.consultations.pages import PAGES as OF_CONSULTATIONS
from throughcare.strands.mental_health.extracts import FEEDS
from throughcare.strands.mental_health.hub import TABS
from throughcare.strands.mental_health.measures import MEASURES
from throughcare.strands.mental_health.queries import findings
from throughcare.strands.mental_health.reach import REACH
from throughcare.strands.mental_health.record import FOR_DECISION, held_about, timeline
from throughcare.strands.mental_health.scores.actions import escalate
from throughcare.strands.mental_health.scores.pages import PAGES as OF_SCORES
from throughcare.strands.mental_health.slots.pages import PAGES as OF_SLOTS
from throughcare.strands.mental_health.steps.pages import PAGES as OF_STEPS
from throughcare.strands.mental_health.synthetic import synthetic
from throughcare.strands.mental_health.tasks import diary, tasks

STRAND = Strand(
    lists={
        "health.referred": ("mental_health_pathway",), "health.consultations": ("consultation_advice",),
        "health.confidence*": ("consultation_advice",), "health.*": ("mental_health_pathway", "clinical"),
    },
    slug="mental_health", title="Mental health", services=("mental_health",), row="mental_health_pathway",
    done_by="health_practitioner",
    measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    reach={"health": REACH}, for_decision=FOR_DECISION, tasks=tasks, diary=diary, rounds=(escalate,), tabs=TABS,
    pages=(*OF_CONSULTATIONS, *OF_CARE, *OF_SCORES, *OF_STEPS, *OF_SLOTS),
)  # fmt: skip
