"""A plan's way from the borough's request through the hub and back, and taskings carried out."""

from datetime import date

import polars as pl

from throughcare.casework.audit.actions import recording
from throughcare.casework.cohort.queries import members, rated
from throughcare.casework.pilot import current_pilot
from throughcare.core.errors import UserError
from throughcare.strands.policing import models as m


class PlanRefused(UserError):
    """A plan that cannot be asked for, made or returned on that day."""


class TaskingRefused(UserError):
    """A tasking that cannot be recorded."""


def request_plan(*, by: str, person_id: int, borough: str, requested_on: date) -> m.Plan:
    """A borough asks for a plan. Refused: for anyone but a member rated as the pilot file's service says on that day;
    while one asked for is not returned; by a borough outside the pilot.
    """
    record = f"person {person_id} on {requested_on}"
    _pilot_borough(borough, PlanRefused)
    if members(requested_on).filter(pl.col("person") == person_id).is_empty():
        raise PlanRefused(
            what="A plan is for members of the cohort", record=record, expected="a member on that day",
            mend="wait until the person has joined",
        )  # fmt: skip
    wanted = current_pilot().service("intelligence_plan").rag
    rating = _rating(person_id, requested_on)
    if wanted and rating != wanted:
        raise PlanRefused(
            what=f"A plan is for members rated {wanted}", record=f"{record}, rated {rating or 'not yet'}",
            expected=f"a rating of {wanted} on that day", mend="ask the panel to rate the person",
        )  # fmt: skip
    if m.Plan.objects.filter(person=person_id, received_on=None).exists():
        raise PlanRefused(
            what="A plan was asked for already", record=record, expected="one open plan a person", mend="wait for that plan"
        )
    with recording(by=by, verb="policing.request_plan") as entry:
        plan = m.Plan(person_id=person_id, borough=borough, requested_on=requested_on)
        plan.save()
        entry.about(plan)
    return plan


def action_plan(*, by: str, plan_id: int, on: date) -> m.Plan:
    """The hub has made the plan. Refused: twice; before the request."""
    plan = m.Plan.objects.get(pk=plan_id)
    if plan.actioned_on is not None or (plan.requested_on is not None and on < plan.requested_on):
        raise _out_of_order(plan, "made", "a plan not yet made, and a day on or after the request")
    with recording(by=by, verb="policing.action_plan") as entry:
        plan.actioned_on = on
        plan.save()
        entry.about(plan)
    return plan


def send_back(*, by: str, plan_id: int, on: date) -> m.Plan:
    """The plan is back with the borough: it is received. Refused: before it is made; twice."""
    plan = m.Plan.objects.get(pk=plan_id)
    if plan.actioned_on is None or plan.received_on is not None or on < plan.actioned_on:
        raise _out_of_order(plan, "returned", "a plan made and not yet returned, and a day on or after it was made")
    with recording(by=by, verb="policing.send_back") as entry:
        plan.received_on = on
        plan.save()
        entry.about(plan)
    return plan


def carry_out(
    *, by: str, person_id: int, borough: str, carried_out_on: date, comes_from: str, plan_id: int | None = None
) -> m.Tasking:
    """A tasking about a person was carried out. Refused: an unknown origin; a borough outside the pilot; a plan that is
    about somebody else or not yet returned, or where the tasking does not come from one.
    """
    record = f"the tasking of {carried_out_on} in {borough}"
    _pilot_borough(borough, TaskingRefused)
    if comes_from not in m.COMES_FROM:
        raise TaskingRefused(
            what="A tasking does not come from that", record=f"{record} ({comes_from})",
            expected=f"one of {', '.join(m.COMES_FROM)}", mend="give one of those words",
        )  # fmt: skip
    if plan_id is not None:
        plan = m.Plan.objects.get(pk=plan_id)
        returned = plan.received_on is not None and plan.received_on <= carried_out_on
        if comes_from != "plan" or plan.person_id != person_id or not returned:
            raise TaskingRefused(
                what="The tasking cannot come from that plan", record=record,
                expected="a plan about the same person, returned by that day, and a tasking that comes from a plan",
                mend="name the right plan, or none",
            )  # fmt: skip
    with recording(by=by, verb="policing.carry_out") as entry:
        done = m.Tasking(
            person_id=person_id, plan_id=plan_id, borough=borough, carried_out_on=carried_out_on, comes_from=comes_from
        )
        done.save()
        entry.about(done)
    return done


def _rating(person_id: int, day: date) -> str:
    """The panel's rating of the person on a day; empty before the first."""
    given = rated(day).filter(pl.col("person") == person_id)
    return "" if given.is_empty() else str(given["rag"][0])


def _pilot_borough(borough: str, refused: type[UserError]) -> None:
    boroughs = current_pilot().boroughs
    if borough not in boroughs:
        raise refused(
            what="That borough is not of the pilot", record=borough, expected=f"one of {', '.join(boroughs)}",
            mend="name the pilot borough",
        )  # fmt: skip


def _out_of_order(plan: m.Plan, step: str, expected: str) -> PlanRefused:
    asked = f"asked for on {plan.requested_on}" if plan.requested_on else "without a recorded request"
    return PlanRefused(
        what=f"The plan cannot be {step} on that day", record=f"plan {plan.pk}, {asked}", expected=expected,
        mend="check the plan and the day",
    )  # fmt: skip
