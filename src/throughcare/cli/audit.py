"""`throughcare audit verify`."""

import typer

commands = typer.Typer(no_args_is_help=True, help="The audit of every write.")


@commands.callback()
def _audit() -> None:
    """The audit of every write."""


@commands.command("verify")
def verify() -> None:
    """Prove that no audit entry was altered or removed."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.audit import queries

    found = queries.verify()
    if not found.whole:
        typer.echo(f"the audit is NOT whole: {found.fault}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{found.entries} entries, whole; the last is {found.head}")
