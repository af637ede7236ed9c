"""What may be said of a respondent beside the answers: only what enough others share, so that it does not tell who it was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True, order=True)
class Cell:
    """A kind of respondent, the organisation, the borough; "" is not told."""

    group: str
    organisation: str = ""
    borough: str = ""


def in_a_crowd(cells: Sequence[Cell], *, smallest: int) -> list[Cell]:
    """Each cell, in order, less what fewer than `smallest` share: first the borough is left out, then the organisation.

    Also what is left must be many: where a few remain untold beside others who are told, the smallest of those are told less
    too. The kind of respondent is always kept: of too few of a kind no result is shown, and no wave is sent.
    """
    now = list(cells)
    while (few := _too_few(Counter(now), smallest)) is not None:
        now = [_less(cell) if cell == few else cell for cell in now]
    return now


def _too_few(found: Counter[Cell], smallest: int) -> Cell | None:
    """The cell to be told less; None where all that are small can be told no less.

    Boroughs go first: those of small cells, then those beside a small one of the same organisation. Then organisations likewise.
    """
    small = [cell for cell, number in found.items() if number < smallest]
    organisations = {(cell.group, cell.organisation) for cell in small}
    groups = {cell.group for cell in small}
    for among in (
        [cell for cell in small if cell.borough],
        [cell for cell in found if cell.borough and (cell.group, cell.organisation) in organisations],
        [cell for cell in small if cell.organisation],
        [cell for cell in found if (cell.borough or cell.organisation) and cell.group in groups],
    ):
        if among:
            return min(among, key=lambda cell: (found[cell], cell))
    return None


def _less(cell: Cell) -> Cell:
    return replace(cell, borough="") if cell.borough else replace(cell, organisation="")
