"""What somebody is told in order to meet a person safely: enough to keep away, and never from whom or why.

Whom a person must not meet and which places they keep away from are for those alone whose row of the policy it is. Whoever meets
the person is told "not there" and "not with somebody": that there is something, and whom to ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.casework.access.models import Post
from throughcare.casework.notes.queries import avoids_of, risks_of
from throughcare.casework.people.queries import ids_of
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.moved import desks_of
from throughcare.strands.programmes.meetings.codes import PLANNED
from throughcare.strands.programmes.meetings.places import any_place, same_place
from throughcare.strands.programmes.meetings.queries import ring
from throughcare.strands.programmes.models import PlannedSession


@dataclass(frozen=True, kw_only=True)
class Safely:
    """risks: in words, None where the reader may not know them. not_there: the place is one to keep away from. places, people:
    there are such places, there is somebody not to meet. not_then: somebody whom they must not meet is met there about then.
    """

    risks: Sequence[str] | None
    not_there: bool = False
    not_then: bool = False
    places: bool = False
    people: bool = False

    @property
    def off(self) -> bool:
        """Whether the meeting is not to be as it is planned."""
        return self.not_there or self.not_then


def safely(person: int, day: date, *, risks: bool, meeting: PlannedSession | None = None) -> Safely:
    """What is to be told on a day of a person, and of the meeting if one is planned."""
    avoided = avoids_of(person, day)
    others = [each.other_id if each.person_id == person else each.person_id for each in avoided if each.other_id]
    return Safely(
        risks=risks_of(person, day) if risks else None, places=any(each.place and each.person_id == person for each in avoided),
        people=bool(others), not_there=meeting is not None and kept_from(person, meeting.place, day),
        not_then=meeting is not None and bool(others) and _met_there(meeting, others),
    )  # fmt: skip


def kept_from(person: int, place: str, day: date) -> bool:
    """Whether the place is one that the person is to keep away from."""
    return bool(place) and any_place(place, [each.place for each in avoids_of(person, day) if each.person_id == person])


def _met_there(meeting: PlannedSession, others: Sequence[int]) -> bool:
    """Whether somebody of these others is met at that place about that time."""
    if not meeting.place:
        return False
    people = [number for other in others for number in ids_of(other)]
    apart = timedelta(hours=current_pilot().contact.hours_apart)
    since, until = meeting.starts_at - apart, meeting.starts_at + apart
    near = PlannedSession.objects.filter(state=PLANNED, referral__person__in=people, starts_at__gt=since, starts_at__lt=until)
    return any(same_place(meeting.place, place) for place in near.values_list("place", flat=True))


def whom_to_ring(referral: Referral, day: date) -> list[tuple[str, Post]]:
    """The person's manager, then the provider's own desk: those of them with a telephone, each in words."""
    manager = ring([referral.person_id], day).get(referral.person_id)
    told = [("Their manager", manager)] if manager else []
    told += [("Your desk", post) for post in desks_of(referral)[:1]]
    return [(words, post) for words, post in told if post.telephone]
