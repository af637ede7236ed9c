"""What is counted of work with families. Not published in London; defined here [decided]."""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import Measure, Scope
from throughcare.strands.programmes.family.queries import work_rows


def rows(scope: Scope) -> pl.DataFrame:
    """A row a piece of work with a family member, on its day, with the breakdowns of the person referred."""
    return with_breakdowns(work_rows())


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="family.work", title="Work with family members", unit="meetings and calls", statistic="count", rows=rows,
        service="building_bridges", why="Somebody whose family stands by them has more to lose",
        definition="Meetings, calls and other work with family members who agreed to it, by day. What was taken back is not "
        "counted",
    ),
)
