"""Where each figure of a report comes from: what an auditor needs to find it again, as columns of figures.csv.

The same store gives the same bytes: no time of writing is in it.
"""

import hashlib
import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from throughcare.casework.audit.models import Entry
from throughcare.casework.imports.queries import times_of_loads
from throughcare.core.contracts import Axis, Measure
from throughcare.core.pilot import Pilot
from throughcare.measures.results import Result
from throughcare.measures.sources import feeds_of

COLUMNS = (
    "title", "statistic", "target", "period_from", "period_to", "as_at", "period_note", "note", "feeds", "last_load",
    "audit_entry", "audit_hash", "throughcare", "pilot", "pilot_sha256", "definition_sha256",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What all figures of a report share. `loads`: when each feed last came; `entry`: the last write in the audit, with its hash,
    which covers every write before it; 0 and "" where nothing was ever written.
    """

    pilot: Pilot
    pilot_sha256: str
    entry: tuple[int, str]
    loads: Mapping[str, str]

    def of(self, r: Result, measure: Measure | None) -> dict[str, object]:
        """The columns of one figure; a count of findings has no measure, and rests on all feeds."""
        feeds = [feed.slug for feed in feeds_of(measure.slug)] if measure else []
        rests = [self.loads[slug] for slug in (feeds or self.loads) if slug in self.loads]
        return {
            "title": r.title, "statistic": r.statistic, "target": r.target, "period_from": r.period.start.isoformat(),
            "period_to": r.period.end.isoformat(), "as_at": r.as_at.isoformat(), "period_note": r.period_note, "note": r.note,
            "feeds": " ".join(feeds), "last_load": max(rests, default=""), "audit_entry": self.entry[0],
            "audit_hash": self.entry[1], "throughcare": version("throughcare"), "pilot": self.pilot.slug,
            "pilot_sha256": self.pilot_sha256, "definition_sha256": definition(measure) if measure else "",
        }  # fmt: skip


def read_provenance(pilot: Pilot, file: Path) -> Provenance:
    """From the store as it is now. Views are no writes, so that looking changes nothing."""
    entry = Entry.objects.exclude(verb="view").order_by("-pk").values_list("pk", "hash").first()
    return Provenance(
        pilot=pilot, pilot_sha256=hashlib.sha256(file.read_bytes()).hexdigest(), entry=entry or (0, ""),
        loads={feed: came[-1].isoformat(timespec="seconds") for feed, came in times_of_loads().items()},
    )  # fmt: skip


def definition(measure: Measure) -> str:
    """A digest of all that decides the figure: words, statistic, conditions, groups, and the code that gives its rows.

    The same for the same code; that a digest has changed says that the definition must be read again, not that a number moved.
    """
    told = (
        measure.slug, measure.unit, measure.statistic, measure.definition, measure.target, measure.service, measure.window,
        measure.reference_day, measure.digits, str(measure.counted), str(measure.hit), str(measure.value),
        *(_axis(axis) for axis in measure.axes), _code(measure),
    )  # fmt: skip
    return hashlib.sha256("\n".join(map(str, told)).encode()).hexdigest()


def _axis(axis: Axis) -> str:
    groups = [(group.label, str(group.where)) for group in axis.groups]
    return f"{axis.column} {groups} {axis.only} {axis.known} {axis.total} {axis.within}"


def _code(measure: Measure) -> str:
    """The source of the function that gives the rows; its name where it has none to be read."""
    rows = getattr(measure.rows, "func", measure.rows)
    try:
        return inspect.getsource(rows)
    except (OSError, TypeError):
        return str(getattr(rows, "__qualname__", type(rows).__name__))
