"""All checks over a document, and the store where its results are given."""

from collections.abc import Iterable, Sequence

from throughcare.measures.results import Result
from throughcare.report.figure_audit.alarm import Alarm, Said
from throughcare.report.figure_audit.checks import CHECKS
from throughcare.report.figure_audit.document import Document
from throughcare.report.figure_audit.store import against_store


def audit(document: Document, results: Sequence[Result] = ()) -> tuple[Alarm, ...]:
    """What contradicts itself or `results`, each once, in the order of the checks; what differs from the store comes first.

    A figure that differs from the store is not told again for not following from its counts.
    """
    differing = tuple(against_store(document, results)) if results else ()
    told = {alarm.one.place for alarm in differing if alarm.one.place.cell and document.figures}
    within = (alarm for check in CHECKS for alarm in check(document) if alarm.one.place not in told)
    return once((*differing, *within))


def once(alarms: Iterable[Alarm]) -> tuple[Alarm, ...]:
    """Without those that say again what another said of the same two places."""
    kept: dict[tuple[str, frozenset[Said]], Alarm] = {}
    for alarm in alarms:
        kept.setdefault((alarm.kind, frozenset((alarm.one, alarm.other))), alarm)
    return tuple(kept.values())
