"""`throughcare match`: who was near which crime, on plain files."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from throughcare.positions.engines import Engine

SHOWN = 5


def match(
    fixes: Annotated[Path, typer.Argument(metavar="FIXES", help="CSV, JSON lines, Parquet of fixes, or a store of them")],
    crimes: Annotated[Path, typer.Argument(metavar="CRIMES", help="the police's file of 13 columns, or a CSV with a header")],
    output: Annotated[Path, typer.Option("--output", help="CSV of matches to write; details are written beside it")],
    radius: Annotated[float, typer.Option("--radius", help="metres from the crime")] = 100.0,
    min_fixes: Annotated[int, typer.Option("--min-fixes", help="least fixes of one tag")] = 2,
    mechanism: Annotated[list[str] | None, typer.Option("--mechanism", help="whose fixes count (GPS, WIFI)")] = None,
    max_precision: Annotated[float | None, typer.Option("--max-precision", help="metres; less precise do not count")] = None,
    buffer: Annotated[float, typer.Option("--buffer", help="minutes added to each window at both ends")] = 0.0,
    engine: Annotated[Literal["duckdb", "spark"], typer.Option("--engine", help="where it runs")] = "duckdb",
) -> None:
    """Match fixes with crimes: tags within the radius, inside the window. A match is nearness; it proves no presence."""
    from throughcare.cli.days import existing
    from throughcare.positions.files import match_files
    from throughcare.positions.parameters import Parameters

    parameters = Parameters(
        radius_m=radius, min_fixes=min_fixes, max_precision_m=max_precision, buffer=timedelta(minutes=buffer),
        **({"mechanisms": tuple(name.upper() for name in mechanism)} if mechanism else {}),
    )  # fmt: skip
    done = match_files(existing(fixes), existing(crimes), output, parameters=parameters, engine=_engine(engine))
    for sentence in done.refused[:SHOWN]:
        typer.echo(f"not read: {sentence}", err=True)
    if len(done.refused) > SHOWN:
        typer.echo(f"not read: {len(done.refused) - SHOWN} more", err=True)
    outcomes = done.matches.crimes["outcome"].to_list()
    typer.echo(
        f"{len(outcomes)} crimes: {outcomes.count('matched')} matched, {outcomes.count('no_match')} with nobody near, "
        f"{outcomes.count('not_run')} not run; {done.matches.pairs.height} pairs into {output}", err=True,
    )  # fmt: skip


def _engine(name: str) -> "Engine | None":
    if name == "duckdb":
        return None
    from throughcare.positions.engines import Spark

    return Spark()
