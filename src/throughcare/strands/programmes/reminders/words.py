"""What a reminder says: plain enough for a child of ten, safe on a telephone that others read. Nothing here reads the store.

It names no service, no organisation, no officer and no person, and no place unless that was agreed.
"""

from collections.abc import Mapping
from datetime import date, datetime

from throughcare.core.dates import weekday_in_words
from throughcare.core.times import time_in_words

TEXT, CALL, LETTER, EMAIL, NONE = "text", "call", "letter", "email", "none"
CHANNELS: Mapping[str, str] = {
    TEXT: "Text message", CALL: "Telephone call", LETTER: "Letter", EMAIL: "E-mail", NONE: "No reminder",
}  # fmt: skip
ADDRESSED: Mapping[str, str] = {TEXT: "number", CALL: "number", LETTER: "address", EMAIL: "e-mail address"}
SUBJECT = "Tomorrow"
"""Of an e-mail: it stands in a list that others may see."""


def reminder(day: date, *, at: datetime | None, ring: str, place: str = "") -> str:
    """What is said on the eve of a day: the time where one is known, the place where it may be said, the number to ring."""
    when = f"{_short(day)} at {time_in_words(at)}" if at else _short(day)
    where = f" Come to {place}." if place else ""
    call = f"Ring {ring} if you cannot come." if ring else "Tell us if you cannot come."
    return f"You have an appointment tomorrow. It is on {when}.{where} {call}"


def _short(day: date) -> str:
    """Without the year, which nobody needs to be told of tomorrow."""
    return weekday_in_words(day).rpartition(" ")[0]
