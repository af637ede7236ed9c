"""Writing training: planned, people invited, who came kept at once, and how useful it was to who came."""

from collections.abc import Collection, Mapping
from datetime import date, time

from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.casework.awareness import errors
from throughcare.casework.awareness import models as m
from throughcare.casework.awareness.about_nobody import about_nobody
from throughcare.casework.awareness.training.queries import rating_key
from throughcare.casework.pilot import current_pilot


def plan(
    *, reader: Reader, kind: str, on: date, at: time | None = None, where: str = "", given_by: str = "",
    places: int | None = None,
) -> m.Training:  # fmt: skip
    """An event of a training of the pilot file; the reader's post plans it and keeps who came. Its day may have gone."""
    if kind not in {each.slug for each in current_pilot().awareness.trainings}:
        raise errors.NotOfTheFile(
            what=f"The pilot file has no training {kind!r}", record=f"training on {on}", expected="a training of the pilot file",
            mend="choose one of the list",
        )  # fmt: skip
    about_nobody(where, given_by)
    with recording(by=reader.by, verb="awareness.plan_training") as entry:
        made = m.Training(kind=kind, on=on, at=at, where=where.strip(), given_by=given_by.strip(), places=places,
                          post=reader.post)  # fmt: skip
        made.save()
        entry.about(made)
    return made


def invite(*, by: str, training: m.Training, accounts: Mapping[int, str]) -> int:
    """Invites these accounts, each in a role; gives how many are invited now who were not. Safe to repeat.

    Refused: after who came is kept, for a training that is off, and more people than there are places.
    """
    with recording(by=by, verb="awareness.invite") as entry:
        found = _before_attendance(training)
        there = set(m.Attendee.objects.filter(training=found).values_list("account", flat=True))
        fresh = [account for account in accounts if account not in there]
        if found.places is not None and len(there) + len(fresh) > found.places:
            raise errors.NoRoom(
                what=f"{len(there) + len(fresh)} people would be invited to {found.places} places", record=f"training {found.pk}",
                expected=f"at most {found.places}", mend="choose fewer roles, or plan a second event",
            )  # fmt: skip
        m.Attendee.objects.bulk_create([m.Attendee(training=found, account_id=a, role=accounts[a]) for a in fresh])
        entry.about(found)
        entry.details = {"invited": len(fresh)}
    return len(fresh)


def cancel(*, by: str, training: m.Training) -> None:
    """The training is off: whoever was invited has it on Today no more. Refused after who came is kept."""
    with recording(by=by, verb="awareness.cancel_training") as entry:
        found = _before_attendance(training)
        found.cancelled = True
        found.save()
        entry.about(found)


def _before_attendance(training: m.Training) -> m.Training:
    found = m.Training.objects.select_for_update().get(pk=training.pk)
    if found.cancelled or found.attendance_on is not None:
        raise errors.NotNow(
            what="The training is off" if found.cancelled else "Who came is kept already", record=f"training {found.pk}",
            expected="a training to come", mend="plan another, or correct who came",
        )  # fmt: skip
    return found


def keep_attendance(
    *, reader: Reader, training: m.Training, came: Collection[int], others: Mapping[int, str], outsiders: Mapping[str, int]
) -> None:
    """Who came, all at once; kept again it is corrected. A rating of somebody who then did not come goes.

    came: accounts of those invited; others: accounts that came without, each in a role; outsiders: by agency how many came who
    have no account, whose names are not asked for. Refused: before the day, and for a training that is off.
    """
    with recording(by=reader.by, verb="awareness.keep_attendance") as entry:
        found = m.Training.objects.select_for_update().get(pk=training.pk)
        if found.cancelled or found.on > reader.day:
            raise errors.NotNow(
                what="The training is off" if found.cancelled else "The training has not been yet", record=f"training {found.pk}",
                expected="a training that was held", mend="keep who came on the day, or after it",
            )  # fmt: skip
        listed = {each.account_id: each for each in m.Attendee.objects.filter(training=found)}
        for account, role in others.items():
            if account not in listed:
                listed[account] = m.Attendee(training=found, account_id=account, role=role, invited=False)
        for account, each in listed.items():
            each.came = account in came or account in others
            each.save()
        gone = [rating_key(found, account) for account, each in listed.items() if not each.came]
        m.Rating.objects.filter(key__in=gone).delete()
        m.Outsiders.objects.filter(training=found).delete()
        m.Outsiders.objects.bulk_create([m.Outsiders(training=found, agency=a, number=n) for a, n in outsiders.items() if n > 0])
        found.attendance_on = reader.day
        found.save()
        entry.about(found)


def rate(*, reader: Reader, training: m.Training, stars: int, comment: str = "") -> None:
    """How useful it was, from 1 to 5, by who came; given again, it replaces what was given before.

    Neither the row nor the audit tells who gave which: the audit has that the account rated this training, and no more.
    """
    about_nobody(comment)
    attended = m.Attendee.objects.filter(training=training, account=reader.account, came=True).first()
    if attended is None:
        raise errors.NotThere(
            what="You are not among those who came", record=f"training {training.pk}", expected="somebody who came",
            mend="ask whoever gave the training to correct who came",
        )  # fmt: skip
    with recording(by=reader.by, verb="awareness.rate") as entry:
        key = rating_key(training, reader.account.pk)
        m.Rating(key=key, training=training, role=attended.role, stars=stars, comment=comment.strip()).save()
        entry.about(training)
