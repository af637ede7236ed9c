"""Reading the audit: what was done to a record, and the proof that nothing was altered or removed."""

from dataclasses import dataclass

from throughcare.casework.audit.actions import FIRST, entry_hash
from throughcare.casework.audit.models import Entry, Head


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The outcome of walking the whole chain. `head` may be written down elsewhere and compared later."""

    entries: int
    head: str
    fault: str

    @property
    def whole(self) -> bool:
        return not self.fault


def verify() -> Verification:
    """Walks the chain from the first entry; stops at the first fault and names it. Memory does not grow with the log."""
    before, number = FIRST, 0
    head = Head.objects.filter(pk=1).first()
    for row in Entry.objects.order_by("pk").iterator(chunk_size=5000):
        number += 1
        if row.pk != number:
            return Verification(entries=number - 1, head=before, fault=f"entry {number} is missing")
        if entry_hash(before, row) != row.hash:
            return Verification(entries=number - 1, head=before, fault=f"entry {number} was altered")
        before = row.hash
    told = (head.entries, head.hash) if head else (0, FIRST)
    if told[0] != number:
        return Verification(entries=number, head=before, fault=f"{told[0]} entries were written, {number} are there")
    if told[1] != before:
        return Verification(entries=number, head=before, fault="the last entry is not the one last written")
    return Verification(entries=number, head=before, fault="")


def about(subject_type: str, subject_id: str) -> list[Entry]:
    """The entries on one record, oldest first."""
    return list(Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("pk"))


def about_person(*ids: int) -> list[Entry]:
    """The entries on one person, oldest first. `ids`: the person's, and those that redirect to it (`people.queries.ids_of`)."""
    return list(Entry.objects.filter(person_id__in=ids).order_by("pk"))
