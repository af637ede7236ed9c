"""Reading direct work: whether a team sees the person, assessments and what they came to, the plan and how it goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from throughcare.strands.mental_health import models as m


def team_of(person: int) -> m.TeamCheck | None:
    """The newest answer to whether the person is already under a team; None: nobody has asked."""
    return m.TeamCheck.objects.filter(person=person).order_by("on", "pk").last()


def assessments_of(person: int) -> list[tuple[m.Assessment, m.Finding | None]]:
    """The person's assessments, the newest first, each with what it came to."""
    found = m.Assessment.objects.filter(person=person).order_by("-started_on", "-pk")
    last = {each.assessment_id: each for each in m.Finding.objects.filter(assessment__person=person).order_by("pk")}
    return [(each, last.get(each.pk)) for each in found]


def begun(first: date, end: date) -> list[m.Assessment]:
    """The assessments begun over [first, end), the oldest first."""
    return list(m.Assessment.objects.filter(started_on__gte=first, started_on__lt=end).order_by("started_on", "pk"))


def plans_of(person: int) -> list[m.CarePlan]:
    return list(m.CarePlan.objects.filter(person=person).order_by("-started_on", "-pk"))


def running_plan(person: int) -> m.CarePlan | None:
    """The newest plan that has not ended; one that an extract tells goes on until a review here ends it."""
    return next((plan for plan in plans_of(person) if not ended(plan)), None)


def ended(plan: m.CarePlan) -> bool:
    return m.Review.objects.filter(plan=plan, outcome="ended").exists()


def texts_of(plan: m.CarePlan) -> list[m.PlanText]:
    """What the plan says and said, the newest first."""
    return list(m.PlanText.objects.filter(plan=plan).order_by("-pk"))


def reviews_of(plan: m.CarePlan) -> list[m.Review]:
    return list(m.Review.objects.filter(plan=plan).order_by("-on", "-pk"))


def next_review(plan: m.CarePlan) -> date | None:
    """When the plan is reviewed next: as the newest of its texts and reviews has it, of one day's the sooner. None: it has ended,
    or nobody said.
    """
    return _next(texts_of(plan), reviews_of(plan))


def _next(texts: Sequence[m.PlanText], reviews: Sequence[m.Review]) -> date | None:
    """The same, of the texts and reviews of one plan."""
    if any(each.outcome == "ended" for each in reviews):
        return None
    newest: list[m.PlanText | m.Review] = [
        max(found, key=lambda each: (each.on, each.pk)) for found in (texts, reviews) if found
    ]  # fmt: skip
    last = max((each.on for each in newest), default=None)
    due = [each.review_on if isinstance(each, m.PlanText) else each.next_on for each in newest if each.on == last]
    return min((on for on in due if on is not None), default=None)


def interventions_of(person: int) -> list[m.Intervention]:
    return list(m.Intervention.objects.filter(person=person).select_related("end").order_by("-started_on", "-pk"))


def end_of(intervention: m.Intervention) -> m.InterventionEnd | None:
    return intervention.end if hasattr(intervention, "end") else None


def to_review(people: Sequence[int] | Any, until: date) -> list[tuple[m.CarePlan, date]]:
    """The plans of these people whose next review is by that day, soonest first."""
    plans = m.CarePlan.objects.filter(person__in=people, texts__isnull=False).distinct().order_by("pk")
    told = plans.prefetch_related("texts", "reviews")
    due = [(plan, on) for plan in told if (on := _next(plan.texts.all(), plan.reviews.all())) is not None and on <= until]
    return sorted(due, key=lambda each: (each[1], each[0].pk))


def steps_of(person: int) -> list[m.StepUp]:
    return list(m.StepUp.objects.filter(person=person).order_by("-on", "-pk"))
