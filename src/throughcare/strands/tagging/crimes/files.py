"""A force's file as rows: the police's own of 13 columns, or a CSV with a header of which the sender says whose it is."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from throughcare.positions.crimes import NAMES, read_headed
from throughcare.positions.police_file import CRIME, FORCES, read_batch
from throughcare.strands.tagging.crimes.errors import BatchRefused
from throughcare.strands.tagging.tables.crimes import HEADED, POLICE_FILE

LARGEST = 20_000_000
"""Bytes: a batch of some 100,000 crimes."""
LONGEST_REFERENCE = 60


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A broken rule of a row, as it is told to the force."""

    row: int
    reference: str
    column: str
    value: str
    code: str
    rule: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Read:
    """A file, read: `crimes` (columns police_file.CRIME), and every broken rule."""

    form: str
    force: str
    batch_id: str
    crimes: pl.DataFrame
    refusals: tuple[Refused, ...]

    @property
    def status(self) -> str:
        if not self.refusals:
            return "successful"
        return "partial" if self.crimes.height else "failed"


def read_file(name: str, content: bytes, *, force: str = "") -> Read:
    """Reads the bytes of a file. `force`: whose crimes a file with a header holds; the police's own file says so itself.

    Refused: a file too large, one that neither reader takes, one with a header and no force.
    """
    if len(content) > LARGEST:
        raise _refused(name, "The file is too large", f"at most {LARGEST // 1_000_000} MB", "send it in parts")
    with TemporaryDirectory(prefix="throughcare-crimes-") as folder:
        path = Path(folder) / (Path(name).name or "crimes.csv")
        path.write_bytes(content)
        return _headed(path, force) if _has_header(content) else _of_police(path)


def _has_header(content: bytes) -> bool:
    """Whether its first row has a name that a header has: the police's own file has none, whatever is wrong with it."""
    first = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", errors="replace")
    names = {name for also in NAMES.values() for name in also}
    return bool(names & {cell.strip().strip('"').lower() for cell in first.split(",")})


def _of_police(path: Path) -> Read:
    batch = read_batch(path)
    refusals = [
        Refused(row=each.row, reference=each.crime_reference, column=each.column, value=each.value, code=each.code,
                rule=each.rule, mend=each.mend)
        for each in batch.refusals
    ]  # fmt: skip
    crimes, too_long = _short(batch.crimes)
    first = crimes.row(0, named=True) if crimes.height else {"police_force": "", "batch_id": ""}
    return Read(form=POLICE_FILE, force=first["police_force"], batch_id=first["batch_id"], crimes=crimes,
                refusals=(*refusals, *too_long))  # fmt: skip


def _headed(path: Path, force: str) -> Read:
    if force not in FORCES:
        raise _refused(path.name, "A file with a header does not say whose crimes they are", "a force of the list",
                       "choose the force, or send the file of 13 columns")  # fmt: skip
    told = read_headed(path)
    refusals = [
        Refused(row=each.row, reference="", column=each.column, value=each.value, code="", rule=each.rule, mend=each.mend)
        for each in told.refusals
    ]
    rows = told.frame.with_columns(
        police_force=pl.lit(force), crime_type=pl.lit(""), batch_id=pl.lit(""), text=pl.lit(""),
        row=pl.lit(0, dtype=pl.Int64),
    )  # fmt: skip
    crimes, too_long = _short(rows.select(CRIME.names()))
    return Read(form=HEADED, force=force, batch_id="", crimes=crimes, refusals=(*refusals, *too_long))


def _short(crimes: pl.DataFrame) -> tuple[pl.DataFrame, list[Refused]]:
    """The crimes whose reference can be kept, and the others as refusals."""
    long = crimes.filter(pl.col("crime_id").str.len_chars() > LONGEST_REFERENCE)
    told = [
        Refused(row=row["row"], reference=row["crime_id"][:LONGEST_REFERENCE], column="crimeReference", value=row["crime_id"],
                code="", rule=f"a reference has at most {LONGEST_REFERENCE} characters",
                mend="give the force's own reference alone")
        for row in long.iter_rows(named=True)
    ]  # fmt: skip
    return crimes.filter(pl.col("crime_id").str.len_chars() <= LONGEST_REFERENCE), told


def _refused(name: str, what: str, expected: str, mend: str) -> BatchRefused:
    return BatchRefused(what=what, record=name, expected=expected, mend=mend)
