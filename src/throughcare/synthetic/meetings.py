"""What the demonstration's providers and one manager have planned, asked and decided, by the same actions as anybody's.

Clearances with refusals and waits; meetings and visits of yesterday, today and the days to come; visits to people who have been
moved since; ways to remind the people of the manager's caseload, and some of their misses decided. Nobody's telephone is real.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, islice, product

from django.db import transaction

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import allocated
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.reach import to_provider
from throughcare.core.pilot import Pilot
from throughcare.core.times import instant
from throughcare.core.working_days import add_working_days, next_working_day_on_or_after
from throughcare.strands.programmes.actions import TAKING_PART
from throughcare.strands.programmes.clearances import actions as clearances
from throughcare.strands.programmes.clearances.queries import cleared
from throughcare.strands.programmes.decisions.actions import decide
from throughcare.strands.programmes.decisions.queries import misses
from throughcare.strands.programmes.meetings import actions as meetings
from throughcare.strands.programmes.meetings import codes
from throughcare.strands.programmes.meetings.queries import prison_of
from throughcare.strands.programmes.queries import SERVICES
from throughcare.strands.programmes.reminders import actions as reminders
from throughcare.synthetic.posts import reader_of

BY = "demonstration"
ASKED_FROM = date(2016, 6, 1)
A_DAY = timedelta(days=1)
PLACES = ("The library, Mare Street", "Youth centre, Brick Lane", "Cafe by the town hall", "Our office")
HOURS = (time(10), time(11, 30), time(14), time(15, 30), time(17))
OF_A_DESK, VISITED = 9, 4
"""With how many people of a desk something is planned; of these, at most so many in prison."""

WAYS = (("text", "07700 900{n:03}"), ("call", "07700 900{n:03}"), ("email", "reminder.{n:03}@example.org"), ("none", ""),
        ("text", "07700 900{n:03}"))  # fmt: skip
DECIDED = (("warning", ""), ("accepted", "medical"), ("warning", ""), ("accepted", "not_told"))


@transaction.atomic
def plan_meetings(day: date, pilot: Pilot) -> int:
    """Everything above; gives the number of meetings planned."""
    places = [provider.slug for provider in pilot.providers if set(provider.services) & set(SERVICES)]
    posts = Post.objects.filter(role__in=("provider_worker", "volunteer"), place__in=places, team__in=("", *SERVICES))
    desks = list(posts.order_by("pk"))
    _clear(desks, pilot, day)
    planned = len([meeting for post in desks for meeting in _plan(post, day)])
    _moved_since(day)
    _of_the_manager(day)
    return planned


def _clear(desks: list[Post], pilot: Pilot, day: date) -> None:
    """Of each desk for each prison: four in six cleared after one to six weeks, one refused, one that waits."""
    for n, ((desk, post), (place, prison)) in enumerate(product(enumerate(desks), enumerate(pilot.prisons))):
        answer, on = (desk + 2 * place + 3) % 6, next_working_day_on_or_after(ASKED_FROM + timedelta(days=(n * 11) % 200))
        if answer == 0:
            clearances.ask(by=BY, post=post, prison=prison, on=add_working_days(day - timedelta(days=40), n % 20))
            continue
        asked = clearances.ask(by=BY, post=post, prison=prison, on=on)
        answered = add_working_days(on, 5 + (n * 7) % 26)
        if answer == 1:
            clearances.refuse(by=BY, clearance=asked, on=answered, reason=("papers", "vetting", "not_taken")[n % 3])
        else:
            ends = day + timedelta(days=9) if n % 13 == 0 else answered + timedelta(days=365)
            clearances.grant(by=BY, clearance=asked, on=answered, expires_on=ends)


def _theirs(post: Post, day: date) -> list[Referral]:
    found = to_provider([post], day).filter(state__in=TAKING_PART, service__in=SERVICES).order_by("-sent_on", "pk")
    if post.role == "volunteer":
        found = found.filter(person__in=allocated([post], day).values("person"))
    theirs = list({referral.person_id: referral for referral in found}.values())
    held = CustodySpell.objects.filter(on_the_day(day), person__in=[referral.person_id for referral in theirs])
    inside = set(held.values_list("person", flat=True))
    visited = [referral for referral in theirs if referral.person_id in inside][:VISITED]
    return [*visited, *(referral for referral in theirs if referral.person_id not in inside)][:OF_A_DESK]


def _plan(post: Post, day: date) -> Iterator[object]:
    """One with each of the desk's people: the first two were yesterday, the next are today, then a day after the other."""
    hours = cycle(HOURS)
    for n, referral in enumerate(_theirs(post, day)):
        on = next_working_day_on_or_after(day + timedelta(days=max(n - 2, 0))) if n > 1 else day - A_DAY
        prison = prison_of(referral.person_id, day - timedelta(days=2))
        if prison and (prison != prison_of(referral.person_id, day) or not cleared(post, prison, on)):
            continue
        meeting = meetings.plan(
            by=BY, referral=referral, kind=codes.VISIT if prison else codes.MEETING, starts_at=instant(on, next(hours)),
            post=post, on=day - timedelta(days=2), prison=prison, place="" if prison else PLACES[n % len(PLACES)],
        )  # fmt: skip
        if prison and n % 3:
            confirmed = n % 4 != 0
            why = "" if confirmed else "no_room"
            meetings.answer_visit(by=BY, meeting=meeting, confirmed=confirmed, on=day - A_DAY, reason=why)
        if n == 0 and post.role == "provider_worker":
            meetings.went(by=BY, meeting=meeting, how=codes.HELD if post.pk % 2 else codes.MISSED, on=day)
        yield meeting


def _moved_since(day: date) -> None:
    """People with a referral who left a prison in the last weeks: a visit to it was planned for tomorrow, before they left."""
    left = CustodySpell.objects.filter(end__gt=day - timedelta(days=28), end__lte=day).order_by("person", "pk")
    for n, spell in enumerate(left):
        before, found = spell.end - A_DAY, _who_visits(spell, day)
        if found is None or prison_of(spell.person_id, before) != spell.prison:
            continue
        referral, post = found
        at = instant(day + A_DAY, time(9 + n // 60, n % 60))
        meetings.plan(by=BY, referral=referral, kind=codes.VISIT, starts_at=at, post=post, on=before, prison=spell.prison)
        now = prison_of(spell.person_id, day)
        meetings.flag_visits(by=BY, person=spell.person_id, how=codes.MOVED_PRISON if now else codes.RELEASED, place=now,
                             on=spell.end)  # fmt: skip


def _who_visits(spell: CustodySpell, day: date) -> tuple[Referral, Post] | None:
    """A referral of the person that takes part, and a worker of its desk who was cleared for the prison."""
    for post in Post.objects.filter(role="provider_worker", closed_on=None).order_by("pk"):
        theirs = to_provider([post], day).filter(person=spell.person_id, state__in=TAKING_PART, service__in=SERVICES)
        referral = theirs.filter(sent_on__lt=spell.end).order_by("-sent_on", "pk").first()
        if referral is not None and cleared(post, spell.prison, day + A_DAY):
            return referral, post
    return None


def _of_the_manager(day: date) -> None:
    """How the people of the caseload agreed to be reminded, who was reminded of today, and the oldest of their misses decided."""
    def reader(on: date) -> Reader:
        return reader_of("offender-manager", on)

    post = reader(day).acting[0]
    people = list(allocated([post], day).order_by("pk").values_list("person", flat=True))
    for n, person in enumerate(people):
        if n % 6 != 5:
            channel, address = WAYS[n % len(WAYS)]
            reminders.agree(reader=reader(day - timedelta(days=30)), person=person, channel=channel, address=address.format(n=n))
    reminders.remind(by=BY, day=day, at=datetime.combine(day - A_DAY, time(17, 5), tzinfo=UTC))
    missed = misses(people, since=day - timedelta(days=28), day=day - timedelta(days=7))
    for miss, (decision, reason) in zip(islice(missed, len(DECIDED)), DECIDED, strict=False):
        decide(reader=reader(add_working_days(miss.on, 2)), miss=miss, decision=decision, reason=reason)
