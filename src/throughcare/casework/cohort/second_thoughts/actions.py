"""Putting a proposal off until a day, and the way back from a decision that was a mistake. What was decided stays on record."""

from datetime import UTC, date, datetime

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.cohort import checks
from throughcare.casework.cohort.models import JOIN, LEAVE, Membership, Proposal, Transfer
from throughcare.casework.events.actions import announce
from throughcare.casework.people.models import Person
from throughcare.core.contracts import Event

BY_MISTAKE = "joined by mistake"


def park(*, by: str, proposal: Proposal, until: date, reason: str, on: date) -> Proposal:
    """Puts a proposal off until a day. It waits again on that day, or as soon as its facts change: a new one takes its place."""
    with recording(by=by, verb="cohort.park") as entry:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        checks.may_decide(by, row, reason)
        checks.may_park(row, until, on)
        row.parked_until, row.parked_by, row.parked_reason = until, by, reason
        row.save()
        entry.about(row)
        entry.details = {"kind": row.kind, "until": until}
    return row


def unpark(*, by: str, proposal: Proposal) -> Proposal:
    """The proposal waits again now; who put it off and why stays."""
    with recording(by=by, verb="cohort.unpark") as entry:
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        checks.decides_for(by, row.borough, f"proposal {row.pk}")
        row.parked_until = None
        row.save()
        entry.about(row)
    return row


def take_back(*, by: str, proposal: Proposal, reason: str, on: date) -> Proposal | None:
    """Takes a decision back, and gives the proposal that waits in its place (None: one waits already).

    A joiner was no member if it is found on the day of joining, and else leaves on the day `on`. A leaver stays a member,
    if it is found on the day of leaving. A member taken over goes back to the borough that had it. Refuses where more has
    followed since.
    """
    with recording(by=by, verb="cohort.take_back") as entry:
        Person.objects.select_for_update().get(pk=proposal.person_id)
        row = Proposal.objects.select_for_update().get(pk=proposal.pk)
        checks.taken_back_once(row, reason)
        checks.decides_for(by, row.borough, f"proposal {row.pk}")
        if row.accepted:
            _UNDO.get(row.kind, _back)(entry, by, row, reason, on)
        entry.about(row)
        entry.details = {"kind": row.kind, "accepted": row.accepted, "on": on}
        return _waits_again(by, row, reason, on)


def take_back_joining(*, by: str, person: int, reason: str, on: date) -> Membership:
    """Takes back that somebody joined, by the rule or off it, as `take_back` does; the rule's proposal then waits again."""
    checks.reason_given(reason, f"person {person}")
    with recording(by=by, verb="cohort.take_back_joining") as entry:
        Person.objects.select_for_update().get(pk=person)
        row = Membership.objects.filter(person=person, end=None).order_by("-start", "-pk").first()
        checks.nothing_followed(row is not None, f"person {person}", "look the person up: there is no membership that goes on")
        checks.decides_for(by, _responsible(row), f"person {person}")
        _joined_by_mistake(entry, by, row, reason, on)
        accepted = Proposal.objects.filter(person=person, kind=JOIN, accepted=True, decided_on=row.start, taken_back_on=None)
        for proposal in accepted:
            _waits_again(by, proposal, reason, on)
        entry.details = {"on": on, "off_rule": row.off_rule}
    return row


def _responsible(row: Membership) -> str:
    passed = Transfer.objects.filter(person=row.person_id, on__gte=row.start).order_by("-on", "-pk").first()
    return passed.to_borough if passed else row.borough


def _unjoin(entry: Recording, by: str, row: Proposal, reason: str, on: date) -> None:
    found = Membership.objects.filter(person=row.person_id, start=row.decided_on, end=None).order_by("-pk").first()
    checks.nothing_followed(found is not None, f"proposal {row.pk}", "look at the membership: it has ended since")
    _joined_by_mistake(entry, by, found, reason, on)


def _joined_by_mistake(entry: Recording, by: str, row: Membership, reason: str, on: date) -> None:
    """Found on the day of joining there was no membership; found later it ends, for what was so in between was so."""
    if row.start >= on:
        row.annulled_on, row.annulled_by, row.annulled_reason = on, by, reason
    else:
        row.end, row.left_because, row.left_reason, row.left_by = on, BY_MISTAKE, reason, by
    row.save()
    entry.about(row)
    announce(_event("cohort.left", row, on, {"because": BY_MISTAKE}))


def _stay(entry: Recording, by: str, row: Proposal, reason: str, on: date) -> None:
    ended = list(Membership.objects.filter(person=row.person_id, end=row.decided_on).order_by("pk"))
    again = Membership.objects.filter(person=row.person_id, start__gte=row.decided_on).exists()
    fine = bool(ended) and not again and row.decided_on is not None and row.decided_on >= on
    checks.nothing_followed(fine, f"proposal {row.pk}", "put the person forward: they were outside the cohort in between")
    for membership in ended:
        membership.end, membership.left_because, membership.left_reason, membership.left_by = None, "", "", ""
        membership.save()
        announce(_event("cohort.stayed", membership, on, {}))


def _back(entry: Recording, by: str, row: Proposal, reason: str, on: date) -> None:
    last = Transfer.objects.filter(person=row.person_id).order_by("-on", "-pk").first()
    fine = last is not None and last.on == row.decided_on and last.to_borough == row.borough
    checks.nothing_followed(fine, f"proposal {row.pk}", "let the borough responsible now take the next step")
    back = Transfer(person_id=row.person_id, on=max(on, last.on), from_borough=last.to_borough, to_borough=last.from_borough,
                    accepted_by=by, reason=reason)  # fmt: skip
    back.save()
    announce(_event("cohort.transferred", back, back.on, {"from": back.from_borough, "to": back.to_borough}))


_UNDO = {JOIN: _unjoin, LEAVE: _stay}


def _waits_again(by: str, row: Proposal, reason: str, on: date) -> Proposal | None:
    """Marks the decision as taken back, and puts the same proposal before the borough once more."""
    row.taken_back_on, row.taken_back_by, row.taken_back_reason = on, by, reason
    row.save()
    if Proposal.objects.filter(person=row.person_id, kind=row.kind, accepted=None, superseded_on=None).exists():
        return None
    again = Proposal(
        person_id=row.person_id, kind=row.kind, as_at=row.as_at, holds_from=row.holds_from, because=row.because,
        reasons=row.reasons, evidence=row.evidence, score=row.score, borough=row.borough, facts_digest=row.facts_digest,
        made_at=datetime.now(UTC), made_by=by,
    )  # fmt: skip
    again.save()
    return again


def _event(kind: str, row: Membership | Transfer, on: date, details: dict[str, str]) -> Event:
    return Event(kind=kind, person_id=row.person_id, subject_type=row._meta.label_lower, subject_id=row.pk, happened_on=on,
                 details=details)  # fmt: skip
