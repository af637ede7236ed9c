"""`throughcare digest`: the morning's e-mails. `serve` and `work` send them by themselves."""

from datetime import datetime
from typing import Annotated

import typer


def digest(
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day; today by default")] = None,
) -> None:
    """E-mail everybody who has something open on Today how much and of what kind, naming nobody. Twice on a day sends once.

    Sends whatever else waits too. `serve` and `work` do both by themselves on working days; this is for a timer of your own.
    """
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.mail.queries import may_go
    from throughcare.web.clock import now, today
    from throughcare.web.mailing import mail_digests

    if not may_go():
        typer.echo("no mail server is set (THROUGHCARE_MAIL_SERVER): nothing is sent", err=True)
        return
    done = mail_digests(by="cli", day=date.date() if date else today(), at=now())
    typer.echo(f"{done.kept} digests, {done.sent} e-mails sent")
    for account in done.failed:
        typer.echo(f"no e-mail could be sent to {account}: it is tried again next time", err=True)
    if done.failed:
        raise typer.Exit(1)
