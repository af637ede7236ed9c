"""Reading planned meetings: those that a reader may know of, those that are the reader's to change, the next of each person."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from throughcare.casework.access.models import Allocation, Post
from throughcare.casework.access.policy import PROVIDER_ROLES
from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.referrals.reach import reached
from throughcare.core.clock import london_day
from throughcare.strands.programmes.meetings.codes import PLANNED, VISIT
from throughcare.strands.programmes.models import PlannedSession

DESKS = ("provider_admin", "provider_worker")
AHEAD = timedelta(days=60)
BACK = timedelta(days=28)


def seen_by(reader: Reader) -> QuerySet[PlannedSession]:
    """Those of people whose sessions the reader may see; of a provider, its own alone; of a volunteer, those it holds itself."""
    found = PlannedSession.objects.filter(referral__person__in=reader.people("sessions").values("pk"))
    if reader.roles & PROVIDER_ROLES:
        found = found.filter(_of_provider(reader))
    return found.select_related("referral", "post", "moved_to").order_by("starts_at", "pk")


def _of_provider(reader: Reader) -> Q:
    desks = reader.held(*DESKS)
    theirs = Q(referral__in=reached(desks, reader.day).values("pk")) if desks else Q(pk__in=[])
    return theirs | Q(post__in=[post.pk for post in reader.held("volunteer")])


def changed_by(reader: Reader) -> QuerySet[PlannedSession]:
    """Those that are the reader's to move, cancel and tell of: a provider's own. Nobody else changes them."""
    return seen_by(reader) if reader.roles & PROVIDER_ROLES else PlannedSession.objects.none()


def upcoming(reader: Reader) -> list[PlannedSession]:
    """Those still planned from the day on, soonest first."""
    start, _ = london_day(reader.day)
    return list(seen_by(reader).filter(state=PLANNED, starts_at__gte=start, starts_at__lt=start + AHEAD))


def untold(reader: Reader) -> list[PlannedSession]:
    """Those of the days before of which nobody has said how they went, oldest first."""
    start, _ = london_day(reader.day)
    return list(changed_by(reader).filter(state=PLANNED, starts_at__lt=start, starts_at__gte=start - BACK))


def flagged(reader: Reader) -> list[PlannedSession]:
    """Visits that cannot be as planned, because the person was moved or released, until they are planned anew."""
    start, _ = london_day(reader.day)
    return list(changed_by(reader).filter(state=PLANNED, starts_at__gte=start).exclude(flag=""))


def of_day(posts: Sequence[Post], day: date) -> list[PlannedSession]:
    """The planned meetings of these posts on a London day."""
    start, end = london_day(day)
    found = PlannedSession.objects.filter(post__in=list(posts), state=PLANNED, starts_at__gte=start, starts_at__lt=end)
    return list(found.select_related("referral").order_by("starts_at", "pk"))


def who_may_meet(reader: Reader, person: int) -> QuerySet[Post]:
    """The posts that may hold a meeting with the person: a volunteer's own; a desk's own, and volunteers matched with them."""
    own = [post.pk for post in reader.held("volunteer")]
    desks = reader.held(*DESKS)
    if desks:
        places = [post.place for post in desks]
        workers = Post.objects.filter(role="provider_worker", place__in=places, closed_on=None).values_list("pk", flat=True)
        volunteers = Post.objects.filter(role="volunteer", place__in=places, closed_on=None)
        matched = allocated(list(volunteers), reader.day).filter(person=person).values_list("post", flat=True)
        own += [*workers, *matched]
    return Post.objects.filter(pk__in=own).order_by("-role", "title", "pk")


def prison_of(person: int, day: date) -> str:
    """The prison in which the person is on the day; "" where in none."""
    held = CustodySpell.objects.filter(on_the_day(day), person=person).order_by("-start", "-pk").first()
    return held.prison if held else ""


def planned_with(person: int, since: date) -> list[PlannedSession]:
    """What is still planned with the person on or after a day."""
    start, _ = london_day(since)
    found = PlannedSession.objects.filter(referral__person=person, state=PLANNED, starts_at__gte=start)
    return list(found.select_related("referral", "post").order_by("starts_at", "pk"))


def visits_of(person: int, since: date) -> list[PlannedSession]:
    """The visits to the person still planned on or after a day."""
    return [each for each in planned_with(person, since) if each.kind == VISIT]


def ring(people: Sequence[int], day: date) -> Mapping[int, Post]:
    """By person, the manager's post that others ring."""
    held = Allocation.objects.filter(on_the_day(day), person__in=people, post__role="offender_manager")
    return {each.person_id: each.post for each in held.select_related("post").order_by("start", "pk")}
