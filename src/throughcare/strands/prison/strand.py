"""The prison strand: where people are, how they move and leave, what co-ordinators owe and do, the plans for a release."""

from throughcare.core.contracts import Strand
from throughcare.strands.prison.desk.pages import PAGES as OF_THE_DESK
from throughcare.strands.prison.extracts import FEEDS
from throughcare.strands.prison.measures import MEASURES
from throughcare.strands.prison.movements.actions import after_import
from throughcare.strands.prison.movements.handlers import HANDLERS
from throughcare.strands.prison.plans.pages import PAGES as OF_PLANS
from throughcare.strands.prison.queries import findings, held_about, service_use, timeline
from throughcare.strands.prison.synthetic import synthetic
from throughcare.strands.prison.tasks import tasks

STRAND = Strand(
    lists={
        "prison.cases_*": ("custody",), "prison.share": ("custody",), "prison.tasks*": ("custody",),
        "prison.*": ("custody", "release_plan"),
    },
    slug="prison", title="Prison co-ordination", services=("prison_coordination",), done_by="prison_coordinator",
    measures=MEASURES, feeds=FEEDS,
    timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings, service_use=service_use,
    tasks=tasks, pages=(*OF_THE_DESK, *OF_PLANS), handlers=HANDLERS, after_import=after_import,
)  # fmt: skip
