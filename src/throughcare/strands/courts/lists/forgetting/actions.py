"""Forgets strangers: after a while nothing is left of them but how many there were.

What a list said of somebody known stays, as the person's. Of a question that was denied or never answered the row stays for the
figures, without the name it was about or the evidence.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from throughcare.casework.audit.actions import recording
from throughcare.casework.imports.models import QuarantinedRow, SourceRow, SupersededRow
from throughcare.casework.imports.queries import parts_of
from throughcare.core.clock import london_day
from throughcare.strands.courts.lists.extracts import SLUG
from throughcare.strands.courts.lists.queries import holds
from throughcare.strands.courts.lists.standing import standing_of
from throughcare.strands.courts.models import Hearing, HearingMatch, UnreadLine

FORGOTTEN = "forgotten-"


def forget(*, by: str, before: date) -> int:
    """Forgets the entries of lists of days before `before` that are about nobody known; gives how many. Safe to repeat.

    With them go the rows of the files as they came, rows of the feed that waited in quarantine so long, and unread lines. An
    entry that stands for a later day is kept whole.
    """
    old = set(Hearing.objects.filter(sits_on__lt=before).values_list("reference", flat=True))
    kept = {row.reference for row in _matches(old) if holds(row)}
    gone = sorted(r for r, now in standing_of(old - kept).items() if now.sits_on < before)
    lines = UnreadLine.objects.filter(sits_on__lt=before)
    waiting = QuarantinedRow.objects.filter(feed=SLUG, file__loaded_at__lt=london_day(before)[0])
    if not gone and not lines.exists() and not waiting.exists():
        return 0
    with recording(by=by, verb="courts.forget_lists") as entry:
        unread, rows = lines.delete()[0], waiting.delete()[0]
        for part in parts_of(gone):
            _forget(part)
        entry.details = {"before": f"{before}", "entries": len(gone), "unread_lines": unread, "quarantined": rows}
    return len(gone)


def _matches(references: Collection[str]) -> list[HearingMatch]:
    return [row for part in parts_of(sorted(references)) for row in HearingMatch.objects.filter(reference__in=part)]


def _forget(references: Collection[object]) -> None:
    hearings = Hearing.objects.filter(reference__in=list(references))
    sources = [source for source in hearings.values_list("source", flat=True) if source is not None]
    hearings.delete()
    for part in parts_of(sources):
        SupersededRow.objects.filter(source__in=part).delete()
        SourceRow.objects.filter(pk__in=part).delete()
    theirs = HearingMatch.objects.filter(reference__in=list(references))
    theirs.filter(person=None).delete()
    theirs.update(reference=Concat(Value(FORGOTTEN), Cast(F("pk"), CharField())), digest="", because="", person=None)
