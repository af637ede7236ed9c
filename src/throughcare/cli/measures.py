"""`throughcare measures`: figures over a period."""

import csv
import json
import sys
from typing import Annotated, Literal

import typer


def measures(
    start: Annotated[str, typer.Option("--from", help="first day, YYYY-MM-DD")],
    end: Annotated[str, typer.Option("--to", help="the day after the last: the end is exclusive")],
    by: Annotated[str, typer.Option("--by", help="breakdowns, such as month,borough")] = "",
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
    only: Annotated[str, typer.Option("--only", help="slugs that begin so, such as psr.")] = "",
) -> None:
    """Show every figure of a period, each with the counts that it follows from."""
    from throughcare.cli.days import period
    from throughcare.cli.store import open_store

    over = period(start, end)
    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.measures.all_measures import all_measures
    from throughcare.measures.calculate import calculate_all
    from throughcare.measures.listing import as_rows, as_text

    wanted = [m for m in all_measures() if m.slug.startswith(only)]
    breakdowns = tuple(name.strip() for name in by.split(",") if name.strip())
    results = calculate_all(wanted, pilot=current_pilot(), period=over, by=breakdowns)
    if form == "table":
        typer.echo(as_text(results))
        return
    rows = as_rows(results)
    if form == "json":
        typer.echo(json.dumps(rows, indent=1, default=str))
        return
    writer = csv.DictWriter(sys.stdout, rows[0] if rows else ["id"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
