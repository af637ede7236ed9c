"""`throughcare restore`: a home from its backup."""

from pathlib import Path
from typing import Annotated

import typer


def restore(file: Annotated[Path, typer.Argument(help="a file that `throughcare backup` wrote")]) -> None:
    """Make the home from a backup. Every file is compared with what was put away; a home with anything in it is left alone."""
    import os

    from throughcare.core.home_archive import restore as restored

    home = Path(os.environ.get("THROUGHCARE_HOME", "./var")).resolve()
    number, made_at = restored(file, home)
    typer.echo(f"{number} files are back in {home}, as they stood on {made_at:%Y-%m-%d at %H:%M} UTC")
