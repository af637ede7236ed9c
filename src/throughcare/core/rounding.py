"""Rounding half up, exactly. Python's own `round` is half to even, and a float times a hundred is no longer exact.

Results are `Decimal` with just the digits asked for, so that they print as they are published ("75", "74.5").
"""

from decimal import Decimal
from fractions import Fraction

from throughcare.core.errors import RoundingError


def half_up(value: int | float | Fraction | Decimal, digits: int = 0) -> Decimal:
    """`value` to `digits` decimals; a half goes away from zero, as in Java's `BigDecimal(double)` with HALF_UP.

    Acts on the exact binary value of a float: 0.495 is stored just below, so to two digits it is 0.49. Never minus
    zero. Refuses what is not finite, and negative `digits`.
    """
    if digits < 0:
        raise RoundingError(
            what="The number cannot be rounded",
            record=str(value),
            expected="0 or more decimals",
            mend="give digits >= 0",
        )
    try:
        numerator, denominator = value.as_integer_ratio()
    except (ValueError, OverflowError) as error:
        raise RoundingError(
            what="The number cannot be rounded",
            record=str(value),
            expected="a finite number",
            mend="find out why the sum before it did not give one",
        ) from error
    scaled = (2 * abs(numerator) * 10**digits + denominator) // (2 * denominator)
    negative = numerator < 0 and scaled != 0
    return Decimal((int(negative), tuple(int(digit) for digit in str(scaled)), -digits))


def percent(numerator: int, denominator: int, digits: int = 0) -> Decimal | None:
    """`numerator` of `denominator` as a percentage, half up, worked out in whole numbers.

    None where the denominator is 0: a share of nothing is unknown, not 0. May pass 100 (received of requested does).
    Refuses negative counts.
    """
    if numerator < 0 or denominator < 0:
        raise RoundingError(
            what="The percentage cannot be worked out",
            record=f"{numerator} of {denominator}",
            expected="counts of 0 or more",
            mend="correct the counts that it is taken from",
        )
    if denominator == 0:
        return None
    return half_up(Fraction(100 * numerator, denominator), digits)
