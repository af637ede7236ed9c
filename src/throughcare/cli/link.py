"""`throughcare link`: who is who, in the store or in plain files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

SHOWN = 5


def link(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="CSV or Parquet of records")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="CSV of people to write; pairs are written beside it")] = None,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option("--engine", help="where the model runs")] = "duckdb",
) -> None:
    """Link records of one person: those of the files given, or what is new and changed in the store."""
    from throughcare.core.errors import UserError

    if paths and output is None:
        raise UserError(
            what="files are to be linked and there is nowhere to write to", record="--output", expected="a file",
            mend="name one: --output people.csv",
        )  # fmt: skip
    if paths:
        _files(paths, output, engine)


def _files(paths: list[Path], output: Path, engine: str) -> None:
    from datetime import UTC, datetime

    from throughcare.cli.days import existing
    from throughcare.core.clock import london_date
    from throughcare.linkage.files import link_files
    from throughcare.linkage.parameters import load

    records, linkage = link_files([existing(p) for p in paths], output, parameters=load(), as_at=london_date(datetime.now(UTC)))
    typer.echo(f"{records.frame.height} records are {linkage.people['group'].n_unique()} people", err=True)
