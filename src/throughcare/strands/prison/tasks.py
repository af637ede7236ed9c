"""What waits about people in prison: releases to come, what is owed to them, plans to begin, to accept, to complete.

And first appointments to tell.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import vacant
from throughcare.casework.access.reader import Reader
from throughcare.casework.cohort.queries import members
from throughcare.casework.people.models import CustodySpell
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.pages import Harm, Task
from throughcare.core.working_days import working_days_between
from throughcare.rules import release_plan as rule
from throughcare.rules.movements import place_on
from throughcare.strands.prison import models as m
from throughcare.strands.prison.movements.queries import Told, told
from throughcare.strands.prison.owed import EVER, Held, due_before, held
from throughcare.strands.prison.plans.queries import Shown, running, shown
from throughcare.strands.prison.words import task_words

RELEASE_ROLES = ("offender_manager", "prison_coordinator", "volunteer")
OWNERS = ("prison_coordinator", "offender_manager", "senior_officer")
TOLD_AFTER = timedelta(days=14)
"""A first appointment whose outcome nobody has told is asked for so long."""


def tasks(reader: Reader) -> Iterator[Task]:
    """Releases, for who manages or meets people; for a prison's co-ordinator of the members in it; for a plan's two ends; for
    the senior of an end. What the extracts tell is asked for once, of everybody concerned.
    """
    day, prisons = reader.day, [post.place for post in reader.held("prison_coordinator")]
    inside = CustodySpell.objects.filter(on_the_day(day))
    soon = _sentenced(inside, reader) if reader.held(*RELEASE_ROLES) else set()
    there = set(inside.filter(prison__in=prisons).values_list("person", flat=True)) if prisons else set()
    theirs = there.intersection(members(day)["person"]) if there else there
    plans = running(day) if reader.held(*OWNERS) else []
    known = told({*soon, *theirs, *(plan.person_id for plan in plans)}, since=EVER, day=day)
    yield from _to_be_released({person: known[person] for person in soon}, day)
    mine = [each for each in held(theirs, day, known=known).values() if each.prison in prisons] if theirs else []
    yield from _owed(mine, reader)
    yield from _to_begin(mine, reader)
    for each in shown(plans, day, known=known):
        yield from _of_plan(each, reader)


def _sentenced(inside: QuerySet, reader: Reader) -> set[int]:
    found = inside.filter(person__in=reader.people("custody").values("pk"), kind="sentenced")
    return set(found.values_list("person", flat=True))


def _to_be_released(known: Mapping[int, Told], day: date) -> Iterator[Task]:
    """Releases planned in the days to come, of sentenced people in prison: by the day that their prison tells, where it tells
    one, else by the sentence's. The key has the day in it: a new day is asked about anew.
    """
    limits = current_pilot().today
    stays = {person: stay for person, each in known.items() if (stay := place_on(each.stays, day))}
    soon = [(stay.planned_on, person, stay.prison) for person, stay in stays.items() if stay.kind == "sentenced"
            and stay.planned_on and day < stay.planned_on <= day + timedelta(days=limits.releases_ahead)]  # fmt: skip
    for on, person, prison in sorted(soon):
        ahead = (on - day).days
        yield Task(
            key=f"people.release:{person}:{on}", kind="Releases to come", person=person, row="custody", due_on=on,
            harm=2 if ahead <= limits.release_now else 3, act=("Open record", reverse("person", kwargs={"person": person})),
            words=f"To be released {'tomorrow' if ahead == 1 else 'on ' + weekday_in_words(on)} from {prison}",
        )  # fmt: skip


def _owed(mine: list[Held], reader: Reader) -> Iterator[Task]:
    """One a person, by what is due first: the others of the person stand in its words and on the desk."""
    for each in mine:
        waiting = [duty for duty in each.waiting(reader.day) if duty.due_on >= due_before(reader.day)]
        if not waiting:
            continue
        first, more = waiting[0], len(waiting) - 1
        days = working_days_between(reader.day, first.due_on)
        when = f"was due on {day_in_words(first.due_on)}" if days < 0 else f"due on {weekday_in_words(first.due_on)}"
        also = f", and {more} more" if more else ""
        yield Task(
            key=f"prison.owed:{each.person}:{first.kind}:{first.anchor}", kind="Owed to people in prison", person=each.person,
            row="custody", harm=2 if first.late(reader.day) and first.kind == "notify_manager" else 3 if days <= 1 else 4,
            due_on=first.due_on, words=f"{task_words(first.kind)}: {when}{also}",
            act=("Do it or put it off", reverse("prison-duty", kwargs={"person": each.person, "kind": first.kind})),
        )  # fmt: skip


def _to_begin(mine: list[Held], reader: Reader) -> Iterator[Task]:
    """Members to be released within the weeks of the pilot file, without a plan for this stay."""
    figures = current_pilot().prison
    soon = reader.day + timedelta(weeks=figures.plans_ahead)
    near = [each for each in mine if each.planned_on and reader.day < each.planned_on <= soon]
    if not near:
        return
    begun = set(m.ReleasePlan.objects.filter(person__in=[e.person for e in near]).values_list("person", "stay_start"))
    for each in near:
        if (each.person, each.received_on) in begun or each.planned_on is None:
            continue
        left = working_days_between(reader.day, each.planned_on)
        yield Task(
            key=f"prison.no-plan:{each.person}:{each.received_on}", kind="Releases without a plan", person=each.person,
            row="release_plan", harm=2 if left <= figures.plans_alert_within else 3, due_on=each.planned_on, elsewhere=False,
            words=f"To be released on {weekday_in_words(each.planned_on)}, no release plan",
            act=("Begin a plan", reverse("release-plan", kwargs={"person": each.person})),
        )  # fmt: skip


def _of_plan(each: Shown, reader: Reader) -> Iterator[Task]:
    ends = {rule.PRISON: each.plan.prison_post, rule.COMMUNITY: each.plan.community_post}
    mine = [end for end, post in ends.items() if post is not None and post in reader.acting]
    if each.out:
        yield from _outcome(each, reader, mine)
        return
    for end in mine:
        if needs := each.standing.by_end[end]:
            yield _to_do(each, end, needs)
    if not mine and each.standing.escalated and _in_charge(reader, ends):
        yield _task(each, "escalated", harm=1, kind="Release plans not whole the day before",
                    words=f"Release {_when(each)}, and the plan lacks {', '.join(each.standing.missing)}")  # fmt: skip


def _to_do(each: Shown, end: str, needs: tuple[str, ...]) -> Task:
    accepted = getattr(each.plan, f"{end}_accepted_for")
    asked = accepted is None or accepted != each.release_on
    urgent = each.standing.alert or each.standing.escalated
    if asked:
        return _task(each, f"accept:{end}:{each.release_on}", harm=2 if urgent else 3, kind="Release plans to accept",
                     words=f"Accept your end of a release plan: release {_when(each)}")  # fmt: skip
    return _task(each, f"fill:{end}", harm=2 if urgent else 4, kind="Release plans to complete",
                 words=f"Release {_when(each)}: the plan lacks {', '.join(needs)}")  # fmt: skip


def _task(each: Shown, what: str, *, harm: Harm, kind: str, words: str) -> Task:
    return Task(
        key=f"prison.plan:{each.plan.pk}:{what}", kind=kind, person=each.plan.person_id, row="release_plan", harm=harm,
        due_on=each.release_on, words=words, elsewhere=False,
        act=("Open the plan", reverse("release-plan", kwargs={"person": each.plan.person_id})),
    )  # fmt: skip


def _when(each: Shown) -> str:
    where = f" from {each.prison}" if each.prison else ""
    return f"on {weekday_in_words(each.release_on)}{where}" if each.release_on else f"on a day that nobody has told{where}"


def _outcome(each: Shown, reader: Reader, mine: list[str]) -> Iterator[Task]:
    """The community's end says whether the person came to the first appointment."""
    on = each.plan.first_appointment_on
    if rule.COMMUNITY in mine and on and not each.plan.first_outcome and on <= reader.day < on + TOLD_AFTER:
        yield _task(each, "outcome", harm=2 if on < reader.day else 3, kind="First appointments to tell",
                    words=f"First appointment after release, {weekday_in_words(on)}: did they come?")  # fmt: skip


def _in_charge(reader: Reader, ends: dict[str, Post | None]) -> bool:
    """A senior of the office of either end; of an end that nobody holds or that has no name, whoever may see the person."""
    seniors = reader.held("senior_officer")
    offices = {post.office for post in seniors if post.office}
    if not offices:
        return False
    named = [post for post in ends.values() if post is not None]
    if any(post.office in offices for post in named):
        return True
    return not named or vacant(reader.day).filter(pk__in=[post.pk for post in named]).exists()
