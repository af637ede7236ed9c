"""What this strand has on record of one person: on the timeline, and all of it for whoever asks to see it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from throughcare.casework.frames import about
from throughcare.core.clock import london_date
from throughcare.core.contracts import TimelineEntry
from throughcare.core.times import time_in_words
from throughcare.strands.programmes import models as m
from throughcare.strands.programmes.decisions.codes import DECISIONS, REASONS
from throughcare.strands.programmes.family import queries as family
from throughcare.strands.programmes.meetings.codes import KINDS, PLANNED, STATES
from throughcare.strands.programmes.reminders.words import CHANNELS
from throughcare.strands.programmes.work.codes import AREAS, OUTCOMES

PLACE = ("id", "referral", "joined_on", "left_on", "group__name", "group__venue", "group__starts_on")
"""What is held of a place: not the check, which was about others too."""


def timeline(person_id: int) -> Sequence[TimelineEntry]:
    """Sessions, appointments, planned meetings and what misses came to, by day.

    What was decided is told with the court's matters, which no provider sees.
    """
    told = [
        TimelineEntry(
            on=each.held_on, kind="session", row="sessions", words=f"Session {_came(each.attended)}", referral=each.referral_id
        )
        for each in about(m.Session, person_id, by="referral__person")
    ]
    told += [_appointment(each) for each in about(m.Appointment, person_id)]
    told += [_meeting(each) for each in about(m.PlannedSession, person_id, by="referral__person") if each.session_id is None]
    told += [*_decisions(person_id), *_agreed(person_id), *_groups(person_id), *_work(person_id), *family.timeline(person_id)]
    return sorted(told, key=lambda entry: entry.on)


def _appointment(each: m.Appointment) -> TimelineEntry:
    """One of which nothing is recorded yet is planned: it is told of on its day and before."""
    open_yet = not (each.held_on or each.outcome or each.attended)
    words = f"Appointment with the offender manager{': no outcome yet' if open_yet else f' {_came(each.attended)}'}"
    return TimelineEntry(on=each.held_on or each.due_on, kind="appointment", row="sessions", words=words, planned=open_yet)


def _came(attended: bool) -> str:
    return "attended" if attended else "not attended"


def _meeting(each: m.PlannedSession) -> TimelineEntry:
    """One that was held or missed is told by its session."""
    what = f"{KINDS[each.kind]}{f' at {each.prison}' if each.prison else ''}"
    state = f"at {time_in_words(each.starts_at)}" if each.state == PLANNED else STATES[each.state].lower()
    return TimelineEntry(
        on=london_date(each.starts_at), kind="meeting", row="sessions", words=f"{what}: {state}" if each.state != PLANNED else
        f"{what} {state}", referral=each.referral_id, planned=True,
    )  # fmt: skip


def _decisions(person_id: int) -> Iterator[TimelineEntry]:
    for by in ("appointment__person", "session__referral__person"):
        for each in about(m.MissedDecision, person_id, by=by):
            if not each.withdrawn:
                why = f" ({REASONS[each.reason].lower()})" if each.reason else ""
                words = f"Missed {by.partition('__')[0]}: {DECISIONS[each.decision].lower()}{why}"
                yield TimelineEntry(on=each.on, kind="decision", row="court_cases", words=words)


def _agreed(person_id: int) -> Iterator[TimelineEntry]:
    for each in about(m.Channel, person_id):
        yield TimelineEntry(on=each.agreed_on, kind="reminders", row="supervision",
                            words=f"How to remind them of appointments: {CHANNELS[each.channel].lower()}")  # fmt: skip


def _groups(person_id: int) -> Iterator[TimelineEntry]:
    """Places in groups: their sessions are told as sessions."""
    for each in about(m.GroupPlace, person_id, by="referral__person"):
        told = {"kind": "group", "row": "sessions", "referral": each.referral_id}
        yield TimelineEntry(on=each.joined_on, words="Given a place in a group", **told)
        if each.left_on is not None:
            yield TimelineEntry(on=each.left_on, words="Left the group", **told)


def _work(person_id: int) -> Iterator[TimelineEntry]:
    """Goals and how they stood, by their need and never in their words; reports that were sent. No draft: it is nobody's yet."""
    goals: dict[int, m.Goal] = {}
    for goal in about(m.Goal, person_id, by="referral__person"):
        goals[goal.pk] = goal
        yield _goal(goal, goal.agreed_on, f"Goal agreed: {AREAS[goal.area].lower()}")
    for review in about(m.GoalReview, person_id, by="goal__referral__person"):
        goal = goals[review.goal_id]
        yield _goal(goal, review.on, f"Goal, {AREAS[goal.area].lower()}: {OUTCOMES[review.outcome].lower()}")
    for report in about(m.EndReport, person_id, by="referral__person"):
        if report.sent_on is not None:
            address = reverse("end-report", kwargs={"referral": report.referral_id})
            yield TimelineEntry(on=report.sent_on, kind="report at the end", row="sessions", referral=report.referral_id,
                                words="The provider's end-of-service report came", address=address)  # fmt: skip


def _goal(goal: m.Goal, on: date, words: str) -> TimelineEntry:
    return TimelineEntry(on=on, kind="goal", row="sessions", referral=goal.referral_id, words=words)


def held_about(person_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Every row of this strand on a person, by table."""
    places = m.GroupPlace.objects.filter(referral__person=person_id).order_by("pk")
    decided = m.MissedDecision.objects.filter(appointment__person=person_id)
    decided = decided.union(m.MissedDecision.objects.filter(session__referral__person=person_id)).order_by("id")
    return {
        "Sessions": list(m.Session.objects.filter(referral__person=person_id).order_by("pk").values()),
        "Appointments with the offender manager": list(m.Appointment.objects.filter(person=person_id).order_by("pk").values()),
        "Meetings planned": list(m.PlannedSession.objects.filter(referral__person=person_id).order_by("pk").values()),
        "What missed appointments and sessions came to": list(decided.values()),
        "How they agreed to be reminded": list(m.Channel.objects.filter(person=person_id).order_by("pk").values()),
        "Places in groups": list(places.values(*PLACE)),
        "Attendance in groups": list(m.GroupAttendance.objects.filter(place__in=places).order_by("pk").values()),
        "Goals agreed with providers": list(m.Goal.objects.filter(referral__person=person_id).order_by("pk").values()),
        "How goals stood": list(m.GoalReview.objects.filter(goal__referral__person=person_id).order_by("pk").values()),
        "End-of-service reports": list(m.EndReport.objects.filter(referral__person=person_id).order_by("pk").values()),
        **family.held_about(person_id),
        "Reminders": list(m.Reminder.objects.filter(person=person_id).order_by("pk").values()),
    }
