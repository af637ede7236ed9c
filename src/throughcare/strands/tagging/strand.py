"""The tagging strand: orders with a tag, what their days came to, and incidents."""

from throughcare.core.contracts import Strand
from throughcare.strands.tagging.checks.pages import PAGES as OF_DAYS
from throughcare.strands.tagging.desk.pages import PAGES as OF_THE_DESK
from throughcare.strands.tagging.desk.pages import TABS
from throughcare.strands.tagging.equipment.pages import PAGES as OF_EQUIPMENT
from throughcare.strands.tagging.extracts import FEEDS
from throughcare.strands.tagging.incidents.actions import watch
from throughcare.strands.tagging.incidents.pages import PAGES as OF_INCIDENTS
from throughcare.strands.tagging.measures import MEASURES
from throughcare.strands.tagging.orders.pages import PAGES as OF_ORDERS
from throughcare.strands.tagging.reach import REACH
from throughcare.strands.tagging.record import FOR_DECISION, held_about, timeline
from throughcare.strands.tagging.synthetic import synthetic
from throughcare.strands.tagging.tasks import tasks

STRAND = Strand(
    slug="tagging", title="Tagging", row="tag_order", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    synthetic=synthetic, reach={"orders": REACH}, rounds=(watch,), tabs=TABS, tasks=tasks,
    for_decision=FOR_DECISION,
    pages=(*OF_THE_DESK, *OF_ORDERS, *OF_EQUIPMENT, *OF_DAYS, *OF_INCIDENTS),
)  # fmt: skip
