"""Contact with the offender manager after release."""

from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say

SAID = (
    ("contact.weekly_mean", "People released {contact.weekly_mean:period} saw their offender manager {contact.weekly_mean} times "
     "a week on average; the target is {contact.weekly_mean:target}."),
    ("contact.fortnightly_rate", "Of the people released {contact.fortnightly_rate:period}, {contact.fortnightly_rate} "
     "({contact.fortnightly_rate:counts}) were seen at least fortnightly for the rest of their supervision."),
)  # fmt: skip


def section(figures: Figures) -> Section:
    """Empty of what has no measure: a pilot file need not name the time over which releases are followed."""
    blocks = tuple(say(figures, words) for slug, words in SAID if slug in figures.measures)
    return Section(slug="contact", title="Contact after release", blocks=blocks)
