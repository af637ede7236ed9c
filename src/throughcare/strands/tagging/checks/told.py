"""A day of an order as lines of text, for the command line."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.core.clock import london_day
from throughcare.core.dates import day_in_words
from throughcare.strands.tagging.checks.actions import check_day
from throughcare.strands.tagging.checks.queries import Shown, days_of
from throughcare.strands.tagging.checks.words import KINDS, REASON_WORDS, VERDICTS
from throughcare.strands.tagging.errors import OrderRefused
from throughcare.strands.tagging.orders.queries import order_of
from throughcare.strands.tagging.queries import in_force
from throughcare.strands.tagging.stored import clock


@dataclass(frozen=True, kw_only=True)
class Lines:
    """`lines`: a finding each; `beside`: how the day stands, and what changed."""

    lines: tuple[str, ...]
    beside: tuple[str, ...]


def looked_at(*, by: str, order: int, day: date, at: datetime) -> Lines:
    """Looks at the day and tells it. Refused: no such order; a day on which it asks for nothing, or that has not come."""
    try:
        found = order_of(order)
    except KeyError:
        raise _refused(f"There is no order {order}", "the number of an order", "look at its page for the number") from None
    start, end = london_day(day)
    if start > at:
        raise _refused(f"{day_in_words(day)} has not come", "a day until today", "give another day")
    if not in_force(found, start, end):
        raise _refused(f"Order {order} asks for nothing on {day_in_words(day)}", "a day of the order", "give another day")
    (check,) = check_day(by=by, orders=[found], day=day, at=at)
    (told,) = days_of(found, first=day, last=day)
    stands = f"order {order}, {day}: {VERDICTS[told.verdict].lower()}; {check.fixes} of {check.received} positions used"
    return Lines(lines=tuple(map(_line, told.findings)), beside=(stands, *check.changed.splitlines()))


def _line(told: Shown) -> str:
    """Such as: curfew_out  02:10-03:04  Left home during the curfew (AL10)  At home; 55 positions; 550 m; warning."""
    found, kind = told.finding, KINDS[told.finding.kind]
    until = clock(found.ends_at) if found.ends_at else "goes on"
    said = [found.condition.name] if found.condition else []
    said += [f"{found.fixes} positions"] if found.fixes else []
    said += [f"{found.metres:.0f} m"] if found.metres is not None else []
    said += [REASON_WORDS[found.reason]] if found.reason else []
    said += [found.explained] if found.explained else []
    said += [told.decision.lower() if told.decision else "to decide" if told.waits else "no decision needed"]
    code = f" ({kind.code})" if kind.code else ""
    return f"{found.kind}  {clock(found.starts_at)}-{until}  {kind.words}{code}  {'; '.join(said)}"


def _refused(what: str, expected: str, mend: str) -> OrderRefused:
    return OrderRefused(what=what, record="the order", expected=expected, mend=mend)
