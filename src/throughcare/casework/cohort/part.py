"""What the cohort gives to everything above it."""

from throughcare.casework.cohort.measures import MEASURES
from throughcare.casework.cohort.pages import PAGES
from throughcare.casework.cohort.queries import held_about, timeline
from throughcare.casework.cohort.reach import members_of, proposed_to
from throughcare.casework.cohort.tasks import tasks
from throughcare.core.contracts import Part

PART = Part(
    lists={
        "cohort.eligible_*": ("score", "supervision"), "cohort.off_rule_*": ("cohort_membership", "score"),
        "cohort.ogrs2y_*": ("cohort_membership", "score"), "cohort.managed_by_*": ("cohort_membership", "supervision"),
        "cohort.male": ("cohort_membership", "identity"), "cohort.age_*": ("cohort_membership", "identity"),
        "cohort.in_custody": ("cohort_membership", "custody"), "cohort.community_order": ("cohort_membership", "supervision"),
        "cohort.on_licence": ("cohort_membership", "supervision"), "cohort.*": ("cohort_membership",),
        "history.*": ("cohort_membership", "offence_history"), "score.*": ("cohort_membership", "score", "offence_history"),
    },
    slug="cohort", title="Cohort", measures=MEASURES, feeds=(), timeline=timeline, held_about=held_about,
    reach={"borough": (members_of, proposed_to)},
    tasks=tasks, pages=PAGES,
)  # fmt: skip
