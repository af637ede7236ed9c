"""Builds a small home with a court that sits: `python -m tests.demonstration.courtroom HOME [early]`. Two officers work there.

"early": no list has come yet; the plea of the member on it was vacated the day before; a report on an older case is missed.
"""

import sys
from datetime import date
from pathlib import Path

from tests.demonstration.planted import DAY, PASSWORD

MISSED, PLEADED, VACATED = date(2016, 11, 28), date(2016, 12, 5), date(2016, 12, 6)
OFFICER, SECOND = "court_officer", "second_officer"


def build(home: Path, *, early: bool = False) -> None:
    """The people and posts of the attacks on access control, on their day, and the list of Thames."""
    from throughcare.cli.store import open_store

    (home / "demonstration.txt").write_text(f"day: {DAY}\n", encoding="utf-8")
    open_store(home)
    from tests.courtroom import COURT, sits
    from tests.web.access.world import BEFORE, plant
    from throughcare.casework.access import actions as access
    from throughcare.strands.courts import actions as courts
    from throughcare.strands.courts.models import Plea

    (home / "world").mkdir()
    world = plant(home / "world")
    post = access.make_post(by="test", slug="second-officer", title="Second officer", role="court_officer", place=COURT)
    second = access.make_account(by="test", username=SECOND)
    access.hold(by="test", post=post, account=second, start=BEFORE)
    for account in (world.accounts[OFFICER], second):
        access.set_password(by="test", account=account, password=PASSWORD)
    if early:
        older = courts.open_case(by="test", person_id=world.people["in"], court=COURT, offence_code="02800", told_on=MISSED)
        courts.enter_plea(by="test", case_id=older.pk, plea="guilty", entered_on=MISSED)
        courts.request_report(by="test", case_id=older.pk, kind="fast", author="Thames court officer", requested_on=MISSED)
        plea = Plea.objects.get(case__person=world.people["in"], entered_on=PLEADED)
        courts.vacate_plea(by="test", plea_id=plea.pk, on=VACATED)
    else:
        sits(world)


if __name__ == "__main__":
    build(Path(sys.argv[1]), early="early" in sys.argv[2:])
