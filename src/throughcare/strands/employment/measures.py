"""What is counted of the employment pathway. Published: GtO interim evaluation, MOPAC 2017, section 3.

"Accepted" is not "in work": both are counted.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals.measures import rows_of
from throughcare.casework.referrals.queries import referrals
from throughcare.core.contracts import TOTAL, Axis, Group, Measure, Scope
from throughcare.strands.employment import queries
from throughcare.strands.employment.models import CHECKED_AFTER
from throughcare.strands.employment.placements.codes import REASONS
from throughcare.strands.employment.queries import SERVICE

AFTER = tuple(Group(label="1 week" if w == 1 else f"{w} weeks", where=pl.col("weeks") == w) for w in CHECKED_AFTER)


def in_work_rows(scope: Scope) -> pl.DataFrame:
    """A row a person with a placement started in the period, on the first such day."""
    begun = queries.placements().filter(pl.col("started_on").is_between(scope.period.start, scope.period.end, closed="left"))
    return with_breakdowns(begun.unique("person", keep="first", maintain_order=True).rename({"started_on": "on"}))


def check_rows(scope: Scope) -> pl.DataFrame:
    """A row a retention check made, on the day on which its week was reached."""
    return with_breakdowns(queries.checks().with_columns(on=pl.col("started_on") + pl.duration(weeks=pl.col("weeks"))))


WHY = tuple(Group(label=words, where=pl.col("reason") == code) for code, words in REASONS.items())
NOT_TOLD = Group(label="Not told", where=pl.col("reason") == "")


def start_rows(scope: Scope) -> pl.DataFrame:
    """A row a placement, on its first day: somebody with two counts twice."""
    return with_breakdowns(queries.placements().rename({"started_on": "on"}))


def week_rows(scope: Scope) -> pl.DataFrame:
    """A row a placement and week, on the day on which the week is reached; those reached by the last day counted.

    `kept`: a check found the person there, and the placement had not ended by that day. A week at which nobody looked, or nobody
    could tell, is not kept.
    """
    weeks = pl.DataFrame({"weeks": CHECKED_AFTER}, schema={"weeks": pl.Int64})
    reached = queries.placements().join(weeks, how="cross")
    reached = reached.with_columns(on=pl.col("started_on") + pl.duration(weeks=pl.col("weeks")))
    found = queries.checks().select("placement", "weeks", "in_work")
    told = reached.filter(pl.col("on") <= scope.as_at).join(found, on=["placement", "weeks"], how="left", maintain_order="left")
    there = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("on"))
    return with_breakdowns(told.with_columns(kept=pl.col("in_work").fill_null(value=False) & there))


def left_rows(scope: Scope) -> pl.DataFrame:
    """A row a placement that is over, on the day after its last, with why: a code, "" where it was not told."""
    over = queries.placements().drop_nulls("ended_on").join(queries.leavings(), on="placement", how="left", maintain_order="left")
    return with_breakdowns(over.with_columns(pl.col("reason").fill_null("")).rename({"ended_on": "on"}))


def first_start_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral that led to a job, on the first day of the first, with `days` since it was sent."""
    first = queries.placements().unique("referral", keep="first", maintain_order=True)
    sent = referrals((SERVICE,)).select("referral", "sent_on")
    told = first.join(sent, on="referral", how="inner", maintain_order="left").rename({"started_on": "on"})
    return with_breakdowns(told.with_columns(days=(pl.col("on") - pl.col("sent_on")).dt.total_days()))


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
    Measure(
        slug="employment.starts", title="Placements started", unit="placements", statistic="count", rows=start_rows, axes=TOTAL,
        service=SERVICE, why="Shows how many jobs the pathway leads to",
        definition="Placements by their first day; somebody who started two jobs counts twice",
    ),
    Measure(
        slug="employment.kept", title="Share of placements in work so many weeks on", unit="percent", statistic="share",
        rows=week_rows, hit=pl.col("kept"), axes=(Axis(groups=AFTER),), service=SERVICE,
        why="Says what became of everybody who started, not only of those who were found",
        definition="Of the placements whose week was reached in the period, those in which the person was found still in work. "
        "Nobody looked, or nobody could tell: not in work",
    ),
    Measure(
        slug="employment.left", title="Reasons for leaving", unit="placements", statistic="count", rows=left_rows,
        axes=(Axis(groups=(*WHY, NOT_TOLD), total="total"),), service=SERVICE, why="Shows what to mend so that work lasts",
        definition="Placements that ended, by the day after the last in work and the reason that was told",
    ),
    Measure(
        slug="employment.days_to_start", title="Days from referral to the first day in work", unit="days", statistic="median",
        rows=first_start_rows, value=pl.col("days"), axes=TOTAL, service=SERVICE, why="Whoever waits long loses heart",
        definition="Of the referrals whose first placement started in the period, the median of the days since they were sent",
    ),
)  # fmt: skip
