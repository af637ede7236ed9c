"""The tagging strand: orders with a tag, what their days came to, and incidents."""

from throughcare.core.contracts import Strand
from throughcare.strands.tagging.checks.pages import PAGES as OF_DAYS
from throughcare.strands.tagging.crimes.match_page import PAGES as OF_MATCHES
from throughcare.strands.tagging.crimes.measures import MEASURES as OF_CRIME_MATCHES
from throughcare.strands.tagging.crimes.pages import PAGES as OF_CRIMES
from throughcare.strands.tagging.crimes.record import FOR_DECISION as OF_CRIMES_FOR_DECISION
from throughcare.strands.tagging.crimes.taking import crimes
from throughcare.strands.tagging.crimes.tasks import tasks as of_matches
from throughcare.strands.tagging.desk.pages import PAGES as OF_THE_DESK
from throughcare.strands.tagging.desk.pages import TABS
from throughcare.strands.tagging.equipment.pages import PAGES as OF_EQUIPMENT
from throughcare.strands.tagging.evidence.pages import PAGES as OF_EVIDENCE
from throughcare.strands.tagging.extracts import FEEDS
from throughcare.strands.tagging.incidents.actions import watch
from throughcare.strands.tagging.incidents.pages import PAGES as OF_INCIDENTS
from throughcare.strands.tagging.measures import MEASURES
from throughcare.strands.tagging.orders.pages import PAGES as OF_ORDERS
from throughcare.strands.tagging.reach import REACH
from throughcare.strands.tagging.record import FOR_DECISION, held_about, timeline
from throughcare.strands.tagging.synthetic import synthetic
from throughcare.strands.tagging.tasks import tasks
from throughcare.strands.tagging.tracks.pages import PAGES as OF_TRACKS
from throughcare.strands.tagging.tracks.retention import once_a_day, retention

STRAND = Strand(
    lists={
        "tag.tagged*": ("tag_order",), "tag.days_monitored": ("tag_order",), "tag.days_to_review": ("tag_order", "crime_matches"),
        "tag.matches_sent": ("tag_order", "crime_matches"), "tag.match_charges": ("tag_order", "crime_matches"),
        "tag.match*": ("tag_order", "tag_positions"), "tag.*_by_phase": ("tag_order", "offence_history"),
        "tag.*": ("tag_order", "tag_compliance"),
    },
    slug="tagging", title="Tagging", row="tag_order", measures=(*MEASURES, *OF_CRIME_MATCHES), feeds=FEEDS, timeline=timeline,
    held_about=held_about, synthetic=synthetic, reach={"orders": REACH}, rounds=(watch, once_a_day), tabs=TABS,
    tasks=lambda reader: (*tasks(reader), *of_matches(reader)), for_decision={**FOR_DECISION, **OF_CRIMES_FOR_DECISION},
    pages=(*OF_THE_DESK, *OF_ORDERS, *OF_EQUIPMENT, *OF_DAYS, *OF_INCIDENTS, *OF_TRACKS, *OF_CRIMES, *OF_MATCHES, *OF_EVIDENCE),
    takes={"crimes": crimes}, retention=retention,
)  # fmt: skip
