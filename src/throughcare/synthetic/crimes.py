"""Crimes in the demonstration: files that a force sent of the night on which tags were first worn, and one match reviewed.

Written as the police write them, and taken in by the same action as any such file. Where a crime is told of is near where a tag
was, far from all, or where a tag had fallen silent; no crime happened.
"""

from datetime import date, datetime, time
from pathlib import Path

from throughcare.core.times import instant
from throughcare.registry.parts import takes
from throughcare.strands.tagging.crimes import actions
from throughcare.strands.tagging.crimes.queries import curfew_places, waiting
from throughcare.strands.tagging.synthetic import TAGS
from throughcare.synthetic.posts import reader_of
from throughcare.synthetic.tags import Home

SENT, SENT_AGAIN = time(9, 5), time(9, 25)
# Reference | kind | from | to | near which tag | metres north, east of its home | text
TOLD = (
    ("0104411/17", "TFMV", "02:00", "03:10", 1, 640, 150, "Window of a parked car broken, bag taken"),
    ("0104423/17", "TFP", "08:00", "08:45", 0, 930, 300, "Telephone taken at a bus stop"),
    ("0104437/17", "BOTD", "01:30", "05:30", 4, 20, 10, "Lock-up opened, tools taken"),
    ("0104442/17", "RB", "00:30", "01:10", 2, 9000, 9000, "Pushed over, watch taken"),
)
REVIEWED = ("0104423/17", "explained", "The bus stop on the way to the group that the order asks for; the fixes go on from there")


def ask_about(extracts: Path, day: date) -> int:
    """Two files and a review; gives how many crimes are asked about."""
    homes = _homes()
    if not {told[4] for told in TOLD} <= homes.keys():
        return 0
    rows = [_row(day, homes[told[4]], *told, batch=1) for told in TOLD]
    long = _row(day, homes[0], "0104450/17", "BIAD", "00:00", "12:30", 0, 3000, 0, "Front door forced", batch=1)
    first = _row(day, homes[1], *TOLD[0][:7], "Window of a parked car broken, bag and coat taken", batch=2)
    _send(extracts, f"MPS-{day:%Y%m%d}-1.csv", [*rows, long], instant(day, SENT))
    _send(extracts, f"MPS-{day:%Y%m%d}-2.csv", [first], instant(day, SENT_AGAIN))
    officer = reader_of("monitoring-officer", day)
    for each in waiting(officer):
        if each.match.result.version.crime.reference == REVIEWED[0]:
            actions.review(reader=officer, match=each.match, decision=REVIEWED[1], reason=REVIEWED[2])
    return len(TOLD)


def _homes() -> dict[int, Home]:
    """By place, where the person of a tag keeps the curfew."""
    kept = curfew_places(TAGS)
    return {place: Home(latitude=kept[tag][0], longitude=kept[tag][1]) for place, tag in enumerate(TAGS) if tag in kept}


def _row(
    day: date, home: Home, reference: str, kind: str, start: str, end: str, _place: int, north: float, east: float, text: str, *,
    batch: int,
) -> str:  # fmt: skip
    latitude, longitude = home.off(north, east)
    opens, closes = (f"{instant(day, time.fromisoformat(clock)):%Y%m%d%H%M%S}" for clock in (start, end))
    where = f",,{latitude:.6f},{longitude:.6f},WGS84"
    return f'Metropolitan,{kind},,MPS{day:%Y%m%d}-{batch},{reference},{opens},{closes},{where},"{text}"'


def _send(extracts: Path, name: str, rows: list[str], at: datetime) -> None:
    folder = extracts / "crimes"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for _ in takes()["crimes"]("demonstration", name, file.read_bytes(), at, ""):
        pass
