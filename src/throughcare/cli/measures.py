"""`throughcare measures`: figures over a period."""

import json
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
    from throughcare.measures.listing import as_csv, as_rows, as_text

    wanted = [m for m in all_measures() if m.slug.startswith(only)]
    breakdowns = tuple(name.strip() for name in by.split(",") if name.strip())
    results = calculate_all(wanted, pilot=current_pilot(), period=over, by=breakdowns)
    if form == "json":
        typer.echo(json.dumps(as_rows(results), indent=1, ensure_ascii=False))
    else:
        typer.echo(as_csv(results) if form == "csv" else as_text(results), nl=False)
