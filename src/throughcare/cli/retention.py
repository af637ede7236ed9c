"""`throughcare retention`: deletes what may be kept no longer."""

from typing import Annotated

import typer


def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="count it, and delete nothing")] = False,
) -> None:
    """Delete what may be kept no longer, such as positions so many days after an order's end. Safe to repeat."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.registry.parts import retention as of_every_part
    from throughcare.web.clock import now, today

    for sentence in of_every_part("cli", today(), now(), dry_run=dry_run):
        typer.echo(sentence)
