"""What is kept beside an order while it runs: tags fitted and taken off, visits and calls, absences, dead spots.

`reader` is who acts, on its day; `at` the instant at which it does.
"""

from datetime import date, datetime

from django.db.models import Q

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.equipment.words import ABSENCES, NOTES, REMOVED
from throughcare.strands.tagging.errors import EquipmentRefused


def fit(*, reader: Reader, order: m.Order, tag: str, fitted_at: datetime, at: datetime) -> m.Fitting:
    """A tag is on the person. Refused: a tag that is on somebody then, a person who has one then, a time that has not come."""
    name = tag.strip()
    with recording(by=reader.by, verb="tagging.fit") as entry:
        m.Order.objects.select_for_update().get(pk=order.pk)
        worn = m.Fitting.objects.filter(Q(removed_at=None) | Q(removed_at__gt=fitted_at))
        for wrong, what, expected, mend in (
            (not name, "The tag has no number", "the number on the tag", "write it"),
            (fitted_at > at, "It has not been fitted yet", "a time that has come", "correct the time"),
            (worn.filter(tag=name).exists(), "That tag is on somebody then", "a tag that is free", "look at its number"),
            (worn.filter(order=order).exists(), "The person has a tag then", "a person without one", "take that one off first"),
        ):  # fmt: skip
            if wrong:
                raise EquipmentRefused(what=what, record=name or "the tag", expected=expected, mend=mend)
        made = m.Fitting(order=order, tag=name, fitted_at=fitted_at, fitted_by=reader.by)
        made.save()
        entry.about(made, person_id=order.person_id)
    return made


def remove(*, reader: Reader, fitting: m.Fitting, removed_at: datetime, why: str, at: datetime) -> None:
    """A tag is taken off. Refused: one that is off; before it was fitted; a time that has not come; another reason."""
    with recording(by=reader.by, verb="tagging.remove") as entry:
        fresh = m.Fitting.objects.select_for_update().select_related("order").get(pk=fitting.pk)
        for wrong, what, expected, mend in (
            (fresh.removed_at is not None, "The tag is off", "a tag that is on", "nothing more is to be done"),
            (removed_at <= fresh.fitted_at, "It comes off before it was fitted", "a later time", "correct the time"),
            (removed_at > at, "It has not been taken off yet", "a time that has come", "correct the time"),
            (why not in REMOVED, "It is not said why", ", ".join(REMOVED), "choose one of them"),
        ):
            if wrong:
                raise EquipmentRefused(what=what, record=fresh.tag, expected=expected, mend=mend)
        fresh.removed_at, fresh.removed_by, fresh.why = removed_at, reader.by, why
        fresh.save()
        entry.about(fresh, person_id=fresh.order.person_id)


def note(*, reader: Reader, order: m.Order, kind: str, text: str, at: datetime) -> m.Note:
    """A visit, a call, a charge seen: in words. Refused: without words, or of another kind."""
    if kind not in NOTES or not text.strip():
        raise EquipmentRefused(what="The note is empty", record=f"order {order.pk}", expected="kind and words", mend="write it")
    with recording(by=reader.by, verb="tagging.note") as entry:
        made = m.Note(order=order, kind=kind, text=text.strip(), at=at, on=reader.day, by=reader.by, post=reader.post)
        made.save()
        entry.about(made, person_id=order.person_id)
    return made


def expect(
    *, reader: Reader, order: m.Order, why: str, text: str, starts_at: datetime, ends_at: datetime, at: datetime
) -> m.Absence:  # fmt: skip
    """The person is expected elsewhere in [starts_at, ends_at). Refused: an end that is not later; another reason."""
    if why not in ABSENCES or ends_at <= starts_at:
        raise EquipmentRefused(what="That is no absence", record=f"order {order.pk}",
                               expected=f"{', '.join(ABSENCES)}, and an end after the start", mend="correct it")  # fmt: skip
    with recording(by=reader.by, verb="tagging.expect") as entry:
        made = m.Absence(order=order, why=why, text=text.strip(), starts_at=starts_at, ends_at=ends_at, told_at=at, by=reader.by)
        made.save()
        entry.about(made, person_id=order.person_id)
    return made


def take_back(*, reader: Reader, absence: m.Absence, at: datetime) -> None:
    """An absence explains nothing any more, and stays on record. Refused: twice."""
    with recording(by=reader.by, verb="tagging.absence_take_back") as entry:
        fresh = m.Absence.objects.select_for_update().select_related("order").get(pk=absence.pk)
        if fresh.ended_at is not None:
            raise EquipmentRefused(what="It was taken back", record=f"absence {fresh.pk}", expected="one that stands",
                                   mend="nothing more is to be done")  # fmt: skip
        fresh.ended_at, fresh.ended_by = at, reader.by
        fresh.save()
        entry.about(fresh, person_id=fresh.order.person_id)


def know_dead_spot(*, reader: Reader, name: str, latitude: float, longitude: float, radius_m: float, on: date) -> m.DeadSpot:
    """A place is known to have no signal. Refused: without a name; wider than a kilometre."""
    if not name.strip() or not 10 <= radius_m <= 1000:
        raise EquipmentRefused(what="That is no dead spot", record=name, expected="a name, 10 to 1,000 metres", mend="correct it")
    with recording(by=reader.by, verb="tagging.dead_spot") as entry:
        made = m.DeadSpot(name=name.strip(), latitude=latitude, longitude=longitude, radius_m=radius_m, on=on, by=reader.by)
        made.save()
        entry.about(made)
    return made


def end_dead_spot(*, reader: Reader, spot: m.DeadSpot, on: date) -> None:
    """A place has a signal now. Refused: twice."""
    with recording(by=reader.by, verb="tagging.dead_spot_end") as entry:
        fresh = m.DeadSpot.objects.select_for_update().get(pk=spot.pk)
        if fresh.ended_on is not None:
            raise EquipmentRefused(what="It is ended", record=fresh.name, expected="one that is known", mend="do nothing more")
        fresh.ended_on, fresh.ended_by = on, reader.by
        fresh.save()
        entry.about(fresh)
