"""How django-allauth behaves here: nobody signs up, a sign-on only finds accounts that exist, plain words for what is wrong."""

import secrets
import time
from base64 import b32encode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.casework.access.models import Account
from throughcare.web.sign_in.actions import connect_sign_on

JUST_NOW = 300
STEPPING = "setting_up_second_step"
WRONG = "The username or password is not right"


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed",
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": "The password is not right",
        "enter_current_password": "The password that you have now is not right",
        "incorrect_code": "The code is not right. Try the next one",
        "too_many_login_attempts": "Too many wrong tries. Wait a quarter of an hour, then try again",
        "rate_limited": "Too many tries. Wait a minute, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only addresses of the host that was asked: allauth would take every host of ALLOWED_HOSTS."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """While locked out, nothing is tried and nothing counted, so that the lock is not made longer by others."""
        if AxesProxyHandler.is_locked(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask again who it is. Not of who signed in just now, without a second step, and is setting up the first."""
        came = get_authentication_records(self.request, self.request.user)
        if app == "allauth.mfa" and came and time.time() - came[-1]["at"] < JUST_NOW:
            if not is_mfa_enabled(self.request.user):
                self.request.session[STEPPING] = True
            if STEPPING in self.request.session:
                return False
        return super().is_reauthentication_required(app=app, **kwargs)


def _seal() -> Fernet:
    """The key of second steps, from that of the service."""
    return Fernet(urlsafe_b64encode(sha256(b"second step\x00" + settings.SECRET_KEY.encode()).digest()))


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code or key is not right. Try again",
        "cannot_generate_recovery_codes": "Set up a passkey, a security key or an authenticator app first",
    }

    def encrypt(self, text: str) -> str:
        """What an app or recovery codes are worked out from is kept sealed: a copy of the database alone opens nothing."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Sealed with another key than ours, it fits no code: the administrator forgets the second step, a new one is set up."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return b32encode(secrets.token_bytes(20)).decode()

    def get_totp_label(self, user: Account) -> str:
        return user.username

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Throughcare"}

    def generate_authenticator_name(self, user: Account, type: Any) -> str:
        return "My key"


class SignOnAdapter(DefaultSocialAccountAdapter):
    """An organisation's own sign-on: it finds an account, it never makes one, and cannot be joined to one by its holder."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """The page of it says whom to ask."""
        extra_context["help"] = settings.SIGN_IN_HELP

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, ties the sign-on to the one active account that it names; else says that there is none."""
        account = None if sociallogin.is_existing else self.account_for(sociallogin)
        unknown = not sociallogin.is_existing and account is None
        if unknown or sociallogin.state.get("process") == "connect":
            context = {"name": sociallogin.provider.name, "help": settings.SIGN_IN_HELP}
            raise ImmediateHttpResponse(render(request, "socialaccount/not_known.html", context, status=403))
        if account is not None:
            connect_sign_on(request=request, login=sociallogin, account=account)

    def account_for(self, sociallogin: SocialLogin) -> Account | None:
        """By the claim that is configured to be our username; else by a verified e-mail address that one account has."""
        sign_on = next(s for s in settings.SIGN_ONS if s.id == sociallogin.account.provider)
        active = Account.objects.filter(is_active=True)
        if sign_on.username_claim:
            claims = sociallogin.account.extra_data
            claimed = str((claims.get("userinfo") or claims.get("id_token") or claims).get(sign_on.username_claim) or "")
            return active.filter(username__iexact=claimed).first() if claimed else None
        found = {
            account.pk: account
            for address in sociallogin.email_addresses
            if address.verified
            for account in active.filter(email__iexact=address.email)
        }
        return next(iter(found.values())) if len(found) == 1 else None
