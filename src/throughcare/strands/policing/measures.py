"""What is counted of the police intelligence support. Source of the published figures: GtO interim evaluation (MOPAC 2017).

Requests and returns count by their own days, so that plans received may exceed plans requested; a plan without a recorded
request is a finding (`queries.findings`), not a correction of the count.
"""

import polars as pl

from throughcare.casework.people.queries import with_breakdowns
from throughcare.core.contracts import Axis, Measure, Scope
from throughcare.rules.intelligence_plan import ADDITION, NEW
from throughcare.rules.taskings import USED_IN
from throughcare.strands.policing import queries
from throughcare.strands.policing.models import COMES_FROM

SERVICE = "intelligence_plan"
BY_BOROUGH = (Axis(column="borough", known="boroughs", total="total"),)


def requested_rows(scope: Scope) -> pl.DataFrame:
    """A row a plan with a recorded request, on its day; the borough is the one that asked."""
    return with_breakdowns(queries.plans().filter(pl.col("requested_on").is_not_null()).rename({"requested_on": "on"}))


def received_rows(scope: Scope) -> pl.DataFrame:
    """A row a plan returned to its borough, on that day."""
    return with_breakdowns(queries.plans().filter(pl.col("received_on").is_not_null()).rename({"received_on": "on"}))


def tasking_rows(scope: Scope) -> pl.DataFrame:
    """A row a tasking, on the day it was carried out; the borough is the one whose police did it."""
    return with_breakdowns(queries.taskings())


def made_rows(scope: Scope) -> pl.DataFrame:
    """A row a tasking given here, on the day it was asked for; the borough is the one of the post that got it."""
    return with_breakdowns(queries.taskings_made())


def use_rows(scope: Scope) -> pl.DataFrame:
    """A row a use of a suggestion or of a tasking, on the day it was recorded."""
    return with_breakdowns(queries.uses())


def kind_rows(scope: Scope) -> pl.DataFrame:
    """A row a plan with a recorded request; what a file told, which knows no additions, is a new plan."""
    told = pl.when(pl.col("kind") == ADDITION).then(pl.lit(ADDITION)).otherwise(pl.lit(NEW))
    return requested_rows(scope).with_columns(kind=told)


MEASURES = (
    Measure(
        slug="idp.requested", title="Intelligence development plans requested", why="Shows which boroughs use the hub",
        unit="plans", statistic="count", rows=requested_rows, axes=BY_BOROUGH, service=SERVICE,
        definition="Plans by the day of the recorded request, by the borough that asked",
    ),
    Measure(
        slug="idp.received", title="Intelligence development plans received", why="Shows what the hub gives back", unit="plans",
        statistic="count", rows=received_rows, axes=BY_BOROUGH, service=SERVICE,
        definition="Plans by the day of the return to the borough, whether or not a request is on record",
    ),
    Measure(
        slug="idp.days_to_return", title="Median days from request to return", why="Intelligence ages", unit="days",
        statistic="median", value=pl.col("days"), counted=pl.col("days").is_not_null(), rows=received_rows, axes=BY_BOROUGH,
        service=SERVICE, digits=1,
        definition="Calendar days, of plans returned in the period whose request is on record",
    ),
    Measure(
        slug="taskings", title="Offender-based taskings carried out", why="Shows what is done with the plans", unit="taskings",
        statistic="count", rows=tasking_rows, axes=BY_BOROUGH, service=SERVICE,
        definition="Taskings about a person by the day carried out, by borough, whatever they come from",
    ),
    Measure(
        slug="taskings.comes_from", title="Taskings by what they come from", why="Shows whether plans lead to taskings",
        unit="taskings", statistic="count", rows=tasking_rows, axes=(Axis(column="comes_from", only=COMES_FROM, total="total"),),
        service=SERVICE, definition="Taskings by the day carried out: from a plan, a panel, the daily meeting, a tactical group",
    ),
    Measure(
        slug="taskings.made", title="Taskings given here", why="Shows what was to be done, beside what was", unit="taskings",
        statistic="count", rows=made_rows, axes=BY_BOROUGH, service=SERVICE,
        definition="Taskings by the day on which they were given to a post; those that only an extract told are not among them",
    ),
    Measure(
        slug="idp.kind", title="Plans requested, new and additions", why="Shows the change from new plans to additions",
        unit="plans", statistic="count", rows=kind_rows, axes=(Axis(column="kind", only=(NEW, ADDITION), total="total"),),
        service=SERVICE, definition="Plans by the day of the recorded request; requests that an extract told count as new",
    ),
    Measure(
        slug="idp.uses", title="Suggestions used in a plan for the person", why="Intelligence is worth what is done with it",
        unit="uses", statistic="count", rows=use_rows, counted=pl.col("of") == "suggestion",
        axes=(Axis(column="used_in", only=tuple(USED_IN), total="total"),), service=SERVICE,
        definition="Uses of suggestions by the day recorded: release, resettlement and sentence plans, each plan once",
    ),
    Measure(
        slug="taskings.used", title="Taskings used in a plan for the person", why="Shows whether taskings reach who plans",
        unit="uses", statistic="count", rows=use_rows, counted=pl.col("of") == "tasking",
        axes=(Axis(column="used_in", only=tuple(USED_IN), total="total"),), service=SERVICE,
        definition="Uses of taskings by the day recorded: release, resettlement and sentence plans, each plan once",
    ),
)  # fmt: skip
