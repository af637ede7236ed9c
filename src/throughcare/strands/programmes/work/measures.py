"""What is counted of the end of the work: reports in time, goals met. Not published in London; defined here [decided].

A referral counts by the day of its end as it stands, completed or ended early; one that was opened again counts by its next end.
"""

from datetime import timedelta

import polars as pl

from throughcare.casework.frames import read
from throughcare.casework.referrals.measures import referral_rows
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.strands.programmes.models import EndReport, Goal, GoalReview
from throughcare.strands.programmes.work.codes import ENDED, MET, NOT_RELEVANT
from throughcare.strands.programmes.work.queries import WITH_GOALS

BY_PROVIDER = (Axis(column="provider", known="providers", total="total"),)


def ended_rows(scope: Scope) -> pl.DataFrame:
    """A row a referral whose work is over, on the day of its end."""
    return referral_rows("state_on", scope, WITH_GOALS).filter(pl.col("state").is_in(ENDED))


def report_rows(scope: Scope) -> pl.DataFrame:
    """Of those, the ones whose report was due by the last day of the period; `in_time`: it was sent in its days."""
    within = timedelta(days=scope.pilot.today.end_report_within)
    sent = read(EndReport.objects.exclude(sent_on=None), referral="referral", ended_on="ended_on", reported_on="sent_on")
    first = sent.group_by("referral", "ended_on").agg(pl.col("reported_on").min())
    due = ended_rows(scope).filter(pl.col("on") + within <= scope.as_at)
    rows = due.join(first, left_on=["referral", "on"], right_on=["referral", "ended_on"], how="left", maintain_order="left")
    return rows.with_columns(in_time=(pl.col("reported_on") <= pl.col("on") + within).fill_null(value=False))


def goal_rows(scope: Scope) -> pl.DataFrame:
    """A row a goal of a referral whose work is over, on the day of its end, with the review that holds; null: nobody said."""
    goals = read(Goal.objects.order_by("pk"), referral="referral", goal="pk", area="area")
    reviews = read(GoalReview.objects.order_by("on", "pk"), goal="goal", outcome="outcome")
    holds = reviews.unique("goal", keep="last", maintain_order=True)
    found = ended_rows(scope).join(goals, on="referral", maintain_order="left")
    return found.join(holds, on="goal", how="left", maintain_order="left")


MEASURES: tuple[Measure, ...] = (
    Measure(
        slug="work.reports_in_time", title="Share of end-of-service reports sent in time", unit="percent", statistic="share",
        rows=report_rows, hit=pl.col("in_time"), axes=BY_PROVIDER,
        why="What was learned with somebody helps nobody until it is told",
        definition="Of referrals to programmes completed or ended early in the period whose report was due by its end, those "
        "whose report was sent within the days that the pilot file gives; one that never came was not in time",
    ),
    Measure(
        slug="work.goals_met", title="Share of goals met", unit="percent", statistic="share", rows=goal_rows, axes=BY_PROVIDER,
        counted=pl.col("outcome").is_null() | (pl.col("outcome") != NOT_RELEVANT),
        hit=(pl.col("outcome") == MET).fill_null(value=False), why="Shows what the work did, in the person's own terms",
        definition="Of the goals of referrals to programmes completed or ended early in the period, those whose last review "
        "says met; one partly met or never reviewed is not, and one that is no longer relevant does not count",
    ),
)  # fmt: skip
