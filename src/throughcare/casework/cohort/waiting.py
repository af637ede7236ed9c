"""Proposals that wait, as one reader may be told of them. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.checks import BY_DATE_OR_ADDRESS
from throughcare.casework.cohort.lists import Sight
from throughcare.casework.cohort.models import JOIN, LEAVE, Proposal
from throughcare.casework.cohort.queries import open_proposals
from throughcare.casework.cohort.sources import Source, out_of_date_under
from throughcare.casework.people.names import Named

JOINING, TOGETHER, LEAVING, PASSING, PARKED = GROUPS = ("join", "together", "leave", "pass", "parked")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A proposal that waits. What may not be told is None or empty. `mine`: the reader decides it."""

    proposal: Proposal
    name: Named | None
    open: bool
    score: int | None
    reasons: tuple[str, ...]
    stale: tuple[Source, ...]
    mine: bool
    parked: bool

    @property
    def person(self) -> int:
        return self.proposal.person_id

    @property
    def shown(self) -> str:
        return self.name.shown if self.name else f"Person {self.person}"

    @property
    def group(self) -> str:
        """Where it stands on the page: joiners and leavers that need a look one by one; leavers by date or address together."""
        if self.parked:
            return PARKED
        if self.proposal.kind == JOIN:
            return JOINING
        if self.proposal.kind == LEAVE:
            return TOGETHER if self.proposal.because in BY_DATE_OR_ADDRESS else LEAVING
        return PASSING


def waiting(reader: Reader, sources: Sequence[Source]) -> list[Waiting]:
    """Every open proposal made by the reader's day that it may see, parked ones too, oldest first, then by name."""
    found = [proposal for proposal in open_proposals() if proposal.as_at <= reader.day]
    boroughs: dict[int, set[str]] = {}
    for proposal in found:
        boroughs.setdefault(proposal.person_id, set()).add(proposal.borough)
    sight = Sight(reader, boroughs)
    seen = [proposal for proposal in found if sight.sees("cohort_membership", proposal.person_id, (proposal.borough,))]
    names, opens, stale = sight.names(), sight.opens(), out_of_date_under(seen, sources, reader.day)
    mine = decides_for(reader)
    rows = [
        Waiting(
            proposal=p, name=names.get(p.person_id), open=p.person_id in opens, mine=p.borough in mine,
            score=p.score if sight.reads("score", p.person_id, (p.borough,)) else None,
            reasons=tuple(p.reasons.splitlines()) if sight.reads("cohort_membership", p.person_id, (p.borough,)) else (),
            stale=tuple(stale.get(p.pk, ())), parked=p.parked(reader.day),
        )
        for p in seen
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.proposal.as_at, row.name is None, row.shown, row.proposal.pk))


def decides_for(reader: Reader) -> frozenset[str]:
    """The boroughs for which the reader decides on joiners and leavers."""
    return frozenset(post.place for post in reader.held("iom_coordinator"))
