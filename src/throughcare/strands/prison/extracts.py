"""The prison co-ordinators' extract of tasks, and the prisons' details of each spell: wing, how people came and left."""

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import CRN, PRISON, RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.rules.movements import ARRIVED, LEFT
from throughcare.strands.prison import models as m

TASKS = (
    RECORD, CRN,
    Column(name="prison", kind="text", meaning="the prison that the task concerns; empty where none", example="Pentonville",
           known="prisons"),
    Column(name="kind", kind="choice", meaning="what was done", example="notify_manager", choices=m.TASK_KINDS, required=True),
    Column(name="done_on", kind="date", meaning="day on which it was done", example="2016-06-06", required=True, past=True),
)  # fmt: skip

DETAILS = (
    RECORD, PRISON,
    Column(name="prison", kind="text", meaning="the prison of the spell", example="Pentonville", required=True, known="prisons"),
    Column(name="start", kind="date", meaning="first day of the spell, as in prison-spells", example="2016-05-03", required=True),
    Column(name="wing", kind="text", meaning="wing, where told", example="C", longest=30),
    Column(name="cell", kind="text", meaning="cell, where told", example="C3-014", longest=20),
    Column(name="arrived_as", kind="choice", meaning="how the person came, where told", example="recall", choices=tuple(ARRIVED)),
    Column(name="left_as", kind="choice", meaning="how the person left, where told", example="hdc", choices=tuple(LEFT)),
    Column(name="release_planned_on", kind="date", meaning="planned release, where told: comes before that of the sentence",
           example="2016-08-01"),
)  # fmt: skip

FEEDS = (
    Feed(slug="prison-details", agency="prison", title="Wings, planned releases, and how people came and left", columns=DETAILS,
         identifiers=("prison_number",), loads=(stores(m.SpellDetail),), order=21),
    Feed(slug="prison-tasks", agency="CRC", title="Tasks of the prison co-ordinators", columns=TASKS, identifiers=("crn",),
         loads=(stores(m.Task),)),
)  # fmt: skip
