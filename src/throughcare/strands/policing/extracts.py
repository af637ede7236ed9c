"""The police research hub's extracts: intelligence development plans and taskings."""

import polars as pl

from throughcare.casework.imports.actions import linked, stores
from throughcare.casework.people.columns import PNC, RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.strands.policing import models as m

BOROUGH = Column(
    name="borough", kind="text", meaning="borough that asked or that did it", example="Haringey", required=True, known="boroughs"
)
PLANS = (
    RECORD, PNC, BOROUGH,
    Column(name="requested_on", kind="date", meaning="day on which the borough asked; empty where no request is on record",
           example="2016-08-01", past=True),
    Column(name="actioned_on", kind="date", meaning="day on which the hub made the plan", example="2016-08-05", past=True),
    Column(name="received_on", kind="date", meaning="day on which it was back with the borough", example="2016-08-08", past=True),
)  # fmt: skip
TASKINGS = (
    RECORD, PNC, BOROUGH,
    Column(name="carried_out_on", kind="date", meaning="day on which it was carried out", example="2016-08-20", required=True,
           past=True),
    Column(name="comes_from", kind="choice", meaning="what gave rise to it", example="plan", choices=m.COMES_FROM, required=True),
    Column(name="plan", kind="reference", to="police-plans", meaning="record_id of the plan it comes from", example="P-117"),
)  # fmt: skip
DATES = (pl.col("requested_on"), pl.col("actioned_on"), pl.col("received_on"))


def _before(earlier: str, later: str, says: str) -> tuple[pl.Expr, str, str, str]:
    return pl.col(later) < pl.col(earlier), later, says, "correct one of the two dates"


def _of_plan(frame: pl.DataFrame) -> pl.DataFrame:
    return linked(m.Plan, frame, by="plan_source", to="plan")


FEEDS = (
    Feed(slug="police-plans", agency="police", title="Intelligence development plans", columns=PLANS, identifiers=("pnc",),
         loads=(stores(m.Plan),),
         rules=((pl.all_horizontal(day.is_null() for day in DATES), "requested_on", "a plan has at least one of its dates",
                 "give the day of the request or of the return"),
                _before("requested_on", "actioned_on", "a plan is not made before it is asked for"),
                _before("requested_on", "received_on", "a plan is not returned before it is asked for"),
                _before("actioned_on", "received_on", "a plan is not returned before it is made"))),
    Feed(slug="police-taskings", agency="police", title="Taskings carried out", columns=TASKINGS, identifiers=("pnc",),
         loads=(stores(m.Tasking, reshape=_of_plan),), order=60,
         rules=((pl.col("plan").is_not_null() & (pl.col("comes_from") != "plan"), "plan", "only a tasking from a plan names one",
                 "empty the plan, or say that the tasking comes from it"),)),
)  # fmt: skip
