"""Which services the same people have had."""

from throughcare.report.blocks import said
from throughcare.report.content import Row, Section, Table
from throughcare.report.figures import Figures

OF = (
    ("a court report", "overlap.psr", "court_reports"), ("mentoring", "overlap.mentoring", "mentoring"),
    ("mental health", "overlap.health", "mental_health"),
)  # fmt: skip
YOUNG_MEN = ("mentoring", "building_bridges", "right_track", "tiger")
ALSO = {
    "young adult males": ("a service for young men", YOUNG_MEN),
    "female personalised budgets": ("a personalised budget", ("personalised_budget",)),
}  # fmt: skip
TOGETHER = ("overlap.pair", "overlap.triple")


def section(figures: Figures) -> Section:
    """Of the services that the pilot has; no section where no two of them are compared."""
    also = [
        (f"Of the people with {had}, also {_words(r.group)}", r)
        for had, slug, service in OF if figures.runs(service) for r in figures.all_of(slug) if _has(figures, r.group)
    ]  # fmt: skip
    both = [
        (r.group.replace(" & ", " and "), r)
        for slug in TOGETHER for r in figures.all_of(slug) if all(_has(figures, name) for name in r.group.split(" & "))
    ]  # fmt: skip
    rows = [Row(heading=heading, cells=said([r])) for heading, r in (*also, *both)]
    table = Table(
        caption="People who had more than one service", first="Services", columns=("People",), rows=tuple(rows),
        note="A referral in any state except made in error; for court reports a delivered one, for prison co-ordination a task.",
    )  # fmt: skip
    return Section(slug="overlap", title="Overlap of services", blocks=(table,) if rows else ())


def _words(group: str) -> str:
    return ALSO[group][0] if group in ALSO else group


def _has(figures: Figures, group: str) -> bool:
    """Whether the pilot has a service that the group names."""
    if group in ALSO:
        return any(figures.runs(slug) for slug in ALSO[group][1])
    return group.lower() in {service.name.lower() for service in figures.pilot.services}
