"""Which version of an entry stands: the one issued last. Whatever the order in which versions come, no earlier one comes back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from throughcare.casework.imports.queries import parts_of
from throughcare.strands.courts.models import Hearing


class Version(Protocol):
    """What decides: the entry's reference, when this version was issued, when it was received, and in what order it was kept."""

    reference: Any
    version: Any
    received_at: Any
    pk: Any


V = TypeVar("V", bound=Version)


def standing(versions: Iterable[V]) -> dict[str, V]:
    """By reference, the version issued last; of those issued at one instant, the one received last."""
    last: dict[str, V] = {}
    for each in versions:
        before = last.get(each.reference)
        if before is None or _place(before) < _place(each):
            last[each.reference] = each
    return last


def _place(version: Version) -> tuple[datetime, datetime, int]:
    return version.version, version.received_at, version.pk


def standing_of(references: Iterable[str]) -> dict[str, Hearing]:
    """By reference, the version that stands, whatever court and day it is for; withdrawn ones too."""
    found: list[Hearing] = []
    for part in parts_of(sorted(set(references))):
        found += Hearing.objects.filter(reference__in=part)
    return standing(found)


def on_the_list(court: str, day: date) -> list[Hearing]:
    """The entries of a court's list of a day as they stand: not those withdrawn, or moved to another day or court since."""
    named = Hearing.objects.filter(court=court, sits_on=day).values_list("reference", flat=True).distinct()
    here = [h for h in standing_of(named).values() if (h.court, h.sits_on) == (court, day) and not h.withdrawn]
    return sorted(here, key=lambda h: (h.courtroom, str(h.at or "~"), h.surname, h.forenames, h.reference))
