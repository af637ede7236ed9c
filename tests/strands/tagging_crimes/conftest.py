"""Orders with tags, positions in a store of their own, and a force's file: what the tests of crimes and tracks stand on.

People are letters. An order is written as "A T1 2017-03-20 2017-04-20": the person, the tag, from the first day to the second.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tests.positions.made import HOME, fix, fixes, place
from throughcare.casework.access.reader import Reader
from throughcare.casework.audit.actions import recording
from throughcare.positions.store import import_fixes
from throughcare.strands.tagging import models as m

DAY = date(2017, 3, 24)
IMPORTED = datetime(2017, 3, 24, 6, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, settings):
    """A home of its own, and the demonstration's clock on DAY."""
    settings.HOME, settings.DEMONSTRATION = tmp_path / "home", DAY
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def orders(load, person_id, home) -> Callable[..., list[m.Order]]:
    """orders("A T1 2017-03-20 2017-04-20", …): people, orders in force over those days, tags fitted for as long."""

    def make(*told: str) -> list[m.Order]:
        lines = [line.split() for line in told]
        letters = sorted({line[0] for line in lines})
        rows = [f"{x} | {x} | Fore{x} | Sur{x} | 1985-03-09" for x in letters]
        load({"police-people": "\n".join(["record_id | person | forenames | surname | date_of_birth", *rows])})
        return [order(person_id(letter), tag, instant(start), instant(end)) for letter, tag, start, end in lines]

    return make


def instant(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def order(person: int, tag: str, start: datetime, end: datetime) -> m.Order:
    with recording(by="test", verb="test.order"):
        day = start.date()
        made = m.Order(person_id=person, sentenced_on=day, sentence_kind="community", made_on=day, made_by="test")
        made.save()
        told = {"kind": "new", "starts_at": start, "until": end, "made_at": start, "made_on": day, "by": "test"}
        m.OrderVersion(order=made, number=1, **told).save()
        m.Fitting(order=made, tag=tag, fitted_at=start, fitted_by="test").save()
    return made


def ended(made: m.Order, at: datetime) -> None:
    """Monitoring ends before its time, and the tag is taken off."""
    with recording(by="test", verb="test.end"):
        number = made.versions.count() + 1
        m.OrderVersion(order=made, number=number, kind="ended", starts_at=at, made_at=at, made_on=at.date(), by="test").save()
        made.fittings.update(removed_at=at)


@pytest.fixture
def came(home, tmp_path) -> Callable[..., None]:
    """came(rows…): fixes come in, as the supplier's file."""

    def bring(*rows: dict) -> None:
        file = tmp_path / f"fixes-{len(list(tmp_path.iterdir()))}.parquet"
        fixes(*rows).write_parquet(file)
        import_fixes([file], home / "positions", at=IMPORTED)

    return bring


def walk(tag: str, start: str, minutes: int, *, north: float = 0.0, east: float = 0.0, day: str = "2017-03-22") -> list[dict]:
    """A fix a minute at so many metres from HOME."""
    first = instant(day) + timedelta(hours=int(start[:2]), minutes=int(start[3:]))
    return [fix(first + timedelta(minutes=n), north, east, tag=tag, speed_kmh=3.0, direction=90.0) for n in range(minutes)]


def police_row(
    reference: str, start: str = "20170322120000", end: str = "20170322130000", *, north: float = 0.0, east: float = 0.0,
    batch: str = "MPS20170323-1", kind: str = "TFP", text: str = "bag taken", located: bool = True,
) -> str:  # fmt: skip
    """A row of the police's file, at so many metres from HOME."""
    latitude, longitude = place(north, east)
    where = f"{latitude:.6f},{longitude:.6f}" if located else ","
    return f"Metropolitan,{kind},,{batch},{reference},{start},{end},,,{where},WGS84,{text}"


def police_file(*rows: str) -> bytes:
    return ("\n".join(rows) + "\n").encode()


@pytest.fixture
def officer(reader_of, db) -> Reader:
    return reader_of("monitoring_officer", DAY)


def frame_of(*rows: dict) -> pl.DataFrame:
    return fixes(*rows)


__all__ = ["DAY", "HOME", "ended", "instant", "order", "police_file", "police_row", "walk"]
