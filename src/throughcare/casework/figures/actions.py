"""Keeping what the figures of the last months are today."""

from collections.abc import Iterable
from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.figures.models import Keeping, KeptFigure
from throughcare.casework.figures.queries import Told, told_last


def keep(*, by: str, on: date, told: Iterable[Told]) -> int:
    """Keeps those that are not as they were last told; gives how many. A day that is kept already is left as it is."""
    if Keeping.objects.filter(on=on).exists():
        return 0
    found = list(told)
    before = told_last({each.month for each in found})
    fresh = [each for each in found if before.get(each.key) != each]
    with recording(by=by, verb="figures.keep") as entry:
        keeping = Keeping(on=on)
        keeping.save()
        KeptFigure.objects.bulk_create(
            [
                KeptFigure(keeping=keeping, slug=t.slug, group=t.group, month=t.month, value=t.value, provisional=t.provisional)
                for t in fresh
            ],
            batch_size=500,
        )
        entry.about(keeping)
        entry.details = {"kept": len(fresh)}
    return len(fresh)
