"""Who the pilot is for: the first pull, the initial cohort, and where its people live."""

from throughcare.report.blocks import bars_by, shares
from throughcare.report.content import Chart, Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    size = "cohort.size_initial"
    blocks = (
        say(figures, "On the {cohort.eligible_july_2015:period}, {cohort.eligible_july_2015} people met the eligibility rule. "
            "The initial cohort ({cohort.size_initial:period}) is {cohort.size_initial} people. Their mean age is "
            "{cohort.age_mean}, from {cohort.age_min} to {cohort.age_max}; their mean two-year reconviction score is "
            "{cohort.ogrs2y_mean}, from {cohort.ogrs2y_min} to {cohort.ogrs2y_max}."),
        Chart(
            slug="cohort-by-borough", caption="Figure 1. Initial cohort by borough", category="Borough", unit="people",
            says="One bar for each borough, as long as the number of people of the initial cohort who live there.",
            bars=tuple(bars_by(figures, size, "all", "borough", [(b, b) for b in figures.pilot.boroughs])),
        ),
        shares(figures, "Who the people of the initial cohort are", "Group", [
            ("Men", "cohort.male", "all"),
            ("Aged 18 to 25", "cohort.age_18_25", "all"),
            ("Aged 26 to 34", "cohort.age_26_34", "all"),
            ("Managed by the CRC", "cohort.managed_by_crc", "all"),
            ("Managed by the NPS", "cohort.managed_by_nps", "all"),
            ("In custody", "cohort.in_custody", "all"),
            ("On a community order", "cohort.community_order", "all"),
            ("In the community on licence", "cohort.on_licence", "all"),
        ], note="A community order includes a suspended sentence order."),
    )  # fmt: skip
    return Section(slug="cohort", title="The cohort", blocks=blocks)
