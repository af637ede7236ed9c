"""`throughcare study`: a study on plain files."""

from pathlib import Path
from typing import Annotated

import typer


def study(
    protocol: Annotated[Path, typer.Argument(metavar="PROTOCOL.toml", help="what is asked, and how it is to be answered")],
    data: Annotated[Path, typer.Option("--data", help="CSV or Parquet of people, one row each")],
    output: Annotated[Path, typer.Option("--output", help="folder to write: results.json, index.html, tables, charts")],
) -> None:
    """Run a study by its protocol, check it, and say what can and cannot be concluded. Needs no store."""
    from datetime import UTC, datetime

    from throughcare.cli.days import existing
    from throughcare.core.clock import london_date
    from throughcare.stats.study_files import study_files

    result = study_files(existing(protocol), existing(data), output, as_at=london_date(datetime.now(UTC)))
    for refusal in result.refusals:
        typer.echo(f"refused ({refusal.gate}): {refusal.says}", err=True)
    for answer in result.compared.answers if result.compared else ():
        typer.echo(f"{answer.outcome.name}: {answer.verdict.direction}", err=True)
    typer.echo(f"{output / 'index.html'} written")
