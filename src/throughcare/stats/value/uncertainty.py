"""How sure the sums are: the effect's interval carried through them, and which input moves them most.

Each outcome's impact is drawn from the normal law of its 95% interval (lines of one outcome together); a unit cost with low
and high from the triangle between them. The draws are always the same, so the answer is.
"""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Floats
from throughcare.stats.value.model import Benefit, Model
from throughcare.stats.value.rates import uprated
from throughcare.stats.value.sums import Line, sums, worth_by_year

DRAWS, SEED = 10_000, 20162
Z95 = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Spread:
    """95% ranges, and how often benefits exceed costs."""

    npv: tuple[float, float]
    bcr: tuple[float, float] | None
    chance_benefits_exceed_costs: float
    chance_fiscal_exceed_costs: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The NPV with one input at its low and its high, all others as stated."""

    name: str
    low: float
    high: float


def determined(benefit: Benefit) -> bool:
    """Whether the interval lies all on one side of nothing."""
    return not float(benefit.low or 0) <= 0 <= float(benefit.high or 0)


def spread(model: Model, lines: tuple[Line, ...]) -> Spread:
    """Over ten thousand draws."""
    rng = np.random.default_rng(SEED)
    impacts = {
        line.benefit.outcome: rng.normal(float(line.benefit.impact or 0), _sd(line.benefit), DRAWS) for line in reversed(lines)
    }
    base = sums(model, lines)
    cost, total, fiscal = base.costs.sum(), np.zeros(DRAWS), np.zeros(DRAWS)
    factor = worth_by_year(model)
    for line in lines:
        units = float((line.units * factor).sum()) * (1 - line.benefit.optimism)
        drawn = impacts[line.benefit.outcome] * units * _worths(model, line, rng)
        total += drawn
        fiscal += drawn * (line.cost.kind == "fiscal")
    low, high = (float(value) for value in np.quantile(total, [0.025, 0.975]))
    return Spread(
        npv=(low - float(cost), high - float(cost)), bcr=(low / float(cost), high / float(cost)) if cost > 0 else None,
        chance_benefits_exceed_costs=float((total > cost).mean()), chance_fiscal_exceed_costs=float((fiscal > cost).mean()),
    )  # fmt: skip


def _sd(benefit: Benefit) -> float:
    return (float(benefit.high or 0) - float(benefit.low or 0)) / (2 * Z95)


def _ends(model: Model, line: Line) -> tuple[float, float] | None:
    cost = line.cost
    if cost.low is None or cost.high is None:
        return None
    low, high = (uprated(end, cost.price_year, model.model.prices, model.deflator) for end in (cost.low, cost.high))
    return low, high


def _worths(model: Model, line: Line, rng: np.random.Generator) -> Floats:
    ends = _ends(model, line)
    if ends is None or ends[0] == ends[1]:
        return np.full(DRAWS, line.worth)
    return rng.triangular(ends[0], line.worth, ends[1], DRAWS)


def tornado(model: Model, lines: tuple[Line, ...]) -> tuple[Bar, ...]:
    """The widest first: each outcome's impact, each unit cost with a range, and costs a tenth lower and higher."""
    stated = {line.benefit.outcome: float(line.benefit.impact or 0) for line in lines}
    bars = []
    for outcome in stated:
        first = next(line.benefit for line in lines if line.benefit.outcome == outcome)
        ends = [sums(model, lines, impacts=stated | {outcome: float(end or 0)}).npv for end in (first.low, first.high)]
        bars.append(Bar(name=f"Effect on {outcome}", low=min(ends), high=max(ends)))
    for line in lines:
        if ends_of := _ends(model, line):
            ends = [sums(model, lines, worths={line.benefit.name: end}).npv for end in ends_of]
            bars.append(Bar(name=f"Unit cost of {line.cost.item} in {line.benefit.name}", low=min(ends), high=max(ends)))
    ends = [sums(model, lines, cost_factor=factor).npv for factor in (0.9, 1.1)]
    bars.append(Bar(name="Costs, a tenth either way", low=min(ends), high=max(ends)))
    return tuple(sorted(bars, key=lambda bar: bar.low - bar.high))
