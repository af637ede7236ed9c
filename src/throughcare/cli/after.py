"""What follows a command that has written: events are given to those who wait for them."""

import typer


def handle_events() -> None:
    """One round over the outbox. What fails stays waiting with its error, is said, and is tried again next time."""
    from throughcare.casework.events.actions import handle_pending
    from throughcare.registry.parts import handlers

    handling = handle_pending(by="cli", handlers=handlers())
    for error in handling.errors:
        typer.echo(f"not handled, and tried again next time: {error}", err=True)
