"""Owing a fact to the system that keeps it, and entering it there.

`owe` is called inside the action that types the fact, so that none is typed without it.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from throughcare.casework.audit.actions import recording
from throughcare.casework.elsewhere.errors import AlreadyEntered, NeverTypedHere, NotEntered
from throughcare.casework.elsewhere.models import Owed
from throughcare.casework.imports.adoption.actions import Adoption
from throughcare.casework.people.models import Person
from throughcare.core.pilot import Pilot


def owe(
    *, by: str, kind: str, person: Person, record: models.Model, text: str, on: date, pilot: Pilot, post: str = ""
) -> Owed | None:
    """Notes that the fact `record` is to be entered where the pilot file says that its kind is kept; nothing where that is here.

    Refused with `NeverTypedHere`, and the action that typed it with it: a kind that only ever comes from its home. A kind that
    there is not is a KeyError.
    """
    home = pilot.home(kind)
    if home.ours:
        return None
    if home.copied:
        raise NeverTypedHere(
            what=f"{home.system} is the home of {kind}, and it is never typed here",
            record=f"{record._meta.label_lower} {record.pk}", expected=f"{kind} from an extract of {home.system}",
            mend=f"enter it in {home.system}: it comes with the next extract",
        )  # fmt: skip
    with recording(by=by, verb="elsewhere.owe") as entry:
        owed = Owed(
            kind=kind, system=home.system, person=person, subject_type=record._meta.label_lower, subject_id=record.pk, text=text,
            on=on, made_at=datetime.now(UTC), made_by=by, post=post,
        )  # fmt: skip
        owed.save()
        entry.about(owed)
        entry.details = {"kind": kind, "system": home.system, "subject": f"{owed.subject_type} {owed.subject_id}"}
    return owed


def mark_entered(*, by: str, ids: Collection[int], reference: str = "") -> list[Owed]:
    """These facts have been entered, under that number where one is told. Refused whole: one not owed, or not any more."""
    with recording(by=by, verb="elsewhere.mark_entered") as entry:
        rows = list(Owed.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"))
        done = [row.pk for row in rows if row.entered_at is not None]
        if done or len(rows) < len(set(ids)):
            gone = sorted(set(ids) - {row.pk for row in rows})
            raise AlreadyEntered(
                what="What is not owed cannot be entered", record=f"owed {', '.join(map(str, done or gone))}",
                expected="facts that are still to be entered", mend="look at the list again: somebody else has entered some",
            )  # fmt: skip
        for row in rows:
            row.entered_at, row.entered_by, row.reference = datetime.now(UTC), by, reference.strip()
            row.save()
            entry.also("elsewhere.entered", "elsewhere.owed", str(row.pk), person_id=row.person_id, details=_told(row))
        entry.details = {"entered": len(rows)}
    return rows


def not_entered(*, by: str, id: int) -> Owed:
    """That it was entered is taken back: it is owed again. Refused: one not entered, or one that an extract has brought back."""
    with recording(by=by, verb="elsewhere.not_entered") as entry:
        row = Owed.objects.select_for_update().filter(pk=id).first()
        if row is None or row.entered_at is None or row.by_import:
            there = row is not None and row.by_import
            raise NotEntered(
                what="It cannot be said that this is not entered", record=f"owed {id}",
                expected="a fact that somebody said was entered",
                mend="leave it: an extract shows that it is there" if there else "look at the list again",
            )  # fmt: skip
        entry.details = _told(row)
        _again(row)
        entry.about(row)
    return row


def follow_import(adopted: Sequence[Adoption], released: Sequence[Adoption]) -> None:
    """What an extract brought back has been entered, under its number there; what the extract let go is owed again.

    Given to `imports.actions.stores` as `tells`, and so called inside the import.
    """
    for each in adopted:
        _by_import(each, _of(each).filter(entered_at=None), verb="elsewhere.came_back")
    for each in released:
        _by_import(each, _of(each).filter(by_import=True), verb="elsewhere.let_go")


def _of(each: Adoption) -> Any:
    return Owed.objects.filter(subject_type=each.table, subject_id=each.row)


def _by_import(each: Adoption, rows: Any, *, verb: str) -> None:
    for row in rows:
        with recording(by=each.by, verb=verb) as entry:
            if verb == "elsewhere.let_go":
                _again(row)
            else:
                row.entered_at, row.entered_by = datetime.now(UTC), f"import by {each.by}"[:100]
                row.reference, row.by_import = each.record_id, True
                row.save()
            entry.about(row)
            entry.details = _told(row) | {"record_id": each.record_id}


def _again(row: Owed) -> None:
    row.entered_at, row.entered_by, row.reference, row.by_import = None, None, "", False
    row.save()


def _told(row: Owed) -> dict[str, Any]:
    return {"kind": row.kind, "system": row.system, "subject": f"{row.subject_type} {row.subject_id}"}
