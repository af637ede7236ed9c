"""What waits about misses, meetings and clearances: decisions to take, visits that cannot be, clearances to renew."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Appointment, Task
from throughcare.strands.programmes.clearances.codes import GRANTED, REFUSED
from throughcare.strands.programmes.clearances.queries import latest, seen_by, state_of
from throughcare.strands.programmes.decisions.queries import misses
from throughcare.strands.programmes.meetings.codes import KINDS, OF_CUSTODY, VISIT, flag_words
from throughcare.strands.programmes.meetings.queries import DESKS, flagged, of_day, untold, upcoming
from throughcare.strands.programmes.models import PlannedSession

HOLDERS = (*DESKS, "volunteer")


def tasks(reader: Reader) -> Iterator[Task]:
    """A manager's misses; of who holds meetings, what to plan anew and to tell; of a desk, its clearances."""
    if reader.held("offender_manager"):
        yield from _to_decide(reader)
    if reader.held(*HOLDERS):
        yield from _to_plan_anew(reader)
        yield from _refused(reader)
        yield from _to_tell(reader)
    if reader.held(*DESKS):
        yield from _to_renew(reader)


def _to_decide(reader: Reader) -> Iterator[Task]:
    """Every miss of the caseload without a decision, until it is too long ago."""
    limits, day = current_pilot().contact, reader.day
    people = list(allocated(reader.held("offender_manager"), day).values_list("person", flat=True))
    for miss in misses(people, since=day - timedelta(days=limits.decide_for), day=day):
        if miss.decision is None:
            by = miss.decide_by(limits.decide_within)
            where = {"person": miss.person, "kind": miss.kind, "number": miss.number}
            yield Task(
                key=f"programmes.miss:{miss.kind}:{miss.number}", kind="Missed, to be decided", person=miss.person,
                row="sessions", harm=2 if by <= day else 3, due_on=by, act=("Decide", reverse("missed", kwargs=where)),
                words=f"Missed the {miss.kind} of {weekday_in_words(miss.on)}: "
                f"{'was to be decided' if by < day else 'to be decided'} by {weekday_in_words(by)}",
            )  # fmt: skip


def _to_plan_anew(reader: Reader) -> Iterator[Task]:
    """What cannot be as planned. Of who may not know where the person is, that the manager is to be rung."""
    soon = reader.day + timedelta(days=current_pilot().contact.visit_soon)
    found = flagged(reader)
    custody = set(reader.allowed("custody", {each.referral.person_id for each in found}))
    for each in found:
        on, person = london_date(each.starts_at), each.referral.person_id
        known = person in custody
        what = f"{KINDS[each.kind]}{f' to {each.prison}' if each.prison and known else ''}"
        yield Task(
            key=f"programmes.visit:{each.pk}:{each.flag}:{each.flag_on}", due_on=on, person=person, elsewhere=False,
            kind="Visits to plan anew" if each.kind == VISIT else "Meetings that are off", harm=1 if on <= soon else 2,
            row="custody" if known and each.flag in OF_CUSTODY else "sessions",
            act=("Plan anew" if each.kind == VISIT else "See whom to ring", reverse("meeting", kwargs={"meeting": each.pk})),
            words=f"{what} on {weekday_in_words(on)}: {flag_words(each.flag, each.flag_place, custody=known)}",
        )  # fmt: skip


def _refused(reader: Reader) -> Iterator[Task]:
    """Visits that the prison refused and nobody has moved or cancelled."""
    for visit in upcoming(reader):
        if visit.refused_on and not visit.flag:
            on = london_date(visit.starts_at)
            yield Task(
                key=f"programmes.refused:{visit.pk}:{visit.refused_on}", kind="Visits refused", row="sessions", due_on=on,
                person=visit.referral.person_id, harm=3, elsewhere=False,
                act=("Plan anew", reverse("meeting", kwargs={"meeting": visit.pk})),
                words=f"{visit.prison} refused the visit of {weekday_in_words(on)}",
            )  # fmt: skip


def _to_tell(reader: Reader) -> Iterator[Task]:
    for meeting in untold(reader):
        on = london_date(meeting.starts_at)
        yield Task(
            key=f"programmes.untold:{meeting.pk}", kind="How did it go?", person=meeting.referral.person_id, row="sessions",
            harm=3, due_on=on, words=f"{KINDS[meeting.kind]} of {weekday_in_words(on)}: how did it go?", elsewhere=False,
            act=("Say", reverse("meeting", kwargs={"meeting": meeting.pk})),
        )  # fmt: skip


def _to_renew(reader: Reader) -> Iterator[Task]:
    """The last clearance of a post for a prison, where it was refused or is about to end. About a post, and nobody else."""
    ahead = current_pilot().contact.clearance_ends_ahead
    for each in latest(seen_by(reader)):
        state = state_of(each, reader.day)
        ends = each.expires_on and state == GRANTED and each.expires_on - timedelta(days=ahead) <= reader.day
        lately = state == REFUSED and (reader.day - each.refused_on).days < ahead
        if ends or lately:
            words = f"ends on {weekday_in_words(each.expires_on)}" if ends else f"was refused by {each.prison}"
            yield Task(
                key=f"programmes.clearance:{each.pk}:{state}", kind="Clearances to see to", row="sessions", harm=4,
                due_on=each.expires_on if ends else each.refused_on, act=("Open clearances", reverse("clearances")),
                words=f"The clearance of {each.post.title} for {each.prison} {words}" if ends else
                f"The clearance of {each.post.title} {words}",
            )  # fmt: skip


def diary(reader: Reader) -> Iterator[Appointment]:
    """The meetings of the day that the reader's own posts hold."""
    for meeting in of_day(reader.held(*HOLDERS), reader.day):
        yield Appointment(
            person=meeting.referral.person_id, row="sessions", at=meeting.starts_at, words=where(meeting),
            address=reverse("meeting", kwargs={"meeting": meeting.pk}),
        )  # fmt: skip


def where(meeting: PlannedSession) -> str:
    """What and where it is, in words."""
    place = meeting.prison or meeting.place
    return f"{KINDS[meeting.kind]}{f', {place}' if place else ''}"
