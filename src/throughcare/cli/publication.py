"""`throughcare publication`: a publication made again from its frozen cut, and whether it is the same to the byte."""

from pathlib import Path
from typing import Annotated

import typer

commands = typer.Typer(no_args_is_help=True, help="what was published")


@commands.command("reproduce")
def reproduce(
    number: Annotated[int, typer.Argument(help="the publication's number, as in its address")],
    output: Annotated[Path, typer.Option("--output", help="folder to write")],
) -> None:
    """Write a publication's files again and say of each whether it is, to the byte, the one that was approved."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.report.publication.errors import NotTheSame
    from throughcare.report.publication.reproduce import reproduce as make_again

    made = make_again(number, output)
    for name, same in made.same.items():
        typer.echo(f"{output / name}: {'the same' if same else 'NOT the same'}")
    for words in made.since:
        typer.echo(f"changed since: {words}")
    if not made.whole:
        raise NotTheSame(
            what="It is not what was published", record=f"publication {number}", expected="the same bytes",
            mend="install the versions named above: the figures themselves are frozen",
        )  # fmt: skip
    typer.echo("All files are the same, to the byte.")


@commands.command("list")
def listing() -> None:
    """What there is: number, period, version and where it stands."""
    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.clock import instant_on, today
    from throughcare.report.publication.queries import editions, state

    at = instant_on(today())
    for one in editions():
        typer.echo(f"{one.pk}\t{one.start} to {one.end}\t{one.audience}\tversion {one.version}\t{state(one, at)}")
