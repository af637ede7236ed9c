"""Which services the same people have had."""

from throughcare.report.blocks import said
from throughcare.report.content import Row, Section, Table
from throughcare.report.figures import Figures

OF = (
    ("a court report", "overlap.psr"), ("mentoring", "overlap.mentoring"), ("mental health", "overlap.health"),
)  # fmt: skip
ALSO = {"young adult males": "a service for young men", "female personalised budgets": "a personalised budget"}
TOGETHER = ("overlap.pair", "overlap.triple")


def section(figures: Figures) -> Section:
    also = [(f"Of the people with {had}, also {ALSO.get(r.group, r.group)}", r) for had, slug in OF for r in figures.all_of(slug)]
    both = [(r.group.replace(" & ", " and "), r) for slug in TOGETHER for r in figures.all_of(slug)]
    rows = [Row(heading=heading, cells=said([r])) for heading, r in (*also, *both)]
    table = Table(
        caption="People who had more than one service", first="Services", columns=("People",), rows=tuple(rows),
        note="A referral in any state except made in error; for court reports a delivered one, for prison co-ordination a task.",
    )  # fmt: skip
    return Section(slug="overlap", title="Overlap of services", blocks=(table,))
