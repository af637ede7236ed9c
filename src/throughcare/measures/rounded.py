"""Counts to the nearest multiple of a base, for publication: each by itself, halves up. Absence stays absence, and zero zero."""

from dataclasses import replace

from throughcare.core.rounding import half_up
from throughcare.measures.results import Result

Number = float | int | None


def rounded(result: Result, base: int) -> Result:
    """The result with its counts rounded, and what follows from them worked out of the rounded ones.

    A mean, median, minimum or maximum stands as it is: it is published without its counts.
    """
    match result.statistic:
        case "count":
            return replace(result, value=_near(result.value, base), numerator=_near(result.numerator, base), cases=0)
        case "share":
            hits, of = _near(result.numerator, base), _near(result.denominator, base)
            value = 100 * hits / of if hits is not None and of else None
            return replace(result, value=value, numerator=hits, denominator=of if of is None else int(of), cases=0)
        case "monthly":
            counted, months = _near(result.numerator, base), result.denominator
            value = counted / months if counted is not None and months else None
            return replace(result, value=value, numerator=counted, cases=0)
        case _:
            return result


def _near(number: Number, base: int) -> Number:
    return None if number is None else int(half_up(number / base, 0)) * base
