"""The accounts that the sign-in page of a demonstration offers: one a role, all with one password that everybody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from throughcare.casework.access.models import Account
from throughcare.casework.access.policy import ROLES

PASSWORD = "demonstration"
USERNAMES = {role.replace("_", "-"): words for role, words in ROLES.items()}


@dataclass(frozen=True, kw_only=True)
class Offered:
    """An account to try, with its role in words."""

    username: str
    role: str
    password: str = PASSWORD


def accounts() -> Sequence[Offered]:
    """In the order of the policy's roles; none outside a demonstration. Passwords are not tried: that is slow by design."""
    if settings.DEMONSTRATION is None:
        return ()
    there = set(Account.objects.filter(is_active=True, username__in=USERNAMES).values_list("username", flat=True))
    return [Offered(username=username, role=role) for username, role in USERNAMES.items() if username in there]
