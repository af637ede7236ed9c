"""What the broker keeps on the way to work, and the conditions that whoever manages the person tells.

`by` is the account that acts, `today` the day on which it does, `on` the day of the fact.
"""

from collections.abc import Sequence
from datetime import date, time

from throughcare.casework.audit.actions import recording
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.models import Referral
from throughcare.core.dates import day_in_words
from throughcare.core.errors import UserError
from throughcare.strands.employment import models as m
from throughcare.strands.employment.checks import a_part_of_the_day, coded, in_hand, since, takes_part
from throughcare.strands.employment.readiness import codes


class NotEvidence(UserError):
    """Evidence that had run out when it was seen, or that has an end although it is of a kind that never runs out."""


class NotReviewed(UserError):
    """A day of review that is not after the day it follows."""


class NotArranged(UserError):
    """A need that is met or dropped already, or of which it is not said what was arranged."""


class NotACondition(UserError):
    """A condition that says no borough where it is about one, or is lifted twice or before it began."""


class NothingAgreed(UserError):
    """An agreement to nothing, or one that is withdrawn already."""


def see_right(
    *, by: str, referral: Referral, kind: str, seen_on: date, today: date, expires_on: date | None = None
) -> m.RightToWork:
    """The broker saw evidence of the right to work. Nothing of it is kept but its kind, the day, and until when it holds."""
    coded([kind], codes.EVIDENCE)
    with recording(by=by, verb="employment.see_right") as entry:
        found = takes_part(referral)
        since(seen_on, found.sent_on, today=today, record=f"referral {found.pk}")
        if expires_on is not None and (expires_on <= seen_on or kind not in codes.TIMED):
            raise NotEvidence(
                what="That day cannot be when it runs out", record=f"referral {found.pk}",
                expected="a day after it was seen, of evidence that runs out", mend="correct the day, or leave it out",
            )  # fmt: skip
        row = m.RightToWork(referral=found, kind=kind, seen_on=seen_on, expires_on=expires_on, by=by)
        row.save()
        entry.about(row, person_id=found.person_id)
        entry.details = {"kind": kind}
    return row


def take_back_right(*, by: str, seen: m.RightToWork) -> None:
    """It was kept by mistake: it stays on record as that, and gives no right. Taken back already: as it is."""
    with recording(by=by, verb="employment.take_back_right") as entry:
        row = m.RightToWork.objects.select_for_update(of=("self",)).select_related("referral").get(pk=seen.pk)
        row.taken_back = True
        row.save()
        entry.about(row, person_id=row.referral.person_id)


def assess(
    *, by: str, referral: Referral, state: str, to_do: Sequence[str], on: date, today: date, review_on: date | None = None
) -> m.Readiness:
    """How ready somebody is, what is still to be done, when it is looked at again."""
    coded([state], codes.STATES)
    coded(to_do, codes.TO_DO)
    with recording(by=by, verb="employment.assess") as entry:
        found = takes_part(referral)
        since(on, found.sent_on, today=today, record=f"referral {found.pk}")
        if review_on is not None and review_on <= on:
            raise NotReviewed(
                what=f"It cannot be looked at again on {day_in_words(review_on)}", record=f"referral {found.pk}",
                expected=f"a day after {day_in_words(on)}", mend="give a later day, or none",
            )  # fmt: skip
        row = m.Readiness(referral=found, state=state, to_do=" ".join(to_do), on=on, review_on=review_on, by=by)
        row.save()
        entry.about(row, person_id=found.person_id)
        entry.details = {"state": state}
    return row


def look_for(
    *, by: str, referral: Referral, boroughs: Sequence[str], on: date, most_hours: int | None = None,
    free_from: time | None = None, free_until: time | None = None, licences: Sequence[str] = (),
) -> m.Looking:  # fmt: skip
    """What work somebody looks for, and the licences they hold. Said again, the last word holds."""
    coded(licences, codes.LICENCES)
    a_part_of_the_day(free_from, free_until, record=f"referral {referral.pk}")
    with recording(by=by, verb="employment.look_for") as entry:
        found = takes_part(referral)
        row = m.Looking(
            referral=found, boroughs="|".join(boroughs), most_hours=most_hours, free_from=free_from, free_until=free_until,
            licences=" ".join(licences), on=on, by=by,
        )  # fmt: skip
        row.save()
        entry.about(row, person_id=found.person_id)
    return row


def tell_need(*, by: str, referral: Referral, kind: str, on: date) -> m.Need:
    """Something is needed for work: travel, training, a thing."""
    coded([kind], codes.NEEDS)
    with recording(by=by, verb="employment.tell_need") as entry:
        found = takes_part(referral)
        row = m.Need(referral=found, kind=kind, on=on, by=by)
        row.save()
        entry.about(row, person_id=found.person_id)
        entry.details = {"kind": kind}
    return row


def arrange(*, by: str, need: m.Need, arranged: str, on: date, today: date, paid_by: str, pence: int | None = None) -> m.Need:
    """What was arranged for a need, who paid, how much. Refused: one met or dropped, nothing said, a price of what was free."""
    coded([paid_by], codes.PAID_BY)
    with recording(by=by, verb="employment.arrange") as entry:
        row = _standing(need)
        since(on, row.on, today=today, record=f"need {row.pk}")
        if not arranged.strip() or (paid_by == "free" and pence):
            raise NotArranged(
                what="It is not whole what was arranged", record=f"need {row.pk}",
                expected="what it is, and no price where nobody paid", mend="say what it is, or who paid",
            )  # fmt: skip
        row.arranged, row.arranged_on, row.paid_by, row.pence = arranged.strip(), on, paid_by, pence
        row.save()
        entry.about(row, person_id=row.referral.person_id)
        entry.details = {"kind": row.kind, "paid_by": paid_by}
    return row


def drop_need(*, by: str, need: m.Need, on: date) -> m.Need:
    """It is needed no more, or was kept by mistake."""
    with recording(by=by, verb="employment.drop_need") as entry:
        row = _standing(need)
        row.dropped_on = on
        row.save()
        entry.about(row, person_id=row.referral.person_id)
    return row


def _standing(need: m.Need) -> m.Need:
    row = m.Need.objects.select_for_update(of=("self",)).select_related("referral").get(pk=need.pk)
    if row.arranged_on is not None or row.dropped_on is not None:
        raise NotArranged(
            what="This need is met, or needed no more", record=f"need {row.pk}", expected="one that waits", mend="look again"
        )
    return row


def limit(
    *, by: str, referral: Referral, kind: str, start: date, from_time: time | None = None, until_time: time | None = None,
    borough: str = "",
) -> m.WorkLimit:  # fmt: skip
    """A condition that bars some work, from a day on. A curfew has its hours, a borough its name, others nothing.

    It may be told of any referral in the pathway that is open, also before it is accepted: it is not the broker's to wait for.
    """
    coded([kind], codes.LIMITS)
    timed = kind == codes.CURFEW
    a_part_of_the_day(from_time, until_time, record=f"referral {referral.pk}", needed=timed)
    placed = kind == codes.BOROUGH
    if placed != bool(borough) or (borough and borough not in current_pilot().boroughs) or (from_time and not timed):
        raise NotACondition(
            what="This condition is not whole", record=f"referral {referral.pk}",
            expected="hours of a curfew, a borough of the pilot of a borough to keep out of, of others neither",
            mend="correct what goes with it",
        )  # fmt: skip
    with recording(by=by, verb="employment.limit") as entry:
        found = in_hand(referral)
        row = m.WorkLimit(
            referral=found, kind=kind, from_time=from_time, until_time=until_time, borough=borough, start=start, by=by
        )
        row.save()
        entry.about(row, person_id=found.person_id)
        entry.details = {"kind": kind}
    return row


def lift(*, by: str, condition: m.WorkLimit, on: date) -> m.WorkLimit:
    """The condition bars no more from that day on. Of one kept by mistake, that is the day on which it began."""
    with recording(by=by, verb="employment.lift") as entry:
        row = m.WorkLimit.objects.select_for_update(of=("self",)).select_related("referral").get(pk=condition.pk)
        if row.end is not None or on < row.start:
            raise NotACondition(
                what=f"It cannot end on {day_in_words(on)}", record=f"condition {row.pk}",
                expected=f"one that goes on, and a day from {day_in_words(row.start)} on", mend="correct the day",
            )  # fmt: skip
        row.end = on
        row.save()
        entry.about(row, person_id=row.referral.person_id)
    return row


def agree(*, by: str, referral: Referral, pilot: bool, convictions: bool, how: str, on: date, today: date) -> m.Disclosure:
    """What employers may be told, as the person agreed on a day. It takes the place of what was agreed before."""
    coded([how], codes.HOW)
    with recording(by=by, verb="employment.agree") as entry:
        found = takes_part(referral)
        since(on, found.sent_on, today=today, record=f"referral {found.pk}")
        if not (pilot or convictions):
            raise NothingAgreed(
                what="Nothing is agreed", record=f"referral {found.pk}", expected="at least one thing that may be told",
                mend="choose what, or keep no agreement: then nothing is told",
            )  # fmt: skip
        for earlier in _running(found):
            _withdrawn(earlier, by, today)
        row = m.Disclosure(referral=found, pilot=pilot, convictions=convictions, how=how, agreed_on=on, by=by)
        row.save()
        entry.about(row, person_id=found.person_id)
        entry.details = {"pilot": pilot, "convictions": convictions}
    return row


def withdraw(*, by: str, referral: Referral, on: date) -> None:
    """They agree no more: from now on no letter tells an employer anything. Letters that went are kept as they were."""
    with recording(by=by, verb="employment.withdraw_agreement") as entry:
        Referral.objects.select_for_update().get(pk=referral.pk)
        standing = list(_running(referral))
        if not standing:
            raise NothingAgreed(
                what="There is no agreement to withdraw", record=f"referral {referral.pk}", expected="one that holds",
                mend="look again",
            )  # fmt: skip
        for row in standing:
            _withdrawn(row, by, on)
            entry.about(row, person_id=referral.person_id)


def _running(referral: Referral) -> Sequence[m.Disclosure]:
    return list(m.Disclosure.objects.select_for_update().filter(referral=referral, withdrawn_on=None).order_by("pk"))


def _withdrawn(row: m.Disclosure, by: str, on: date) -> None:
    row.withdrawn_on, row.withdrawn_by = on, by
    row.save()
