"""What is asked of every request of somebody signed in: that the session is not too old, that there is a second step."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

STARTED = "signed_in_at"
SEEN = "seen_at"
OPEN = frozenset({"account_login", "account_logout", "account_inactive", "account_reauthenticate", "still-here"})
"""Addresses that need no second step; with them those of setting one up, whose names begin with `mfa_`."""

Next = Callable[[HttpRequest], HttpResponse]


class LongestSession:
    """Ends a session 12 hours after its sign-in, however busy: a stolen cookie is worth no more than a day's work.

    A session in use is kept from its idle end.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = request.session.get(STARTED)
        if started and request.user.is_authenticated and time.time() - started > settings.LONGEST_SESSION.total_seconds():
            logout(request)
            messages.info(request, "You had been signed in for 12 hours. Sign in again to go on.")
            back = {"next": request.get_full_path()} if request.method == "GET" else {}
            return redirect(f"{reverse('account_login')}?{urlencode(back)}" if back else reverse("account_login"))
        response = self.get_response(request)
        if request.user.is_authenticated:
            _kept(request)
        return response


def _kept(request: HttpRequest) -> None:
    """Puts off the idle end of the session, at most once a minute; `still-here` and the first request always do.

    What a page asks for by itself (`request.by_itself`) does not: nobody did anything.
    """
    at, name = time.time(), (request.resolver_match and request.resolver_match.url_name) or ""
    if STARTED not in request.session:
        request.session[STARTED] = at
    if getattr(request, "by_itself", False):
        return
    if name == "still-here" or at - request.session.get(SEEN, 0) >= settings.KEPT_EVERY:
        request.session[SEEN] = at


class SecondStep:
    """Sends whoever must have a second step and has none to set one up, before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if name in OPEN or name.startswith("mfa_") or not lacks_second_step(request):
            return None
        return redirect("mfa_index")


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether who is signed in must set up a second step first.

    Not in a demonstration, nor where THROUGHCARE_SECOND_STEP is off, nor for who came through a sign-on that asks for its own.
    Recovery codes alone are none.
    """
    if settings.DEMONSTRATION is not None or not settings.SECOND_STEP_REQUIRED or not request.user.is_authenticated:
        return False
    trusted = {sign_on.id for sign_on in settings.SIGN_ONS if sign_on.second_step}
    came = get_authentication_records(request, request.user)
    if any(record["method"] == "socialaccount" and record.get("provider") in trusted for record in came):
        return False
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
