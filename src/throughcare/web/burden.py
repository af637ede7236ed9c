"""What the service took of the reader's own role in the last whole month, all of the role together: never of one person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from throughcare.casework.access.burden import MEASURES
from throughcare.casework.access.policy import ROLES
from throughcare.casework.access.reader import Reader
from throughcare.casework.pilot import current_pilot
from throughcare.core.dates import months_after
from throughcare.core.pilot import Period
from throughcare.measures.calculate import calculate
from throughcare.measures.results import Result

ROW = "measures_own"
RECORDS, MINUTES = MEASURES


@dataclass(frozen=True, kw_only=True)
class Burden:
    """Of a role in a month: records kept, and active minutes on a day of use as they are published."""

    role: str
    month: date
    records: int
    minutes: Decimal | None


def burden_of(reader: Reader) -> Burden | None:
    """Of the role that the reader works as; None where too few people of it worked in the service in the month."""
    if reader.post is None or not reader.may(ROW):
        return None
    month = months_after(reader.day.replace(day=1), -1)
    found = _of_month(month)
    role = ROLES[reader.post.role]
    minutes = next((r for r in found if r.slug == MINUTES.slug and r.group == role and r.cases), None)
    records = next((r for r in found if r.slug == RECORDS.slug and r.group == f"total|{role}"), None)
    if minutes is None:
        return None
    return Burden(role=role, month=month, records=int(records.value or 0) if records else 0, minutes=minutes.shown)


@lru_cache(maxsize=4)
def _of_month(month: date) -> tuple[Result, ...]:
    """The results of a month that is over: the log adds nothing to it, and is long."""
    period = Period(start=month, end=months_after(month, 1))
    return tuple(r for measure in MEASURES for r in calculate(measure, pilot=current_pilot(), period=period))
