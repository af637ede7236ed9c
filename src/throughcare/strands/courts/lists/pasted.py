"""Reading a list that was pasted or typed: whatever the columns are parted by, with a row of headings or without.

Nothing is guessed between day and month: 14/03/1994 is a British day, 1994-03-14 an ISO one. A line of which no name can be read
is given back with the reason; it is never dropped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "case", "case number", "case no", "urn"),
    "courtroom": ("courtroom", "court room", "room", "court"),
    "at": ("time", "at", "start"),
    "name": ("name", "defendant", "defendant name"),
    "forenames": ("forenames", "forename", "first name", "first names", "given names"),
    "surname": ("surname", "last name", "family name"),
    "date_of_birth": ("date of birth", "dob", "born", "birth"),
    "pnc": ("pnc", "pnc id", "pncid"), "cro": ("cro", "cro number"), "crn": ("crn",),
    "bail": ("bail", "bail status", "remand", "custody"),
    "offence_code": ("offence code", "code"), "offence": ("offence", "offences", "charge"), "plea": ("plea",),
}  # fmt: skip
"""The headings that a list may have, as they are written in small letters."""

_KIND = {heading: name for name, headings in COLUMNS.items() for heading in headings}
_TIME = re.compile(r"(?P<h>[01]?[0-9]|2[0-3])[:.](?P<m>[0-5][0-9]) ?(?P<half>[ap]m)?", re.IGNORECASE)
_BRITISH, _ISO = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_PNC, _CRN = re.compile(r"(?:\d{2}|\d{4})/\d{1,7}[A-Z]", re.IGNORECASE), re.compile(r"[A-Z]\d{6}", re.IGNORECASE)
_CRO = re.compile(r"(?:SF\d{2}/\d{1,6}[A-Z]|\d{1,6}/\d{2}[A-Z])", re.IGNORECASE)
_ROOM = re.compile(r"(?:c(?:ourt(?:room)?)?\.? ?|room )?\d{1,2}[a-z]?", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’.\-])*", re.UNICODE)
_BAIL = {"custody": "custody", "in custody": "custody", "c": "custody", "bail": "bail", "on bail": "bail", "b": "bail"}
_LISTED, _PLACED = re.compile(r"^\s*\d+\s*[.)]\s+"), re.compile(r"\s{2,}")
LONGEST = {"reference": 40, "courtroom": 20, "forenames": 100, "surname": 100, "pnc": 15, "cro": 15, "crn": 10, "offence": 200,
           "plea": 12}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Read:
    """One defendant as read from a line: the fields of a hearing that the line tells."""

    line: int
    told: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A line that nobody could be read from, as it was, and why not."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """What was read and what was not; empty lines and the row of headings are neither."""

    read: tuple[Read, ...]
    unread: tuple[Unread, ...]


class _NotReadable(ValueError):
    """Why a line tells nobody."""


@dataclass(kw_only=True)
class _Line:
    """The fields of a line so far."""

    told: dict[str, object] = field(default_factory=dict)


def read_pasted(text: str) -> Pasted:
    """Reads a list. Headings are taken from its first line where that has nothing but headings."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    headings: list[str] | None = None
    read: list[Read] = []
    unread: list[Unread] = []
    for place, (number, line) in enumerate(lines):
        cells = _cells(line)
        if place == 0 and (found := _headings(cells)):
            headings = found
            continue
        try:
            told = _by_headings(cells, headings) if headings else _by_form(cells)
        except _NotReadable as why:
            unread.append(Unread(line=number, text=line.strip(), why=str(why)))
        else:
            read.append(Read(line=number, told=told))
    return Pasted(read=tuple(read), unread=tuple(unread))


def _cells(line: str) -> list[str]:
    """The cells of a line: parted by tabs, semicolons or bars; else by wide gaps; else by commas, a name's own left in it."""
    line = _LISTED.sub("", line.strip("\r\n "))
    for mark in ("\t", ";", "|"):
        if mark in line:
            return [cell.strip().strip('"') for cell in line.split(mark)]
    if _PLACED.search(line.strip()):
        return [cell.strip() for cell in _PLACED.split(line.strip())]
    if '"' in line:
        return [(quoted or plain).strip() for quoted, plain in re.findall(r'"([^"]*)"|([^,]+)', line)]
    return [cell.strip() for cell in line.split(",")]


def _headings(cells: Sequence[str]) -> list[str] | None:
    found = [_KIND.get(cell.lower().strip(" :."), "") for cell in cells]
    named = [name for name in found if name]
    whole = len(named) == len([cell for cell in cells if cell])
    return found if whole and ({"name"} <= set(named) or {"surname"} <= set(named)) else None


def _by_headings(cells: Sequence[str], headings: Sequence[str]) -> dict[str, object]:
    if len(cells) == len(headings) + 1 and "name" in headings:  # a name with a comma in a list that is parted by commas
        at = headings.index("name")
        cells = [*cells[:at], f"{cells[at]}, {cells[at + 1]}", *cells[at + 2 :]]
    if len(cells) > len(headings):
        raise _NotReadable(f"it has {len(cells)} parts, and the headings are {len(headings)}")
    told: dict[str, object] = {}
    for heading, cell in zip(headings, cells, strict=False):
        if cell and heading:
            told |= _field(heading, cell)
    return _whole(told)


def _field(heading: str, cell: str) -> dict[str, object]:
    """One cell under its heading. Refuses a date or time that is none: it is not left out in silence."""
    if heading == "name":
        return _name(cell)
    if heading == "date_of_birth":
        born = _day(cell)
        if born is None:
            raise _NotReadable(f"{cell!r} is no date of birth: write 14/03/1994")
        return {heading: born}
    if heading == "at":
        at = _time(cell)
        if at is None:
            raise _NotReadable(f"{cell!r} is no time of day: write 10:30")
        return {heading: at}
    if heading == "bail":
        return {heading: _BAIL.get(cell.lower(), "")}
    if heading == "offence_code":
        return {heading: cell} if re.fullmatch(r"\d{5}", cell) else {"offence": cell}
    return {heading: cell}


def _by_form(cells: Sequence[str]) -> dict[str, object]:
    """Cells without headings, each known by its form: the first that may be a name is the name, text after it the offence."""
    told: dict[str, object] = {}
    names: list[str] = []
    for cell in cells:
        found = _known_by_form(cell, told)
        if found is not None:
            told |= found
        elif cell and not told.keys() & {"surname"}:
            names.append(cell)
        elif cell:
            told["offence"] = f"{told['offence']}, {cell}" if "offence" in told else cell
    return _whole(_names_of(names, told))


def _names_of(cells: Sequence[str], told: dict[str, object]) -> dict[str, object]:
    """The name: "SURNAME, Forename" in one cell or in two, or "Forename Surname"; what is left is the offence."""
    named = [cell for cell in cells if _NAME.fullmatch(cell.replace(",", " ").strip())]
    if not named:
        raise _NotReadable("no name was found in it: write SURNAME, Forename")
    first, rest = named[0], [cell for cell in cells if cell is not named[0]]
    if "," not in first and " " not in first.strip() and rest and _NAME.fullmatch(rest[0]) and len(rest[0].split()) < 4:
        first, rest = f"{first}, {rest[0]}", rest[1:]
    told = told | _name(first)
    return told | ({"offence": ", ".join(rest)} if rest and "offence" not in told else {})


def _known_by_form(cell: str, told: Mapping[str, object]) -> dict[str, object] | None:
    """What a cell is by its form alone; None where it may be a name or an offence."""
    if (born := _day(cell)) is not None:
        return {"date_of_birth": born}
    if (at := _time(cell)) is not None:
        return {"at": at}
    for kind, form in (("cro", _CRO), ("pnc", _PNC), ("crn", _CRN)):
        if form.fullmatch(cell):
            return {kind: cell.upper()}
    if cell.lower() in _BAIL and len(cell) > 1:
        return {"bail": _BAIL[cell.lower()]}
    if re.fullmatch(r"\d{5}", cell):
        return {"offence_code": cell}
    if _ROOM.fullmatch(cell) and "courtroom" not in told:
        return {"courtroom": cell}
    return None


def _name(cell: str) -> dict[str, object]:
    surname, comma, forenames = (part.strip() for part in cell.partition(","))
    if comma:
        return {"surname": surname, "forenames": forenames}
    words = cell.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        return {"surname": " ".join(capitals), "forenames": " ".join(word for word in words if word not in capitals)}
    return {"surname": words[-1] if words else "", "forenames": " ".join(words[:-1])}


def _whole(told: dict[str, object]) -> dict[str, object]:
    """The line, where it tells somebody: a surname, and nothing longer than can be kept."""
    if not told.get("surname"):
        raise _NotReadable("no surname was found in it: write SURNAME, Forename")
    for name, longest in LONGEST.items():
        if len(str(told.get(name, ""))) > longest:
            raise _NotReadable(f"its {name.replace('_', ' ')} is longer than {longest} letters")
    return told


def _day(cell: str) -> date | None:
    try:
        if found := _BRITISH.fullmatch(cell):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := _ISO.fullmatch(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH.fullmatch(cell):
            return datetime.strptime(f"{found[1]} {found[2][:3]} {found[3]}", "%d %b %Y").date()
    except ValueError:
        return None
    return None


def _time(cell: str) -> time | None:
    found = _TIME.fullmatch(cell)
    if found is None:
        return None
    hour = int(found["h"])
    if found["half"] and found["half"].lower() == "pm" and hour < 12:
        hour += 12
    return time(hour, int(found["m"]))
