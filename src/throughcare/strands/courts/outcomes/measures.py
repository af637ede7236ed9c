"""The enhanced activity requirement: for whom it was open, who got it, why not; and how much of the activity is done.

A case counts on the day of its most severe sentence, at the courts that the service runs in.
"""

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.people.queries import with_breakdowns
from throughcare.casework.referrals.standing import standings
from throughcare.core.contracts import ALL, Axis, Group, Measure, Scope
from throughcare.rules.eligibility.requirement import enhanced_requirement
from throughcare.strands.courts import models as m
from throughcare.strands.courts import queries

SERVICE = "court_reports"
UNSAID = "no reason recorded"
ORDER = pl.col("sentence").is_in(m.ORDERS)
IMPOSED = (
    Axis(groups=(
        Group(label="open to them"),
        Group(label="imposed", where=ORDER & pl.col("enhanced")),
        Group(label="order without it", where=ORDER & ~pl.col("enhanced")),
        Group(label="another sentence", where=~ORDER),
    )),
)  # fmt: skip


def open_rows(scope: Scope) -> pl.DataFrame:
    """A row a case sentenced by the end of the period in which the requirement was open to the person on that day, with `why`
    it was not imposed: the reason recorded, or that there is none.
    """
    found = queries.cases(as_at=scope.as_at).drop_nulls("sentenced_on").rename({"sentenced_on": "on"})
    found = found.filter(pl.col("on").is_between(scope.period.start, scope.period.end, closed="left"))
    courts = scope.pilot.service(SERVICE).courts
    found = found.filter(pl.col("court").is_in(courts)) if courts else found
    days = found.select("person", "on").unique(maintain_order=True)
    told = zip(days.iter_rows(), standings(days, pilot=scope.pilot, beyond=False), strict=True)
    met = [pair for pair, standing in told if enhanced_requirement(standing, as_at=pair[1], pilot=scope.pilot).met]
    those = pl.DataFrame(met, schema={"person": pl.Int64, "on": pl.Date}, orient="row")
    found = found.join(those, on=["person", "on"], how="semi", maintain_order="left").join(_reasons(), on="case", how="left")
    return with_breakdowns(found.with_columns(why=pl.col("why").fill_null(UNSAID)))


def _reasons() -> pl.DataFrame:
    return read(m.CaseOutcome.objects.exclude(not_enhanced="").order_by("pk"), case="case", why="not_enhanced")


def done_rows(scope: Scope) -> pl.DataFrame:
    """A row a case with days of activity ordered and told of how many are done by the end of the period: `share` of 100."""
    told = m.CaseRequirement.objects.filter(sentence__sentenced_on__lte=scope.as_at).exclude(days=None)
    days = read(told.order_by("pk"), case="sentence__case", days="days", on="sentence__sentenced_on")
    days = days.group_by("case", maintain_order=True).agg(ordered=pl.col("days").sum(), on=pl.col("on").min())
    known = m.CaseOutcome.objects.filter(days_done_on__lte=scope.as_at).order_by("pk")
    done = read(known, case="case", person="case__person", court="case__court", done="days_done")
    found = done.join(days.filter(pl.col("ordered") > 0), on="case")
    return with_breakdowns(found.with_columns(share=100 * pl.col("done") / pl.col("ordered")))


MEASURES = (
    Measure(
        slug="ear.open", title="Cases in which the enhanced activity requirement was open", unit="cases", statistic="count",
        why="It can only be imposed on those for whom the services are", rows=open_rows, axes=IMPOSED, service=SERVICE,
        definition="Cases by the day of sentence of people for whom, that day, a service ran that is done under the requirement",
    ),
    Measure(
        slug="ear.imposed_rate", title="Share of the orders with the enhanced activity requirement, of those open to it",
        unit="percent", statistic="share", why="Shows how far the courts use it", rows=open_rows, counted=ORDER,
        hit=pl.col("enhanced"), axes=ALL, service=SERVICE,
        definition="Community and suspended sentence orders with it, of those of people to whom it was open on the day",
    ),
    Measure(
        slug="ear.not_imposed", title="Orders without the enhanced activity requirement though it was open, by reason",
        unit="cases", statistic="count", why="Says what to mend", rows=open_rows, counted=ORDER & ~pl.col("enhanced"),
        axes=(Axis(column="why", only=(*m.NOT_ENHANCED_REASONS, UNSAID), total="total"),), service=SERVICE,
        definition="Community and suspended sentence orders without it of people to whom it was open on the day",
    ),
    Measure(
        slug="ear.days_done", title="Activity done of the days ordered", unit="percent", statistic="mean", value=pl.col("share"),
        why="A requirement not worked is no requirement", rows=done_rows, axes=ALL, service=SERVICE,
        definition="Mean, over cases with days of activity ordered and days done told, of the days done divided by those ordered",
    ),
)  # fmt: skip
