"""A person with a suspended sentence order and a requirement of monitoring; others with other sentences; a monitoring officer."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.strands.tagging.made import DAY
from throughcare.casework.access import actions as access
from throughcare.casework.access.models import Account, Post
from throughcare.casework.access.reader import Reader
from throughcare.registry.parts import reach, service_rows

# A: suspended with monitoring; B: community with monitoring; C: custody with monitoring; D: suspended with a curfew alone.
SENTENCES = """record_id | person | imposed_on | kind | months
S1 | A | 2017-03-13 | suspended | 12
S2 | B | 2017-03-10 | community | 12
S3 | C | 2017-03-10 | custody | 6
S4 | D | 2017-03-10 | suspended | 12"""
REQUIREMENTS = """record_id | person | imposed_on | kind
R1 | A | 2017-03-13 | location monitoring
R2 | B | 2017-03-10 | Location monitoring
R3 | C | 2017-03-10 | location monitoring
R4 | D | 2017-03-10 | curfew"""


@pytest.fixture
def people(load, home):
    rows = [f"{x} | {x} | Fore{x} | Sur{x} | 1985-03-09" for x in "ABCD"]
    load({"police-people": "\n".join(["record_id | person | forenames | surname | date_of_birth", *rows]),
          "police-sentences": SENTENCES, "police-requirements": REQUIREMENTS})  # fmt: skip


@pytest.fixture
def officer(db) -> Callable[..., Reader]:
    """officer(day, "second"): who works in the monitoring centre."""

    def of(day: date = DAY, name: str = "monitoring") -> Reader:
        post = Post.objects.filter(slug=name).first() or access.make_post(
            by="test", slug=name, title=f"Post {name}", role="monitoring_officer"
        )
        account = Account.objects.filter(username=name).first()
        if account is None:
            account = access.make_account(by="test", username=name)
            access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
        return Reader(account=account, post=post, posts=(post,), day=day, reach=reach(), service_rows=service_rows())

    return of
