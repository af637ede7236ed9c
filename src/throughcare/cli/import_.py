"""`throughcare import`: validate and load extracts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from throughcare.casework.imports.actions import Outcome

SHOWN = 20


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="extracts, or folders of extracts")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="report, and change nothing")] = False,
    propose: Annotated[bool, typer.Option("--propose/--no-propose", help="then propose joiners and leavers of today")] = True,
) -> None:
    """Load agency extracts, link the people in them, and propose who should join and leave the cohort as it is today.

    Safe to repeat; rows that cannot be loaded are kept in quarantine. Nothing is proposed on a day outside the pilot's life.
    """
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.imports.actions import import_extracts
    from throughcare.casework.imports.files import passed_over
    from throughcare.casework.people.actions import resolve
    from throughcare.cli.after import follow_import
    from throughcare.cli.progress import loading
    from throughcare.registry.parts import feeds

    for path in passed_over(paths):
        typer.echo(f"{path.name} is not a .csv file and is not loaded", err=True)
    with loading() as progress:
        import_extracts(
            by="cli", paths=paths, feeds=feeds(), resolve=resolve, dry_run=dry_run, progress=progress, done=_say
        )
    if dry_run:
        typer.echo("dry run: nothing was changed")
        return
    follow_import(propose=propose)


def _say(outcome: "Outcome") -> None:
    """What one file brought, and its first faults."""
    o = outcome
    typer.echo(f"{o.name}: {o.new} new, {o.changed} changed, {o.same} unchanged, {o.quarantined} in quarantine")
    for fault in o.faults[:SHOWN]:
        where = f"line {fault.line}, {fault.column or 'row'} {fault.value!r}"
        typer.echo(f"  {where}: {fault.rule}; {fault.mend}", err=True)
    if o.quarantined > SHOWN:
        typer.echo(f"  {o.quarantined} rows in all: `throughcare quarantine` lists them", err=True)
