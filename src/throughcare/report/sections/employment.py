"""The employment pathway."""

from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "{employment.referred[total]} referrals were made to the employment pathway "
            "({employment.referred[total]:period}); {employment.accepted[total]} were accepted. To be accepted is not yet to be "
            "in work: {employment.in_work[total]} people were placed."),
    )  # fmt: skip
    return Section(slug="employment", title="Employment", blocks=blocks)
