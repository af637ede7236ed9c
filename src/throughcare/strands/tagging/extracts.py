"""The supplier's extract of what tags report of themselves: tampering, batteries, faults, the home unit."""

from throughcare.casework.imports.actions import stores
from throughcare.casework.people.columns import RECORD
from throughcare.core.contracts import Column, Feed
from throughcare.positions.gaps import EVENTS
from throughcare.strands.tagging import models as m

CRITICALITIES = ("low", "medium", "high")
COLUMNS = (
    RECORD,
    Column(name="tag", kind="text", meaning="the tag's own number", example="GPS-104417", required=True, longest=40),
    Column(name="at", kind="datetime", meaning="when it happened", example="2017-03-22T02:14:00+00:00", required=True),
    Column(name="kind", kind="choice", meaning="what the tag or its home unit reports", example="battery_low",
           choices=tuple(EVENTS), required=True),
    Column(name="criticality", kind="choice", meaning="how the supplier ranks it", example="medium", choices=CRITICALITIES),
)  # fmt: skip

FEEDS = (
    Feed(slug="tag-events", agency="tagging", title="What tags report of themselves", columns=COLUMNS, identifiers=(),
         loads=(stores(m.TagEvent),), order=70),
)  # fmt: skip
