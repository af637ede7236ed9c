"""Scores a file of people: a CSV in, a CSV out, whole or not at all."""

import os
from pathlib import Path

import polars as pl

from throughcare.core.errors import UserError
from throughcare.rules.ogrs3.score import score


def score_file(source: Path, target: Path, *, profile: str = "published") -> int:
    """Scores every row of the CSV file `source` into the CSV file `target`, and gives the number of rows.

    Columns are those of `score`, under these names in any order; others are passed over. All are read as text (a byte
    order mark and spaces around a cell are tolerated), dates as 2015-12-31. A row with a cell that cannot be read gets
    an error that names the column, and the others their scores. `target` is written beside and then renamed, so that it
    appears whole or not at all. Refuses, with `UserError`, a file that is absent, empty or no CSV, one without the
    columns, and a target that cannot be written.
    """
    try:
        rows = pl.read_csv(source, infer_schema=False).with_columns(pl.all().str.strip_chars())
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UserError(
            what="The file cannot be read as CSV",
            record=f"{source} ({error})",
            expected="a CSV file in UTF-8 with a header line",
            mend="check the name and save the file as CSV",
        ) from error
    scored = score(rows, profile=profile)
    # An empty text would be written as a pair of quotes, an absent one as nothing.
    _write_whole(scored.with_columns(error=pl.when(pl.col("error") != "").then("error")), target)
    return scored.height


def _write_whole(frame: pl.DataFrame, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        frame.write_csv(beside)
        beside.replace(target)
    except OSError as error:
        raise UserError(
            what="The scores cannot be written",
            record=f"{target} ({error})",
            expected="a file in a folder that exists and may be written to",
            mend="make the folder, or name another file",
        ) from error
    finally:
        beside.unlink(missing_ok=True)
