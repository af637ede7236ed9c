"""Reading days and findings: how each stands, and what was decided."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.strands.tagging import models as m
from throughcare.strands.tagging.checks.verdict import verdict
from throughcare.strands.tagging.checks.words import DECISIONS, KINDS


def reviewed(findings: Collection[m.Finding]) -> dict[int, m.Review]:
    """By finding, the decision that stands."""
    told = m.Review.objects.filter(finding__in=[each.pk for each in findings], undone_at=None).order_by("pk")
    return {each.finding_id: each for each in told}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A finding with the decision that stands."""

    finding: m.Finding
    review: m.Review | None

    @property
    def words(self) -> str:
        return KINDS[self.finding.kind].words

    @property
    def decision(self) -> str:
        return DECISIONS[self.review.decision] if self.review else ""

    @property
    def breach(self) -> bool:
        return KINDS[self.finding.kind].breach

    @property
    def waits(self) -> bool:
        """Whether somebody has to look: a breach, or what raised an incident, that nothing explains and nobody has decided of."""
        known = KINDS[self.finding.kind]
        return self.review is None and not self.finding.explained and (known.breach or known.harm > 0)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day of an order as it stands now, with what was found of it."""

    check: m.Check
    findings: tuple[Shown, ...]

    @property
    def verdict(self) -> str:
        decided = ((each.finding, each.review.decision if each.review else "") for each in self.findings)
        return verdict(self.check.verdict, decided)


def days_of(order: m.Order, *, first: date | None = None, last: date | None = None) -> list[Day]:
    """The days that were looked at, the latest first."""
    return days_of_all([order], first=first, last=last).get(order.pk, [])


def days_of_all(orders: Sequence[m.Order], *, first: date | None = None, last: date | None = None) -> dict[int, list[Day]]:
    """By order, the days that were looked at, the latest first."""
    span = {name: day for name, day in (("day__gte", first), ("day__lte", last)) if day}
    checks = list(m.Check.objects.filter(order__in=orders, **span).order_by("-day", "pk"))
    standing = m.Finding.objects.filter(order__in=orders, gone_at=None, **span).select_related("condition")
    rows = shown(standing.order_by("starts_at", "pk"))
    of: dict[tuple[int, date], list[Shown]] = {}
    for each in rows:
        of.setdefault((each.finding.order_id, each.finding.day), []).append(each)
    told: dict[int, list[Day]] = {}
    for check in checks:
        told.setdefault(check.order_id, []).append(Day(check=check, findings=tuple(of.get((check.order_id, check.day), ()))))
    return told


def shown(findings: Iterable[m.Finding]) -> list[Shown]:
    """These, each with the decision that stands."""
    rows = list(findings)
    decided = reviewed(rows)
    return [Shown(finding=row, review=decided.get(row.pk)) for row in rows]


def waiting(orders: Sequence[m.Order], at: datetime) -> list[Shown]:
    """The findings of these orders that somebody has to decide of, the oldest first."""
    told = m.Finding.objects.filter(order__in=orders, gone_at=None, found_at__lte=at).select_related("order", "condition")
    return [each for each in shown(told.order_by("starts_at", "pk")) if each.waits]


def finding_of(number: int) -> m.Finding:
    """The finding; KeyError where there is none."""
    found = m.Finding.objects.filter(pk=number).select_related("order", "condition", "incident").first()
    if found is None:
        raise KeyError(number)
    return found


def person_of_finding(finding: int, **_: object) -> int:
    return finding_of(finding).order.person_id
