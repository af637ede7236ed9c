"""Agreeing on a goal and saying how it stands; keeping, sending and reading the report at the end of the work.

`by` is the account that acts, `today` the day on which it does.
"""

from datetime import date

from throughcare.casework.audit.actions import recording
from throughcare.casework.referrals.models import Referral, ReferralEvent
from throughcare.casework.referrals.queries import history, state_of
from throughcare.casework.referrals.reach import TO_FINISH_WRITING
from throughcare.core.dates import has_come
from throughcare.core.errors import UserError
from throughcare.strands.programmes.models import EndReport, Goal, GoalReview
from throughcare.strands.programmes.work import queries
from throughcare.strands.programmes.work.codes import AREAS, ENDED, OUTCOMES

AGREED_IN = ("accepted", "started", "on_hold")


class NoGoal(UserError):
    """A goal without words or an area, of a referral that is not worked, or on a day before its sending."""


class NotReviewed(UserError):
    """A review with an unknown outcome, before the goal was agreed, or after the report was sent."""


class NotReported(UserError):
    """A report of work that is not over or no more the provider's to write; one that says nothing, or leaves a goal open."""


def agree_goal(*, by: str, referral: Referral, area: str, text: str, on: date, today: date) -> Goal:
    """A goal that the person and the provider agreed on. Refused: a day to come or before the sending; a referral not worked."""
    has_come(on, today=today, record=f"referral {referral.pk}")
    with recording(by=by, verb="programmes.agree_goal") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        if area not in AREAS or not text.strip() or on < referral.sent_on or state_of(referral.pk) not in AGREED_IN:
            raise NoGoal(
                what="The goal cannot be kept", record=f"referral {referral.pk}",
                expected="an area and words, a day from the sending, and a referral accepted, started or on hold",
                mend="correct the day or the words, or record the acceptance first",
            )  # fmt: skip
        goal = Goal(referral=referral, area=area, text=text.strip(), agreed_on=on, by=by)
        goal.save()
        entry.about(goal, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "area": area}
    return goal


def review_goal(*, by: str, goal: Goal, outcome: str, on: date, today: date, note: str = "") -> GoalReview:
    """How a goal stands; a later review holds in place of an earlier one.

    Refused: an outcome not on the list; a day to come, before the goal was agreed or the last review; after the report.
    """
    has_come(on, today=today, record=f"goal {goal.pk}")
    with recording(by=by, verb="programmes.review_goal") as entry:
        referral = Referral.objects.select_for_update().get(pk=goal.referral_id)
        last = GoalReview.objects.filter(goal=goal).order_by("on", "pk").last()
        first = last.on if last else goal.agreed_on
        if outcome not in OUTCOMES or on < first or _reported(referral):
            raise NotReviewed(
                what="The review cannot be kept", record=f"goal {goal.pk}",
                expected=f"one of {', '.join(OUTCOMES)}, on {first} or later, before the report is sent",
                mend="correct the outcome or the day",
            )  # fmt: skip
        review = GoalReview(goal=goal, outcome=outcome, on=on, note=note.strip(), by=by)
        review.save()
        entry.about(review, person_id=referral.person_id)
        entry.details = {"goal": goal.pk, "outcome": outcome}
    return review


def keep_draft(*, by: str, referral: Referral, done: str, needed: str, following: str, today: date) -> EndReport:
    """Keeps what is written of the report so far; nobody but the provider reads it. Refused: what is no more to be written."""
    with recording(by=by, verb="programmes.keep_end_report") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        _end_of(referral, today)
        draft = queries.draft_of(referral.pk) or EndReport(referral=referral)
        draft.done, draft.needed, draft.following = done.strip(), needed.strip(), following.strip()
        draft.kept_on, draft.kept_by = today, by
        draft.save()
        entry.about(draft, person_id=referral.person_id)
        entry.details = {"referral": referral.pk}
    return draft


def send_report(*, by: str, referral: Referral, today: date) -> EndReport:
    """Sends the draft as it is, with the end, its reason and the sessions as they are on record.

    Refused: nothing said of what was done or should come next; a goal of which nobody said how it stands.
    """
    with recording(by=by, verb="programmes.send_end_report") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        end = _end_of(referral, today)
        draft = queries.draft_of(referral.pk)
        goals = queries.goals_of(referral.pk)
        if draft is None or not draft.done or not draft.following or any(each.review is None for each in goals):
            raise NotReported(
                what="The report is not whole", record=f"referral {referral.pk}",
                expected="what was done, what should happen next, and how each goal stands",
                mend="write what is missing, and review the goals that are open",
            )  # fmt: skip
        draft.ended_on, draft.how, draft.reason = end.on, end.state, end.reason
        draft.attended, draft.offered = queries.sessions_of(referral.pk)
        draft.sent_on, draft.sent_by = today, by
        draft.save()
        entry.about(draft, person_id=referral.person_id)
        entry.details = {"referral": referral.pk, "how": end.state, "reason": end.reason}
    return draft


def mark_read(*, by: str, report: EndReport, today: date) -> None:
    """Whoever manages the person, or sent the referral, has read the report. Read already: as it is. Refused: a draft."""
    with recording(by=by, verb="programmes.read_end_report") as entry:
        now = EndReport.objects.select_for_update().get(pk=report.pk)
        if now.sent_on is None:
            raise NotReported(
                what="This report was not sent", record=f"report {now.pk}", expected="a report that was sent", mend="wait for it"
            )
        entry.about(now, person_id=report.referral.person_id)
        if now.read_on is None:
            now.read_on, now.read_by = today, by
            now.save()


def _reported(referral: Referral) -> bool:
    """Whether the work is over and its report was sent."""
    events = history(referral.pk)
    return bool(events) and events[-1].state in ENDED and _sent_since(referral, events[-1].on)


def _sent_since(referral: Referral, day: date) -> bool:
    return any(report.sent_on >= day for report in queries.sent_of(referral.pk))


def _end_of(referral: Referral, today: date) -> ReferralEvent:
    """How the work ended, where a report of it may be written today."""
    events = history(referral.pk)
    end = events[-1] if events else None
    over = end is not None and end.state in ENDED and referral.service in queries.WITH_GOALS
    if end is None or not over or today >= end.on + TO_FINISH_WRITING or _sent_since(referral, end.on):
        raise NotReported(
            what="No report of this work is to be written now", record=f"referral {referral.pk}",
            expected=f"work that ended less than {TO_FINISH_WRITING.days} days ago, and no report sent since",
            mend="complete it or end it first; after the time, ring the offender manager",
        )  # fmt: skip
    return end
