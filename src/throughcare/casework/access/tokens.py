"""Tokens of the API: what a token is, and whose it is on a day. Making and withdrawing them is in `actions`."""

import hashlib
import secrets
from datetime import date

from throughcare.casework.access.models import Account, Holding, Token
from throughcare.casework.access.queries import on_the_day
from throughcare.core.errors import UserError

BEGINS = "tc_"
"""So that a token that has been published by mistake is known for what it is."""

LONGEST = 366
"""Days: a year, with its leap day."""


class NotAToken(UserError):
    """A token that may not be made: without a name, for longer than a year, or for a post that the account does not hold."""


def new_token() -> str:
    """A token that nobody can guess: 32 random bytes."""
    return BEGINS + secrets.token_urlsafe(32)


def digest_of(text: str) -> str:
    """What is kept of a token. A token has 256 random bits, so that a quick digest is enough."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def token_of(text: str, day: date) -> Token | None:
    """The token, with its account and post. None where it is none on the day: unknown, withdrawn, expired, of an inactive
    account, of a post that is closed or that the account does not hold then.
    """
    found = Token.objects.select_related("account", "post").filter(
        digest=digest_of(text), withdrawn=False, expires_on__gt=day, account__is_active=True, post__closed_on=None
    )
    token = found.first()
    if token is None or not Holding.objects.filter(on_the_day(day), account=token.account, post=token.post).exists():
        return None
    return token


def tokens_of(account: Account) -> list[Token]:
    """Every token of an account, the latest first; those that are none any more too."""
    return list(Token.objects.filter(account=account).select_related("post").order_by("-pk"))
