"""The mental health pathway."""

from throughcare.report.blocks import by_group
from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "{health.referred[total]} referrals were made to the mental health pathway "
            "({health.referred[total]:period}). The practitioners gave {health.consultations[total]} consultations: "
            "{health.consultations[with offender managers]} with offender managers and "
            "{health.consultations[with other professionals]} with other professionals. They assessed "
            "{health.assessments[total]} people; {health.care_plans[total]} began a care plan."),
        by_group(figures, "Direct interventions", "Kind", [("People", "health.interventions")],
                 note="A person may have several kinds and counts once in each."),
    )  # fmt: skip
    return Section(slug="mental-health", title="Mental health", blocks=blocks)
