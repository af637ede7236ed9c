"""The employment strand: placements of six months, found by the broker."""

from throughcare.core.contracts import Strand
from throughcare.strands.employment.extracts import FEEDS
from throughcare.strands.employment.measures import MEASURES
from throughcare.strands.employment.queries import SERVICE, findings, held_about, timeline
from throughcare.strands.employment.reach import referred
from throughcare.strands.employment.synthetic import synthetic

STRAND = Strand(
    slug="employment", title="Employment pathway", services=(SERVICE,), row="employment",
    measures=MEASURES, feeds=FEEDS, timeline=timeline, held_about=held_about, synthetic=synthetic, findings=findings,
    reach={"employment": (referred,)},
)  # fmt: skip
