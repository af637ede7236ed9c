"""`throughcare quarantine`: the rows that wait for correction."""

import csv
import sys
from typing import Annotated

import typer

COLUMNS = ("feed", "file", "line", "record_id", "column", "value", "rule", "mend")


def quarantine(
    feed: Annotated[str, typer.Option("--feed", help="one feed only")] = "",
) -> None:
    """List, as CSV, the rows that could not be loaded and have not been mended: where, which rule, how to mend."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.imports.queries import waiting

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = waiting(feed or None)
    writer.writerows((r.feed, r.file.name, r.line, r.record_id, r.column, r.value, r.rule, r.mend) for r in rows)
    typer.echo(f"{len(rows)} faults wait", err=True)
