"""The tagging strand: orders with a tag, what their days came to, and incidents."""

from throughcare.core.contracts import Strand
from throughcare.strands.tagging.crimes.taking import crimes
from throughcare.strands.tagging.extracts import FEEDS
from throughcare.strands.tagging.incidents.actions import watch
from throughcare.strands.tagging.reach import REACH
from throughcare.strands.tagging.record import held_about, timeline
from throughcare.strands.tagging.synthetic import synthetic
from throughcare.strands.tagging.tracks.retention import once_a_day, retention

STRAND = Strand(
    slug="tagging", title="Tagging", row="tag_order", measures=(), feeds=FEEDS, timeline=timeline, held_about=held_about,
    synthetic=synthetic, reach={"orders": REACH}, rounds=(watch, once_a_day), takes={"crimes": crimes}, retention=retention,
)  # fmt: skip
