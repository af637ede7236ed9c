"""A reader who subtracts: what a published table of two axes with totals gives away. Independent of the product's own audit."""

from collections.abc import Iterator
from fractions import Fraction

Table = dict[tuple[str, str], int | None]
TOTAL = "total"


def equations(table: Table) -> Iterator[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Each total with the cells that it adds up, along both axes."""
    rows = sorted({a for a, _ in table} - {TOTAL})
    columns = sorted({b for _, b in table} - {TOTAL})
    for row in [*rows, TOTAL]:
        yield (row, TOTAL), [(row, c) for c in columns]
    for column in [*columns, TOTAL]:
        yield (TOTAL, column), [(r, column) for r in rows]


def solved(table: Table) -> dict[tuple[str, str], Fraction]:
    """The withheld cells whose number follows from the published ones, by elimination in fractions."""
    unknown = [cell for cell, n in table.items() if n is None]
    matrix = []
    for total, parts in equations(table):
        row, constant = [Fraction(0)] * len(unknown), Fraction(0)
        for cell, sign in [(total, -1), *((part, 1) for part in parts)]:
            if table[cell] is None:
                row[unknown.index(cell)] += sign
            else:
                constant -= sign * table[cell]
        matrix.append([*row, constant])
    _reduce(matrix, len(unknown))
    found = {}
    for row in matrix:
        named = [i for i in range(len(unknown)) if row[i]]
        if len(named) == 1:
            found[unknown[named[0]]] = row[-1] / row[named[0]]
    return found


def _reduce(matrix: list[list[Fraction]], width: int) -> None:
    done = 0
    for column in range(width):
        pivot = next((r for r in range(done, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        lead = matrix[done][column]
        matrix[done] = [v / lead for v in matrix[done]]
        for r, row in enumerate(matrix):
            if r != done and row[column]:
                factor = row[column]
                matrix[r] = [v - factor * w for v, w in zip(row, matrix[done], strict=True)]
        done += 1


def possible(table: Table, most: int) -> dict[tuple[str, str], set[int]]:
    """The numbers from 1 to `most` that each withheld inner cell may have; two are enough.

    Zeros are published, so it has at least 1.
    """
    inner = [cell for cell, n in table.items() if n is None and TOTAL not in cell]
    found: dict[tuple[str, str], set[int]] = {cell: set() for cell in inner}
    known = [(total, parts) for total, parts in equations(table) if TOTAL not in parts[0] and table[total] is not None]
    for guess in _guesses(dict(table), inner, known, most):
        for cell in inner:
            found[cell].add(guess[cell] or 0)
        if all(len(numbers) > 1 for numbers in found.values()):
            break
    return found


def _guesses(guess: Table, inner: list[tuple[str, str]], known: list, most: int) -> Iterator[Table]:
    """Every way to fill the cells; a way is left as soon as one of the totals cannot be met any more."""
    if not inner:
        yield guess
        return
    cell, *rest = inner
    touched = [(total, parts) for total, parts in known if cell in parts]
    for value in range(1, most + 1):
        guess[cell] = value
        if all(_can_fit(guess, total, parts) for total, parts in touched):
            yield from _guesses(guess, rest, known, most)
    guess[cell] = None


def _can_fit(guess: Table, total: tuple[str, str], parts: list[tuple[str, str]]) -> bool:
    told = sum(guess[part] or 0 for part in parts)
    open_ = sum(guess[part] is None for part in parts)
    return told + open_ <= guess[total] if open_ else told == guess[total]


Name = tuple[str, str]
Equation = dict[Name, int]


def worked_out(told: dict[Name, int | None], equations: list[Equation]) -> dict[Name, Fraction]:
    """The numbers not told (None) that follow from sums across tables, each {name: times} adding to 0."""
    unknown = [name for name, n in told.items() if n is None]
    matrix = []
    for equation in equations:
        row = [Fraction(equation.get(name, 0)) for name in unknown]
        matrix.append([*row, Fraction(-sum(times * (told[name] or 0) for name, times in equation.items()))])
    _reduce(matrix, len(unknown))
    found = {}
    for row in matrix:
        named = [i for i in range(len(unknown)) if row[i]]
        if len(named) == 1:
            found[unknown[named[0]]] = row[-1] / row[named[0]]
    return found
