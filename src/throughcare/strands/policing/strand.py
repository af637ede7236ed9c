"""The policing strand: intelligence development plans and taskings."""

from throughcare.core.contracts import Strand
from throughcare.strands.policing.extracts import FEEDS
from throughcare.strands.policing.measures import MEASURES
from throughcare.strands.policing.picture.extracts import FEED as EVENTS
from throughcare.strands.policing.picture.pages import PAGES as PICTURE
from throughcare.strands.policing.picture.pages import TABS
from throughcare.strands.policing.picture.record import FOR_DECISION
from throughcare.strands.policing.queries import findings, held_about, service_use, timeline
from throughcare.strands.policing.reach import requested
from throughcare.strands.policing.synthetic import synthetic
from throughcare.strands.policing.tasks import tasks

STRAND = Strand(
    slug="policing", title="Policing", services=("intelligence_plan",), row="plan_exists",
    measures=MEASURES, feeds=(*FEEDS, EVENTS), timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    service_use=service_use,
    reach={"requested": (requested,)},
    tasks=tasks, pages=PICTURE, tabs=TABS,
    for_decision={"Intelligence development plans": "intelligence", "Taskings": "intelligence", **FOR_DECISION},
)  # fmt: skip
