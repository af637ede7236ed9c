"""`throughcare import`: validate and load extracts."""

from pathlib import Path
from typing import Annotated

import typer


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="extracts, or folders of extracts")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="report, and change nothing")] = False,
) -> None:
    """Load agency extracts. Safe to repeat; rows that cannot be loaded are kept in quarantine with rule and mend."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.imports.actions import import_extracts
    from throughcare.casework.people.actions import resolve
    from throughcare.cli.progress import loading
    from throughcare.registry.parts import feeds

    with loading() as progress:
        outcomes = import_extracts(
            by="cli", paths=paths, feeds=feeds(), resolve=resolve, dry_run=dry_run, progress=progress
        )
    for o in outcomes:
        typer.echo(f"{o.name}: {o.new} new, {o.changed} changed, {o.same} unchanged, {o.quarantined} in quarantine")
        for fault in o.faults[:20]:
            typer.echo(
                f"  line {fault.line}, {fault.column or 'row'} {fault.value!r}: {fault.rule}; {fault.mend}", err=True
            )
    if dry_run:
        typer.echo("dry run: nothing was changed")
