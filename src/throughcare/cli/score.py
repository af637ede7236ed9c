"""`throughcare score`: OGRS3 on a plain file."""

from pathlib import Path
from typing import Annotated

import typer


def score(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="CSV of people, one row each")],
    output: Annotated[Path, typer.Option("--output", help="CSV to write")],
    profile: Annotated[str, typer.Option("--profile", help="published or oasys")] = "published",
) -> None:
    """Score people with OGRS3. Needs no store: an analyst can use it alone."""
    from throughcare.cli.days import existing
    from throughcare.rules.ogrs3.files import score_file

    rows = score_file(existing(source), output, profile=profile)
    typer.echo(f"{rows} rows scored into {output}", err=True)
