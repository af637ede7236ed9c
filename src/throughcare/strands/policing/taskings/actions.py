"""Giving taskings, and their steps."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.casework.access.models import Post
from throughcare.casework.audit.actions import recording
from throughcare.core.dates import day_in_words
from throughcare.rules import taskings as rule
from throughcare.strands.policing import models as m
from throughcare.strands.policing.errors import TaskingRefused, pilot_borough
from throughcare.strands.policing.taskings.queries import state_of


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be done, by which post, by when; where the tasking comes from."""

    comes_from: str
    text: str
    owner: Post
    due_on: date


def ask(
    *, by: str, person_id: int, wanted: Wanted, on: date, at: datetime, plan_id: int | None = None, post: Post | None = None
) -> m.Tasking:
    """A tasking about a person is given to a post of a borough's police. The borough is the post's.

    Refused: an unknown origin; a post that is not of the pilot's police; due before it is asked; a plan that is about somebody
    else or not yet returned, or where the tasking does not come from one.
    """
    record = f"the tasking of {day_in_words(on)} for {wanted.owner.title}"
    _to_whom(wanted.owner)
    _when(wanted.due_on, on, record)
    if wanted.comes_from not in m.COMES_FROM:
        raise TaskingRefused(
            what="A tasking does not come from that", record=f"{record} ({wanted.comes_from})",
            expected=f"one of {', '.join(m.COMES_FROM)}", mend="give one of those words",
        )  # fmt: skip
    if plan_id is not None:
        _from_plan(m.Plan.objects.get(pk=plan_id), person_id, wanted.comes_from, on, record)
    with recording(by=by, verb="policing.ask_tasking") as entry:
        tasking = m.Tasking(
            person_id=person_id, plan_id=plan_id, borough=wanted.owner.place, comes_from=wanted.comes_from, text=wanted.text,
            asked_on=on, asked_by=by, asked_post=post, owner=wanted.owner, due_on=wanted.due_on,
        )  # fmt: skip
        tasking.save()
        m.Step(tasking=tasking, step="ask", text=wanted.text, on=on, at=at, by=by).save()
        entry.about(tasking)
        entry.details = {"owner": wanted.owner.slug, "due_on": str(wanted.due_on)}
    return tasking


def _to_whom(owner: Post) -> None:
    pilot_borough(owner.place, TaskingRefused)
    if owner.role != "tasking_officer" or owner.closed_on is not None:
        raise TaskingRefused(
            what="A tasking goes to a borough's police", record=owner.title, expected="an open post of a tasking officer",
            mend="choose another post",
        )  # fmt: skip


def _when(due_on: date, on: date, record: str) -> None:
    if due_on < on:
        raise TaskingRefused(
            what="A tasking is not due before it is asked for", record=record, expected=f"{day_in_words(on)} or later",
            mend="choose a later day",
        )  # fmt: skip


def _from_plan(plan: m.Plan, person_id: int, comes_from: str, on: date, record: str) -> None:
    returned = plan.received_on is not None and plan.received_on <= on
    if comes_from != "plan" or plan.person_id != person_id or not returned:
        raise TaskingRefused(
            what="The tasking cannot come from that plan", record=record,
            expected="a plan about the same person, returned by that day, and a tasking that comes from a plan",
            mend="name the right plan, or none",
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a step says: its code (a result or a reason), words; of a tasking given anew, its owner and day."""

    code: str = ""
    text: str = ""
    owner: Post | None = None
    due_on: date | None = None


def take_step(*, by: str, tasking_id: int, step: str, who: rule.Who, on: date, at: datetime, answer: Answer) -> m.Tasking:
    """A step of the table of `rules.taskings`. `on`: of one done, the day on which it was carried out.

    Refused: a step that the state does not have, or that is not for whoever takes it; before it was asked for; a code that is not
    of the list; given anew to nobody, or due before the day.
    """
    with recording(by=by, verb=f"policing.tasking_{step}") as entry:
        tasking = m.Tasking.objects.select_for_update().get(pk=tasking_id)
        move = rule.move(state_of(tasking), step)
        if move is None or move.who != who or (tasking.asked_on is not None and on < tasking.asked_on):
            raise TaskingRefused(
                what="The tasking cannot take that step", record=f"tasking {tasking.pk} on {on}, {rule.SHOWN[state_of(tasking)]}",
                expected="a step of its state, by whose it is, on a day since it was asked for", mend="look at the tasking again",
            )  # fmt: skip
        if move.codes and answer.code not in move.codes:
            raise TaskingRefused(
                what="That is not on the list", record=f"tasking {tasking.pk} ({answer.code})",
                expected=f"one of {', '.join(move.codes)}", mend="choose one of the list",
            )  # fmt: skip
        m.Step(tasking=tasking, step=step, reason=answer.code, text=answer.text, on=on, at=at, by=by).save()
        tasking.standing = move.to if move.to in (rule.RETURNED, rule.CANCELLED) else ""
        if move.to == rule.DONE:
            tasking.carried_out_on, tasking.result, tasking.result_text = on, answer.code, answer.text
        if move.anew:
            _anew(tasking, answer, on)
        tasking.save()
        entry.about(tasking)
        entry.details = {"code": answer.code} if answer.code else {}
    return tasking


def _anew(tasking: m.Tasking, answer: Answer, on: date) -> None:
    if answer.owner is None or answer.due_on is None:
        raise TaskingRefused(
            what="A tasking needs a post and a day", record=f"tasking {tasking.pk}", expected="both", mend="choose them"
        )
    _to_whom(answer.owner)
    _when(answer.due_on, on, f"tasking {tasking.pk}")
    tasking.owner, tasking.due_on, tasking.borough = answer.owner, answer.due_on, answer.owner.place
