"""`throughcare cohort`: what the rule proposes, and who is in the cohort on a day."""

from typing import Annotated

import typer

commands = typer.Typer(no_args_is_help=True, help="The cohort: proposals to join and to leave, and members.")
AsAt = Annotated[str, typer.Option("--as-at", help="the day, YYYY-MM-DD")]


@commands.command("propose")
def propose(as_at: AsAt) -> None:
    """Propose who should join and leave on a day, with reasons. A person decides: nothing joins or leaves by itself."""
    from throughcare.cli.days import day
    from throughcare.cli.store import open_store

    on = day(as_at, "--as-at")
    open_store()
    from throughcare.casework.cohort import actions
    from throughcare.cli.after import handle_events

    made = actions.propose(by="cli", as_at=on)
    for proposal in made:
        score = "no score" if proposal.score is None else f"score {proposal.score}"
        reasons = "; ".join(proposal.reasons.splitlines())
        who = f"{proposal.kind:8} person {proposal.person_id}  {proposal.borough}  {score}"
        typer.echo(f"{who}  from {proposal.holds_from}: {reasons}")
    handle_events()
    typer.echo(f"{len(made)} new proposals", err=True)


@commands.command("list")
def list_members(as_at: AsAt) -> None:
    """List the members on a day: person, borough, since when, score on that day, rating."""
    from throughcare.cli.days import day
    from throughcare.cli.store import open_store

    on = day(as_at, "--as-at")
    open_store()
    from throughcare.casework.cohort import queries

    members = queries.cohort_list(on)
    typer.echo(members.write_csv(), nl=False)
    typer.echo(f"{members.height} members on {on:%-d %B %Y}", err=True)
