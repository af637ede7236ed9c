"""The programmes strand: mentoring, Building Bridges, Right Track, TIGER, and intensified contact."""

from throughcare.core.contracts import Strand
from throughcare.strands.programmes.extracts import FEEDS
from throughcare.strands.programmes.gate import HANDLERS
from throughcare.strands.programmes.measures import MEASURES
from throughcare.strands.programmes.pages import PAGES
from throughcare.strands.programmes.queries import SERVICES, findings, held_about, service_use, timeline
from throughcare.strands.programmes.synthetic import synthetic
from throughcare.strands.programmes.tasks import diary, tasks

STRAND = Strand(
    slug="programmes", title="Programmes for young men", measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about,
    services=SERVICES, synthetic=synthetic, findings=findings, service_use=service_use,
    tasks=tasks, diary=diary, pages=PAGES, handlers=HANDLERS,
)  # fmt: skip
