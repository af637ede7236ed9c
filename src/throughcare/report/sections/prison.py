"""Prison co-ordination: whom it reached and where."""

from throughcare.report.blocks import shares
from throughcare.report.content import Section
from throughcare.report.figures import Figures
from throughcare.report.sentences import say


def section(figures: Figures) -> Section:
    prisons = figures.groups("prison.share")
    blocks = (
        say(figures, "The co-ordinators carried out tasks for {prison.cases_in_custody} people in custody, "
            "{prison.cases_community} on a community sentence and {prison.cases_licence} on licence "
            "({prison.cases_in_custody:period}). A person counts once in each."),
        shares(figures, "People in custody by prison", "Prison", [(p, "prison.share", p) for p in prisons],
               note="The prison at the first task; other prisons make up the rest."),
    )  # fmt: skip
    return Section(slug="prison", title="Prison co-ordination", blocks=blocks)
