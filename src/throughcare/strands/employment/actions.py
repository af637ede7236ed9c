"""What the employment broker records: placements, their end, and whether the person is still in work."""

from datetime import date, timedelta

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.actions import start
from throughcare.casework.referrals.models import Referral
from throughcare.casework.referrals.queries import state_of
from throughcare.core.dates import months_after
from throughcare.core.errors import UserError
from throughcare.strands.employment.models import CHECKED_AFTER, Placement, RetentionCheck
from throughcare.strands.employment.queries import SERVICE, full_on

MONTHS = 6
TAKING_PART = ("accepted", "started")


class NotPlaceable(UserError):
    """A placement for a referral that is not accepted, or with its dates the wrong way round."""


class NoPlace(UserError):
    """All places of the service are taken by other people."""


class WrongCheck(UserError):
    """A retention check at another week, before its day, twice, or against the end of the placement."""


def place(*, by: str, referral: Referral, employer: str, job: str, on: date) -> Placement:
    """A person starts in a job, planned for six months. The referral must be accepted; the first placement starts it.

    Refused where all places of the service are taken by others on the day or on a later one: it is taken until it ends.
    """
    state = state_of(referral.pk)
    if state not in TAKING_PART or on < referral.sent_on:
        raise NotPlaceable(
            what=f"The referral is {state}, sent {referral.sent_on}, and can have no placement from {on}",
            record=f"referral {referral.pk}", expected="an accepted or started referral, and a day from its sending",
            mend="record the acceptance first, or correct the day",
        )  # fmt: skip
    with recording(by=by, verb="employment.place") as entry:
        # Locked first and looked at in a second query, which sees what another began meanwhile.
        list(Placement.objects.select_for_update().order_by("pk"))
        places = current_pilot().service(SERVICE).places
        if places is not None and (full := full_on(places, on, but=referral.person_id)):
            raise NoPlace(
                what=f"All {places} places are taken on {full}", record=f"referral {referral.pk}", expected="a free place",
                mend="wait until a placement has ended, or record that it has",
            )  # fmt: skip
        row = Placement(referral=referral, employer=employer, job=job, started_on=on, planned_end_on=months_after(on, MONTHS))
        row.save()
        if state == "accepted":
            start(by=by, referral=referral, on=on)
        entry.about(row, person_id=referral.person_id)
    return row


def end(*, by: str, placement: Placement, on: date) -> Placement:
    """The placement is over; `on` is the day after the last in work."""
    with recording(by=by, verb="employment.end") as entry:
        row = Placement.objects.select_for_update().get(pk=placement.pk)
        if row.ended_on is not None or on <= row.started_on:
            raise NotPlaceable(
                what=f"The placement cannot end on {on}",
                record=f"placement {row.pk}, [{row.started_on}, {row.ended_on or 'ongoing'})",
                expected="one that goes on, and a day after its first", mend="correct the day",
            )  # fmt: skip
        row.ended_on = on
        row.save()
        entry.about(row, person_id=row.referral.person_id)
    return row


def check(*, by: str, placement: Placement, weeks: int, in_work: bool, on: date) -> RetentionCheck:
    """Looks whether the person is in the placement so many weeks after its start; `on` is the day of looking.

    Refused: other weeks than 1, 4, 13 and 26, before the week is reached, twice, and "in work" after the placement ended.
    """
    due = placement.started_on + timedelta(weeks=weeks)
    over = in_work and placement.ended_on is not None and placement.ended_on <= due
    with recording(by=by, verb="employment.check") as entry:
        known = RetentionCheck.objects.filter(placement=placement, weeks=weeks).exists()
        if weeks not in CHECKED_AFTER or on < due or known or over:
            raise WrongCheck(
                what=f"Week {weeks} cannot be checked on {on} as {'in' if in_work else 'not in'} work",
                record=f"placement {placement.pk}", expected=f"week 1, 4, 13 or 26, once, from {due}, as the placement was then",
                mend="correct the week, the day or the answer",
            )  # fmt: skip
        row = RetentionCheck(placement=placement, weeks=weeks, in_work=in_work)
        row.save()
        entry.about(row, person_id=placement.referral.person_id)
    return row
