"""`throughcare quarantine`: the rows that wait for correction, or were set aside."""

import csv
import sys
from typing import Annotated

import typer

COLUMNS = ("feed", "file", "line", "record_id", "column", "value", "rule", "mend")
WHY = ("set_aside", "note", "by")


def quarantine(
    feed: Annotated[str, typer.Option("--feed", help="one feed only")] = "",
    aside: Annotated[bool, typer.Option("--set-aside", help="list those set aside instead, with the reason")] = False,
) -> None:
    """List, as CSV, the rows that could not be loaded and have not been mended: where, which rule, how to mend."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.imports.queries import set_aside, waiting

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow((*COLUMNS, *WHY) if aside else COLUMNS)
    rows = set_aside(feed or None) if aside else waiting(feed or None)
    for r in rows:
        told = (r.feed, r.file.name, r.line, r.record_id, r.column, r.value, r.rule, r.mend)
        writer.writerow((*told, r.set_aside, r.set_aside_note, r.set_aside_by) if aside else told)
    typer.echo(f"{len(rows)} faults {'were set aside' if aside else 'wait'}", err=True)
