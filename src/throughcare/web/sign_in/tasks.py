"""What waits about signing in: accounts without a second step, for who looks after accounts; lock-outs, for the auditor."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from throughcare.casework.access.models import Account, Holding
from throughcare.casework.access.reader import Reader
from throughcare.casework.people.queries import on_the_day
from throughcare.casework.pilot import current_pilot
from throughcare.core.clock import london_date, london_day
from throughcare.core.dates import weekday_in_words
from throughcare.core.pages import Task

MOST = 50


def tasks(reader: Reader) -> Iterator[Task]:
    if reader.held("system_admin"):
        for account in without_second_step(reader)[:MOST]:
            yield Task(
                key=f"sign-in.second-step:{account.pk}", kind="Accounts without a second step", harm=3, row="accounts",
                words=f"{account.shown} has a password alone: they set up a second step when they next sign in",
                act=("Open account", reverse("person-account", kwargs={"account": account.pk})),
            )  # fmt: skip
    if reader.held("auditor"):
        yield from _locked_out(reader)


def without_second_step(reader: Reader) -> QuerySet[Account]:
    """Active accounts with a post that have no app and no key, the oldest first; nobody where none is asked for.

    Who comes through a sign-on that asks for its own second step needs none here.
    """
    if settings.DEMONSTRATION is not None or not settings.SECOND_STEP_REQUIRED:
        return Account.objects.none()
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    steps = Authenticator.objects.filter(user=OuterRef("pk"), type__in=kinds)
    trusted = [sign_on.id for sign_on in settings.SIGN_ONS if sign_on.second_step]
    elsewhere = SocialAccount.objects.filter(user=OuterRef("pk"), provider__in=trusted)
    held = Holding.objects.filter(on_the_day(reader.day), account=OuterRef("pk"), post__closed_on=None)
    return Account.objects.filter(~Exists(steps), ~Exists(elsewhere), Exists(held), is_active=True).order_by("pk")


def _locked_out(reader: Reader) -> Iterator[Task]:
    """Accounts that wrong passwords locked lately, and that nobody has got into since: a right password forgets the tries."""
    first, _ = london_day(reader.day - timedelta(days=current_pilot().today.openings_for - 1))
    _, end = london_day(reader.day)
    tries = AccessAttempt.objects.filter(attempt_time__gte=first, attempt_time__lt=end)
    locked = tries.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).order_by("-attempt_time", "pk")
    accounts = set(Account.objects.filter(username__in=locked.values("username")).values_list("username", flat=True))
    for attempt in locked[:MOST]:
        who = attempt.username if attempt.username in accounts else "A name that no account has"
        day = london_date(attempt.attempt_time)
        yield Task(
            key=f"sign-in.locked:{attempt.pk}", kind="Lock-outs", harm=3, row="audit", due_on=day,
            words=f"{who}: locked out on {weekday_in_words(day)} after {attempt.failures_since_start} wrong passwords, and not "
            "signed in since", act=("Open log", f"{reverse('log')}?{urlencode({'what': 'sign-in.locked'})}"),
        )  # fmt: skip
