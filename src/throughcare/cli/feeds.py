"""`throughcare feeds tell`."""

import typer

commands = typer.Typer(no_args_is_help=True, help="When extracts are due.")


@commands.callback()
def _feeds() -> None:
    """When extracts are due."""


@commands.command("tell")
def tell() -> None:
    """Tell those in whose charge a feed is that it is late or short, once a due time. Safe to repeat; `serve` does it too."""
    from throughcare.cli.store import open_store

    open_store()
    from django.conf import settings

    from throughcare.web.clock import now
    from throughcare.web.feeds_told import tell_owners

    told = tell_owners(by="cli", at=now())
    typer.echo(f"{told.feeds} feeds late or short: {told.notices} notices, {told.emails} e-mails")
    if not settings.MAIL_SERVER:
        typer.echo("no mail server is set (THROUGHCARE_MAIL_SERVER): nobody is told by e-mail", err=True)
    for address in told.failed:
        typer.echo(f"no e-mail could be sent to {address}: it is tried again next time", err=True)
    if told.failed:
        raise typer.Exit(1)
