"""How far a share can be trusted: the interval in which it would lie, were the same thing counted again and again."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(hits: int, base: int, *, z: float = Z95) -> tuple[float, float]:
    """The 95% interval of a share, in percent (Wilson 1927): never below 0 or above 100, also of few. Refuses an empty base."""
    if not 0 <= hits <= base or base == 0:
        raise ValueError(f"{hits} of {base} is no share")
    share, square = hits / base, z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = z * sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)
