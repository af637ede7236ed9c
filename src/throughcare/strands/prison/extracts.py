"""The prison co-ordinators' extract of tasks."""

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import CRN, RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.strands.prison import models as m

TASKS = (
    RECORD, CRN,
    Column(name="prison", kind="text", meaning="the prison that the task concerns; empty where none", example="Pentonville",
           known="prisons"),
    Column(name="kind", kind="choice", meaning="what was done", example="notify_manager", choices=m.TASK_KINDS, required=True),
    Column(name="done_on", kind="date", meaning="day on which it was done", example="2016-06-06", required=True, past=True),
)  # fmt: skip

FEEDS = (
    Feed(slug="prison-tasks", agency="CRC", title="Tasks of the prison co-ordinators", columns=TASKS, identifiers=("crn",),
         loads=(stores(m.Task),)),
)  # fmt: skip
