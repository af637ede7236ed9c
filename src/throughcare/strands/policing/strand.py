"""The policing strand: intelligence development plans, what stands in them and is done with it, and taskings."""

from throughcare.core.contracts import Strand
from throughcare.strands.policing.desk.pages import PAGES as OF_THE_DESK
from throughcare.strands.policing.extracts import FEEDS
from throughcare.strands.policing.handlers import HANDLERS
from throughcare.strands.policing.items.pages import PAGES as OF_ITEMS
from throughcare.strands.policing.measures import MEASURES
from throughcare.strands.policing.picture.extracts import FEED as EVENTS
from throughcare.strands.policing.picture.pages import PAGES as OF_PICTURES
from throughcare.strands.policing.picture.pages import TABS as PICTURES
from throughcare.strands.policing.plans.pages import PAGES as OF_PLANS
from throughcare.strands.policing.queries import findings, service_use
from throughcare.strands.policing.reach import requested
from throughcare.strands.policing.record import FOR_DECISION, held_about, timeline
from throughcare.strands.policing.synthetic import synthetic
from throughcare.strands.policing.taskings.pages import PAGES as OF_TASKINGS
from throughcare.strands.policing.tasks import tasks
from throughcare.strands.policing.uses.pages import PAGES as OF_USES
from throughcare.strands.policing.uses.pages import TABS

STRAND = Strand(
    lists={
        "idp.kind": ("plan_exists", "plan"), "idp.uses": ("plan_exists", "plan_suggestions"), "idp.*": ("plan_exists",),
        "taskings*": ("taskings",),
    },
    slug="policing", title="Policing", services=("intelligence_plan",), row="plan_exists", done_by="police_researcher",
    measures=MEASURES, feeds=(*FEEDS, EVENTS), timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    service_use=service_use, handlers=HANDLERS, tabs=(*TABS, *PICTURES),
    pages=(*OF_THE_DESK, *OF_PLANS, *OF_ITEMS, *OF_USES, *OF_TASKINGS, *OF_PICTURES),
    reach={"requested": (requested,)},
    tasks=tasks, for_decision=FOR_DECISION,
)  # fmt: skip
