"""A pilot's manager, a co-ordinator, officers and a provider, to train and to meet."""

from collections.abc import Callable
from datetime import date
from types import MappingProxyType

import pytest

from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader

DAY = date(2016, 12, 7)
POSTS = {
    "manager": {"role": "pilot_manager"}, "iom": {"role": "iom_coordinator", "place": "Hackney"},
    "officer": {"role": "offender_manager", "office": "CRC Hackney"},
    "second": {"role": "offender_manager", "office": "NPS Camden"},
    "auditor": {"role": "auditor"},
}  # fmt: skip


@pytest.fixture
def reader(db) -> Callable[..., Reader]:
    """reader("officer"), reader("officer", on=day): who works as that post, on `DAY` or another."""
    held = {}
    for name, fields in POSTS.items():
        post = access.make_post(by="test", slug=name, title=name.capitalize(), **fields)
        account = access.make_account(by="test", username=name)
        access.hold(by="test", post=post, account=account, start=date(2016, 11, 1))
        held[name] = (account, post)

    def as_(name: str, on: date = DAY) -> Reader:
        account, post = held[name]
        return Reader(account=account, post=post, posts=(post,), day=on, reach=MappingProxyType({}),
                      service_rows=MappingProxyType({}))  # fmt: skip

    return as_
