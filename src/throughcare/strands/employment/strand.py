"""The employment strand: one broker, from the referral to a placement of six months that lasts."""

from throughcare.core.contracts import Strand
from throughcare.strands.employment.desk.pages import PAGES as DESK
from throughcare.strands.employment.desk.pages import TABS
from throughcare.strands.employment.desk.tasks import diary, tasks
from throughcare.strands.employment.extracts import FEEDS
from throughcare.strands.employment.measures import MEASURES
from throughcare.strands.employment.placements.pages import PAGES as PLACEMENTS
from throughcare.strands.employment.queries import SERVICE, findings
from throughcare.strands.employment.reach import referred
from throughcare.strands.employment.readiness.pages import PAGES as READINESS
from throughcare.strands.employment.record import held_about, timeline
from throughcare.strands.employment.synthetic import synthetic
from throughcare.strands.employment.vacancies.pages import PAGES as VACANCIES

STRAND = Strand(
    lists={"employment.*": ("employment",)},
    slug="employment", title="Employment pathway", services=(SERVICE,), row="employment", done_by="employment_broker",
    measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    reach={"employment": (referred,)}, pages=(*DESK, *READINESS, *VACANCIES, *PLACEMENTS), tabs=TABS, tasks=tasks, diary=diary,
)  # fmt: skip
