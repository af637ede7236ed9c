"""A police researcher in whose work everybody with a plan is; people of letters, born in 1985 unless it is said otherwise."""

from collections.abc import Mapping
from datetime import date

import pytest

from tests.strands.conftest import identifiers
from throughcare.casework.access import actions as access
from throughcare.casework.access.reader import Reader
from throughcare.registry.parts import reach, service_rows

DAY = date(2017, 1, 10)


@pytest.fixture
def people(load):
    """people("ABC", B="2001-05-01"): names them to the store, and asks for a plan of each, so that they are in the hub's work."""

    def run(letters: str, *, unplanned: str = "", **born: str) -> None:
        rows = [f"{x} | {x} | Fore{x} | Sur{x} | {born.get(x, '1985-03-09')}" for x in letters]
        plans = [f"P{x} | {x} | Hackney | 2016-07-01" for x in letters if x not in unplanned]
        load({
            "police-people": "\n".join(["record_id | person | forenames | surname | date_of_birth", *rows]),
            "police-plans": "\n".join(["record_id | person | borough | requested_on", *plans]),
        })  # fmt: skip

    return run


@pytest.fixture
def events(load):
    """events("E1 A arrested 2016-12-01", …): parts in events, of one offence each, the day before."""

    def run(*told: str, more: Mapping[str, str] | None = None) -> None:
        rows = []
        for number, line in enumerate(told):
            event, letter, role, on = line.split()
            rows.append({"record_id": f"{event}{letter}{role}{number}", "person": letter, "event": event, "role": role, "on": on,
                         **(more or {})})  # fmt: skip
        header = list(rows[0])
        load({"police-events": "\n".join(" | ".join(row) for row in [header, *([row[h] for h in header] for row in rows)])})

    return run


@pytest.fixture
def researcher(db) -> Reader:
    post = access.make_post(by="test", slug="hub", title="Research hub", role="police_researcher")
    account = access.make_account(by="test", username="hub")
    access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    return Reader(account=account, post=post, posts=(post,), day=DAY, reach=reach(), service_rows=service_rows())


@pytest.fixture
def pnc():
    return lambda letter: identifiers(letter)["pnc"]
