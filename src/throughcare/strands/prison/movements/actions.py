"""Learning how people moved: from what the extracts tell now and what was known. Those whose work it upsets are told after it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta

from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.events.actions import announce_all
from throughcare.casework.imports.queries import parts_of
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Event
from throughcare.rules import movements as rule
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements import queries
from throughcare.strands.prison.movements.words import where

EVENTS = {
    rule.RECEPTION: "prison.received", rule.MOVE: "prison.moved", rule.RELEASE: "prison.released",
    rule.NEW_DATE: "prison.new_date",
}  # fmt: skip


def after_import(by: str, day: date, people_changed: bool) -> None:
    """What every import is followed by: the movements that it tells are learned. Safe to repeat."""
    learn(by=by, on=day)


def learn(*, by: str, on: date) -> int:
    """Learns what the extracts tell on the day beyond what was known; gives how many movements are new.

    The first look of all finds only what was so before the service began: that is kept and announced to nobody. Later each new
    movement is announced, unless it is older than the pilot file looks back. Nothing new: nothing is written.
    """
    since = on - queries.LOOKS_BACK
    first = not m.LastKnown.objects.exists()
    told = queries.told(None, since=since, day=on)
    gone_quiet = m.LastKnown.objects.exclude(prison="").values_list("person", flat=True)
    people = sorted({*told, *gone_quiet})
    known = queries.known(people, since=since)
    found = {
        person: learned
        for person in people
        if (learned := _learned(known.get(person, rule.Known()), told.get(person, queries.Told()), on, since))
    }
    if not found:
        return 0
    with recording(by=by, verb="prison.learn") as entry:
        fresh = _keep(found, on=None if first else on, entry=entry)
        _withdraw(found, on)
        _look(found)
        if not first:
            oldest = on - timedelta(days=current_pilot().prison.looks_back)
            announce_all(_event(row) for row in fresh if row.on >= oldest)
        entry.subject_type, entry.details = m.Movement._meta.label_lower, {"new": len(fresh), "first_look": first, "day": on}
    return len(fresh)


def _learned(before: rule.Known, told: queries.Told, on: date, since: date) -> rule.Learned | None:
    """None where it is as it was."""
    found = rule.learn(before, told.stays, day=on, since=since, licences=told.licences)
    now, was = found.known, before
    moved = (now.prison, now.wing, now.planned_on) != (was.prison, was.wing, was.planned_on)
    return found if found.new or found.gone or moved else None


def _keep(found: Mapping[int, rule.Learned], *, on: date | None, entry: Recording) -> list[m.Movement]:
    fresh = [
        m.Movement(person_id=person, learned_on=on, **asdict(movement)) for person, told in found.items() for movement in told.new
    ]
    kept = m.Movement.objects.bulk_create(fresh, batch_size=1000)
    if on is not None:
        for row in kept:
            entry.also("prison.movement", m.Movement._meta.label_lower, str(row.pk), person_id=row.person_id,
                       details={"kind": row.kind, "on": row.on})  # fmt: skip
    return list(kept)


def _withdraw(found: Mapping[int, rule.Learned], on: date) -> None:
    """What the extracts do not bear out any more: kept, and told as taken back."""
    for person, told in found.items():
        for each in told.gone:
            rows = m.Movement.objects.filter(person=person, kind=each.kind, on=each.on, withdrawn_on=None)
            rows.filter(from_prison=each.from_prison, to_prison=each.to_prison).update(withdrawn_on=on)


def _look(found: Mapping[int, rule.Learned]) -> None:
    for part in parts_of(found):
        m.LastKnown.objects.filter(person__in=part).delete()
    rows = [
        m.LastKnown(person_id=person, prison=told.known.prison, wing=told.known.wing, planned_on=told.known.planned_on)
        for person, told in found.items()
    ]
    m.LastKnown.objects.bulk_create(rows, batch_size=1000)


def _event(row: m.Movement) -> Event:
    """`words` name nobody and say no more than the place: they may be told to whoever may know where the person is."""
    told = {"words": where(row), "place": row.to_prison, "from": row.from_prison, "learned_on": str(row.learned_on)}
    return Event(
        kind=EVENTS[row.kind], person_id=row.person_id, subject_type=m.Movement._meta.label_lower, subject_id=row.pk,
        happened_on=row.on, details=told,
    )  # fmt: skip
