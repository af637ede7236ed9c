"""What is counted of attitudes and needs: how many were assessed again, and how their scores changed.

Secondary outcome of the pilot's evaluation (GtO interim evaluation, MOPAC 2017, section 2). A change is from the first score of
the pilot's life to the last, on the same scale; so much as the pilot file calls more than chance is better or worse. Nobody is
compared with anybody: it is a description, and no effect.
"""

import polars as pl

from throughcare.casework.assessments import queries
from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import Axis, Measure, Scope

WHY = "Whether attitudes and needs change while people are in the pilot."
BY_SCALE = Axis(column="title")
FROM = "from the first score of the pilot's life, at least the pilot file's days earlier"


def first_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and scale, on the day of the first score."""
    return with_breakdowns(queries.first_scores(scope))


def later_rows(scope: Scope) -> pl.DataFrame:
    """A row a later score, on its day, with its change from the first."""
    return with_breakdowns(queries.later_scores(scope))


MEASURES = (
    Measure(
        slug="attitudes.assessed", title="People assessed on a scale for the first time", why=WHY, unit="people",
        statistic="count", rows=first_rows, axes=(BY_SCALE,),
        definition="People by the day of their first score of the pilot's life on the scale",
    ),
    Measure(
        slug="attitudes.again", title="Share assessed on the scale again", unit="percent", statistic="share", rows=first_rows,
        why="A change is known of those alone who have two scores.", hit=pl.col("again"), axes=(BY_SCALE,),
        definition="Of the people by the day of their first score, those with another, by the end of the period, at least the "
                   "pilot file's days after it",
    ),
    Measure(
        slug="attitudes.outcome", title="Change from the first score to the last", why=WHY, unit="percent", statistic="share",
        rows=later_rows, counted=pl.col("last"),
        axes=(BY_SCALE, Axis(column="outcome", only=(queries.IMPROVED, queries.SAME, queries.WORSE), within=True)),
        definition=f"Of people by the day of their last score on the scale, those whose change {FROM}, is for the better or for "
                   "the worse by as much as the pilot file calls more than chance, or less",
    ),
    Measure(
        slug="attitudes.change", title="Mean change from the first score to the last", why=WHY, unit="points", statistic="mean",
        rows=later_rows, counted=pl.col("last"), value=pl.col("gain"), axes=(BY_SCALE,), digits=1,
        definition=f"Of people by the day of their last score on the scale, the mean change {FROM}; above 0 is for the better",
    ),
    Measure(
        slug="attitudes.later", title="Mean change at each later score", why="What a study of people takes in its follow-up.",
        unit="points", statistic="mean", rows=later_rows, value=pl.col("gain"), axes=(BY_SCALE,), digits=1,
        definition=f"Mean change {FROM}, over every later score by its day; above 0 is for the better",
    ),
)  # fmt: skip
