"""What was behind people on the day of the first pull."""

from throughcare.report.blocks import shares
from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "The people of the first pull ({history.arrests_mean:period}) had been arrested {history.arrests_mean} "
            "times and convicted of {history.convictions_mean} offences on average. Their mean age at first arrest was "
            "{history.age_first_arrest_mean}."),
        shares(figures, "History of the people of the first pull", "Group", [
            ("First arrested before 16", "history.first_arrest_under_16", "all"),
            ("First convicted before 16", "history.first_conviction_under_16", "all"),
            ("Convicted anew in the last year", "history.convicted_last_1y", "all"),
            ("Convicted anew in the last three years", "history.convicted_last_3y", "all"),
        ]),
    )  # fmt: skip
    return Section(slug="history", title="Arrests and convictions before", blocks=blocks)
