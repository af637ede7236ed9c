"""The sections of the report in their order, one file each: `section(figures)` gives its content."""

from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sections import (
    budgets,
    cohort,
    contact,
    courts,
    definitions,
    employment,
    findings,
    history,
    mental_health,
    not_published,
    overlap,
    policing,
    prison,
    summary,
    survey,
    young_men,
)

ORDER = (
    summary, cohort, history, courts, prison, young_men, contact, budgets, mental_health, employment, policing, overlap,
    survey, findings, definitions, not_published,
)  # fmt: skip


def sections(figures: Figures) -> tuple[Section, ...]:
    """All sections that have something to say for this audience."""
    made = tuple(part.section(figures) for part in ORDER)
    return tuple(s for s in made if s.blocks)
