"""Identifiers a column at a time say what they say one by one, of whatever stands in the cells."""

from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from throughcare.core.errors import IdentifierError
from throughcare.core.identifiers import PARSERS, IdentifierKind, canonical, make_asn, make_cro, make_pnc
from throughcare.core.identifiers.check_letters import ALPHABET
from throughcare.core.identifiers.columns import canonical_column
from throughcare.core.identifiers.pnc import JUNK

KINDS: tuple[IdentifierKind, ...] = tuple(PARSERS)
letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
digits = st.integers(0, 9).map(str)


def _form(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


pncs = st.builds(make_pnc, st.integers(1900, 2099), st.integers(1, 9_000_000))
cros = st.builds(lambda y, s, small: make_cro(y, s, small_file=small), st.integers(0, 99), st.integers(1, 999_999), st.booleans())
valid = {
    "pnc": pncs | st.tuples(pncs, st.booleans()).map(lambda t: t[0].replace("/", "") if t[1] else t[0][2:]),
    "cro": cros | cros.map(lambda number: number.lstrip("0")),
    "asn": st.builds(
        lambda year, serial: make_asn(year=year, force="01", unit="ZD", system="01", serial=serial),
        st.integers(0, 99), st.integers(1, 99_999_999_999),
    ),
    "prison_number": _form(letters, *[digits] * 4, letters, letters),
    "crn": _form(letters, *[digits] * 6),
    "postcode": _form(
        letters, letters, digits, st.sampled_from(["", "A", "1"]), st.sampled_from(["", " ", "  "]), digits, letters, letters
    ),
}  # fmt: skip
any_valid = st.one_of(*valid.values())
wrong_letter = st.tuples(pncs | cros, st.sampled_from([*ALPHABET, "I", "O", "S"])).map(lambda t: t[0][:-1] + t[1])
junk = st.sampled_from([
    *sorted(JUNK), "000000/00Z", "0/00Z", "NF1 1NF", "nf11fa", "GIR 0AA", "gir0aa", "", " ", "NONE", "n/a", "1979/0163001B\n",
    "1899/0000001A", "2100/0000001A", "1979/163001B", "065656/91H\n", "E8 1EA\n", "E8\t1EA", "X320741\n", "A1234BC ",
    "١٩٧٩/0163001B", "X32O741", "A1234567",
])  # fmt: skip
cells_of_any_kind = st.one_of(
    any_valid, any_valid.map(str.lower), any_valid.map(lambda text: f" {text}\n"), wrong_letter, junk, st.text(max_size=14)
)  # fmt: skip


def one_by_one(kind: IdentifierKind, cells: Sequence[str | None]) -> list[str | None]:
    found: list[str | None] = []
    for cell in cells:
        try:
            found.append(None if cell is None else canonical(kind, cell))
        except IdentifierError:
            found.append(None)
    return found


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.none() | cells_of_any_kind, max_size=25))
@example([*sorted(JUNK), "NF1 1NF", "000000/00Z", "1979/0163001B", "79/163001B", "1979/0163001C", None])
def test_a_column_says_what_one_by_one_says(kind: IdentifierKind, cells: list[str | None]) -> None:
    assert canonical_column(kind, pl.Series("cells", cells, dtype=pl.String)).to_list() == one_by_one(kind, cells)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_canonical_ones_stay_as_they_are(kind: IdentifierKind, data: st.DataObject) -> None:
    cells = data.draw(st.lists(valid[kind], min_size=1, max_size=25))
    once = canonical_column(kind, pl.Series("cells", cells))
    assert once.to_list() == one_by_one(kind, cells)
    assert canonical_column(kind, once).to_list() == once.to_list()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cells", [[], [None], [None, None], ["junk"], ["junk", None, "junk"]])
def test_a_column_without_an_identifier_is_all_nothing(kind: IdentifierKind, cells: list[str | None]) -> None:
    told = canonical_column(kind, pl.Series("cells", cells, dtype=pl.String))
    assert told.to_list() == [None] * len(cells)
    assert (told.name, told.dtype) == ("cells", pl.String)
