"""`throughcare administrator`: the first account of a service, from which all others follow."""

from typing import Annotated

import typer


def administrator(username: Annotated[str, typer.Argument(help="what the administrator signs in as")]) -> None:
    """Make an account that holds a system administrator's post; its password is printed once. It sees no person."""
    import secrets

    from throughcare.cli.store import open_store

    open_store()
    from throughcare.casework.access.actions import hold, make_account, make_post
    from throughcare.casework.access.errors import AlreadyHeld
    from throughcare.casework.access.models import Account, Post
    from throughcare.web.clock import today

    if Account.objects.filter(username__iexact=username).exists():
        raise AlreadyHeld(
            what="There is an account of this name", record=username, expected="a new name",
            mend="give another, or let an administrator change that account",
        )  # fmt: skip
    password = secrets.token_urlsafe(12)
    account = make_account(by="cli", username=username, name=username, password=password)
    post = Post.objects.filter(slug="system-admin").first() or make_post(
        by="cli", slug="system-admin", title="System administrator", role="system_admin"
    )
    hold(by="cli", post=post, account=account, start=today())
    typer.echo(f"{username} may sign in with the password {password}")
    typer.echo("It is shown this once. A second step is set up at the first sign-in.")
