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
    services,
    summary,
    survey,
    young_men,
)

# Each with the service of the pilot file that it is about; empty where it is about none or several.
ORDER = (
    (summary, ""), (cohort, ""), (history, ""), (services, ""), (courts, "court_reports"), (prison, "prison_coordination"),
    (young_men, ""), (contact, "intensified_contact"), (budgets, "personalised_budget"), (mental_health, "mental_health"),
    (employment, "employment"), (policing, "intelligence_plan"), (overlap, ""), (survey, ""), (findings, ""), (definitions, ""),
    (not_published, ""),
)  # fmt: skip


def sections(figures: Figures) -> tuple[Section, ...]:
    """All sections that have something to say for this audience; none about a service that the pilot does not have."""
    made = tuple(part.section(figures) for part, service in ORDER if not service or figures.runs(service))
    return tuple(s for s in made if s.blocks)
