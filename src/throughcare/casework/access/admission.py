"""Whether a reader is let in: one decision, for every page and every operation of the API.

A row of the policy, viewed or edited; of a person or of nobody. What the reader may not know of is not there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from throughcare.casework.access.policy import Action
from throughcare.casework.access.reader import Reader, Rights
from throughcare.casework.people.queries import current


class NotThere(LookupError):
    """There is no such thing, or none that the reader may know of: whoever asks cannot tell which."""


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The reader is let in to the person: through which scope (or "reason"), and with which rights."""

    why: str
    rights: Rights


def row_asked(row: str, row_of: Callable[[], str] | None) -> str:
    """The row that is asked: that of the subject where it depends on it. `NotThere` where there is no such subject."""
    return _found(row_of) if row_of else row


def subject(reader: Reader, *, row: str, action: Action, person_of: Callable[[], int] | None) -> int | None:
    """Whom it is about, by the id known now; None: nobody. `NotThere`: the reader has no cell, nobody is there, is barred."""
    if not reader.may(row, action):
        raise NotThere(row)
    if person_of is None:
        return None
    person: int = _found(lambda: current(person_of()))
    if not reader.may_know(person):
        raise NotThere(person)
    return person


def admission(reader: Reader, *, row: str, action: Action, person: int) -> Admission | None:
    """How the reader is let in to the person; None where the person is outside what its posts reach."""
    why = reader.why(row, person, action)
    return Admission(why=why, rights=reader.rights(person)) if why else None


def _found(ask: Callable[[], Any]) -> Any:
    """What is asked of a subject; `NotThere` where there is no such subject."""
    try:
        return ask()
    except KeyError as missing:
        raise NotThere(*missing.args) from None
