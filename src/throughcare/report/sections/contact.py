"""Contact with the offender manager after release."""

from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "People released {contact.weekly_mean:period} saw their offender manager {contact.weekly_mean} times a week "
            "on average; the target is {contact.weekly_mean:target}."),
        say(figures, "Of the people released {contact.fortnightly_rate:period}, {contact.fortnightly_rate} "
            "({contact.fortnightly_rate:counts}) were seen at least fortnightly for the rest of their supervision."),
    )  # fmt: skip
    return Section(slug="contact", title="Contact after release", blocks=blocks)
