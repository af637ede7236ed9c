"""`throughcare token`: tokens of the API, made for one post of an account, listed, withdrawn."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from throughcare.casework.access.models import Account

commands = typer.Typer(no_args_is_help=True, help="Tokens of the API, each for one post of an account: make, list, withdraw.")
Username = Annotated[str, typer.Argument(metavar="ACCOUNT", help="the account's username")]


@commands.command("make")
def make(
    username: Username,
    name: Annotated[str, typer.Option("--name", help="what it is for")],
    expires: Annotated[datetime, typer.Option("--expires", formats=["%Y-%m-%d"], help="the day it ends, at most a year on")],
    post: Annotated[str, typer.Option("--post", help="the post it works as; may be left out where the account holds one")] = "",
) -> None:
    """Make a token. It is printed once, and kept nowhere: hand it over by a safe way."""
    account = _account(username)
    from throughcare.casework.access.actions import make_token
    from throughcare.casework.access.queries import posts_of
    from throughcare.casework.access.tokens import NotAToken
    from throughcare.web.clock import today

    held = {each.slug: each for each in posts_of(account, today())}
    chosen = held.get(post) if post else next(iter(held.values())) if len(held) == 1 else None
    if chosen is None:
        raise NotAToken(
            what="The account does not hold the post" if post else "The account does not hold just one post", record=username,
            expected=" or ".join(held) or "an account that holds a post", mend="name one of its posts with --post",
        )  # fmt: skip
    token, text = make_token(by="cli", account=account, post=chosen, name=name, on=today(), expires_on=expires.date())
    typer.echo(text)
    typer.echo(f"Token {token.pk}, of {username} as {chosen.slug}, until {token.expires_on}. It is shown this once.", err=True)


@commands.command("list")
def list_(username: Username) -> None:
    """List the tokens of an account, the latest first: what for, until when, when last used."""
    account = _account(username)
    from throughcare.casework.access.tokens import tokens_of

    found = tokens_of(account)
    for token in found:
        state = "withdrawn" if token.withdrawn else f"until {token.expires_on}"
        used = f"last used {token.last_used_on}" if token.last_used_on else "never used"
        typer.echo(f"{token.pk}  {token.post.slug}  {token.name}  {state}, {used}")
    typer.echo(f"{len(found)} tokens", err=True)


@commands.command("withdraw")
def withdraw(number: Annotated[int, typer.Argument(metavar="TOKEN", help="the token's number, as `token list` has it")]) -> None:
    """Withdraw a token, at once and for good."""
    _open()
    from throughcare.casework.access.actions import withdraw_token
    from throughcare.casework.access.models import Token
    from throughcare.casework.access.tokens import NotAToken

    token = Token.objects.filter(pk=number).select_related("post").first()
    if token is None:
        raise NotAToken(
            what="There is no such token", record=f"token {number}", expected="a number of `token list`",
            mend="look at the list again",
        )  # fmt: skip
    withdraw_token(by="cli", token=token)
    typer.echo(f"Token {number} is withdrawn")


def _open() -> None:
    from throughcare.cli.store import open_store

    open_store()


def _account(username: str) -> "Account":
    _open()
    from throughcare.casework.access.models import Account
    from throughcare.casework.access.tokens import NotAToken

    found = Account.objects.filter(username=username).first()
    if found is None:
        raise NotAToken(
            what="There is no account of this name", record=username, expected="a username", mend="look at the spelling"
        )
    return found
