"""Intelligence plans and taskings by borough."""

from throughcare.report.blocks import by_group
from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    blocks = (
        say(figures, "Boroughs requested {idp.requested[total]} intelligence development plans and received "
            "{idp.received[total]} ({idp.received[total]:period}). Requests and returns count by their own days, so more can "
            "be received than were requested. {taskings[total]} taskings were carried out."),
        by_group(figures, "Table 3. Police intelligence support by borough", "Borough", [
            ("Plans requested", "idp.requested"), ("Plans received", "idp.received"), ("Taskings", "taskings"),
        ]),
    )  # fmt: skip
    return Section(slug="policing", title="Policing", blocks=blocks)
