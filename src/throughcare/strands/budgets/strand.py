"""The budgets strand: personalised budgets for women."""

from throughcare.core.contracts import Strand
from throughcare.strands.budgets.extracts import FEEDS
from throughcare.strands.budgets.measures import MEASURES
from throughcare.strands.budgets.pages import PAGES
from throughcare.strands.budgets.queries import SERVICE, findings, held_about, timeline
from throughcare.strands.budgets.synthetic import synthetic
from throughcare.strands.budgets.tasks import tasks

STRAND = Strand(
    lists={"budget.*": ("budget",)},
    slug="budgets", title="Personalised budgets", services=(SERVICE,), row="budget",
    measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    tasks=tasks, pages=PAGES,
)  # fmt: skip
