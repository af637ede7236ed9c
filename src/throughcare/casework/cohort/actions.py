"""Writing the cohort: the rule proposes, people decide, with a reason that is kept; nobody joins or leaves by itself."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from django.db.models import Q

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.cohort import checks, queries
from throughcare.casework.cohort.candidates import Candidate, Member, candidates
from throughcare.casework.cohort.models import JOIN, LEAVE, TRANSFER, Membership, Proposal, Rating, Transfer
from throughcare.casework.events.actions import announce, announce_all
from throughcare.casework.frames import only
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Event
from throughcare.rules.eligibility.decide import eligible
from throughcare.rules.eligibility.facts import Facts

PUT_FORWARD = "put forward"


def propose(*, by: str, as_at: date) -> tuple[Proposal, ...]:
    """Makes the proposals that the facts of the day call for, and gives the new ones.

    An open proposal on the same facts stays and is not doubled; one on other facts gives way to a new one; one that is no
    longer true is superseded. A refused proposal is not made again until its facts change. What was proposed for a later
    day is left alone.
    """
    with recording(by=by, verb="cohort.propose") as entry:
        found = {(c.person, c.kind): c for c in _candidates(as_at)}
        undecided = Proposal.objects.select_for_update().filter(accepted=None, superseded_on=None)
        standing: dict[tuple[int, str], Proposal] = {}
        doubled = []
        for proposal in undecided.order_by("pk"):
            if standing.setdefault((proposal.person_id, proposal.kind), proposal) is not proposal:
                doubled.append(proposal)  # of two people since found to be one
        refused = _last_refused()
        gone = [p for key, p in standing.items() if p.as_at <= as_at and _differs(p, found.get(key))]
        _supersede(entry, [*gone, *doubled], as_at)
        kept = standing.keys() - {(p.person_id, p.kind) for p in gone}
        fresh = [c for key, c in found.items() if key not in kept and refused.get(key) != c.digest]
        made = Proposal.objects.bulk_create([_proposal(c, by, as_at) for c in fresh], batch_size=500)
        for row in made:
            _also(entry, "cohort.proposed", row, {"kind": row.kind})
        entry.details = {"as_at": as_at, "new": len(made), "superseded": len(gone) + len(doubled)}
    return tuple(made)


def keep_up(*, by: str, on: date) -> tuple[Proposal, ...]:
    """Proposes after what came in on a day of the pilot; on a day outside its life there is no cohort to keep up."""
    return propose(by=by, as_at=on) if current_pilot().life.contains(on) else ()


def accept(*, by: str, proposal: Proposal, reason: str, on: date) -> Proposal:
    """Carries out one proposal from the day `on`: a membership begins or ends, or the receiving borough takes over.

    Refuses an empty reason, a proposal that is decided or superseded, a co-ordinator of another borough, a day before the
    day that the proposal is of, and a membership that would overlap another.
    """
    with recording(by=by, verb="cohort.accept") as entry:
        (row,) = _accepted(by, [proposal], reason, on)
        entry.about(row)
        entry.details = {"kind": row.kind, "on": on}
    return row


def accept_all(*, by: str, proposals: Sequence[Proposal], reason: str, on: date) -> tuple[Proposal, ...]:
    """Carries out many proposals decided alike, as by a meeting: all or none, as `accept` does, an audit entry each."""
    if not proposals:
        return ()
    with recording(by=by, verb="cohort.accept_all") as entry:
        rows = _accepted(by, proposals, reason, on)
        for row in rows:
            _also(entry, "cohort.accept", row, {"kind": row.kind, "on": on})
        entry.details = {"proposals": len(rows), "on": on}
    return tuple(rows)


def refuse(*, by: str, proposal: Proposal, reason: str, on: date | None = None) -> Proposal:
    """Keeps that a proposal was refused and why: it is not made again until its facts change."""
    with recording(by=by, verb="cohort.refuse") as entry:
        (row,) = _taken(by, [proposal], reason)
        _decided([row], by=by, accepted=False, reason=reason, on=on)
        entry.about(row)
        entry.details = {"kind": row.kind}
    return row


def leave_together(*, by: str, proposals: Sequence[Proposal], leave: bool, reason: str, on: date) -> tuple[Proposal, ...]:
    """Decides alike, for one reason, of members whose day or address is why they are to leave: all or none, an entry each.

    Whatever needs a look at the person (a score, a corrected record, joining) is refused: it is decided one by one.
    """
    for proposal in proposals:
        checks.may_be_together(proposal)
    if leave:
        return accept_all(by=by, proposals=proposals, reason=reason, on=on)
    with recording(by=by, verb="cohort.refuse_all") as entry:
        rows = _taken(by, proposals, reason)
        _decided(rows, by=by, accepted=False, reason=reason, on=on)
        for row in rows:
            _also(entry, "cohort.refuse", row, {"kind": row.kind})
        entry.details = {"proposals": len(rows), "on": on}
    return tuple(rows)


def put_forward(*, by: str, person: int, reason: str, on: date) -> Membership:
    """Makes somebody a member whom nobody proposed, from the day `on`, for the reason given.

    Flagged as off the rule, and counted apart, unless the rule finds the person eligible on that day (as when a refusal is
    reconsidered). An open proposal to join is superseded. Refuses an empty reason, somebody unknown, and a member.
    """
    checks.reason_given(reason, f"person {person}")
    pilot = current_pilot()
    with recording(by=by, verb="cohort.put_forward") as entry:
        checks.person_known(person, Person.objects.select_for_update().filter(pk=person, merged_into=None).first())
        checks.may_join(person, list(Membership.objects.filter(person=person)), on)
        with only(person):
            known = queries.facts(on, pilot)
        answer = eligible(known.get(person, Facts(person=person)), as_at=on, pilot=pilot)
        borough = queries.home_of(person, on, known)
        checks.decides_for(by, borough, f"person {person}")
        row = Membership(
            person_id=person, start=on, borough=borough, off_rule=not answer.met, because=PUT_FORWARD, reasons=reason,
            joined_by=by,
        )  # fmt: skip
        row.save()
        _supersede(entry, list(Proposal.objects.filter(person=person, kind=JOIN, accepted=None, superseded_on=None)), on)
        announce(_joined(row))
        entry.about(row)
        entry.details = {"on": on, "off_rule": row.off_rule}
    return row


def rate(*, by: str, person: int, rag: str, reason: str, on: date) -> Rating:
    """Keeps the panel's rating of a member (Red, Amber or Green) from the day `on`, with its reason, until the next."""
    with recording(by=by, verb="cohort.rate") as entry:
        (row,) = _rated(by, {person: rag}, reason, on)
        entry.about(row)
        entry.details = {"rag": rag, "on": on}
    return row


def rate_all(*, by: str, ratings: Mapping[int, str], reason: str, on: date) -> tuple[Rating, ...]:
    """Keeps the ratings, by person, that one panel gave on one day: all or none, an audit entry each."""
    if not ratings:
        return ()
    with recording(by=by, verb="cohort.rate_all") as entry:
        rows = _rated(by, ratings, reason, on)
        for row in rows:
            _also(entry, "cohort.rate", row, {"rag": row.rag, "on": on})
        entry.details = {"ratings": len(rows), "on": on}
    return tuple(rows)


def exported(*, by: str, what: str, people: Collection[int], asked: Mapping[str, str]) -> None:
    """Keeps that a list left the service as a file: who took it, what was asked, and everybody in it."""
    with recording(by=by, verb="cohort.export") as entry:
        for person in people:
            entry.also("export", "page", what, person_id=person, details={"why": "export"})
        entry.subject_type, entry.subject_id, entry.details = "page", what, {"rows": len(people), **asked}


def _candidates(as_at: date) -> Iterable[Candidate]:
    pilot = current_pilot()
    since = set(Membership.objects.filter(start__gt=as_at).values_list("person_id", flat=True))
    members = {
        person: Member(borough=borough, off_rule=off_rule)
        for person, off_rule, borough in queries.members(as_at).select("person", "off_rule", "borough").iter_rows()
    }
    return candidates(queries.facts(as_at, pilot), members=members, joined_since=since, as_at=as_at, pilot=pilot)


def _differs(proposal: Proposal, candidate: Candidate | None) -> bool:
    return candidate is None or candidate.digest != proposal.facts_digest


def _last_refused() -> dict[tuple[int, str], str]:
    """By person and kind the digest of the facts last decided upon, where that was a refusal and stands."""
    found: dict[tuple[int, str], str] = {}
    rows = Proposal.objects.exclude(accepted=None).filter(taken_back_on=None).order_by("decided_at", "pk")
    for person, kind, digest, accepted in rows.values_list("person_id", "kind", "facts_digest", "accepted"):
        found[person, kind] = "" if accepted else digest
    return found


def _proposal(candidate: Candidate, by: str, as_at: date) -> Proposal:
    return Proposal(
        person_id=candidate.person, kind=candidate.kind, as_at=as_at, holds_from=candidate.holds_from, because=candidate.because,
        reasons="\n".join(candidate.reasons), evidence=json.dumps(dict(candidate.evidence), sort_keys=True, default=str),
        score=candidate.score, borough=candidate.borough, facts_digest=candidate.digest, made_at=datetime.now(UTC), made_by=by,
    )  # fmt: skip


def _supersede(entry: Recording, rows: list[Proposal], on: date) -> None:
    for part in parts_of([row.pk for row in rows]):
        Proposal.objects.filter(pk__in=part).update(superseded_on=on)
    for row in rows:
        _also(entry, "cohort.superseded", row, {"kind": row.kind})


def _also(entry: Recording, verb: str, row: Proposal | Rating, details: Mapping[str, object]) -> None:
    entry.also(verb, row._meta.label_lower, str(row.pk), person_id=row.person_id, details=details)


def _taken(by: str, proposals: Sequence[Proposal], reason: str) -> list[Proposal]:
    """The proposals as they stand now, locked against another decision, in the order given."""
    found: dict[int, Proposal] = {}
    for part in parts_of([proposal.pk for proposal in proposals]):
        found.update(Proposal.objects.select_for_update().in_bulk(part))
    rows = [found[proposal.pk] for proposal in proposals]
    for row in rows:
        checks.may_decide(by, row, reason)
    return rows


def _decided(rows: Sequence[Proposal], *, by: str, accepted: bool, reason: str, on: date | None) -> None:
    told = {"accepted": accepted, "decided_by": by, "decision_reason": reason, "decided_on": on, "decided_at": datetime.now(UTC)}
    for part in parts_of([row.pk for row in rows]):
        Proposal.objects.filter(pk__in=part).update(**told)
    for row in rows:
        for name, value in told.items():
            setattr(row, name, value)


def _accepted(by: str, proposals: Sequence[Proposal], reason: str, on: date) -> list[Proposal]:
    rows = _taken(by, proposals, reason)
    checks.decided_on_or_after(rows, on)
    people = [row.person_id for row in rows]
    checks.one_each(Counter(people))
    held: dict[int, list[Membership]] = {person: [] for person in people}
    for part in parts_of(people):
        list(Person.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
        for membership in Membership.objects.filter(person__in=part):
            held[membership.person_id].append(membership)
    for kind, carry_out in ((JOIN, _join), (LEAVE, _leave), (TRANSFER, _transfer)):
        if of_kind := [row for row in rows if row.kind == kind]:
            announce_all(carry_out(by, of_kind, reason, on, held))
    _decided(rows, by=by, accepted=True, reason=reason, on=on)
    return rows


Held = Mapping[int, list[Membership]]


def _join(by: str, rows: list[Proposal], reason: str, on: date, held: Held) -> list[Event]:
    for row in rows:
        checks.may_join(row.person_id, held[row.person_id], on)
    made = Membership.objects.bulk_create(
        [
            Membership(
                person_id=row.person_id, start=on, borough=row.borough, because=row.because, reasons=row.reasons, joined_by=by
            )
            for row in rows
        ],
        batch_size=500,
    )
    return [_joined(row) for row in made]


def _joined(row: Membership) -> Event:
    details = {"borough": row.borough, "off_rule": str(row.off_rule).lower()}
    return _event("cohort.joined", row.person_id, row, row.start, details)


def _leave(by: str, rows: list[Proposal], reason: str, on: date, held: Held) -> list[Event]:
    events = []
    for because, alike in groupby(sorted(rows, key=lambda row: row.because), key=lambda row: row.because):
        ending = [m for row in alike for m in checks.current(row.person_id, held[row.person_id], on)]
        for part in parts_of([membership.pk for membership in ending]):
            Membership.objects.filter(pk__in=part).update(end=on, left_because=because, left_reason=reason, left_by=by)
        details = {"because": because}
        events += [_event("cohort.left", membership.person_id, membership, on, details) for membership in ending]
    return events


def _transfer(by: str, rows: list[Proposal], reason: str, on: date, held: Held) -> list[Event]:
    for row in rows:
        checks.current(row.person_id, held[row.person_id], on)
    made = Transfer.objects.bulk_create(
        [
            Transfer(
                person_id=row.person_id, on=on, from_borough=json.loads(row.evidence)["from_borough"], to_borough=row.borough,
                accepted_by=by, reason=reason,
            )
            for row in rows
        ],
        batch_size=500,
    )  # fmt: skip
    return [
        _event("cohort.transferred", row.person_id, row, on, {"from": row.from_borough, "to": row.to_borough}) for row in made
    ]


def _rated(by: str, ratings: Mapping[int, str], reason: str, on: date) -> list[Rating]:
    begun = Membership.objects.filter(person__in=list(ratings), start__lte=on)
    members = set(begun.filter(Q(end=None) | Q(end__gt=on)).values_list("person_id", flat=True))
    for person, rag in ratings.items():
        checks.may_rate(person, rag, reason, on, members)
    rows = [Rating(person_id=person, rag=rag, start=on, set_by=by, reason=reason) for person, rag in ratings.items()]
    made = Rating.objects.bulk_create(rows, batch_size=500)
    announce_all(_event("cohort.rated", row.person_id, row, on, {"rag": row.rag}) for row in made)
    return made


def _event(kind: str, person: int, row: Membership | Transfer | Rating, on: date, details: Mapping[str, str]) -> Event:
    return Event(
        kind=kind, person_id=person, subject_type=row._meta.label_lower, subject_id=row.pk, happened_on=on, details=details
    )
