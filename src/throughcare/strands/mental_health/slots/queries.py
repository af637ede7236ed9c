"""Reading hours and bookings: a week's, the free ones, a person's."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import Address
from throughcare.casework.people.queries import on_the_day
from throughcare.core.clock import london_date, london_day
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m

HEALTH = "health_practitioner"


def between(first: date, end: date, *, borough: str = "") -> list[m.Slot]:
    """The hours offered over [first, end), by time; each with `taken`, the booking that stands, or none."""
    begin, over = london_day(first)[0], london_day(end)[0]
    standing = m.Booking.objects.exclude(state=codes.CANCELLED).select_related("again")
    found = m.Slot.objects.filter(starts_at__gte=begin, starts_at__lt=over, withdrawn=False).select_related("post")
    if borough:
        found = found.filter(borough=borough)
    found = found.order_by("starts_at", "borough", "pk")
    slots = list(found.prefetch_related(Prefetch("bookings", standing, to_attr="standing")))
    for slot in slots:
        slot.taken = slot.standing[0] if slot.standing else None
    return slots


def nearest_week(day: date, *, later: bool) -> date | None:
    """The Monday of the next week after that day in which something is offered, or of the last one before; None where none is."""
    offered = m.Slot.objects.filter(withdrawn=False)
    begin = london_day(day)[0]
    after, before = offered.filter(starts_at__gte=begin), offered.filter(starts_at__lt=begin)
    slot = after.order_by("starts_at").first() if later else before.order_by("-starts_at").first()
    on = london_date(slot.starts_at) if slot else None
    return on - timedelta(days=on.weekday()) if on else None


def free(at: datetime, days: int, *, first: str = "") -> list[m.Slot]:
    """The free hours to come within so many days: those of the borough `first`, then the others, each by time."""
    taken = m.Booking.objects.filter(slot=OuterRef("pk")).exclude(state=codes.CANCELLED)
    found = m.Slot.objects.filter(~Exists(taken), withdrawn=False, starts_at__gt=at, starts_at__lt=at + timedelta(days=days))
    return sorted(found.select_related("post"), key=lambda slot: (slot.borough != first, slot.starts_at, slot.pk))


def bookings_of(person: int) -> list[m.Booking]:
    """The person's bookings, the latest first."""
    found = m.Booking.objects.filter(person=person).select_related("slot", "slot__post", "again", "again__slot")
    return list(found.order_by("-slot__starts_at", "-pk"))


def borough_of(person: int, day: date) -> str:
    """Where the person lives on the day; "" where it is not known."""
    found = Address.objects.filter(on_the_day(day), person=person).order_by("-start", "-pk").first()
    return found.borough if found else ""


def untold(reader: Reader, at: datetime, days: int) -> QuerySet[m.Booking]:
    """Sessions of the reader's posts that are over, of which nobody has said how they went; of the last so many days."""
    return _of(reader).filter(state=codes.BOOKED, slot__ends_at__lte=at, slot__ends_at__gt=at - timedelta(days=days))


def to_book_again(reader: Reader, at: datetime, days: int) -> QuerySet[m.Booking]:
    """Sessions of the reader's posts that were missed lately and are not booked again, where the person has no other to come."""
    other = m.Booking.objects.filter(person=OuterRef("person"), state=codes.BOOKED, slot__starts_at__gt=at)
    missed = _of(reader).filter(state=codes.MISSED, again=None, slot__starts_at__gt=at - timedelta(days=days))
    return missed.filter(~Exists(other))


def today(reader: Reader, day: date) -> QuerySet[m.Booking]:
    """The day's sessions of the reader's posts."""
    begin, over = london_day(day)
    of_day = _of(reader).filter(slot__starts_at__gte=begin, slot__starts_at__lt=over)
    return of_day.exclude(state=codes.CANCELLED)


def _of(reader: Reader) -> QuerySet[m.Booking]:
    found = m.Booking.objects.filter(slot__post__in=reader.held(HEALTH)).select_related("slot", "slot__post")
    return found.order_by("slot__starts_at", "pk")


def people_in(slots: Collection[m.Slot]) -> set[int]:
    return {slot.taken.person_id for slot in slots if slot.taken is not None}
