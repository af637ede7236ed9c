"""The strand's feed beside casework's; women with accepted referrals."""

from datetime import date
from pathlib import Path

import pytest

from tests.casework.referrals.tables import Store
from throughcare.casework.referrals import actions as referrals
from throughcare.casework.referrals.models import Referral
from throughcare.strands.budgets.extracts import FEEDS

SENT, ACCEPTED = date(2016, 12, 1), date(2016, 12, 5)


@pytest.fixture
def store(db, tmp_path: Path) -> Store:
    store = Store(tmp_path, FEEDS)
    rows = [f"N{n} X{n:06d} Ashdown 1990-01-01 F" for n in range(1, 28)]
    store.load("nps-people", "\n".join(["record_id crn surname date_of_birth sex", *rows]))
    store.join(*(f"X{n:06d}" for n in range(1, 28)))
    return store


@pytest.fixture
def accepted(store: Store):
    """accepted(3): the third woman's referral, accepted on 5 December 2016."""

    def refer(number: int = 1) -> Referral:
        person = store.person(f"X{number:06d}")
        made = referrals.refer(by="manager", person_id=person, service="personalised_budget", route="licence", on=SENT)
        referrals.accept(by="london_crc", referral=made, on=ACCEPTED)
        return made

    return refer
