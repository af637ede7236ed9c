"""The sections of the report in their order, one file each: `section(figures)` gives its content."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from throughcare.core.errors import UserError
from throughcare.report.chapters import rewritten
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
    impact,
    mental_health,
    not_published,
    outcomes,
    overlap,
    pilot,
    policing,
    prison,
    services,
    summary,
    survey,
    voices,
    worth,
    young_men,
)
from throughcare.report.sections.written import discussion, key_learning, methodology

# Each with the service of the pilot file that it is about; empty where it is about none or several.
ORDER = (
    (summary, ""), (pilot, ""), (cohort, ""), (history, ""), (methodology, ""), (services, ""), (courts, "court_reports"),
    (prison, "prison_coordination"), (young_men, ""), (contact, "intensified_contact"), (budgets, "personalised_budget"),
    (mental_health, "mental_health"), (employment, "employment"), (policing, "intelligence_plan"), (overlap, ""),
    (key_learning, ""), (survey, ""), (voices, ""), (outcomes, ""), (impact, ""), (worth, ""), (discussion, ""),
    (findings, ""), (definitions, ""), (not_published, ""),
)  # fmt: skip
NOTHING: Mapping[str, str] = MappingProxyType({})


class NoSuchChapter(UserError):
    """Prose for a chapter that the report does not have."""


def sections(figures: Figures, prose: Mapping[str, str] = NOTHING) -> tuple[Section, ...]:
    """All sections that have something to say for this audience; none about a service that the pilot does not have.

    `prose`: by slug the analyst's own Markdown in place of a chapter's. Refuses one of a chapter that this report does not have.
    """
    made = [part.section(figures) for part, service in ORDER if not service or figures.runs(service)]
    shown = {s.slug: s for s in made if s.blocks}
    for slug in prose:
        if slug not in shown:
            near = " or ".join(get_close_matches(slug, shown)) or ", ".join(shown)
            raise NoSuchChapter(what="The report has no such chapter", record=f"{slug}.md", expected="a chapter of this report",
                                mend=f"name it {near}")  # fmt: skip
    return tuple((shown | rewritten(shown, figures, prose)).values())
