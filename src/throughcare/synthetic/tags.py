"""The monitoring centre's work in the demonstration: orders made the day before, and the first night of them.

Who was ordered to be monitored, and what the tags report of themselves, the extracts tell. Positions are written as a supplier's
file and brought in by the import that any file takes; all else is done by the actions of the monitoring officers. No place is
anybody's home.
"""

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from throughcare.casework.access.reader import Reader
from throughcare.casework.people.models import Address, Requirement
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.times import instant
from throughcare.positions.store import import_fixes
from throughcare.strands.policing.picture.synthetic import CENTRES
from throughcare.strands.tagging.checks import actions as checks
from throughcare.strands.tagging.checks.queries import waiting
from throughcare.strands.tagging.equipment import actions as equipment
from throughcare.strands.tagging.incidents import actions as incidents
from throughcare.strands.tagging.incidents.queries import board
from throughcare.strands.tagging.orders import actions as orders
from throughcare.strands.tagging.orders.hours import hours_of
from throughcare.strands.tagging.orders.terms import ConditionTerm, PlaceTerm, circle
from throughcare.strands.tagging.queries import orders_at
from throughcare.strands.tagging.synthetic import REQUIREMENT, TAGS
from throughcare.synthetic.posts import reader_of

METRES = math.radians(6_371_008.8)
NIGHT = "every day 20:00 to 06:00"
LEFT_UNMADE = 1
UNTIL = time(17)
"""The supplier's file reaches to the end of the day on which the demonstration stands: what has not come yet is not shown."""

LOOKED_AT = time(9, 20)


@dataclass(frozen=True, kw_only=True)
class Home:
    """The place that an order is about, made up within the borough."""

    latitude: float
    longitude: float

    def off(self, north: float, east: float) -> tuple[float, float]:
        """So many metres away."""
        wide = METRES * math.cos(math.radians(self.latitude))
        return self.latitude + north / METRES, self.longitude + east / wide


# By place: spells (until when, metres north, metres east, precision), the last until the file ends. No spell: silence.
STAYS: dict[int, tuple[tuple[str, float, float, float], ...]] = {
    0: (("07:40", 0, 0, 12), ("08:30", 900, 300, 15), ("17:00", 2100, 700, 18)),
    1: (("02:10", 0, 0, 12), ("03:05", 640, 120, 14), ("17:00", 0, 0, 12)),
    2: (("08:00", 0, 0, 15), ("17:00", 1500, -400, 15)),
    3: (("07:30", 0, 0, 12), ("07:44", 600, 0, 12), ("07:49", 885, 0, 25), ("17:00", 300, 900, 14)),
    4: (("01:41", 0, 0, 12),),
    5: (("17:00", 3000, 1200, 20),),
}


def wear_tags(home: Path, extracts: Path, day: date) -> int:
    """Everything above; gives how many orders run."""
    officer = reader_of("monitoring-officer", day)
    told = list(Requirement.objects.filter(kind=REQUIREMENT).order_by("pk"))[: len(TAGS)]
    wanted = told[: len(told) - LEFT_UNMADE] if len(told) > LEFT_UNMADE else told
    homes = {place: _home(each.person_id, place, day) for place, each in enumerate(wanted)}
    made = [_order(officer, each, place, homes[place], day) for place, each in enumerate(wanted)]
    file = _supplied(extracts / "positions", homes, day)
    import_fixes([file], home / "positions", at=datetime.combine(day, time(6, 40), tzinfo=UTC))
    if len(made) > 5:
        _expected(officer, made, day)
    at = instant(day, LOOKED_AT)
    incidents.watch("worker", at)
    _worked(officer, at, day)
    return len(orders_at(day))


def _home(person: int, place: int, day: date) -> Home:
    """Somewhere in the borough in which the person lives; in Hackney where it is not known."""
    lives = Address.objects.filter(on_the_day(day), person=person).order_by("-start", "-pk").first()
    latitude, longitude = CENTRES.get(lives.borough if lives else "", CENTRES["Hackney"])
    return Home(latitude=round(latitude + 0.002 * (place - 3), 5), longitude=round(longitude + 0.0025 * (place % 3 - 1), 5))


def _order(officer: Reader, requirement: Requirement, place: int, home: Home, day: date) -> Any:
    """Made on the day before, in force from the day on, the tag fitted that evening."""
    before = replace(officer, day=day - timedelta(days=1))
    at = instant(before.day, time(11, 5 * place))
    last = orders.latest_day(day)
    draft = orders.begin(reader=before, person=requirement.person_id, requirement=requirement.pk, first=day, last=last)
    for condition in _conditions(place, home, day, last):
        orders.put(reader=before, draft=draft, condition=condition)
        draft.refresh_from_db()
    asked = current_pilot().tagging.questions
    orders.answer(reader=before, draft=draft, answers={question.slug: ("yes", "") for question in asked})
    draft.refresh_from_db()
    version = orders.keep(reader=before, draft=draft, reason="As the court ordered", at=at)
    equipment.fit(reader=before, order=version.order, tag=TAGS[place], fitted_at=instant(before.day, time(17, 10 + place)),
                  at=instant(before.day, time(18)))  # fmt: skip
    return version.order


def _conditions(place: int, home: Home, day: date, last: date) -> Iterator[ConditionTerm]:
    """A curfew for all; for one a victim's zone, for others a zone of shops, an appointment each week."""
    at_home = PlaceTerm(address="The person's home", latitude=home.latitude, longitude=home.longitude, own_home=True,
                        hours=hours_of(NIGHT))  # fmt: skip
    days: dict[str, Any] = {"first": day, "last": last}
    yield ConditionTerm(number=1, kind="curfew", name="At home at night", places=(at_home,), **days)
    if place == 3:
        yield ConditionTerm(number=2, kind="exclusion", name="Streets round the station", protects="victim",
                            geometry=circle(*home.off(1000, 0), 100), **days)  # fmt: skip
    if place in (0, 2):
        yield ConditionTerm(number=2, kind="exclusion", name="Retail park", geometry=circle(*home.off(-1800, 0), 250),
                            hours=hours_of("Monday to Saturday 09:00 to 18:00"), **days)  # fmt: skip
    if place == 0:
        latitude, longitude = home.off(2100, 700)
        group = PlaceTerm(address="Probation office", latitude=latitude, longitude=longitude, radius_m=100)
        yield ConditionTerm(number=3, kind="attendance", name="Group", places=(group,),
                            hours=hours_of("Wednesday 10:00 to 12:00"), **days)  # fmt: skip


def _supplied(folder: Path, homes: dict[int, Home], day: date) -> Path:
    """The supplier's file of the day: a fix a minute, uploaded a minute later."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"fixes-{day}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("tag", "time", "latitude", "longitude", "precision", "mechanism", "satellites", "recorded", "uploaded"))
        for place, home in homes.items():
            rows.writerows(_track(place, home, day))
    return file


def _track(place: int, home: Home, day: date) -> Iterator[tuple[object, ...]]:
    now = instant(day, time(0))
    for number, (until, north, east, precision) in enumerate(STAYS[place]):
        end = min(instant(day, time.fromisoformat(until)), instant(day, UNTIL))
        while now < end:
            sway = 4 * math.sin(now.timestamp() / 600 + place + number)
            latitude, longitude = home.off(north + sway, east - sway)
            told, sent = f"{now:%Y-%m-%dT%H:%M:%SZ}", f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
            yield TAGS[place], told, f"{latitude:.6f}", f"{longitude:.6f}", precision, "GPS", 9, told, sent
            now += timedelta(minutes=1)


def _expected(officer: Reader, made: list[Any], day: date) -> None:
    """One is in hospital until noon; an underpass is known to have no signal."""
    before = replace(officer, day=day - timedelta(days=1))
    from_on, until = instant(before.day, time(18)), instant(day, time(12))
    equipment.expect(reader=before, order=made[5], why="hospital", text="Day ward, told by the ward sister", starts_at=from_on,
                     ends_at=until, at=instant(before.day, time(17, 50)))  # fmt: skip
    equipment.know_dead_spot(reader=before, name="Underpass at the station", latitude=51.5461, longitude=-0.0756, radius_m=80,
                             on=before.day)  # fmt: skip


def _worked(officer: Reader, at: datetime, day: date) -> None:
    """Two findings are decided of; the incident of the silent tag is taken and worked. The worst waits for who signs in."""
    for kind, decision, reason in (
        ("curfew_out", "warning", "Went out for cigarettes; told that the next time goes to court"),
        ("tampered", "accepted", "The field team was there at 03:40: the strap had caught in the bedding, and is whole"),
    ):
        for finding in [each.finding for each in waiting(orders_at(day), at) if each.finding.kind == kind]:
            checks.review(reader=officer, finding=finding, decision=decision, reason=reason, at=at)
            _closed(officer, finding.incident, reason, at)
    for incident in [each.incident for each in board(officer, at) if each.incident.kind == "battery_dead"]:
        incidents.take(reader=officer, incident=incident, at=at)
        incidents.say(reader=officer, incident=incident, step="called", at=at,
                      text="Rang twice, no answer; the field team goes there at 10:00")  # fmt: skip


def _closed(officer: Reader, incident: Any, why: str, at: datetime) -> None:
    if incident is not None and incident.closed_at is None:
        incidents.take(reader=officer, incident=incident, at=at)
        incidents.close(reader=officer, incident=incident, outcome="explained", text=why, at=at)
