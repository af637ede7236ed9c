"""The sums of a model for one set of impacts and costs: year by year, in today's worth, by who pays and who gains.

NPV: all benefits less all costs. BCR: all benefits over all costs (the economic case). Fiscal return: fiscal benefits over
costs (the financial case); cashable: the part of them that can be taken out of a budget. Payback: the first year in which
fiscal benefits to date have reached the costs to date. (HM Treasury, Supporting public service transformation, 2014.)
"""

from dataclasses import dataclass

import numpy as np

from throughcare.stats.arrays import Floats
from throughcare.stats.value.model import Benefit, Kind, Model, UnitCost, unit_cost
from throughcare.stats.value.rates import discount, uprated

KINDS: tuple[Kind, ...] = ("fiscal", "economic", "social")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One benefit line as numbers: units a year for an impact of one (negative: fewer is better), and the worth of a unit."""

    benefit: Benefit
    cost: UnitCost
    units: Floats
    worth: float

    def units_at(self, impact: float) -> Floats:
        return self.units * impact

    def value_at(self, impact: float, worth: float | None = None) -> Floats:
        return self.units * impact * (self.worth if worth is None else worth) * (1 - self.benefit.optimism)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Everything in today's worth and in the model's prices; by year where it is an array. None: cannot be told."""

    costs: Floats
    by_kind: dict[str, Floats]
    cashable: float
    avoided: float

    @property
    def benefits(self) -> Floats:
        return np.asarray(sum(self.by_kind.values()))

    @property
    def npv(self) -> float:
        return float(self.benefits.sum() - self.costs.sum())

    @property
    def bcr(self) -> float | None:
        return float(self.benefits.sum() / self.costs.sum()) if self.costs.sum() > 0 else None

    @property
    def fiscal_return(self) -> float | None:
        return float(self.by_kind["fiscal"].sum() / self.costs.sum()) if self.costs.sum() > 0 else None

    @property
    def payback(self) -> int | None:
        """Years from the first; None: not within the horizon."""
        reached = np.flatnonzero(np.cumsum(self.by_kind["fiscal"]) >= np.cumsum(self.costs))
        later = [int(year) for year in reached if self.costs[: year + 1].sum() > 0 and self.costs[year + 1 :].sum() == 0]
        return later[0] if later else None

    @property
    def per_avoided(self) -> float | None:
        """What one avoided reoffence cost; None where none was avoided."""
        return float(self.costs.sum() / self.avoided) if self.avoided > 0 else None


def lines_of(model: Model) -> tuple[Line, ...]:
    """The benefit lines with their unit costs in the model's prices. Asks for what is missing."""
    told = []
    for benefit in model.benefit:
        cost = unit_cost(model, benefit.unit_cost)
        worth = uprated(cost.value, cost.price_year, model.model.prices, model.deflator)
        told.append(Line(benefit=benefit, cost=cost, units=_units(benefit, model.model.years), worth=worth))
    return tuple(told)


def _units(benefit: Benefit, years: int) -> Floats:
    units = np.zeros(years)
    sign = -1.0 if benefit.better == "lower" else 1.0
    whole = benefit.population * benefit.engaged * benefit.per_impact * (1 - benefit.deadweight) * sign
    for year in range(benefit.lag, min(benefit.lag + benefit.lasts, years)):
        units[year] = whole * (1 - benefit.drop_off) ** (year - benefit.lag)
    return units


def worth_by_year(model: Model) -> Floats:
    return np.array([discount(year, model.model.discount) for year in range(model.model.years)])


def costs_by_year(model: Model, *, optimism: bool = True) -> Floats:
    """In the model's prices, raised by each line's optimism, not discounted."""
    told = np.zeros(model.model.years)
    for cost in model.cost:
        amount = uprated(cost.amount, cost.price_year, model.model.prices, model.deflator)
        told[cost.year - model.model.first_year] += amount * (1 + cost.optimism * optimism)
    return told


def sums(
    model: Model, lines: tuple[Line, ...], *, impacts: dict[str, float] | None = None, worths: dict[str, float] | None = None,
    cost_factor: float = 1.0,
) -> Sums:  # fmt: skip
    """The sums at the impacts stated, or at other ones by outcome, other worths by line, and costs by a factor."""
    factor = worth_by_year(model)
    by_kind: dict[str, Floats] = {kind: np.zeros(model.model.years) for kind in KINDS}
    cashable = avoided = 0.0
    for line in lines:
        impact = float(line.benefit.impact or 0) if impacts is None else impacts[line.benefit.outcome]
        value = line.value_at(impact, (worths or {}).get(line.benefit.name)) * factor
        by_kind[line.cost.kind] = by_kind[line.cost.kind] + value
        cashable += float(value.sum()) * line.cost.cashable
        avoided += float(line.units_at(impact).sum()) * line.benefit.counts_reoffences
    return Sums(costs=costs_by_year(model) * factor * cost_factor, by_kind=by_kind, cashable=cashable, avoided=avoided)
