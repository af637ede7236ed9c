"""Months' figures as they were told: last, and first and last of those that were provisional."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from throughcare.casework.figures.models import Keeping, KeptFigure

Key = tuple[str, str, date]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A month's figure as told: `month` is its first day, `provisional` says that not all returns were in."""

    slug: str
    group: str
    month: date
    value: float | None
    provisional: bool

    @property
    def key(self) -> Key:
        return self.slug, self.group, self.month


def kept_on(day: date) -> bool:
    return Keeping.objects.filter(on=day).exists()


def told_last(months: Collection[date]) -> dict[Key, Told]:
    """The figures of these months as they were told last."""
    rows = KeptFigure.objects.filter(month__in=months).order_by("keeping__on")
    told = (_told(row) for row in rows)
    return {each.key: each for each in told}


def moves(slug: str, *, months: int) -> tuple[float, ...]:
    """Of the last months that were told before their returns were in, and are told whole since: how far each group moved.

    What it was when told first, taken from what it is told last; a month without a figure then or now has not moved.
    """
    first: dict[Key, Told] = {}
    last: dict[Key, Told] = {}
    for row in KeptFigure.objects.filter(slug=slug).order_by("keeping__on"):
        told = _told(row)
        first.setdefault(told.key, told)
        last[told.key] = told
    done = [key for key, told in first.items() if told.provisional and not last[key].provisional]
    wanted = sorted({month for _, _, month in done})[-months:]
    pairs = [(first[key].value, last[key].value) for key in done if key[2] in wanted]
    return tuple(now - then for then, now in pairs if then is not None and now is not None)


def _told(row: KeptFigure) -> Told:
    return Told(slug=row.slug, group=row.group, month=row.month, value=row.value, provisional=row.provisional)
