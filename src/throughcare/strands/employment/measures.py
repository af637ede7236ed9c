"""What is counted of the employment pathway. Published: GtO interim evaluation, MOPAC 2017, section 3.

"Accepted" is not "in work": both are counted.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals.measures import rows_of
from throughcare.core.contracts import TOTAL, Axis, Group, Measure, Scope
from throughcare.strands.employment import queries
from throughcare.strands.employment.models import CHECKED_AFTER
from throughcare.strands.employment.queries import SERVICE

AFTER = tuple(Group(label="1 week" if w == 1 else f"{w} weeks", where=pl.col("weeks") == w) for w in CHECKED_AFTER)


def in_work_rows(scope: Scope) -> pl.DataFrame:
    """A row a person with a placement started in the period, on the first such day."""
    begun = queries.placements().filter(pl.col("started_on").is_between(scope.period.start, scope.period.end, closed="left"))
    return with_breakdowns(begun.unique("person", keep="first", maintain_order=True).rename({"started_on": "on"}))


def check_rows(scope: Scope) -> pl.DataFrame:
    """A row a retention check made, on the day on which its week was reached."""
    return with_breakdowns(queries.checks().with_columns(on=pl.col("started_on") + pl.duration(weeks=pl.col("weeks"))))


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="employment.referred", title="Referrals made", unit="referrals", statistic="count", rows=rows_of("sent_on", SERVICE),
        axes=TOTAL, service=SERVICE, why="Shows how many are put forward for work",
        definition="Referrals by the day they were sent; those made in error are not counted",
    ),
    Measure(
        slug="employment.accepted", title="Referrals accepted", unit="referrals", statistic="count",
        rows=rows_of("accepted_on", SERVICE), axes=TOTAL, service=SERVICE, why="Shows whether the right people are put forward",
        definition="Referrals by the day they were accepted",
    ),
    Measure(
        slug="employment.in_work", title="People placed in work", unit="people", statistic="count", rows=in_work_rows, axes=TOTAL,
        service=SERVICE, why="The pathway is for work, not for acceptance",
        definition="People whose placement started in the period, each once",
    ),
    Measure(
        slug="employment.retained", title="Share still in work when looked at", unit="percent", statistic="share",
        rows=check_rows, hit=pl.col("in_work"), axes=(Axis(groups=AFTER),), service=SERVICE,
        why="A job that is soon lost changes little",
        definition="Of the retention checks made, by the week reached in the period, those that found the person there",
    ),
)  # fmt: skip
