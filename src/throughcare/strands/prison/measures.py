"""What is counted of the prison co-ordination. Source of the published figures: GtO interim evaluation, MOPAC 2017, section 3.

A person counts once a status, at the first task in the period, and may count in more than one.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import ALL, Axis, Measure, Scope
from throughcare.strands.prison import queries
from throughcare.strands.prison.release_measures import RELEASES

SERVICE = "prison_coordination"
IN_CUSTODY = pl.col("status") == "custody"


def first_task_rows(scope: Scope) -> pl.DataFrame:
    """A row a person and status, on the day of the first task in it."""
    return with_breakdowns(queries.first_tasks(scope))


def task_rows(scope: Scope) -> pl.DataFrame:
    """A row a task."""
    return with_breakdowns(queries.tasks())


def _reached(slug: str, title: str, status: str, words: str) -> Measure:
    return Measure(
        slug=slug, title=title, why="Whom the co-ordinators reach, and where they are then", unit="people", statistic="count",
        rows=first_task_rows, counted=pl.col("status") == status, axes=ALL, service=SERVICE,
        definition=f"People {words} on the day of a task; each once, at the first such task in the period",
    )  # fmt: skip


MEASURES = (
    _reached("prison.cases_in_custody", "Custody cases reached", "custody", "in prison"),
    _reached("prison.cases_community", "People on a community sentence with a task carried out", "community",
             "on a community or suspended sentence order"),
    _reached("prison.cases_licence", "People on licence with a task carried out", "licence",
             "on licence or post-sentence supervision"),
    Measure(
        slug="prison.share", title="Share of the custody cases by prison", why="Where the co-ordinators are needed",
        unit="percent", statistic="share", rows=first_task_rows, counted=IN_CUSTODY, service=SERVICE,
        axes=(Axis(column="prison", known="prisons", within=True),),
        definition="Of the custody cases, those whose first task in the period was in this prison",
    ),
    Measure(
        slug="prison.tasks", title="Tasks carried out", why="How much the co-ordinators do, of what", unit="tasks",
        statistic="count", rows=task_rows, axes=(Axis(column="kind", total="total"),), service=SERVICE,
        definition="Tasks by the day they were done",
    ),
    *RELEASES,
)  # fmt: skip
