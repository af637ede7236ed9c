"""Lock-out: five wrong passwords lock an account for a quarter of an hour, whatever address they came from.

A passkey and an organisation's sign-on go on working meanwhile: they have no password that could be guessed.
"""

from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from throughcare.casework.access.models import Account

TOO_MANY = 429


def account_of(typed: str) -> Account | None:
    """The account that this username or e-mail address is of; None where there is none. Case does not matter."""
    typed = typed.strip()
    if not typed:
        return None
    named = Account.objects.filter(username__iexact=typed).order_by("pk").first()
    return named or Account.objects.filter(email__iexact=typed).order_by("pk").first()


def counted_as(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str | None:
    """Under what name tries are counted: the account's username, however it was typed; of no account, a keyed digest.

    So neither another spelling nor the e-mail address gives five more tries; a name without account is locked like one with,
    which tells nobody what accounts there are; and what was typed, that may be a password, is kept nowhere.
    """
    told = credentials or {}
    typed = told.get("username") or told.get("email") or (request.POST.get("login", "") if request is not None else "")
    if not typed:
        return None
    account = account_of(typed)
    return account.username if account else "no account " + salted_hmac("sign-in", typed.strip().lower()).hexdigest()[:20]


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page of a lock-out: when to try again, and whom to ring."""
    last = AccessAttempt.objects.filter(username=counted_as(request, credentials)).order_by("-attempt_time").first()
    context = {
        "until": last.attempt_time + settings.AXES_COOLOFF_TIME if last else None,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
        "help": settings.SIGN_IN_HELP,
    }
    return render(request, "account/locked_out.html", context, status=TOO_MANY)
