"""All checks over a document."""

from collections.abc import Iterable
from typing import Any

from throughcare.report.figure_audit.alarm import Alarm
from throughcare.report.figure_audit.checks import CHECKS
from throughcare.report.figure_audit.document import Document


def audit(document: Document) -> tuple[Alarm, ...]:
    """What contradicts itself, each once, in the order of the checks."""
    return once(alarm for check in CHECKS for alarm in check(document))


def once(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Without those that say again what another said of the same two places."""
    kept: dict[Any, Alarm] = {}
    for alarm in alarms:
        sides = frozenset((side.value, side.place, side.words) for side in (alarm.one, alarm.other))
        kept.setdefault((alarm.kind, sides), alarm)
    return tuple(kept.values())
