"""A reader who places withheld numbers: between what least and most whole numbers the published ones leave them.

Independent of the product's own audit: it sees what was published, knows what adds up to what, and solves for each number the
least and the most that it can be.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Name = tuple[object, ...]
"""The figure, the place in its table, the publication."""
Equation = Mapping[Name, int]
FAR = 10_000


def placed(
    told: Mapping[Name, int | None], equations: Iterable[Equation], asked: Iterable[Name]
) -> dict[Name, tuple[int, int]]:
    """The range of each number asked for. `told`: what is published; None: withheld, and so at least 1, as zeros are published,
    unless a figure is withheld whole: then nobody can tell.

    Names that are in an equation alone are of numbers that nobody publishes: any from 0.
    """
    some = _with_something_told(told)
    equations = list(equations)
    names = sorted({name for each in equations for name in each if told.get(name) is None}, key=repr)
    column = {name: i for i, name in enumerate(names)}
    matrix, sides = np.zeros((len(equations), max(len(names), 1))), np.zeros(len(equations))
    for row, each in enumerate(equations):
        for name, times in each.items():
            if name in column:
                matrix[row, column[name]] += times
            else:
                sides[row] -= times * (told[name] or 0)
    least = np.array([float(name in told and (name[0], *name[2:]) in some) for name in names])
    return {
        name: (_extreme(matrix, sides, least, column[name], 1), _extreme(matrix, sides, least, column[name], -1))
        if name in column else (1, FAR)
        for name in asked
    }  # fmt: skip


def _extreme(matrix: np.ndarray, sides: np.ndarray, least: np.ndarray, column: int, sign: int) -> int:
    aim = np.zeros(matrix.shape[1])
    aim[column] = sign
    found = milp(
        aim, constraints=LinearConstraint(matrix, sides, sides), bounds=Bounds(least, np.full(len(aim), FAR)), integrality=1
    )
    assert found.x is not None, "what was published holds together"
    return round(found.x[column])


def given_away(
    told: Mapping[Name, int | None], equations: Iterable[Equation], numbers: Mapping[Name, int], *, smallest: int
) -> dict[Name, tuple[int, int]]:
    """What the reader knows of numbers that are not published: one that is withheld or small, exactly; or surely small: 1 to 4.

    Of a figure that is withheld whole the numbers that are not small may well be told by other publications.
    `numbers`: the true ones, of what is withheld and of what nobody publishes (differences of periods, what is left over).
    """
    equations = list(equations)
    hidden = [name for name, n in numbers.items() if n and told.get(name) is None]
    some = _with_something_told(told)
    of_interest = [n for n in hidden if numbers[n] < smallest or (n in told and (n[0], *n[2:]) in some)]
    ranges = placed(told, equations, of_interest)
    return {
        name: (low, high) for name, (low, high) in ranges.items()
        if low == high or (low >= 1 and high < smallest)
    }  # fmt: skip


def _with_something_told(told: Mapping[Name, int | None]) -> set[Name]:
    """The figures, by publication, of which anything is published."""
    return {(name[0], *name[2:]) for name, n in told.items() if n is not None}
