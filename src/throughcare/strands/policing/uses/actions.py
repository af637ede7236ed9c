"""Recording that a plan for the person rests on a suggestion or on a tasking; knowing the release plans that there are."""

from datetime import date, datetime

from throughcare.casework.audit.actions import recording
from throughcare.casework.people.queries import current
from throughcare.core.contracts import Event
from throughcare.rules.taskings import DONE, USED_IN, state_of
from throughcare.strands.policing import models as m
from throughcare.strands.policing.errors import UseRefused
from throughcare.strands.policing.plans.queries import release_plans


def use(
    *, by: str, used_in: str, on: date, at: datetime, item: m.Item | None = None, tasking: m.Tasking | None = None,
    release_plan: int | None = None, text: str = "",
) -> m.Use:  # fmt: skip
    """A release, resettlement or sentence plan rests on the suggestion, or on the tasking.

    Refused: neither or both; a tasking that is not done; a plan of no such kind; a release plan that is not of the person, or
    where it is not a release plan that rests on it; twice the same.
    """
    subject = item or tasking
    if subject is None or (item is not None and tasking is not None):
        raise UseRefused(what="A use is of one thing", record="use", expected="an item, or a tasking", mend="name one")
    person: int = item.plan.person_id if item else tasking.person_id  # type: ignore[union-attr]
    open_yet = tasking is not None and state_of(carried_out_on=tasking.carried_out_on, standing=tasking.standing) != DONE
    not_theirs = release_plan is not None and (used_in != "release" or release_plan not in release_plans(person))
    if used_in not in USED_IN or open_yet or not_theirs:
        raise UseRefused(
            what="The use cannot be recorded", record=f"{subject._meta.model_name} {subject.pk}",
            expected="what was done, in a release, resettlement or sentence plan of the same person",
            mend="choose the plan again",
        )  # fmt: skip
    with recording(by=by, verb="policing.use") as entry:
        type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        if m.Use.objects.filter(item=item, tasking=tasking, used_in=used_in, release_plan=release_plan, text=text).exists():
            raise UseRefused(
                what="That is on record already", record=f"{subject._meta.model_name} {subject.pk}", expected="another plan",
                mend="nothing: it is kept",
            )  # fmt: skip
        kept = m.Use(item=item, tasking=tasking, used_in=used_in, release_plan=release_plan, text=text, on=on, at=at, by=by)
        kept.save()
        entry.about(kept, person_id=person)
        entry.details = {"used_in": used_in}
    return kept


def know_release_plan(event: Event) -> None:
    """Keeps that there is a release plan, as the prisons announced it. Safe to repeat."""
    if event.person_id is None:
        return
    with recording(by="throughcare", verb="policing.know_release_plan") as entry:
        known = m.ReleasePlan.objects.filter(number=event.subject_id).first()
        kept = known or m.ReleasePlan(number=event.subject_id, begun_on=event.happened_on)
        kept.person_id = current(event.person_id)
        kept.save()
        entry.about(kept)
