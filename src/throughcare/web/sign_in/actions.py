"""What is written at sign-in, each with its entry in the audit; and the administrator's help for a lost device."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from throughcare.casework.access.models import Account
from throughcare.casework.audit.actions import recording

AT_THE_DOOR = "sign-in page"
"""Who acts before it is known who it is."""


def note(*, verb: str, account: Account | None, by: str = "", details: Mapping[str, Any] | None = None) -> None:
    """An entry of something that happened at sign-in, about the account; about none where what was typed is of none.

    `details` hold codes, never a password nor what somebody typed.
    """
    with recording(by=by or AT_THE_DOOR, verb=verb) as entry:
        if account is not None:
            entry.about(account)
        entry.details = dict(details or {})


def connect_sign_on(*, request: HttpRequest, login: SocialLogin, account: Account) -> None:
    """Ties an organisation's sign-on to an account: from now on it is known by the sign-on's own number of it."""
    with recording(by=AT_THE_DOOR, verb="sign-in.connected") as entry:
        login.connect(request, account)
        entry.about(account)
        entry.details = {"sign_on": login.account.provider}


def forget_second_step(*, by: str, account: Account) -> None:
    """For a lost device: the account's passkeys, keys, app and recovery codes are no more, and it is signed out everywhere.

    Its next sign-in is by password alone and has to set up a second step before anything else. Idempotent.
    """
    with recording(by=by, verb="sign-in.second-step.forgotten") as entry:
        kinds = sorted(Authenticator.objects.filter(user=account).values_list("type", flat=True))
        Authenticator.objects.filter(user=account).delete()
        entry.about(account)
        entry.details = {"kinds": kinds, "sessions": _end_sessions(account)}


def _end_sessions(account: Account) -> int:
    """Ends every session of the account; says how many there were."""
    running = Session.objects.filter(expire_date__gt=datetime.now(UTC)).iterator()
    ended = [session.pk for session in running if session.get_decoded().get("_auth_user_id") == str(account.pk)]
    Session.objects.filter(pk__in=ended).delete()
    return len(ended)
