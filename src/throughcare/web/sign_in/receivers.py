"""Listens to sign-in and writes it into the audit: in and out, failures, lock-outs, second steps, passwords."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from allauth.mfa import signals as second_step
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from throughcare.casework.access.models import Account
from throughcare.web.sign_in.actions import note
from throughcare.web.sign_in.lock_out import account_of


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Account, **told: Any) -> None:
    """By what: password, passkey (webauthn), an app (totp), a recovery code, an organisation's sign-on."""
    came = get_authentication_records(request, user)
    ways = [str(record.get("type") or record.get("provider") or record["method"]) for record in came]
    note(verb="sign-in.ok", account=user, by=user.username, details={"with": ways})


@receiver(user_logged_out)
def signed_out(user: Account | None, **told: Any) -> None:
    if user is not None:
        note(verb="sign-in.out", account=user, by=user.username)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], **told: Any) -> None:
    """Of a username or e-mail address that no account has, only that it happened."""
    typed = str(credentials.get("username") or credentials.get("email") or "")
    note(verb="sign-in.failed", account=account_of(typed), details={"at": "password"})


@receiver(user_locked_out)
def locked(username: str | None, **told: Any) -> None:
    note(verb="sign-in.locked", account=account_of(username or ""))


@receiver(second_step.authentication_failed)
def wrong_code(user: Account, **told: Any) -> None:
    note(verb="sign-in.failed", account=user, details={"at": "second step"})


@receiver(second_step.authenticator_added)
def step_added(user: Account, authenticator: Any, **told: Any) -> None:
    note(verb="sign-in.second-step.added", account=user, by=user.username, details={"kind": authenticator.type})


@receiver(second_step.authenticator_removed)
def step_removed(user: Account, authenticator: Any, **told: Any) -> None:
    note(verb="sign-in.second-step.removed", account=user, by=user.username, details={"kind": authenticator.type})


@receiver(second_step.authenticator_reset)
def codes_renewed(user: Account, authenticator: Any, **told: Any) -> None:
    note(verb="sign-in.second-step.renewed", account=user, by=user.username, details={"kind": authenticator.type})


@receiver(second_step.authenticator_used)
def step_used(authenticator: Any, user: Account, **told: Any) -> None:
    """A recovery code is used up: that it was used is worth a look, if it was not its holder."""
    if authenticator.type == "recovery_codes":
        note(verb="sign-in.second-step.recovery-code", account=user)


@receiver(password_changed)
def changed(user: Account, **told: Any) -> None:
    note(verb="sign-in.password-changed", account=user, by=user.username)
