"""A study on plain files: protocol and data in, a folder out that appears whole or not at all."""

from datetime import date
from pathlib import Path

import polars as pl

from throughcare.core.whole_folder import refuse_other, write_whole
from throughcare.stats.any_study import Ran, parse_any, run_any
from throughcare.stats.mistakes import DataRefused
from throughcare.stats.results import MARK
from throughcare.stats.toml_file import text_of


def study_files(protocol: Path, data: Path, output: Path, *, as_at: date) -> Ran:
    """Runs the study and writes its folder; an earlier study there is replaced, anything else refused."""
    refuse_other(output, mark=MARK, kind="study")
    asked, sha256 = parse_any(text_of(protocol), name=str(protocol))
    result = run_any(asked, read_people(data), sha256=sha256, as_at=as_at)
    write_whole(output, result.files, mark=MARK, kind="study")
    return result


def read_people(path: Path) -> pl.DataFrame:
    """Rows of a CSV or Parquet file; an empty cell is not known. Whole columns decide their kind, not the first rows."""
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema_length=None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise DataRefused(what="The data cannot be read", record=str(path), expected="a CSV or Parquet file with headings",
                          mend="correct the path or the file") from error  # fmt: skip
