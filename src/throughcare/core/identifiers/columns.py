"""Identifiers a column at a time: the same forms as one by one, at the speed of a frame.

Cells that are canonical already, as nearly all are, are told by their form and check letter without leaving the frame;
each distinct other one is parsed. A property test holds the two together.
"""

import polars as pl

from throughcare.core.errors import IdentifierError
from throughcare.core.identifiers import IdentifierKind, canonical
from throughcare.core.identifiers.check_letters import ALPHABET
from throughcare.core.identifiers.cro import PLACEHOLDER
from throughcare.core.identifiers.pnc import JUNK
from throughcare.core.identifiers.references import PLACEHOLDER_POSTCODES

_LETTERS = dict(enumerate(ALPHABET))


def canonical_column(kind: IdentifierKind, cells: pl.Series) -> pl.Series:
    """The canonical form of each cell; null where the cell is null or is no such identifier."""
    plain = cells.to_frame("cell").select(_is_canonical(kind, pl.col("cell")).fill_null(value=False)).to_series()
    if plain.all():
        return cells
    known: dict[str, str] = {}
    for cell in cells.filter(~plain).drop_nulls().unique():
        try:
            known[cell] = canonical(kind, cell)
        except IdentifierError:
            continue
    told = cells.set(plain, None)
    parsed = told.replace_strict(known, default=None, return_dtype=pl.String) if known else told.set(~plain, None)
    return parsed.zip_with(~plain, cells)


def _is_canonical(kind: IdentifierKind, cell: pl.Expr) -> pl.Expr:
    """True only of canonical forms; what it cannot tell is parsed."""
    if kind == "pnc":
        digits = cell.str.slice(2, 2) + cell.str.slice(5, 7)
        return cell.str.contains(r"^(?:19|20)[0-9]{2}/[0-9]{7}[A-Z]$") & _letter_holds(cell, digits) & ~cell.is_in(list(JUNK))
    if kind == "cro":
        digits = cell.str.slice(7, 2) + cell.str.slice(0, 6)
        return cell.str.contains(r"^[0-9]{6}/[0-9]{2}[A-Z]$") & _letter_holds(cell, digits) & (cell != PLACEHOLDER)
    if kind == "postcode":
        return cell.str.contains(r"^[A-Z][A-HJ-Y]?[0-9][A-Z0-9]? [0-9][A-Z]{2}$") & ~cell.is_in(list(PLACEHOLDER_POSTCODES))
    forms = {"crn": r"^[A-Z][0-9]{6}$", "prison_number": r"^[A-Z][0-9]{4}[A-Z]{2}$"}
    return cell.str.contains(forms[kind]) if kind in forms else pl.lit(value=False)


def _letter_holds(cell: pl.Expr, digits: pl.Expr) -> pl.Expr:
    number = digits.str.to_integer(strict=False)
    return (number % len(ALPHABET)).replace_strict(_LETTERS, default=None, return_dtype=pl.String) == cell.str.slice(-1)
