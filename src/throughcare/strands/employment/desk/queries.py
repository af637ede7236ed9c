"""The desk: everybody in the broker's hands at their stage; and the work record of one person. A fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.queries import ids_of
from throughcare.casework.referrals.reach import to_service, with_state
from throughcare.casework.referrals.transitions import CLOSED, TABLE
from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.core.words import small
from throughcare.strands.employment import models as m
from throughcare.strands.employment.placements.codes import TO_COME
from throughcare.strands.employment.placements.queries import Placed, hours_clash, placed
from throughcare.strands.employment.queries import SERVICE, TAKING_PART
from throughcare.strands.employment.readiness.codes import STATES
from throughcare.strands.employment.readiness.queries import Ready, limits_of, needs_of, ready_of
from throughcare.strands.employment.shown import ROW
from throughcare.strands.employment.vacancies.codes import STEPS
from throughcare.strands.employment.vacancies.queries import applications_of, in_hand, step_of

STAGES: Mapping[str, str] = {
    "decide": "To decide", "ready": "Getting ready", "looking": "Looking", "applied": "Applied", "work": "In work",
    "hold": "On hold", "ended": "Ended lately",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """Somebody on the desk: what is to be known in words, the next step and its address."""

    referral: int
    person: int
    since: date
    words: str
    step: str
    address: str


def stage_of(state: str, ready: Ready, work: Placed | None, applied: bool, day: date) -> str:
    """Where somebody stands: by the referral until it is accepted and after it is over, between by how far they have come."""
    if state in CLOSED:
        return "ended"
    if state not in TAKING_PART:
        return "hold" if state == "on_hold" else "decide"
    if work is not None and not work.over(day):
        return "work"
    return "applied" if applied else "looking" if ready.looks(day) else "ready"


def stages(reader: Reader) -> dict[str, list[Row]]:
    """By stage its people, who came longest ago first. Whoever is kept from the reader is left out."""
    theirs = to_service(SERVICE, reader.day).filter(person__in=reader.people(ROW).values("pk"))
    told = list(theirs.order_by("sent_on", "pk"))
    numbers = [referral.pk for referral in told]
    ready = ready_of(numbers)
    work: dict[int, Placed] = {}
    for each in placed(m.Placement.objects.filter(referral__in=numbers, started_on__lte=reader.day), reader.day):
        work.setdefault(each.placement.referral_id, each)
    applied = {a.referral_id: a for a in reversed(applications_of(numbers)) if in_hand(a)}
    found: dict[str, list[Row]] = {stage: [] for stage in STAGES}
    for referral in told:
        state = referral.state or "sent"
        mine, sent = work.get(referral.pk), applied.get(referral.pk)
        stage = stage_of(state, ready[referral.pk], mine, sent is not None, reader.day)
        found[stage].append(_row(referral, state, stage, ready[referral.pk], mine, sent))
    return found


def _row(referral: Any, state: str, stage: str, ready: Ready, work: Placed | None, sent: m.Application | None) -> Row:
    since = referral.state_on or referral.sent_on
    record = (reverse("person-work", kwargs={"person": referral.person_id}), "Open work record")
    act = "Accept or decline" if stage == "decide" else "Open referral"
    answer = (reverse("referral", kwargs={"referral": referral.pk}), act)
    words = f"{TABLE[state].shown.lower()} on {day_in_words(since)}"
    if stage == "work" and work:
        words = f"{work.placement.job or 'in work'} with {work.placement.employer or 'an employer not named'} since "
        words += day_in_words(work.placement.started_on) + _next_look(work)
    elif stage == "applied" and sent:
        words = f"{STEPS[step_of(sent)].lower()}: {sent.vacancy.job} with {sent.vacancy.employer}"
    elif stage in ("ready", "looking"):
        words = "; ".join(_lacking(ready, work))
    address, step = answer if stage in ("decide", "hold", "ended") else record
    return Row(referral=referral.pk, person=referral.person_id, since=since, words=words, step=step, address=address)


def _next_look(work: Placed) -> str:
    """The first week that is still to come, or nothing."""
    ahead = next((week for week in work.weeks if week.state == TO_COME), None)
    return f"; week {ahead.weeks} is {weekday_in_words(ahead.due_on)}" if ahead else ""


def _lacking(ready: Ready, work: Placed | None) -> Sequence[str]:
    told = [small(STATES[ready.readiness.state]) if ready.readiness else "readiness not looked at"]
    told += [] if ready.right else ["right to work not seen"]
    told += [] if ready.looking else ["not asked what they look for"]
    last = work.last_day if work else None
    return [*told, f"last day in the last job was {weekday_in_words(last)}"] if last else told


@dataclass(frozen=True, kw_only=True)
class Record:
    """One referral to the pathway with all that is known of it; `stage` in words. `limits`: the person's, of any referral.

    `open`: the broker may add to it. `over`: nobody may.
    """

    referral: Any
    stage: str
    open: bool
    over: bool
    ready: Ready
    placements: Sequence[tuple[Placed, Sequence[str]]]
    needs: Sequence[m.Need]
    limits: Sequence[m.WorkLimit]
    applications: Sequence[tuple[m.Application, str]]


def records_of(person: int, day: date) -> list[Record]:
    """The person's referrals to the pathway, the latest first. A fixed number of queries, however many there are."""
    people = ids_of(person)
    theirs = with_state(day).filter(person__in=people, service=SERVICE).exclude(state="made_in_error")
    told = list(theirs.order_by("-sent_on", "-pk"))
    numbers = [referral.pk for referral in told]
    ready, needs = ready_of(numbers), needs_of(numbers)
    limits = [row for rows in limits_of(people, day).values() for row in rows]
    work = placed(m.Placement.objects.filter(referral__in=numbers, started_on__lte=day), day)
    applied = [(each, step_of(each)) for each in applications_of(numbers)]
    return [
        _record(
            referral, day, ready[referral.pk], needs[referral.pk], limits,
            work=[each for each in work if each.placement.referral_id == referral.pk],
            applied=[(each, step) for each, step in applied if each.referral_id == referral.pk],
        )
        for referral in told
    ]  # fmt: skip


def _record(
    referral: Any, day: date, ready: Ready, needs: Sequence[m.Need], limits: Sequence[m.WorkLimit], *, work: Sequence[Placed],
    applied: Sequence[tuple[m.Application, str]],
) -> Record:  # fmt: skip
    state = referral.state or "sent"
    stage = stage_of(state, ready, work[0] if work else None, any(in_hand(each) for each, _ in applied), day)
    return Record(
        referral=referral, stage=TABLE[state].shown if state in CLOSED else STAGES[stage], open=state in TAKING_PART,
        over=state in CLOSED, ready=ready, needs=needs, limits=limits,
        placements=[(each, [] if each.over(day) else hours_clash(each, limits)) for each in work], applications=applied,
    )  # fmt: skip
