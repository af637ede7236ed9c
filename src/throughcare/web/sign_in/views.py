"""The pages of sign-in where allauth's own do not know enough."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import AccountInactiveView, LoginView, password_change
from allauth.account.views import logout as account_logout
from allauth.mfa.base.views import AuthenticateView, IndexView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from throughcare.web.sign_in.adapters import AccountAdapter
from throughcare.web.sign_in.demonstration import accounts
from throughcare.web.sign_in.middleware import lacks_second_step

logger = logging.getLogger(__name__)


class SignInView(LoginView):
    """By password; by passkey; through an organisation's own sign-on where there is one; as a demonstration account."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "sign_ons": settings.SIGN_ONS, "demonstration_accounts": accounts(), "help": settings.SIGN_IN_HELP,
        }  # fmt: skip


class SecondStepView(IndexView):
    """One's second step: what is set up, what can be, and whether it must be before anything else."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adapter = AccountAdapter(self.request)
        return super().get_context_data(**kwargs) | {
            "must": lacks_second_step(self.request),
            "may_change": not adapter.is_reauthentication_required(app="allauth.mfa")
            or bool(adapter.get_reauthentication_methods(self.request.user)),
        }


def change_password(request: HttpRequest) -> HttpResponse:
    """Not there for an account without a password: it signs in through its organisation."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise Http404
    return password_change(request)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Signs out, and has the browser empty what pages kept in it (ADR 0016); not where its script found, and said, that
    something waits there that somebody else typed.
    """
    answer = account_logout(request)
    if request.method == "POST" and "keep" not in request.POST:
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of another session or an older sign-in was sent: nothing is done, and how to go on is said."""
    return render(request, "web/forbidden.html", status=403)


def where_configured(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, where an organisation's sign-on is configured; not there otherwise.

    A provider that does not answer, or leaves out what its answer must have, is explained as any other failure of it.
    """

    @wraps(view)
    def seen(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not settings.SIGN_ONS:
            raise Http404
        try:
            return view(request, **arguments)
        except (RequestException, KeyError):
            logger.exception("the sign-on %s gave no answer that can be used", arguments.get("provider_id", ""))
            return render(request, "socialaccount/authentication_error.html", {"help": settings.SIGN_IN_HELP}, status=502)

    return seen


sign_in = SignInView.as_view()
inactive = AccountInactiveView.as_view(extra_context={"help": settings.SIGN_IN_HELP})
authenticate = AuthenticateView.as_view(extra_context={"help": settings.SIGN_IN_HELP})
second_step = SecondStepView.as_view()
