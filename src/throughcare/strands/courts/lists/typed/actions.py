"""Keeps lists that were pasted or typed: each line a version of its entry, as a file's rows are; unread lines kept beside.

A line without a reference is the entry of that name on that court's list where there is one, so that a list pasted twice, or
after its file, makes nobody stand there twice; what the line does not tell stays as it was.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from throughcare.casework.audit.actions import recording
from throughcare.core.errors import UserError
from throughcare.strands.courts.lists.identity import IDENTITY, digest_of
from throughcare.strands.courts.lists.pasted import Pasted, Unread, read_pasted
from throughcare.strands.courts.lists.standing import on_the_list, standing_of
from throughcare.strands.courts.models import Hearing, ListReceived, UnreadLine

KEPT = (
    *IDENTITY, "courtroom", "at", "bail", "offence_code", "offence", "plea", "breach", "warrant",
)  # fmt: skip
"""The fields that a line may tell."""


class ListRefused(UserError):
    """A list of nobody, or for no court."""


def keep_pasted(*, by: str, court: str, sits_on: date, text: str, issued_at: datetime | None = None) -> Pasted:
    """Keeps what can be read of a pasted list, and the lines that cannot. `issued_at`: when it was printed, if not now.

    Refused: a text in which no line can be read, so that nothing is taken for a list that is none.
    """
    found = read_pasted(text)
    if not found.read:
        raise ListRefused(
            what="No line of the list could be read", record=f"the list of {court}", expected="a name a line: SURNAME, Forename",
            mend="correct the lines, or type the names one by one",
        )  # fmt: skip
    _keep(by, court, sits_on, [each.told for each in found.read], found.unread, "pasted", issued_at)
    return found


def keep_typed(*, by: str, court: str, sits_on: date, told: Mapping[str, Any]) -> Hearing:
    """One entry typed. Refused: without a surname."""
    if not str(told.get("surname") or "").strip():
        raise ListRefused(
            what="The entry has no surname", record=f"the list of {court}", expected="a surname", mend="type the surname"
        )
    return _keep(by, court, sits_on, [told], (), "typed", None)[0]


def say_nobody_listed(*, by: str, court: str, sits_on: date) -> ListReceived:
    """Somebody has asked, and the court has nobody on its list that day. Refused: where entries stand on it."""
    if on_the_list(court, sits_on):
        raise ListRefused(
            what="There are people on the list", record=f"the list of {court}", expected="a list with nobody on it",
            mend="take the entries off it one by one, if they are wrong",
        )  # fmt: skip
    now = datetime.now(UTC)
    with recording(by=by, verb="courts.nobody_listed") as entry:
        came = ListReceived(court=court, sits_on=sits_on, received_at=now, how="typed", names=0, expected=0, issued_at=now)
        came.save()
        entry.about(came)
    return came


def undo_list(*, by: str, came: int) -> ListReceived:
    """Takes back a list that was pasted, typed, or said to be empty: earlier versions stand again, its unread lines are gone.

    Refused: a list that came in a file, which is the sender's; one that was taken back already.
    """
    found = ListReceived.objects.filter(pk=came, load=None).first()
    if found is None:
        raise ListRefused(
            what="The list cannot be taken back", record=f"list {came}", expected="a list that was pasted or typed here",
            mend="a list in a file is corrected by its sender; take a single entry off the list instead",
        )  # fmt: skip
    with recording(by=by, verb="courts.undo_list") as entry:
        entry.about(found)
        theirs = {"court": found.court, "sits_on": found.sits_on}
        gone, _ = Hearing.objects.filter(**theirs, source=None, received_at=found.received_at).delete()
        lines, _ = UnreadLine.objects.filter(**theirs, pasted_at=found.received_at).delete()
        ListReceived.objects.filter(pk=came).delete()
        entry.details = {"names": gone, "unread": lines}
    return found


def withdraw_entry(*, by: str, reference: str) -> Hearing:
    """Takes an entry off the list by a version of its own. Refused: one that is not on it."""
    now = standing_of([reference]).get(reference)
    if now is None or now.withdrawn:
        raise ListRefused(
            what="The entry is not on the list", record=reference, expected="an entry that stands", mend="look at the list again"
        )
    return _again(by, now, withdrawn=True, verb="courts.withdraw_entry")


def restore_entry(*, by: str, reference: str) -> Hearing:
    """Puts an entry that was taken off back on the list as it stood. Refused: one that was not taken off."""
    now = standing_of([reference]).get(reference)
    if now is None or not now.withdrawn:
        raise ListRefused(
            what="The entry was not taken off", record=reference, expected="an entry taken off", mend="look at the list again"
        )
    return _again(by, now, withdrawn=False, verb="courts.restore_entry")


def set_aside(*, by: str, line: int) -> UnreadLine:
    """An unread line that needs no correction any more, as it was typed since or is no name. Refused: one done already."""
    found = UnreadLine.objects.filter(pk=line, done_at=None).first()
    if found is None:
        raise ListRefused(what="The line waits no longer", record=f"line {line}", expected="a line that waits", mend="look again")
    with recording(by=by, verb="courts.set_line_aside") as entry:
        found.done_at = datetime.now(UTC)
        found.save()
        entry.about(found)
    return found


def _again(by: str, now: Hearing, *, withdrawn: bool, verb: str) -> Hearing:
    """The entry as it stands, but for that, as a version issued now or just after the one that stands."""
    received = datetime.now(UTC)
    with recording(by=by, verb=verb) as entry:
        now.pk, now.source_id, now.withdrawn = None, None, withdrawn
        now.version, now.received_at = max(received, now.version), received
        now._state.adding = True
        now.save()
        entry.about(now)
    return now


def _keep(
    by: str, court: str, sits_on: date, lines: Sequence[Mapping[str, Any]], unread: Iterable[Unread], how: str,
    issued_at: datetime | None,
) -> list[Hearing]:  # fmt: skip
    received = datetime.now(UTC)
    issued = min(issued_at or received, received)
    known = _known(court, sits_on)
    left = tuple(unread)
    with recording(by=by, verb=f"courts.{how}_list") as entry:
        made = {}
        for told in lines:
            hearing = _hearing(court, sits_on, told, known, issued, received)
            hearing.save()
            made[hearing.reference] = hearing
        for each in left:
            UnreadLine(court=court, sits_on=sits_on, text=each.text, why=each.why[:200], pasted_at=received, pasted_by=by).save()
        came = ListReceived(court=court, sits_on=sits_on, received_at=received, how=how, names=len(made), issued_at=issued)
        came.save()
        entry.about(came)
        entry.details = {"names": len(made), "unread": len(left)}
    return list(made.values())


def _known(court: str, sits_on: date) -> dict[tuple[str, str], Hearing]:
    return {(_plain(h.surname), _plain(h.forenames)): h for h in on_the_list(court, sits_on)}


def _plain(text: object) -> str:
    return " ".join(str(text or "").upper().replace("-", " ").split())


def _hearing(
    court: str, sits_on: date, told: Mapping[str, Any], known: Mapping[tuple[str, str], Hearing], issued: datetime,
    received: datetime,
) -> Hearing:  # fmt: skip
    """A version of the entry that the line is about, or of a new one."""
    before = known.get((_plain(told.get("surname")), _plain(told.get("forenames"))))
    if before is not None and not _agree(before, told):
        before = None
    said = {name: told[name] for name in KEPT if told.get(name)}
    kept = {name: getattr(before, name) for name in KEPT if before is not None and name not in said}
    whole = kept | said
    reference = str(told.get("reference") or "") or (before.reference if before else _reference(court, sits_on, whole))
    return Hearing(
        **whole, reference=reference, version=issued, court=court, sits_on=sits_on, received_at=received, digest=digest_of(whole)
    )


def _agree(before: Hearing, told: Mapping[str, Any]) -> bool:
    """Whether a line of the same name is the same entry: not with another date of birth or another reference."""
    born, reference = told.get("date_of_birth"), told.get("reference")
    same_birth = not born or before.date_of_birth is None or born == before.date_of_birth
    return same_birth and (not reference or reference == before.reference)


def _reference(court: str, sits_on: date, told: Mapping[str, Any]) -> str:
    """The same for the same name on the same list, so that a line pasted again is the same entry."""
    line = "\x1f".join([court, str(sits_on), _plain(told.get("surname")), _plain(told.get("forenames")),
                        str(told.get("date_of_birth") or "")])  # fmt: skip
    return f"typed-{hashlib.blake2b(line.encode(), digest_size=10).hexdigest()}"
