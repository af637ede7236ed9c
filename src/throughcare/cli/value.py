"""`throughcare value`: what a programme costs and what it is worth, on plain files."""

from pathlib import Path
from typing import Annotated

import typer


def value(
    model: Annotated[Path, typer.Argument(metavar="MODEL.toml", help="costs, benefit lines and unit costs")],
    output: Annotated[Path, typer.Option("--output", help="folder to write: results.json, index.html, tables, chart")],
) -> None:
    """Work out costs and benefits, how sure they are, who pays and who gains. Needs no store."""
    from throughcare.cli.days import existing
    from throughcare.stats.value.result import value_files

    for sentence in value_files(existing(model), output)["says"]:
        typer.echo(sentence, err=True)
    typer.echo(f"{output / 'index.html'} written")
