"""What follows a command that has written: who is who, and events are given to those who wait for them."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from throughcare.casework.events.actions import Handling
    from throughcare.casework.linking.actions import Outcome


def follow_import(*, propose: bool) -> None:
    """What follows an import, wherever it is started, and what came of it."""
    from throughcare.web.after_import import after_import

    followed = after_import(by="cli", propose=propose)
    say_linked(followed.linked)
    if followed.proposed:
        typer.echo(f"{followed.proposed} new proposals", err=True)
    _say_handled(followed.handled)


def handle_events() -> None:
    """One round over the outbox. What fails stays waiting with its error, is said, and is tried again next time."""
    from throughcare.casework.events.actions import handle_pending
    from throughcare.registry.parts import handlers

    _say_handled(handle_pending(by="cli", handlers=handlers()))


def say_linked(done: "Outcome") -> None:
    typer.echo(
        f"{done.looked_at} of {done.records} agencies' records looked at: {done.people} people "
        f"({done.merged} found to be another, {done.parted} found to be two); {done.questions} questions wait for a person"
    )


def _say_handled(handling: "Handling") -> None:
    for error in handling.errors:
        typer.echo(f"not handled, and tried again next time: {error}", err=True)
