"""Reading what people are to be reminded of: the appointments and meetings of a day, how each person agreed to be told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Allocation, Limit
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import ids_of, on_the_day
from throughcare.core.clock import london_day
from throughcare.strands.programmes.contact import A_DAY
from throughcare.strands.programmes.meetings.codes import MEETING, PLANNED
from throughcare.strands.programmes.meetings.queries import seen_by as meetings_of
from throughcare.strands.programmes.models import Appointment, Channel, PlannedSession, Reminder
from throughcare.strands.programmes.reminders.words import NONE, reminder

NOT_AGREED, DECLINED, INSIDE, LIMITED = "nothing agreed", "no reminder wanted", "in custody", "limited access"
WHY_NOT: Mapping[str, str] = {
    NOT_AGREED: "Nobody has asked how they want to be reminded", DECLINED: "They want no reminder",
    INSIDE: "They are in custody", LIMITED: "Limited access, and not agreed for that",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Due:
    """Somebody who is to come on a day: what would be said, how, or why nothing is. One of `appointment` and `planned`."""

    person: int
    day: date
    at: datetime | None
    text: str
    channel: Channel | None
    why_not: str = ""
    appointment: Appointment | None = None
    planned: PlannedSession | None = None


def channel_of(person: int) -> Channel | None:
    """How the person agreed to be reminded, by the last word; None where nobody has asked."""
    return Channel.objects.filter(person__in=ids_of(person)).select_related("post").order_by("-agreed_on", "-pk").first()


def due(day: date, *, people: QuerySet | None = None, meetings: QuerySet[PlannedSession] | None = None) -> list[Due]:
    """Who is to come on the day, by person: of these people's appointments and these meetings, or of all. Bounded queries.

    Not whose appointment has its outcome, nor what was moved or cancelled, nor visits: who is in prison is not reminded.
    """
    appointments = Appointment.objects.filter(due_on=day, held_on=None, outcome="")
    if people is not None:
        appointments = appointments.filter(person__in=people)
    start, end = london_day(day)
    planned = PlannedSession.objects.all() if meetings is None else meetings
    planned = planned.filter(state=PLANNED, kind=MEETING, starts_at__gte=start, starts_at__lt=end)
    return sorted(_due(day, list(appointments.order_by("pk")), list(planned.select_related("referral", "post"))),
                  key=lambda each: (each.at is not None, each.at, each.person))  # fmt: skip


def _due(day: date, appointments: Sequence[Appointment], planned: Sequence[PlannedSession]) -> Iterator[Due]:
    people = {a.person_id for a in appointments} | {m.referral.person_id for m in planned}
    agreed = Channel.objects.filter(Q(person__in=people) | Q(person__merged_into__in=people)).select_related("person")
    channels = {c.person.merged_into_id or c.person_id: c for c in agreed.order_by("agreed_on", "pk")}
    eve = day - A_DAY
    inside = set(CustodySpell.objects.filter(on_the_day(eve), person__in=people).values_list("person_id", flat=True))
    limited = set(Limit.objects.filter(on_the_day(eve), person__in=people).values_list("person_id", flat=True))
    held = Allocation.objects.filter(on_the_day(eve), person__in=people, post__role="offender_manager")
    managers = {a.person_id: a.post.telephone for a in held.select_related("post").order_by("start", "pk")}

    def told(person: int, *, at: datetime | None, ring: str, place: str, **of: object) -> Due:
        channel = channels.get(person)
        why_not = _why_not(person, channel, inside=inside, limited=limited)
        text = reminder(day, at=at, ring=ring, place=place if channel and channel.place_too else "")
        return Due(person=person, day=day, at=at, channel=channel, why_not=why_not, text=text, **of)

    for each in appointments:
        yield told(each.person_id, at=None, ring=managers.get(each.person_id, ""), place="", appointment=each)
    for meeting in planned:
        ring = meeting.post.telephone or managers.get(meeting.referral.person_id, "")
        yield told(meeting.referral.person_id, at=meeting.starts_at, ring=ring, place=meeting.place, planned=meeting)


def _why_not(person: int, channel: Channel | None, *, inside: Collection[int], limited: Collection[int]) -> str:
    if person in inside:
        return INSIDE
    if channel is None:
        return NOT_AGREED
    if channel.channel == NONE:
        return DECLINED
    return LIMITED if person in limited and not channel.although_limited else ""


def due_for(reader: Reader, day: date) -> list[Due]:
    """Of whom the reader may see appointments and meetings; of a provider, its own meetings alone."""
    people = reader.people("sessions").values("pk")
    if reader.roles & PROVIDER_ROLES:
        return [each for each in due(day, people=people, meetings=meetings_of(reader)) if each.planned is not None]
    return due(day, people=people, meetings=meetings_of(reader))


def kept_for(reader: Reader, since: date) -> list[Reminder]:
    """The reminders kept for days since, of people whose appointments the reader may see, the latest first."""
    found = Reminder.objects.filter(person__in=reader.people("sessions").values("pk"), of_day__gte=since)
    if reader.roles & PROVIDER_ROLES:
        found = found.filter(planned__in=meetings_of(reader).order_by().values("pk"))
    return list(found.order_by("-of_day", "pk"))
