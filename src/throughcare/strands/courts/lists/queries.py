"""Reading court lists: the entries of a court and day as they stand, each with whom it may be about.

Most people on a list are nobody known here. Somebody who is, and is kept from the reader, is shown as restricted (`shown`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Protocol, TypeVar

from throughcare.casework.access.reader import Reader, whom_to_ring
from throughcare.strands.courts.lists.standing import on_the_list, standing_of
from throughcare.strands.courts.models import Hearing, HearingMatch

CERTAIN, ASKED = ("exact",), ("likely", "possible")
SAME, NOT, NOT_SURE = "same", "not", "not_sure"


@dataclass(frozen=True, kw_only=True)
class Match:
    """Whom an entry may be about. `kind`: exact, likely, possible, or none (looked for, and nobody found: no person).

    `because`: the evidence, a sentence each. `answer`: "", same, not, not_sure; `answered_by` in the words of the audit.
    """

    number: int
    person: int | None
    kind: str
    weight: float | None
    because: tuple[str, ...]
    answer: str
    answered_by: str
    answered_at: datetime | None

    @property
    def holds(self) -> bool:
        """The entry is about this person."""
        return holds(self)

    @property
    def to_confirm(self) -> bool:
        """Somebody is to say whether it is this person; one who was not sure may still say."""
        return self.person is not None and not self.holds and self.answer in ("", NOT_SURE)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a list as it stands, with its match: the one that holds, else the strongest not denied.

    `match` is None until it has been looked for, which is not the same as a match of kind "none". `restricted`: about
    somebody kept from the reader; names, dates, numbers and the match are left out, `ring` says whom to ring.
    """

    reference: str
    version: datetime
    received_at: datetime
    court: str
    sits_on: date
    courtroom: str
    at: time | None
    forenames: str
    surname: str
    date_of_birth: date | None
    pnc: str
    cro: str
    crn: str
    bail: str
    offence_code: str
    offence: str
    plea: str
    breach: bool
    warrant: bool
    match: Match | None
    restricted: bool = False
    ring: str = ""

    @property
    def name(self) -> str:
        """As lists have it: BAILEY, Jamie."""
        if self.restricted:
            return "Restricted"
        return ", ".join(part for part in (self.surname.upper(), self.forenames) if part)

    @property
    def person(self) -> int | None:
        """The person known here whom it is about; None while that is not certain."""
        return self.match.person if self.match is not None and self.match.holds else None

    @property
    def to_confirm(self) -> bool:
        return not self.restricted and self.match is not None and self.match.to_confirm

    @property
    def matched(self) -> bool:
        """Whether it has been looked for at all: where not, nobody may say that it is a stranger."""
        return self.restricted or self.match is not None


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Entries on a list: `names` in all; of these about people known, `to_confirm`, strangers, and `not_looked_for` yet."""

    names: int
    known: int
    to_confirm: int
    strangers: int
    not_looked_for: int


def as_it_stands(court: str, day: date) -> list[Entry]:
    """The list of a court and day as it stands, by courtroom, time and name. A page shows `shown` of it."""
    return with_matches(on_the_list(court, day))


def entry(reference: str) -> Entry | None:
    """One entry as it stands; None where there is none, or it was withdrawn."""
    found = [h for h in standing_of([reference]).values() if not h.withdrawn]
    return with_matches(found)[0] if found else None


def shown(entries: Sequence[Entry], reader: Reader) -> list[Entry]:
    """The same for this reader: those that are or may be about somebody kept from it say nothing but that, and whom to ring."""
    people = {e.match.person for e in entries if e.match is not None and e.match.person is not None}
    kept = reader.barred_among(people)
    ring = whom_to_ring(kept, reader.day) if kept else {}
    return [_hidden(e, ring) if e.match is not None and e.match.person in kept else e for e in entries]


def _hidden(e: Entry, ring: Mapping[int, str]) -> Entry:
    person = e.match.person if e.match is not None else None
    return replace(
        e, reference="", forenames="", surname="", date_of_birth=None, pnc="", cro="", crn="", bail="", offence_code="",
        offence="", plea="", breach=False, warrant=False, match=None, restricted=True, ring=ring.get(person or 0, ""),
    )  # fmt: skip


def counts(entries: Iterable[Entry]) -> Counts:
    """Of entries, as `shown`: restricted ones are names, and known."""
    told = list(entries)
    return Counts(
        names=len(told),
        known=sum(e.restricted or e.person is not None for e in told),
        to_confirm=sum(e.to_confirm for e in told),
        strangers=sum(e.matched and not e.restricted and e.person is None and not e.to_confirm for e in told),
        not_looked_for=sum(not e.matched for e in told),
    )  # fmt: skip


def with_matches(hearings: Collection[Hearing]) -> list[Entry]:
    """Hearings with the match of the identity that each has now; a match of another identity is not shown."""
    matches = defaultdict(list)
    for match in HearingMatch.objects.filter(reference__in=[h.reference for h in hearings]).order_by("rank"):
        matches[match.reference, match.digest].append(match)
    return [_entry(h, matches[h.reference, h.digest]) for h in hearings]


def _entry(h: Hearing, matches: Sequence[HearingMatch]) -> Entry:
    same_names = {name: getattr(h, name) for name in Entry.__dataclass_fields__ if name not in ("match", "restricted", "ring")}
    return Entry(**same_names, match=chosen([_match(each) for each in matches]))


class Answered(Protocol):
    """What decides of a match: its kind, and what was said of it."""

    kind: Any
    answer: Any


A = TypeVar("A", bound=Answered)


def holds(match: Answered) -> bool:
    """Whether an entry is about the person: it matched exactly and nobody said otherwise, or somebody said so."""
    return bool(match.answer == SAME or (match.kind in CERTAIN and match.answer == ""))


def chosen(matches: Sequence[A]) -> A | None:
    """Of the matches of an entry, strongest first: one that somebody said is the same, one that holds, one not denied, any."""
    said = [each for each in matches if each.answer == SAME]
    held = [each for each in matches if holds(each)]
    asked = [each for each in matches if each.answer != NOT]
    return next(iter([*said, *held, *asked, *matches]), None)


def _match(row: HearingMatch) -> Match:
    return Match(
        number=row.pk, person=row.person_id, kind=row.kind, weight=row.weight, because=tuple(row.because.splitlines()),
        answer=row.answer, answered_by=row.answered_by, answered_at=row.answered_at,
    )  # fmt: skip
