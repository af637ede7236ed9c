"""Reading groups: a desk's own, who is in, who waits, what the check says; for who may know, whom and what to avoid."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from throughcare.casework.access.models import Limit
from throughcare.casework.access.reader import Reader
from throughcare.casework.notes.models import Avoid
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import ReferralEvent
from throughcare.casework.referrals.reach import to_provider, with_state
from throughcare.strands.programmes.groups import codes
from throughcare.strands.programmes.models import Group, GroupCheck, GroupDay, GroupPlace
from throughcare.strands.programmes.queries import CONTACT, SERVICES

DESKS = ("provider_admin", "provider_worker")
CHECKERS = ("iom_coordinator", "senior_officer", "offender_manager", "prison_coordinator")
"""Who may answer a check of the people whom it may see."""
IN_GROUPS = ("accepted", "started")
WAITS = "waiting_for_group"


def may_join() -> Q:
    """Of `with_state`: accepted, started, or on hold until a group starts."""
    return Q(state__in=IN_GROUPS) | Q(state="on_hold", reason=WAITS)


def services_of(reader: Reader) -> dict[str, list[str]]:
    """By provider of the reader's desks, the programmes for which it may plan groups."""
    found: dict[str, list[str]] = {}
    for post in reader.held(*DESKS):
        able = [s for p in current_pilot().providers if p.slug == post.place for s in p.services]
        found[post.place] = [s for s in able if s in SERVICES and s != CONTACT and post.team in ("", s)]
    return found


def groups_of(reader: Reader) -> QuerySet[Group]:
    """The groups of the reader's own desks, and nobody else's."""
    wanted = Q(pk__in=[])
    for provider, services in services_of(reader).items():
        wanted |= Q(provider=provider, service__in=services)
    return Group.objects.filter(wanted).order_by("starts_on", "pk")


def places_of(group: Group) -> QuerySet[GroupPlace]:
    """Who is in it, in the order of joining."""
    return GroupPlace.objects.filter(group=group, left_on=None).select_related("referral").order_by("joined_on", "pk")


def seen_places(reader: Reader, group: Group) -> list[GroupPlace]:
    """Those of people whose sessions the reader may see: whoever is kept from it is not told of."""
    places = list(places_of(group))
    allowed = reader.allowed("sessions", {place.referral.person_id for place in places})
    return [place for place in places if place.referral.person_id in allowed]


def waiting(reader: Reader, group: Group) -> list[Any]:
    """Referrals that may be offered a place, in the order of acceptance: of the group's service and provider, in no other."""
    accepted = ReferralEvent.objects.filter(referral=OuterRef("pk"), replaced_by=None, state="accepted").exclude(on=None)
    found = to_provider(reader.held(*DESKS), reader.day).filter(may_join(), service=group.service)
    found = found.exclude(pk__in=GroupPlace.objects.filter(left_on=None).values("referral"))
    found = found.annotate(accepted_on=Subquery(accepted.order_by("on", "pk").values("on")[:1]))
    told = list(found.order_by("accepted_on", "sent_on", "pk"))
    allowed = reader.allowed("referrals", {referral.person_id for referral in told})
    return [referral for referral in told if referral.person_id in allowed]


def check_of(group: Group) -> GroupCheck | None:
    """The check that stands; None where none was asked for."""
    return GroupCheck.objects.filter(group=group, fallen=False).first()


def days_of(group: Group) -> list[GroupDay]:
    return list(GroupDay.objects.filter(group=group).order_by("on"))


def days_waiting(reader: Reader) -> list[GroupDay]:
    """Days of running groups, up to today, whose attendance nobody has taken, oldest first."""
    found = GroupDay.objects.filter(group__in=groups_of(reader).order_by().values("pk"), group__state=codes.RUNNING)
    return list(found.filter(state=codes.PLANNED, on__lte=reader.day).select_related("group").order_by("on", "group__at", "pk"))


def to_check(reader: Reader) -> list[GroupCheck]:
    """Checks that wait for the reader: of a co-ordinator, with somebody of the borough; of others, with somebody who has limited
    access and of whom the reader may know.
    """
    open_now = GroupPlace.objects.filter(left_on=None, group__checks__fallen=False, group__checks__answer="")
    open_now = open_now.filter(group__state=codes.PLANNED)
    told: dict[int, set[int]] = {}
    for group, person, checked in open_now.values_list("group", "referral__person", "checked"):
        if checked is None:
            told.setdefault(group, set()).add(person)
    people = set().union(*told.values()) if told else set()
    mine = checkable(reader, people)
    if not reader.held("iom_coordinator"):
        running = Limit.objects.filter(on_the_day(reader.day), person__in=mine)
        mine = mine & frozenset(running.values_list("person", flat=True))
    groups = [group for group, persons in told.items() if persons & mine]
    waits = GroupCheck.objects.filter(group__in=groups, fallen=False, answer="")
    return list(waits.select_related("group").order_by("group__starts_on", "pk"))


def checkable(reader: Reader, people: Collection[int]) -> frozenset[int]:
    """Those of these people of whom the reader may say whether they may meet others."""
    if not people or not reader.held(*CHECKERS):
        return frozenset()
    return frozenset(reader.people("avoid", "edit").filter(pk__in=list(people)).values_list("pk", flat=True))


def hits(people: Sequence[int], mine: frozenset[int], day: date) -> list[Avoid]:
    """Of the people whom the reader may check: whom of the others they must not meet, and which places they keep away from.

    What names somebody of whom the reader may not know is told as a pair without the other's name.
    """
    running = Avoid.objects.filter(on_the_day(day))
    pairs = Q(person__in=mine, other__in=people) | Q(other__in=mine, person__in=people)
    return list(running.filter(pairs | Q(person__in=mine, other=None)).order_by("pk"))


def state_with_reason(referral: int, day: date) -> tuple[str, str]:
    """The state of a referral on the day, and the reason of it."""
    found = with_state(day).filter(pk=referral).values_list("state", "reason").first()
    return (found[0] or "sent", found[1] or "") if found else ("", "")
