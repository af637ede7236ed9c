"""Putting a service off for a person, until a day; taking that back."""

from datetime import date, timedelta

from throughcare.casework.audit.actions import recording
from throughcare.casework.people.models import Person
from throughcare.casework.pilot import current_pilot
from throughcare.casework.referrals.errors import NotPutOff, UnknownReason
from throughcare.casework.referrals.models import Dismissal
from throughcare.casework.referrals.queries import open_with
from throughcare.casework.referrals.reasons import NOT_NOW


def not_now(*, by: str, person: int, service: str, reason: str, note: str, on: date, until: date) -> Dismissal:
    """The service is not asked about for the person until the day; one said before is replaced.

    Refused: no reason of the list, or "other" without a note; a day that is not after `on` or further off than the pilot file
    lets it be; a service to which nobody is referred, or to which the person has an open referral.
    """
    if reason not in NOT_NOW or (reason == "other" and not note.strip()):
        raise UnknownReason(
            what="Another reason needs a note" if reason == "other" else f"{reason!r} is no reason for not now",
            record=f"person {person}, {service}", expected=" or ".join(NOT_NOW), mend="say in the note what the reason is",
        )  # fmt: skip
    _can_wait(person, service, on, until)
    with recording(by=by, verb="referrals.not_now") as entry:
        Person.objects.select_for_update().get(pk=person)
        for earlier in _standing(person, service):
            earlier.withdrawn = True
            earlier.save()
        put = Dismissal(person_id=person, service=service, reason=reason, note=note.strip(), on=on, until=until, by=by)
        put.save()
        entry.about(put)
        entry.details = {"service": service, "reason": reason, "until": until}
    return put


def ask_now(*, by: str, dismissal: Dismissal) -> None:
    """It is asked about again from now on."""
    with recording(by=by, verb="referrals.ask_now") as entry:
        dismissal.withdrawn = True
        dismissal.save()
        entry.about(dismissal)
        entry.details = {"service": dismissal.service}


def _standing(person: int, service: str) -> list[Dismissal]:
    return list(Dismissal.objects.filter(person=person, service=service, withdrawn=False))


def _can_wait(person: int, service: str, on: date, until: date) -> None:
    pilot = current_pilot()
    longest = pilot.directory.not_now_within
    if not 1 <= (until - on).days <= longest:
        raise NotPutOff(
            what=f"The day is not in the next {longest} days", record=f"person {person}, {service}, {until}",
            expected=f"a day from {on + timedelta(days=1)} to {on + timedelta(days=longest)}",
            mend="choose a day from tomorrow on that is not so far off",
        )  # fmt: skip
    offered = [each.slug for each in pilot.services if each.by_referral]
    if service not in offered or open_with(person, service):
        raise NotPutOff(
            what="There is an open referral to it" if service in offered else "Nobody is referred to this",
            record=f"person {person}, {service}", expected="a service to which the person could be referred and is not",
            mend="go on with the referral" if service in offered else "choose a service to which people are referred",
        )  # fmt: skip
