"""`throughcare work`: what waits in the background. `serve` runs it by itself."""

from typing import Annotated

import typer


def work(
    once: Annotated[bool, typer.Option("--once", help="stop when nothing waits")] = False,
) -> None:
    """Load extracts that were sent, tell of late feeds, and send e-mails, until stopped. `serve` does too."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.web.background.worker import work as run
    from throughcare.web.mailing import mail_round

    run(once=once, also=(mail_round,))
