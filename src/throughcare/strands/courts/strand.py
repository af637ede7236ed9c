"""The courts strand: reports to the courts of the pilot file, on the day of the plea or within the limit."""

from throughcare.core.contracts import Strand
from throughcare.strands.courts.cases import measures as of_cases
from throughcare.strands.courts.cases.pages import PAGES as CASES
from throughcare.strands.courts.desk.pages import PAGES as DESK
from throughcare.strands.courts.extracts import FEEDS
from throughcare.strands.courts.lists.actions import after_import
from throughcare.strands.courts.lists.arrival import missing
from throughcare.strands.courts.lists.extracts import FEED as HEARINGS
from throughcare.strands.courts.lists.pages import PAGES as LISTS
from throughcare.strands.courts.measures import MEASURES
from throughcare.strands.courts.outcomes import measures as of_outcomes
from throughcare.strands.courts.queries import findings, service_use
from throughcare.strands.courts.reach import cases, listed, reported_on
from throughcare.strands.courts.record import MAY_BE, held_about, timeline
from throughcare.strands.courts.reports import measures as of_reports
from throughcare.strands.courts.reports.enquiries.pages import PAGES as ENQUIRY_PAGES
from throughcare.strands.courts.reports.oral import PAGES as ORAL_PAGES
from throughcare.strands.courts.reports.pages import PAGES as WRITTEN_PAGES
from throughcare.strands.courts.reports.quality.pages import PAGES as QUALITY_PAGES
from throughcare.strands.courts.reports.record import ENQUIRIES
from throughcare.strands.courts.speed import measures as of_speed
from throughcare.strands.courts.synthetic import synthetic
from throughcare.strands.courts.tasks import diary, tasks

# First: the address of what changes in a case takes any word after its number.
REPORT_PAGES = (*ORAL_PAGES, *WRITTEN_PAGES, *ENQUIRY_PAGES, *QUALITY_PAGES)
ROWS_TOLD = {
    "psr.offence_*": ("court_cases", "offence_history"), "psr.quality_*": ("court_cases", "court_report_text"),
    "psr.*": ("court_cases",), "sentence.*": ("court_cases",), "lists.*": ("court_cases",), "ear.*": ("court_cases",),
    "speed.*": ("court_cases", "offence_history"),
}  # fmt: skip
STRAND = Strand(
    lists=ROWS_TOLD,
    slug="courts", title="Courts", services=("court_reports",), done_by="court_officer", feeds=(*FEEDS, HEARINGS),
    measures=(*MEASURES, *of_cases.MEASURES, *of_outcomes.MEASURES, *of_speed.MEASURES, *of_reports.MEASURES),
    timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings, service_use=service_use,
    reach={"court": (listed, reported_on, cases)},
    tasks=tasks, diary=diary, pages=(*REPORT_PAGES, *CASES, *LISTS, *DESK), after_import=after_import, missing=missing,
    for_decision={MAY_BE: "third_party", ENQUIRIES: "third_party"},
)  # fmt: skip
