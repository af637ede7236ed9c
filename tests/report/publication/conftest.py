"""Publications of the report of the made-up measures; two people who may approve, and an analyst's browser."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.report.made_up import measures
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account
from throughcare.core.pilot import Period
from throughcare.measures.listing import figures_csv
from throughcare.report.publication import actions, cut
from throughcare.report.publication.models import Edition

PERIOD = Period(start=date(2016, 2, 6), end=date(2017, 1, 1))
DAY = date(2017, 3, 1)
AT = datetime(2017, 3, 1, 9, 40, tzinfo=UTC)
MADE = measures()


@pytest.fixture
def made_up(db, home, settings, monkeypatch) -> None:
    """A store whose measures are made up: the figures of no pilot."""
    settings.DEMONSTRATION = DAY
    monkeypatch.setattr(cut, "all_measures", lambda: MADE)


@pytest.fixture
def people(made_up) -> Callable[[str], Account]:
    """people("ann"): an account that holds an analyst's post; people("ben", "evaluator"): another."""

    def person(name: str, role: str = "analyst") -> Account:
        post = access.make_post(by="test", slug=f"{role}-{name}".replace("_", "-"), title=f"{role} {name}", role=role)
        account = access.make_account(by="test", username=name, name=name)
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
        return account

    return person


@pytest.fixture
def as_(people) -> Callable[[Account], Client]:
    def client(account: Account) -> Client:
        browser = Client()
        browser.force_login(account, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        return browser

    return client


@pytest.fixture
def light(monkeypatch) -> None:
    """Publications of one file, the figures: for what does not hang on the others, which take seconds."""

    def files(figures, provenance, *, prose):
        return {"index.html": f"<p>{sorted(prose.items())}</p>", "figures.csv": figures_csv(figures.results)}

    monkeypatch.setattr(cut, "files", files)


def drafted() -> Edition:
    return actions.make(by="ann", period=PERIOD, audience="public", at=AT)


def forward(edition: Edition, *, on: date = DAY, why: str = "", at: datetime = AT) -> Edition:
    return actions.put_forward(by="ann", edition=edition, embargo_on=on, why=why, at=at)


def approved(edition: Edition, *accounts: Account, at: datetime = AT) -> Edition:
    for account in accounts:
        actions.approve(account=account, by=account.username, edition=edition, sha256=edition.sha256, at=at)
    return Edition.objects.get(pk=edition.pk)
