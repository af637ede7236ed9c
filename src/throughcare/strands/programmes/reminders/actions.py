"""Agreeing how a person is reminded, and keeping and sending what they are reminded of: each once, whatever happens."""

import re
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.core.errors import UserError
from throughcare.strands.programmes.models import Channel, Reminder
from throughcare.strands.programmes.reminders.queries import Due, due
from throughcare.strands.programmes.reminders.words import ADDRESSED, CHANNELS, EMAIL, SUBJECT

TO_SEND, SENDING, SENT, FAILED = "to send", "sending", "sent", "failed"
_FITS = {"number": re.compile(r"\+?[\d ()-]{7,20}"), "e-mail address": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")}


class NotAWay(UserError):
    """A way to remind that is none, or without the number or address that it needs."""


def agree(
    *, reader: Reader, person: int, channel: str, address: str = "", place_too: bool = False, although_limited: bool = False
) -> Channel:
    """Keeps what the person said: how they want to be reminded, at which number or address, whether the place may be said."""
    address = " ".join(address.split())
    needs = ADDRESSED.get(channel, "")
    fits = _FITS.get(needs)
    if channel not in CHANNELS or (needs and (not address or (fits and not fits.fullmatch(address)))):
        raise NotAWay(
            what=f"That is no {needs or 'way to remind somebody'}", record=f"person {person}",
            expected=f"a real {needs}" if needs else f"one of {', '.join(CHANNELS)}", mend="correct it, or choose another way",
        )  # fmt: skip
    with recording(by=reader.by, verb="programmes.agree_channel") as entry:
        kept = Channel(
            person_id=person, channel=channel, address=address if needs else "", place_too=place_too,
            although_limited=although_limited, agreed_on=reader.day, by=reader.by, post=reader.post,
        )  # fmt: skip
        kept.save()
        entry.about(kept)
        entry.details = {"channel": channel}
    return kept


def remind(*, by: str, day: date, at: datetime) -> int:
    """Keeps a reminder of everything on the day that has none, and sends those that go by e-mail; gives how many were kept.

    Safe to repeat, and to be cut off: each is kept as "sending", and that committed, before it goes. Where the program dies just
    then it stays so and goes no more, as nobody can know whether it went: the list says so, and somebody rings. Others than
    e-mails, and all where there is no mail server, wait to be sent by hand.
    """
    wanted = [each for each in due(day) if not each.why_not]
    appointments = set(Reminder.objects.filter(of_day=day).values_list("appointment", flat=True))
    meetings = set(Reminder.objects.filter(of_day=day).values_list("planned", flat=True))
    fresh = [each for each in wanted if not _kept(each, appointments, meetings)]
    for each in fresh:
        reminder = _keep(by, each, at)
        if reminder.state == SENDING:
            _send(by, reminder, at)
    return len(fresh)


def _kept(each: Due, appointments: set[int | None], meetings: set[int | None]) -> bool:
    return each.appointment.pk in appointments if each.appointment else bool(each.planned and each.planned.pk in meetings)


def _by_mail(channel: str) -> bool:
    """Whether it goes by itself: never from a demonstration."""
    return channel == EMAIL and bool(settings.MAIL_SERVER) and not settings.DEMONSTRATION


def _keep(by: str, each: Due, at: datetime) -> Reminder:
    assert each.channel is not None
    with recording(by=by, verb="programmes.remind") as entry:
        reminder = Reminder(
            person_id=each.person, appointment=each.appointment, planned=each.planned, channel=each.channel.channel,
            address=each.channel.address, text=each.text, of_day=each.day, made_at=at,
            state=SENDING if _by_mail(each.channel.channel) else TO_SEND,
        )  # fmt: skip
        reminder.save()
        entry.about(reminder)
        entry.details = {"channel": reminder.channel, "of": each.day}
    return reminder


def _send(by: str, reminder: Reminder, at: datetime) -> None:
    try:
        send_mail(SUBJECT, reminder.text, settings.DEFAULT_FROM_EMAIL, [reminder.address])
    except OSError:
        state = FAILED
    else:
        state = SENT
    with recording(by=by, verb="programmes.reminded") as entry:
        reminder.state, reminder.sent_at = state, at if state == SENT else None
        reminder.save()
        entry.about(reminder)
        entry.details = {"state": state}


def sent_by_hand(*, reader: Reader, reminder: int) -> None:
    """Somebody has rung, texted or written. Nothing is done where that is known already."""
    with recording(by=reader.by, verb="programmes.sent_by_hand") as entry:
        found = Reminder.objects.select_for_update().get(pk=reminder)
        if found.state != SENT:
            found.state, found.sent_at = SENT, datetime.now(tz=found.made_at.tzinfo)
            found.save()
        entry.about(found)
