"""Writing a release plan: made, named, filled in, accepted by both ends, checked off."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.casework.access.models import Post
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import Recording, recording
from throughcare.casework.events.actions import announce
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.contracts import Event
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.rules import release_plan as rule
from throughcare.strands.prison import models as m
from throughcare.strands.prison.owed import held
from throughcare.strands.prison.plans.queries import shown
from throughcare.strands.prison.words import OUTCOME_WORDS


class PlanRefused(UserError):
    """Something that cannot be done with a release plan."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is typed into a plan. release_on counts only where no extract tells the day."""

    prison_post: Post | None
    community_post: Post | None
    release_on: date | None = None
    gate_time: str = ""
    collected_by: str = ""
    address: str = ""
    first_appointment_on: date | None = None
    first_appointment_at: str = ""
    first_appointment_with: str = ""


def make(*, reader: Reader, person: int, at: datetime) -> m.ReleasePlan:
    """The plan of the person's present stay; the one that there is, if there is. Refused: somebody who is not in prison.

    The person's row is locked, so that two who begin at once begin one. Two people found to be one may have two of a stay: then
    the older stands.
    """
    inside = held([person], reader.day).get(person)
    if inside is None:
        raise PlanRefused(
            what="The person is not in prison, as the last extract has it", record=f"person {person}",
            expected="somebody in prison", mend="wait for the prison's extract, or ring the prison",
        )  # fmt: skip
    with recording(by=reader.by, verb="prison.make_plan") as entry:
        Person.objects.select_for_update().get(pk=person)
        plan = m.ReleasePlan.objects.filter(person=person, stay_start=inside.received_on).order_by("pk").first()
        if plan is None:
            plan = m.ReleasePlan(person_id=person, stay_start=inside.received_on, made_at=at, made_by=reader.by)
            plan.save()
            announce(_made(plan, reader.day))
        entry.about(plan)
    return plan


def _made(plan: m.ReleasePlan, on: date) -> Event:
    """That the plan was begun, so that others can say which plan theirs was used in."""
    return Event(
        kind="release_plan.made", person_id=plan.person_id, subject_type=m.ReleasePlan._meta.label_lower, subject_id=plan.pk,
        happened_on=on,
    )  # fmt: skip


def fill(*, reader: Reader, plan: m.ReleasePlan, details: Details, at: datetime) -> m.ReleasePlan:
    """Keeps what was typed. Another post at an end has to accept anew. Refused: a first appointment that is not from the day of
    release to the end of the next working day. The appointment is announced, so that it is booked where appointments are kept.
    """
    with recording(by=reader.by, verb="prison.fill_plan") as entry:
        found = m.ReleasePlan.objects.select_for_update().get(pk=plan.pk)
        (stands,) = shown([found], reader.day)
        release_on = stands.release_on if stands.from_extract else details.release_on
        _refuse_late(details.first_appointment_on, release_on, found)
        booked = (found.first_appointment_on, found.first_appointment_at)
        for end in rule.ENDS:
            if getattr(details, f"{end}_post") != getattr(found, f"{end}_post"):
                _accepted(found, end, for_day=None, at=None, by="")
        for name, value in vars(details).items():
            setattr(found, name, value)
        _keep(found, entry, at, reader)
        if found.first_appointment_on and booked != (found.first_appointment_on, found.first_appointment_at):
            announce(_appointment(found))
    return found


def _refuse_late(appointment_on: date | None, release_on: date | None, plan: m.ReleasePlan) -> None:
    if appointment_on and release_on and not rule.soon_enough(release_on, appointment_on):
        last = rule.last_day_for_first_appointment(release_on)
        raise PlanRefused(
            what=f"The first appointment is not within a working day of the release on {day_in_words(release_on)}",
            record=f"release plan {plan.pk}", expected=f"a day from {day_in_words(release_on)} to {day_in_words(last)}",
            mend=f"choose a day until {day_in_words(last)}",
        )  # fmt: skip


def _appointment(plan: m.ReleasePlan) -> Event:
    return Event(
        kind="release_plan.first_appointment", person_id=plan.person_id, subject_type=m.ReleasePlan._meta.label_lower,
        subject_id=plan.pk, happened_on=plan.first_appointment_on or plan.stay_start,
        details={"on": str(plan.first_appointment_on), "at": plan.first_appointment_at},
    )  # fmt: skip


def accept(*, reader: Reader, plan: m.ReleasePlan, end: str, at: datetime) -> m.ReleasePlan:
    """The end's own post takes its part on, for the day of release that holds now. Refused: others; a plan without a day."""
    with recording(by=reader.by, verb="prison.accept_plan") as entry:
        found = m.ReleasePlan.objects.select_for_update().get(pk=plan.pk)
        (stands,) = shown([found], reader.day)
        post = getattr(found, f"{end}_post") if end in rule.ENDS else None
        if post is None or post not in reader.acting:
            raise PlanRefused(
                what="This end of the plan is not yours to accept", record=f"release plan {found.pk}",
                expected="the post that is named for it", mend="have your post named for it first",
            )  # fmt: skip
        if stands.release_on is None:
            raise PlanRefused(
                what="The plan has no day of release", record=f"release plan {found.pk}", expected="a day",
                mend="enter the day first",
            )  # fmt: skip
        _accepted(found, end, for_day=stands.release_on, at=at, by=reader.by)
        _keep(found, entry, at, reader)
    return found


def _accepted(plan: m.ReleasePlan, end: str, *, for_day: date | None, at: datetime | None, by: str) -> None:
    setattr(plan, f"{end}_accepted_for", for_day)
    setattr(plan, f"{end}_accepted_at", at)
    setattr(plan, f"{end}_accepted_by", by)


def check(*, reader: Reader, plan: m.ReleasePlan, item: str, at: datetime, done: bool = True) -> m.ReleasePlan:
    """Checks an item off; not `done`: it was found not to be so, and both are kept. Refused: an item the pilot file has not."""
    if item not in {each.slug for each in current_pilot().prison.items}:
        raise PlanRefused(
            what="That is nothing to check off", record=item, expected="an item of the pilot file", mend="look at the plan again"
        )
    with recording(by=reader.by, verb="prison.check_plan") as entry:
        found = m.ReleasePlan.objects.select_for_update().get(pk=plan.pk)
        holds = m.PlanCheck.objects.filter(plan=found, item=item, undone=False)
        if done and not holds.exists():
            m.PlanCheck(plan=found, item=item, at=at, by=reader.by).save()
        elif not done:
            holds.update(undone=True)
        _keep(found, entry, at, reader)
        entry.details = {"item": item, "done": done}
    return found


def came(*, reader: Reader, plan: m.ReleasePlan, outcome: str, at: datetime) -> m.ReleasePlan:
    """Whether the person came to the first appointment. Refused: before its day, a word that is none."""
    if outcome not in OUTCOME_WORDS or plan.first_appointment_on is None or plan.first_appointment_on > reader.day:
        raise PlanRefused(
            what="What came of the first appointment is not known yet", record=f"release plan {plan.pk}",
            expected="its day, or a later one", mend="say it on the day",
        )  # fmt: skip
    with recording(by=reader.by, verb="prison.first_outcome") as entry:
        found = m.ReleasePlan.objects.select_for_update().get(pk=plan.pk)
        found.first_outcome, found.first_outcome_at, found.first_outcome_by = outcome, at, reader.by
        found.save()
        entry.about(found)
    return found


def _keep(plan: m.ReleasePlan, entry: Recording, at: datetime, reader: Reader) -> None:
    """Saves the plan, with when it became whole: the instant of the last thing that was missing."""
    (stands,) = shown([plan], reader.day)
    whole = stands.standing.complete
    plan.completed_at = (plan.completed_at or at) if whole else None
    plan.save()
    entry.about(plan)
