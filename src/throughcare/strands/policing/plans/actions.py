"""Asking for a plan, and its steps through the hub and back."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from throughcare.casework.access.models import Post
from throughcare.casework.access.queries import manager_of
from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.queries import members, rated
from throughcare.casework.notices.actions import tell
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import day_in_words
from throughcare.rules import intelligence_plan as rule
from throughcare.rules.intelligence_items import may_be_shown
from throughcare.strands.policing import models as m
from throughcare.strands.policing.errors import PlanRefused, pilot_borough
from throughcare.strands.policing.plans.queries import grading, plan_to_add_to, state_of, suggestions


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the hub: the kind, what the borough wants to know, and of an addition to a profile that the force alone
    holds, the force's number of it.
    """

    kind: str = rule.NEW
    asks: str = ""
    reference: str = ""


def request_plan(
    *, by: str, person_id: int, borough: str, on: date, at: datetime, asked: Asked, post: Post | None = None
) -> m.Plan:  # fmt: skip
    """A borough asks for a plan, or for an addition to the one that there is.

    Refused: for anyone but a member rated as the pilot file's service says on that day; while one asked for is not back; a kind
    that is not asked for on that day; an addition to nothing; by a borough outside the pilot.
    """
    record = f"person {person_id} on {on}"
    pilot_borough(borough, PlanRefused)
    _for_whom(person_id, on, record)
    with recording(by=by, verb="policing.request_plan") as entry:
        Person.objects.select_for_update().get(pk=person_id)  # two who ask at once make one request
        _none_open(person_id, record)
        existing = plan_to_add_to(person_id)
        _of_what_kind(asked, on, existing, record)
        adds_to = existing if asked.kind == rule.ADDITION else None
        plan = m.Plan(
            person_id=person_id, borough=borough, requested_on=on, kind=asked.kind, adds_to=adds_to, asks=asked.asks,
            reference=asked.reference if adds_to is None else adds_to.reference, asked_by=by, asked_post=post,
        )  # fmt: skip
        plan.save()
        m.Step(plan=plan, step="ask", text=asked.asks, on=on, at=at, by=by).save()
        entry.about(plan)
        entry.details = {"kind": asked.kind}
    return plan


def _for_whom(person_id: int, on: date, record: str) -> None:
    if members(on).filter(pl.col("person") == person_id).is_empty():
        raise PlanRefused(
            what="A plan is for members of the cohort", record=record, expected="a member on that day",
            mend="wait until the person has joined",
        )  # fmt: skip
    wanted = current_pilot().service("intelligence_plan").rag
    rating = rating_on(person_id, on)
    if wanted and rating != wanted:
        raise PlanRefused(
            what=f"A plan is for members rated {wanted}", record=f"{record}, rated {rating or 'not yet'}",
            expected=f"a rating of {wanted} on that day", mend="ask the panel to rate the person",
        )  # fmt: skip


def _none_open(person_id: int, record: str) -> None:
    if m.Plan.objects.filter(person=person_id, received_on=None).exclude(standing__in=rule.ENDED).exists():
        raise PlanRefused(
            what="A plan was asked for already", record=record, expected="one open plan a person", mend="wait for that plan"
        )


def _of_what_kind(asked: Asked, on: date, existing: m.Plan | None, record: str) -> None:
    since = current_pilot().policing.additions_from
    if asked.kind not in rule.kinds_on(on, additions_from=since, has_plan=existing is not None or bool(asked.reference)):
        said = f"since {day_in_words(since)} only additions are made" if since and on >= since else "there is no plan to add to"
        raise PlanRefused(
            what=f"That kind of plan is not made: {said}", record=record,
            expected="an addition to an existing plan or profile" if asked.kind == rule.NEW else "a new plan",
            mend="ask for an addition to the existing plan" if asked.kind == rule.NEW else "ask for a new plan",
        )  # fmt: skip
    if asked.kind == rule.ADDITION and existing is None and not asked.reference:
        raise PlanRefused(
            what="There is no plan here to add to", record=record, expected="a plan sent, or the force's number of its profile",
            mend="give the force's number of the profile that is added to",
        )  # fmt: skip


def rating_on(person_id: int, on: date) -> str | None:
    """The person's rating on the day; None where there is none."""
    found = rated(on).filter(pl.col("person") == person_id)
    return found["rag"][-1] if found.height else None


def take_step(
    *, by: str, plan_id: int, step: str, who: rule.Who, on: date, at: datetime, reason: str = "", text: str = "",
    reference: str = "",
) -> m.Plan:  # fmt: skip
    """A step of the table of `rules.intelligence_plan`, by the hub or by the borough.

    Refused: a step that the state does not have or that the other side takes; before the step that it follows; a reason that is
    not of its list, or none; no words where words are asked; made without the force's number.
    """
    with recording(by=by, verb=f"policing.plan_{step}") as entry:
        plan = m.Plan.objects.select_for_update().get(pk=plan_id)
        move = rule.move(state_of(plan).slug, step)
        _allowed(plan, move, step, who, on)
        assert move is not None
        _said(plan, move, reason, text, reference)
        m.Step(plan=plan, step=step, reason=reason, text=text, on=on, at=at, by=by).save()
        plan.standing = move.to if move.to in (rule.RETURNED, rule.RESEARCHING, *rule.ENDED) else ""
        if move.to == rule.MADE:
            plan.actioned_on, plan.reference = on, reference or plan.reference
        if move.to == rule.SENT:
            plan.received_on = on
        plan.save()
        version = _send(plan, by=by, on=on, at=at) if move.to == rule.SENT else None
        entry.about(plan)
        entry.details = {"reason": reason} if reason else {"version": version} if version else {}
    return plan


WORDS = {"make": "made", "send": "returned", "take": "taken", "return": "returned for more", "refuse": "refused",
         "cancel": "cancelled", "answer": "answered"}  # fmt: skip


def _allowed(plan: m.Plan, move: rule.Move | None, step: str, who: rule.Who, on: date) -> None:
    last = plan.steps.order_by("-on").values_list("on", flat=True).first()
    earliest = max(day for day in (plan.requested_on, plan.actioned_on, last, date.min) if day is not None)
    if move is None or move.who != who or on < earliest:
        shown = state_of(plan).shown.lower()
        side = {rule.HUB: "the research hub", rule.BOROUGH: "the borough"}[move.who] if move else "nobody"
        raise PlanRefused(
            what=f"The plan cannot be {WORDS.get(step, step)} on that day", record=f"plan {plan.pk} on {on}, {shown}",
            expected=f"a step of its state, by {side}, in the order of its days", mend="look at the plan's days",
        )  # fmt: skip


def _said(plan: m.Plan, move: rule.Move, reason: str, text: str, reference: str) -> None:
    lacks = (
        "a reason of the list" if move.reasons and reason not in move.reasons
        else "words" if move.asks and not text.strip()
        else "the force's number of the product" if move.reference and not (reference or plan.reference) else ""
    )  # fmt: skip
    if lacks:
        raise PlanRefused(what=f"The step needs {lacks}", record=f"plan {plan.pk}", expected=lacks, mend=f"give {lacks}")


def _send(plan: m.Plan, *, by: str, on: date, at: datetime) -> int:
    """The plan as it stands becomes the next version, whose number it gives. The manager is told where there is something new."""
    root = plan.adds_to or plan
    number = (root.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    m.Version(plan=root, request=plan, number=number, sent_at=at, sent_on=on, sent_by=by).save()
    manager = manager_of(plan.person_id, on)
    fresh = [item for item in suggestions(plan.person_id) if item.request_id == plan.pk]
    if manager and any(may_be_shown(grading(item), [manager.role]) for item in fresh):
        tell(
            by=by, key=f"policing.suggestions:{plan.pk}", words="There are new suggestions for planning with somebody you manage",
            address=f"/people/{plan.person_id}/suggestions/", at=at, posts=[manager], person=plan.person_id,
            row="plan_suggestions",
        )  # fmt: skip
    return number


def record_request(*, by: str, plan_id: int, on: date, at: datetime) -> m.Plan:
    """The day on which the borough asked, where none is on record. Refused: where one is; after the plan was made or returned."""
    with recording(by=by, verb="policing.record_request") as entry:
        plan = m.Plan.objects.select_for_update().get(pk=plan_id)
        made = min((day for day in (plan.actioned_on, plan.received_on) if day), default=on)
        if plan.requested_on is not None or on > made:
            raise PlanRefused(
                what="That day of the request cannot be recorded", record=f"plan {plan.pk} on {on}",
                expected=f"a plan without a request on record, and a day until {day_in_words(made)}",
                mend="look at the plan's days",
            )  # fmt: skip
        plan.requested_on = on
        plan.save()
        m.Step(plan=plan, step="record", text="", on=on, at=at, by=by).save()
        entry.about(plan)
    return plan


def printed(*, by: str, plan: m.Plan, version: int | None, items: int) -> None:
    """Keeps who took a paper of the plan out, of which version and how many items of it they may be shown."""
    with recording(by=by, verb="policing.print_plan") as entry:
        entry.about(plan)
        entry.details = {"version": version, "items": items}
