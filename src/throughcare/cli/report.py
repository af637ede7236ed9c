"""`throughcare report`: the report of a period, and its figures."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def report(
    start: Annotated[str, typer.Option("--from", help="first day, YYYY-MM-DD")],
    end: Annotated[str, typer.Option("--to", help="the day after the last: the end is exclusive")],
    audience: Annotated[Literal["governance", "public"], typer.Option("--audience", help="public: small numbers suppressed")],
    output: Annotated[Path, typer.Option("--output", help="folder to write")],
) -> None:
    """Write the report of a period: index.html with its tables and charts, and figures.csv."""
    from throughcare.cli.days import period
    from throughcare.cli.store import open_store

    over = period(start, end)
    open_store()
    from throughcare.casework.pilot import current_pilot
    from throughcare.measures.all_measures import all_measures
    from throughcare.report.write import write_report

    page = write_report(pilot=current_pilot(), period=over, audience=audience, output=output, measures=all_measures())
    typer.echo(f"{page} written")
