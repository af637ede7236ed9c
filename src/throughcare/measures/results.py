"""What the calculator gives: one published cell of one measure, with the counts that it follows from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from throughcare.core.contracts import Statistic
from throughcare.core.pilot import Period
from throughcare.core.rounding import half_up

Place = frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Result:
    """One cell. `value` is exact and unrounded: a share is 100 times numerator by denominator. None: not known, see `note`
    (nothing to divide by, service not running) or `suppressed` (why it is not published).

    numerator: what was counted; for a mean the sum. denominator: the base of a share, the number averaged of a mean, the
    months of a monthly mean. cases: people or events that the value describes (for a minimum or maximum: that have it).
    period: as cut, which `period_note` says in words. breakdown: the further breakdowns asked for, by column. place: where
    the cell stands in its table, by axis; an axis at its total is left out. within: axes that only say which are hits.
    by_date: what happened over the period; else how things stand `as_at` a reference day.
    """

    slug: str
    group: str
    title: str
    value: float | int | None
    numerator: float | int | None
    denominator: int | None
    cases: int
    unit: str
    statistic: Statistic
    digits: int
    period: Period
    as_at: date
    period_note: str
    note: str
    target: float | None = None
    suppressed: str = ""
    breakdown: Mapping[str, str] = field(default_factory=dict)
    place: Place = frozenset()
    within: frozenset[str] = frozenset()
    by_date: bool = True

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What tells this cell from every other."""
        return self.slug, self.group, tuple(sorted(self.breakdown.items()))

    @property
    def meets_target(self) -> bool | None:
        """Whether the value as shown is at or above the target; None where there is no target or no value."""
        shown = self.shown
        return None if shown is None or self.target is None else float(shown) >= self.target

    @property
    def shown(self) -> Decimal | None:
        """The value as published: half up, with the measure's own decimals."""
        return None if self.value is None else half_up(self.exact, self.digits)

    @property
    def exact(self) -> Fraction | float | int:
        """The value to round: a share from its counts, so that a float's last bit cannot tip a half."""
        if self.value is None:
            raise ValueError(f"{self.slug} [{self.group}] has no value")
        if self.statistic in ("share", "mean", "monthly") and isinstance(self.numerator, int) and self.denominator:
            times = 100 if self.statistic == "share" else 1
            return Fraction(times * self.numerator, self.denominator)
        return self.value
