"""Offering hours, booking them, saying how they went, and booking again in one step.

`reader` is who acts, on its day; `at` the instant at which it does.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.times import instant
from throughcare.strands.mental_health import codes
from throughcare.strands.mental_health import models as m
from throughcare.strands.mental_health.actions import HealthRefused, keeping, one_of

MOST_WEEKS = 26


def offer(
    *, reader: Reader, post: Post, borough: str, place: str, on: date, at: time, minutes: int, number: int, weeks: int
) -> list[m.Slot]:  # fmt: skip
    """Offers `number` sessions of `minutes` one after the other from that time, on that weekday for so many weeks.

    Refused whole: a borough that the pilot does not have; a day that is past; an hour in which the practitioner has another one
    already, in whichever borough.
    """
    one_of(borough, current_pilot().boroughs, what="The pilot does not have that borough")
    if on < reader.day or not (1 <= number <= 12 and 10 <= minutes <= 240 and 1 <= weeks <= MOST_WEEKS):
        raise HealthRefused(
            what="These sessions cannot be offered", record=f"{borough} {on}",
            expected=f"a day from {reader.day}, 1 to 12 sessions of 10 to 240 minutes, 1 to {MOST_WEEKS} weeks",
            mend="correct the day or the numbers",
        )  # fmt: skip
    made = []
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        for begin, end in _hours(on, at, minutes, number, weeks):
            if m.Slot.objects.filter(post=post, withdrawn=False, starts_at__lt=end, ends_at__gt=begin).exists():
                raise HealthRefused(
                    what="The practitioner has a session then", record=f"{post.slug} {begin:%Y-%m-%d %H:%M} UTC",
                    expected="an hour that is not offered yet", mend="choose another time, or withdraw the other one",
                )  # fmt: skip
            with keeping(by=reader.by) as about:
                slot = m.Slot(post=post, borough=borough, place=place.strip(), starts_at=begin, ends_at=end, by=reader.by)
                slot.save()
                about(slot, None)
            made.append(slot)
    return made


def _hours(on: date, at: time, minutes: int, number: int, weeks: int) -> Iterator[tuple[datetime, datetime]]:
    """Beginning and end of each, the same on the clocks in London whatever the season."""
    long = timedelta(minutes=minutes)
    for week in range(weeks):
        first = instant(on + timedelta(weeks=week), at)
        yield from ((first + place * long, first + (place + 1) * long) for place in range(number))


def withdraw(*, reader: Reader, slot: m.Slot) -> None:
    """The hour is offered no more. Refused: one that somebody has."""
    with keeping(by=reader.by) as about:
        now = m.Slot.objects.select_for_update().get(pk=slot.pk)
        if now.bookings.exclude(state=codes.CANCELLED).exists():
            raise HealthRefused(what="Somebody has this session", record=f"session {now.pk}", expected="a free one",
                                mend="cancel the booking first")  # fmt: skip
        now.withdrawn = True
        now.save()
        about(now, None)


def book(*, reader: Reader, person: int, slot: m.Slot, purpose: str, at: datetime) -> m.Booking:
    """The person has the slot. Refused: a slot that is taken, withdrawn or begun; a person with another one at the time."""
    one_of(purpose, codes.PURPOSES, what="That is nothing a session is for")
    with keeping(by=reader.by) as about:
        now = m.Slot.objects.select_for_update().get(pk=slot.pk)
        if now.withdrawn or now.starts_at <= at or now.bookings.exclude(state=codes.CANCELLED).exists():
            raise HealthRefused(what="This session is not free any more", record=f"session {now.pk}", expected="a free one",
                                mend="choose another")  # fmt: skip
        clash = m.Booking.objects.filter(person=person, state=codes.BOOKED)
        if clash.filter(slot__starts_at__lt=now.ends_at, slot__ends_at__gt=now.starts_at).exists():
            raise HealthRefused(what="The person has a session then", record=f"session {now.pk}", expected="another time",
                                mend="choose another, or cancel the first")  # fmt: skip
        made = m.Booking(slot=now, person_id=person, purpose=purpose, state=codes.BOOKED, on=reader.day, by=reader.by)
        made.save()
        about(made, person)
    return made


def tell(*, reader: Reader, booking: m.Booking, how: str, at: datetime, reason: str = "") -> m.Booking:
    """How it went: they came, did not come, or it was cancelled. Said again, the last word holds, until it is booked again.

    Refused: that they came or did not before it begins; missed or cancelled without a reason of the list; a cancelled hour that
    somebody else has since.
    """
    one_of(how, codes.WENT, what="That is not how a session goes")
    if how != codes.CAME:
        one_of(reason, codes.WHY, what="It is not said why")
    with keeping(by=reader.by) as about:
        now = m.Booking.objects.select_for_update(of=("self",)).select_related("slot").get(pk=booking.pk)
        taken = now.slot.bookings.exclude(pk=now.pk).exclude(state=codes.CANCELLED).exists()
        early = how != codes.CANCELLED and now.slot.starts_at > at
        if now.again_id is not None or early or (how != codes.CANCELLED and taken):
            raise HealthRefused(
                what="That cannot be said of this session", record=f"booking {now.pk}",
                expected="one that has begun, not booked again since, whose hour nobody else has",
                mend="look at the calendar" if taken or now.again_id else "say it when it has begun",
            )  # fmt: skip
        now.state, now.reason = how, "" if how == codes.CAME else reason
        now.save()
        about(now, now.person_id)
    return now


def book_again(*, reader: Reader, booking: m.Booking, slot: m.Slot, at: datetime) -> m.Booking:
    """A session missed or cancelled is booked anew, for the same purpose. Refused: one that was not; one booked again already."""
    with keeping(by=reader.by) as about:
        now = m.Booking.objects.select_for_update().get(pk=booking.pk)
        if now.state not in (codes.MISSED, codes.CANCELLED) or now.again_id is not None:
            raise HealthRefused(what="This session is not to be booked again", record=f"booking {now.pk}",
                                expected="one missed or cancelled, not booked again", mend="look at the calendar")  # fmt: skip
        now.again = book(reader=reader, person=now.person_id, slot=slot, purpose=now.purpose, at=at)
        now.save()
        about(now, now.person_id)
    return now.again
