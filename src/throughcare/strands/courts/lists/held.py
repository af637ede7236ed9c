"""What lists say of a person: the hearings, in every version kept, of the entries that are about the person."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughcare.strands.courts.lists.queries import holds
from throughcare.strands.courts.models import Hearing, HearingMatch


def listed_hearings(person: int) -> Sequence[Mapping[str, Any]]:
    """Entries matched exactly or confirmed; what may be about somebody else is told by its match alone."""
    rows = [row for row in HearingMatch.objects.filter(person=person) if holds(row)]
    identities = {(row.reference, row.digest) for row in rows}
    versions = Hearing.objects.filter(reference__in=[row.reference for row in rows]).order_by("reference", "version", "pk")
    return [row for row in versions.values() if (row["reference"], row["digest"]) in identities]
