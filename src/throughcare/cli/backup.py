"""`throughcare backup`: the home in one file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer


def backup(file: Annotated[Path, typer.Argument(help="file to write; only you may read it")]) -> None:
    """Put the whole home into one file: the store, also while it is in use, and every file beside it, such as publications."""
    from throughcare.cli.store import open_settings

    open_settings()
    from django.conf import settings

    from throughcare.casework.audit.actions import backed_up
    from throughcare.core.home_archive import NoBackup, back_up

    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        raise NoBackup(
            what="The store is not in the home", record="THROUGHCARE_DATABASE_URL", expected="a store on SQLite",
            mend="back the store up with pg_dump, and copy the home's folder at the same time",
        )  # fmt: skip
    number, sha256 = back_up(Path(settings.HOME), file, at=datetime.now(UTC))
    backed_up(by="cli", file=file.name, sha256=sha256)
    typer.echo(f"{file} written: {number} files of {settings.HOME}")
    typer.echo(f"SHA-256 {sha256}: keep it apart from the file")
    typer.echo("The file holds the home's keys and all that is personal: keep it where nobody else reads")
