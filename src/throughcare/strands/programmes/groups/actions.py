"""Planning a group, giving places, the check before it is confirmed, starting, attendance of all at once, finishing.

Every verb locks the group's row, so that two people cannot give its last place, or take attendance twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import managers
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.mail.actions import TOMORROW, tell_off
from throughcare.casework.mail.words import off_in_short
from throughcare.casework.notices.actions import tell
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.moved import desks_of
from throughcare.casework.referrals.queries import state_of
from throughcare.casework.referrals.reach import providers_of
from throughcare.core.errors import UserError
from throughcare.strands.programmes.actions import TAKING_PART, record_session
from throughcare.strands.programmes.attendance import OUTCOMES
from throughcare.strands.programmes.groups import codes
from throughcare.strands.programmes.groups.queries import IN_GROUPS, WAITS, check_of, checkable, places_of, state_with_reason
from throughcare.strands.programmes.models import (
    Group,
    GroupAttendance,
    GroupCheck,
    GroupDay,
    GroupPlace,
    MissedDecision,
)

A_WEEK = timedelta(days=7)


class CannotBeAGroup(UserError):
    """A group without places, with a quorum above its capacity, or that begins in the past."""


class NotInThatState(UserError):
    """A step that the group's state does not have."""


class NoPlaceFree(UserError):
    """A place beyond the capacity."""


class CannotJoin(UserError):
    """A referral of another service or provider, one that takes no part, or that has a place already."""


class NotConfirmed(UserError):
    """Too few places, or a check that does not say that it may go on."""


class CheckHasFallen(UserError):
    """An answer to a check that was answered, or that fell away as the group changed."""


class NotForThisReader(UserError):
    """An answer by somebody who may not know of anybody in the group."""


class AlreadyTaken(UserError):
    """Attendance of a place that is on record, of a day that is to come, or of somebody who is not in the group."""


def plan_group(
    *, by: str, service: str, provider: str, name: str, venue: str, starts_on: date, at: time, weeks: int, capacity: int,
    quorum: int, on: date,
) -> Group:  # fmt: skip
    """A group that meets weekly, `weeks` times from its first day. Refused: no place, a quorum above them, a day that is past."""
    if not 1 <= quorum <= capacity or weeks < 1 or starts_on < on:
        raise CannotBeAGroup(
            what="A group needs a day to come, a place, and a quorum within its places", record=name,
            expected=f"from {on}, quorum from 1 to {capacity}, one week or more", mend="correct the day or the numbers",
        )  # fmt: skip
    with recording(by=by, verb="programmes.plan_group") as entry:
        group = Group(
            service=service, provider=provider, name=name.strip(), venue=venue.strip(), starts_on=starts_on, at=at,
            capacity=capacity, quorum=quorum, state=codes.PLANNED, planned_on=on, planned_by=by,
        )  # fmt: skip
        group.save()
        for week in range(weeks):
            GroupDay(group=group, on=starts_on + week * A_WEEK, state=codes.PLANNED).save()
        entry.about(group)
    return group


def change_venue(*, by: str, group: Group, venue: str, on: date) -> None:
    """Another venue, before the group runs. What was answered of the old one falls away."""
    with _locked(by, "programmes.change_venue", group, codes.FILLING) as (found, _):
        if found.venue != venue.strip():
            found.venue = venue.strip()
            found.save()
            _changed(found, by, on)


def offer_place(*, by: str, group: Group, referral: Referral, on: date) -> GroupPlace:
    """Gives a place. What was answered of the others falls away.

    Refused: past the capacity; another service's or provider's referral; one neither accepted, started nor on hold for a group;
    one that has a place in this or another group.
    """
    with _locked(by, "programmes.offer_place", group, codes.FILLING) as (found, entry):
        Referral.objects.select_for_update().get(pk=referral.pk)
        state, reason = state_with_reason(referral.pk, on)
        takes_part = state in IN_GROUPS or (state == "on_hold" and reason == WAITS)
        theirs = referral.service == found.service and providers_of(referral) == [found.provider]
        if not theirs or not takes_part or GroupPlace.objects.filter(referral=referral, left_on=None).exists():
            raise CannotJoin(
                what="This referral cannot have a place in this group", record=f"referral {referral.pk}, group {found.pk}",
                expected="an accepted or started referral of the group's service, without a place",
                mend="record the acceptance first, or take them out of the other group",
            )  # fmt: skip
        if len(places_of(found)) >= found.capacity:
            raise NoPlaceFree(
                what="No place is free in this group", record=f"group {found.pk}", expected=f"at most {found.capacity} places",
                mend="choose another group, or leave them on the waiting list",
            )  # fmt: skip
        place = GroupPlace(group=found, referral=referral, joined_on=on)
        place.save()
        entry.about(place, person_id=referral.person_id)
        _changed(found, by, on)
    return place


def leave(*, by: str, place: GroupPlace, on: date) -> None:
    """Gives the place back: before the group runs, what was answered falls away. The referral stays as it is."""
    with _locked(by, "programmes.leave_group", place.group, codes.LIVE) as (found, entry):
        now = GroupPlace.objects.select_related("referral").get(pk=place.pk)
        if now.left_on is not None:
            return
        now.left_on = max(on, now.joined_on)
        now.save()
        entry.about(now, person_id=now.referral.person_id)
        if found.state in codes.FILLING:
            _changed(found, by, on)


def _changed(group: Group, by: str, on: date) -> None:
    """What was asked or answered falls away and is asked anew; a group that was confirmed is planned again."""
    standing = GroupCheck.objects.filter(group=group, fallen=False)
    if standing.exists():
        standing.update(fallen=True)
        GroupPlace.objects.filter(group=group).update(checked=None)
        GroupCheck(group=group, asked_on=on, asked_by=by).save()
    if group.state == codes.CONFIRMED:
        group.state = codes.PLANNED
        group.save()


def ask_check(*, by: str, group: Group, on: date) -> GroupCheck:
    """Asks whether the group may go on with these people at this venue. Asked already: the question that stands."""
    with _locked(by, "programmes.ask_check", group, (codes.PLANNED,)) as (found, _):
        if not places_of(found).exists():
            raise NotConfirmed(
                what="Nobody is in the group yet", record=f"group {found.pk}", expected="somebody to check", mend="give a place"
            )
        check = check_of(found) or GroupCheck(group=found, asked_on=on, asked_by=by)
        check.save()
    return check


def answer_check(*, reader: Reader, check: GroupCheck, answer: str) -> str:
    """Says of the people whom the reader may check, and of the venue for them: may go on, not this group, not this venue.

    A no stands at once. A yes holds for these people alone: the group may go on when it was said of everybody in it. Gives the
    answer as it is now, "" while others have still to say. Refused: an answer not on the list, a check that fell away or is
    answered, a reader who may not know of anybody in the group.
    """
    with _locked(reader.by, "programmes.answer_check", check.group, (codes.PLANNED,)) as (found, entry):
        now = GroupCheck.objects.get(pk=check.pk)
        if now.fallen or now.answer or answer not in codes.ANSWERS:
            raise CheckHasFallen(
                what="The group has changed, or somebody has answered", record=f"check {now.pk}", expected="a check that waits",
                mend="look at the group again and answer what it is now",
            )  # fmt: skip
        places = list(places_of(found))
        mine = checkable(reader, {place.referral.person_id for place in places})
        if not mine:
            raise NotForThisReader(
                what="You may not know of anybody in this group", record=f"check {now.pk}",
                expected="the co-ordinator of a borough of somebody in it", mend="leave it to them",
            )  # fmt: skip
        if answer == codes.GO:
            said = [place.pk for place in places if place.referral.person_id in mine]
            GroupPlace.objects.filter(pk__in=said).update(checked=now)
        if answer != codes.GO or not places_of(found).filter(checked=None).exists():
            now.answer, now.answered_on, now.answered_by = answer, reader.day, reader.by
            now.save()
        entry.about(now)
        entry.details = {"group": found.pk, "said": answer}
    return now.answer


def confirm(*, by: str, group: Group) -> None:
    """It will take place. Refused under the quorum, and unless everybody in it and the venue were checked and may go on."""
    with _locked(by, "programmes.confirm_group", group, (codes.PLANNED,)) as (found, _):
        places, check = list(places_of(found)), check_of(found)
        checked = check is not None and check.answer == codes.GO and all(place.checked_id == check.pk for place in places)
        if len(places) < found.quorum or not checked:
            few = len(places) < found.quorum
            raise NotConfirmed(
                what="There are too few people in it" if few else "Nobody has said that it may go on as it is",
                record=f"group {found.pk}", expected=f"{found.quorum} people, and the answer: may go on",
                mend="give more places" if few else "ask for the check, or change the group or the venue",
            )  # fmt: skip
        found.state = codes.CONFIRMED
        found.save()


def begin(*, by: str, group: Group, on: date) -> None:
    """The group runs. Whoever was on hold until a group starts goes on; a referral starts with the first session attended."""
    with _locked(by, "programmes.begin_group", group, (codes.CONFIRMED,)) as (found, _):
        if on < found.starts_on:
            raise NotInThatState(
                what="Its first day is still to come", record=f"group {found.pk}, {found.starts_on}",
                expected="the first day, or a later one", mend="begin it on the day",
            )  # fmt: skip
        for place in places_of(found):
            if state_of(place.referral_id) == "on_hold":
                referrals.resume(by=by, referral=place.referral, on=on)
        found.state = codes.RUNNING
        found.save()


def cancel(*, by: str, group: Group, on: date) -> None:
    """It will not be; whoever was in it waits again, and its first day is told like one called off. Refused once it runs."""
    with _locked(by, "programmes.cancel_group", group, codes.FILLING) as (found, _):
        places = list(places_of(found))
        first = GroupDay.objects.filter(group=found, state=codes.PLANNED, on__gte=on).order_by("on").first()
        if first is not None:
            _tell_off(by, first, [place.referral for place in places], on)
        for place in places:
            place.left_on = max(on, place.joined_on)
            place.save()
        GroupCheck.objects.filter(group=found, fallen=False).update(fallen=True)
        found.state = codes.CANCELLED
        found.save()


def take_attendance(*, by: str, day: GroupDay, outcomes: Mapping[int, str], on: date) -> None:
    """What the session came to for each place, by code: all of them or none. What is on record is corrected.

    Refused: a day to come; a place of another group, or that was not in it on the day; a referral that takes no part; a code that
    is not known; another outcome for a session of which the manager has decided.
    """
    with _locked(by, "programmes.take_attendance", day.group, (codes.RUNNING,)) as (found, entry):
        places = {p.pk: p for p in GroupPlace.objects.filter(group=found, pk__in=outcomes).select_related("referral")}
        there = [p for p in places.values() if p.joined_on <= day.on and (p.left_on is None or p.left_on > day.on)]
        if not outcomes or day.on > on or len(there) != len(outcomes) or not set(outcomes.values()) <= set(OUTCOMES):
            raise AlreadyTaken(
                what="The attendance cannot be kept", record=f"group {found.pk}, {day.on}",
                expected="a day up to today, the places of the group on that day, and codes of the list",
                mend="mark somebody, and look at the group as it is now",
            )  # fmt: skip
        known = {kept.place_id: kept for kept in GroupAttendance.objects.filter(day=day).select_related("session")}
        for pk, outcome in outcomes.items():
            if pk in known:
                _correct(known[pk], outcome)
            else:
                session = record_session(by=by, referral=places[pk].referral, held_on=day.on, outcome=outcome)
                GroupAttendance(day=day, place=places[pk], session=session).save()
        GroupDay.objects.filter(pk=day.pk).update(state=codes.HELD)
        entry.details = {"day": day.pk, "outcomes": {str(pk): outcome for pk, outcome in outcomes.items()}}


def _correct(kept: GroupAttendance, outcome: str) -> None:
    session = kept.session
    if session.outcome == outcome:
        return
    if MissedDecision.objects.filter(session=session).exists():
        raise AlreadyTaken(
            what="The offender manager has decided of one of these sessions", record=f"session {session.pk}",
            expected="one of which nobody has decided", mend="ring the manager, who can take the decision back",
        )  # fmt: skip
    session.outcome, session.attended = outcome, OUTCOMES[outcome].attended
    session.save()


def call_off(*, by: str, day: GroupDay, on: date) -> None:
    """The session of that day was not held, or will not be; of one to come, whoever runs it and the managers of who was to come
    are told. Refused once attendance is on record.
    """
    with _locked(by, "programmes.call_off_group_day", day.group, codes.LIVE) as (found, entry):
        now = GroupDay.objects.get(pk=day.pk)
        if now.state == codes.HELD:
            raise AlreadyTaken(
                what="Attendance of that day is on record", record=f"group {found.pk}, {now.on}", expected="a day without any",
                mend="correct the attendance",
            )  # fmt: skip
        now.state = codes.CALLED_OFF
        now.save()
        entry.details = {"day": now.pk}
        _tell_off(by, now, [place.referral for place in places_of(found)], on)


def _tell_off(by: str, day: GroupDay, referrals: Sequence[Referral], on: date) -> None:
    """Tells the desk that runs the group, and the managers of who was to come: a notice a person, and one e-mail a post where the
    day is today or tomorrow. Of a day that is past, nobody.
    """
    if day.on < on or not referrals:
        return
    at, whose = datetime.now(UTC), sorted(managers([r.person_id for r in referrals], on).items())
    for post in desks_of(referrals[0]):
        told = {"person": None, "row": "", "address": reverse("group", kwargs={"group": day.group_id})}
        _tell_post(by, post, day, on, at, theirs=False, about=[told])
    for post in dict.fromkeys(post for _, post in whose):
        people = [person for person, manager in whose if manager == post]
        about = [{"person": p, "row": "sessions", "address": reverse("person-timeline", kwargs={"person": p})} for p in people]
        _tell_post(by, post, day, on, at, theirs=True, about=about)


def _tell_post(
    by: str, post: Post, day: GroupDay, on: date, at: datetime, *, theirs: bool, about: Sequence[dict[str, Any]]
) -> None:
    """`about`: whom each notice is about, and where it leads. The first goes by e-mail too where the day is near."""
    if by.partition(" as ")[2] == post.slug:
        return
    tell_off(by=by, post=post, key=f"programmes.off-group:{day.pk}", day=day.on, on=on, at=at, theirs=theirs, **about[0])
    for each in about[1:] if day.on <= on + TOMORROW else about:
        tell(by=by, key=f"programmes.group-off:{day.pk}:{each['person'] or ''}", at=at, posts=[post], off_on=day.on,
             words=off_in_short(day.on, again=False, theirs=theirs), **each)  # fmt: skip


def finish(*, by: str, group: Group, ends: Mapping[int, str], on: date) -> None:
    """The group is over. By place, how it ends: completed, or early for a reason of the list "ended_early".

    A place that is not told of is left, and its referral stays open. Refused: what the referral's own moves refuse.
    """
    with _locked(by, "programmes.finish_group", group, (codes.RUNNING,)) as (found, entry):
        for place in places_of(found):
            how = ends.get(place.pk, "")
            place.left_on = max(on, place.joined_on)
            place.save()
            if how and state_of(place.referral_id) in (*TAKING_PART, "on_hold"):
                if how == codes.COMPLETE:
                    referrals.complete(by=by, referral=place.referral, on=on)
                else:
                    referrals.end_early(by=by, referral=place.referral, on=on, reason=how, note="With the end of the group")
        GroupDay.objects.filter(group=found, state=codes.PLANNED).update(state=codes.CALLED_OFF)
        found.state = codes.FINISHED
        found.save()
        entry.details = {"ends": {str(pk): how for pk, how in ends.items()}}


@contextmanager
def _locked(by: str, verb: str, group: Group, states: tuple[str, ...]) -> Iterator[tuple[Group, Recording]]:
    """The group as it is now, locked, with its audit entry; refused in another state than these."""
    with recording(by=by, verb=verb) as entry:
        found = Group.objects.select_for_update().get(pk=group.pk)
        if found.state not in states:
            raise NotInThatState(
                what=f"The group is {codes.STATES[found.state].lower()}", record=f"group {found.pk}",
                expected=" or ".join(codes.STATES[state].lower() for state in states),
                mend="look at it again: somebody else may have been quicker",
            )  # fmt: skip
        entry.about(found)
        yield found, entry
