"""`throughcare positions`: the fixes that tags send."""

from pathlib import Path
from typing import Annotated

import typer

SHOWN = 3

commands = typer.Typer(no_args_is_help=True, help="Positions of tags: bring them in, look at a day, match them with crimes.")


@commands.callback()
def positions() -> None:
    """Positions of tags: bring them in, look at a day, match them with crimes."""


@commands.command("import")
def import_(paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV, JSON lines or Parquet of fixes")]) -> None:
    """Bring fixes in, kept as they came, by day. Safe to repeat; a row that is no fix is kept aside with the reason."""
    from datetime import UTC, datetime

    from throughcare.cli.days import existing
    from throughcare.cli.progress import loading
    from throughcare.cli.store import open_store
    from throughcare.positions.store import REFUSED, import_fixes

    found = [existing(path) for path in paths]
    folder = open_store() / "positions"
    with loading() as progress:
        done = import_fixes(found, folder, at=datetime.now(UTC), told=progress)
    for each in done:
        if each.already:
            typer.echo(f"{each.file}: came before, nothing done", err=True)
            continue
        days = f"{each.days[0]} to {each.days[-1]}" if each.days else "no day"
        typer.echo(f"{each.file}: {each.rows} fixes of {days}", err=True)
        if each.ignored:
            typer.echo(f"{each.file}: not used: {', '.join(each.ignored)}", err=True)
        if each.refused:
            kept = folder / REFUSED / f"{each.digest}.csv"
            typer.echo(f"{each.file}: {each.refused} rows are no fix, kept with the reason in {kept}", err=True)


@commands.command("check")
def check(
    order: Annotated[int, typer.Option("--order", help="the number of the order")],
    on: Annotated[str, typer.Option("--day", help="the London day, YYYY-MM-DD")],
) -> None:
    """Look at a day of an order and print what was found, with its evidence. Safe to repeat; what was reviewed stays as it is."""
    from throughcare.cli.days import day
    from throughcare.cli.store import open_store

    asked = day(on, "--day")
    open_store()
    from throughcare.strands.tagging.checks.told import looked_at
    from throughcare.web.clock import now

    told = looked_at(by="cli", order=order, day=asked, at=now())
    for line in told.lines:
        typer.echo(line)
    for line in told.beside:
        typer.echo(line, err=True)


@commands.command("crimes")
def crimes(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="the police's file of 13 columns, or a headed CSV")],
    force: Annotated[str, typer.Option("--force", help="whose crimes a CSV with a header holds, such as Metropolitan")] = "",
) -> None:
    """Take in crimes that a force asks about, and match them with the positions that are here. A row that is no crime is told."""
    from throughcare.cli.days import existing
    from throughcare.cli.store import open_store

    found = [existing(path) for path in paths]
    open_store()
    from throughcare.registry.parts import takes
    from throughcare.web.clock import now

    for path in found:
        for sentence in takes()["crimes"]("cli", path.name, path.read_bytes(), now(), force):
            typer.echo(sentence)
