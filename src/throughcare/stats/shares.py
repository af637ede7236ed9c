"""Two shares beside each other: by how much they differ, and how many times as large one is, each with its 95% interval."""

from dataclasses import dataclass

from statsmodels.stats.proportion import confint_proportions_2indep


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A value with its interval; `low` and `high` are None where it has none."""

    value: float
    low: float | None = None
    high: float | None = None


def difference(hits: int, base: int, other_hits: int, other_base: int) -> Compared:
    """The first share less the other, in points of a hundred, with Newcombe's hybrid score interval (1998, method 10).

    The two are of different people, or cannot be told to be of the same. Refuses an empty base.
    """
    _refuse(hits, base, other_hits, other_base)
    low, high = confint_proportions_2indep(hits, base, other_hits, other_base, compare="diff", method="newcomb")
    return Compared(value=100 * (hits / base - other_hits / other_base), low=100 * float(low), high=100 * float(high))


def ratio(hits: int, base: int, other_hits: int, other_base: int) -> Compared | None:
    """The first share divided by the other, with the interval of its logarithm (Katz and others 1978).

    None where nobody of the others was counted: nothing can be divided by it. Without an interval where nobody of the first
    was: the logarithm of nothing has none. Refuses an empty base.
    """
    _refuse(hits, base, other_hits, other_base)
    if other_hits == 0:
        return None
    value = (hits / base) / (other_hits / other_base)
    if hits == 0:
        return Compared(value=value)
    if hits == base and other_hits == other_base:
        return Compared(value=1.0, low=1.0, high=1.0)
    low, high = confint_proportions_2indep(hits, base, other_hits, other_base, compare="ratio", method="log")
    return Compared(value=value, low=float(low), high=float(high))


def _refuse(hits: int, base: int, other_hits: int, other_base: int) -> None:
    for some, of in ((hits, base), (other_hits, other_base)):
        if not 0 <= some <= of or of == 0:
            raise ValueError(f"{some} of {of} is no share")
