"""A movement in words: for who may know how it came about, and for those who may know the place alone."""

from throughcare.core.dates import day_in_words, weekday_in_words
from throughcare.rules.movements import ARRIVED, LEFT, MOVE, NEW_DATE, RECEPTION, RELEASE
from throughcare.strands.prison.models import Movement

KIND_WORDS = {RECEPTION: "Came into prison", MOVE: "Moved", RELEASE: "Released", NEW_DATE: "New release date"}


def place(prison: str, wing: str) -> str:
    """Isis; Isis, B wing."""
    return f"{prison}, {wing} wing" if wing and len(wing) <= 2 else f"{prison}, {wing}" if wing else prison


def where(row: Movement) -> str:
    """What happened and the place, never how or why: for everybody who may know the custody place."""
    on = weekday_in_words(row.on)
    if row.kind == RECEPTION:
        return f"In {row.to_prison} since {on}"
    if row.kind == RELEASE:
        return f"Released from {row.from_prison} on {on}"
    if row.kind == NEW_DATE:
        new = f"now {weekday_in_words(row.planned_on)}" if row.planned_on else "none now"
        return f"Planned release from {row.to_prison}: {new}"
    if row.from_prison == row.to_prison:
        return f"Moved within {row.to_prison}, from {row.from_wing} to {row.to_wing} wing, on {on}"
    return f"Moved from {row.from_prison} to {place(row.to_prison, row.to_wing)} on {on}"


def how(row: Movement) -> str:
    """How it came about, "" where nothing tells; of a release and a new date also what was planned."""
    if row.kind == RECEPTION:
        return ARRIVED.get(row.how, "")
    if row.kind == NEW_DATE:
        return f"was {day_in_words(row.was_planned_on)}" if row.was_planned_on else ""
    if row.kind != RELEASE:
        return ""
    told = LEFT.get(row.how, "how is not told")
    was = row.was_planned_on
    return f"{told}, planned for {day_in_words(was)}" if was and was != row.on else told
