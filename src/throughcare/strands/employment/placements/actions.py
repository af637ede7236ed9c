"""Placements: their start, the looks whether they last, their end and why.

`by` is the account that acts, `on` the day of the fact.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.actions import start
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.dates import day_in_words, months_after
from throughcare.core.errors import UserError
from throughcare.strands.employment.checks import a_part_of_the_day, coded
from throughcare.strands.employment.models import (
    CHECKED_AFTER,
    Application,
    Leaving,
    Placement,
    RetentionCheck,
    Terms,
    Vacancy,
)
from throughcare.strands.employment.placements.codes import FOUND, KEPT, NOT_KNOWN, REASONS
from throughcare.strands.employment.placements.queries import can_be_taken_back
from throughcare.strands.employment.queries import SERVICE, TAKING_PART, full_on, may_work_on
from throughcare.strands.employment.vacancies.codes import OFFERED

MONTHS = 6


class NotPlaceable(UserError):
    """A placement for a referral that is not accepted, or with its dates the wrong way round."""


class NoRightSeen(UserError):
    """A placement of somebody of whom no evidence of the right to work holds on its first day."""


class NotOffered(UserError):
    """A placement by an application that was not offered, is somebody else's, or whose vacancy is filled."""


class NoPlace(UserError):
    """All places of the service are taken by other people."""


class WrongCheck(UserError):
    """A retention check at another week, before its day, twice, or against the end of the placement."""


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What is agreed with the employer beside the first day; None: not known."""

    hours_a_week: int | None = None
    shift_from: time | None = None
    shift_until: time | None = None
    pence_an_hour: int | None = None


def place(
    *, by: str, referral: Referral, employer: str, job: str, on: date, agreed: Agreed | None = None,
    application: Application | None = None,
) -> Placement:  # fmt: skip
    """A person starts in a job, planned for six months. The referral must be accepted; the first placement starts it.

    Refused: where no evidence of the right to work holds on the day; where all places of the service are taken by others on the
    day or on a later one: it is taken until it ends; where the application that led to it was not offered.
    """
    state = state_of(referral.pk)
    if state not in TAKING_PART or on < referral.sent_on:
        raise NotPlaceable(
            what=f"The referral, sent on {day_in_words(referral.sent_on)}, is {state}: no job can start on {day_in_words(on)}",
            record=f"referral {referral.pk}", expected="an accepted or started referral, and a day from its sending",
            mend="record the acceptance first, or correct the day",
        )  # fmt: skip
    terms = agreed or Agreed()
    a_part_of_the_day(terms.shift_from, terms.shift_until, record=f"referral {referral.pk}")
    with recording(by=by, verb="employment.place") as entry:
        # Locked first and looked at in a second query, which sees what another began meanwhile.
        list(Placement.objects.select_for_update().order_by("pk"))
        _free_place(referral, on)
        if not may_work_on(referral.person_id, on):
            raise NoRightSeen(
                what=f"No evidence of the right to work holds on {day_in_words(on)}", record=f"referral {referral.pk}",
                expected="evidence that the broker has seen", mend="see it, and keep which it was and when",
            )  # fmt: skip
        vacancy = _offered(application, referral) if application else None
        row = Placement(referral=referral, employer=employer, job=job, started_on=on, planned_end_on=months_after(on, MONTHS))
        row.save()
        Terms(
            placement=row, vacancy=vacancy, by=by, hours_a_week=terms.hours_a_week, shift_from=terms.shift_from,
            shift_until=terms.shift_until, pence_an_hour=terms.pence_an_hour,
        ).save()  # fmt: skip
        if state == "accepted":
            start(by=by, referral=referral, on=on)
        entry.about(row, person_id=referral.person_id)
    return row


def _free_place(referral: Referral, on: date) -> None:
    places = current_pilot().service(SERVICE).places
    if places is not None and (full := full_on(places, on, but=referral.person_id)):
        raise NoPlace(
            what=f"All {places} places are taken on {day_in_words(full)}", record=f"referral {referral.pk}",
            expected="a free place", mend="wait until a placement has ended, or record that it has",
        )  # fmt: skip


def _offered(application: Application, referral: Referral) -> Vacancy:
    """The vacancy that the application leads into, locked, with a place of it free."""
    row = Application.objects.select_for_update(of=("self",)).select_related("referral").get(pk=application.pk)
    vacancy = Vacancy.objects.select_for_update().get(pk=row.vacancy_id)
    taken = list(Terms.objects.filter(vacancy=vacancy).values_list("placement__referral", flat=True))
    if row.answer != OFFERED or row.referral_id != referral.pk or referral.pk in taken or len(taken) >= vacancy.places:
        raise NotOffered(
            what="This application leads to no placement", record=f"application {row.pk}",
            expected="one of this person's, offered, to a vacancy with a free place",
            mend="record the offer first, or look again",
        )  # fmt: skip
    return vacancy


def take_back_start(*, by: str, placement: Placement) -> None:
    """It was begun here by mistake: it goes, with what was agreed of it, and stands in the audit. The referral stays started.

    Refused where it came by extract, was looked at, or is ended.
    """
    with recording(by=by, verb="employment.take_back_start") as entry:
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if not can_be_taken_back(row):
            raise NotPlaceable(
                what="This placement cannot be taken back", record=f"placement {row.pk}",
                expected="one begun here, not looked at yet, that goes on", mend="end it, and say why",
            )  # fmt: skip
        entry.about(row, person_id=row.referral.person_id)
        entry.details = {"started_on": row.started_on}
        Terms.objects.filter(placement=row).delete()
        row.delete()


def end(*, by: str, placement: Placement, on: date, reason: str) -> Placement:
    """The placement is over; `on` is the day after the last in work. Any day will do: a job may be lost between two checks.

    Refused: twice, before it began, a reason that is no code, and a day on which a later check found the person there.
    """
    coded([reason], REASONS)
    with recording(by=by, verb="employment.end") as entry:
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        there = RetentionCheck.objects.filter(placement=row, in_work=True).values_list("weeks", flat=True)
        kept = [row.started_on + timedelta(weeks=weeks) for weeks in there]
        if row.ended_on is not None or on <= row.started_on or any(day >= on for day in kept):
            raise NotPlaceable(
                what=f"Their last day cannot have been {day_in_words(on - timedelta(days=1))}",
                record=f"placement {row.pk}, [{row.started_on}, {row.ended_on or 'ongoing'})",
                expected="one that goes on; a last day not before its first, nor before a check that found the person there",
                mend="correct the day",
            )  # fmt: skip
        row.ended_on = on
        row.save()
        Leaving(placement=row, on=on, reason=reason, by=by).save()
        entry.about(row, person_id=row.referral.person_id)
        entry.details = {"reason": reason}
    return row


def take_back_end(*, by: str, placement: Placement) -> None:
    """It was ended here by mistake, and goes on. Refused where it was not ended here."""
    with recording(by=by, verb="employment.take_back_end") as entry:
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        leaving = Leaving.objects.filter(placement=row).first()
        if leaving is None or row.ended_on != leaving.on:
            raise NotPlaceable(
                what="This end was not recorded here", record=f"placement {row.pk}", expected="one that was", mend="look again"
            )
        row.ended_on = None
        row.save()
        entry.about(row, person_id=row.referral.person_id)
        entry.details = {"reason": leaving.reason, "on": leaving.on}
        leaving.delete()


def check(*, by: str, placement: Placement, weeks: int, found: str, on: date) -> RetentionCheck:
    """Looks whether the person is in the placement so many weeks after its start; `on` is the day of looking.

    What could not be found out may be looked at again, and anything else once. Refused: other weeks than 1, 4, 13 and 26, before
    the week is reached, and "still in this job" after the placement ended.
    """
    coded([found], FOUND)
    due = placement.started_on + timedelta(weeks=weeks)
    with recording(by=by, verb="employment.check") as entry:
        now = Placement.objects.select_for_update().get(pk=placement.pk)
        over = found == KEPT and now.ended_on is not None and now.ended_on <= due
        row = RetentionCheck.objects.filter(placement=now, weeks=weeks).first()
        if weeks not in CHECKED_AFTER or on < due or (row is not None and row.known) or over:
            raise WrongCheck(
                what=f"Week {weeks} cannot be looked at on {day_in_words(on)} as: {FOUND[found].lower()}",
                record=f"placement {now.pk}", mend="correct the week, the day or the answer",
                expected=f"week 1, 4, 13 or 26, once, from {day_in_words(due)}, as the placement was then",
            )  # fmt: skip
        row = row or RetentionCheck(placement=now, weeks=weeks)
        row.in_work, row.known = found == KEPT, found != NOT_KNOWN
        row.save()
        entry.about(row, person_id=now.referral.person_id)
        entry.details = {"weeks": weeks, "found": found}
    return row
