"""Builds a small home with two people accepted for employment: `python -m tests.demonstration.working HOME`.

The broker of the pilot and the manager of both work there.
"""

import sys
from datetime import date
from pathlib import Path

from tests.demonstration.grouping import turn_to
from tests.demonstration.planted import PASSWORD

DAY = date(2016, 9, 5)
"""A Monday: the first day in work of both."""
POSTS = {
    "broker": {"role": "employment_broker", "place": "blue_sky", "telephone": "020 7946 0111"},
    "manager": {"role": "offender_manager", "office": "NPS Hackney", "agency": "NPS", "code": "N07A112"},
}
NAMES = {1: "Keepsit", 2: "Losesit"}


def build(home: Path) -> None:
    """The home as a demonstration of its own: marked, its tables made, the people and posts in it."""
    from throughcare.cli.store import open_store

    turn_to(home, DAY)
    open_store(home)
    from tests.web.access.world import load
    from throughcare.casework.access import actions as access

    for name, fields in POSTS.items():
        post = access.make_post(by="test", slug=name, title=name.capitalize(), **fields)
        account = access.make_account(by="test", username=name, password=PASSWORD)
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    (home / "world").mkdir()
    load(home / "world", rows())


def rows() -> dict[str, list[dict[str, object]]]:
    """Two people of Hackney on licence and on the manager's caseload, accepted by the broker."""
    known: list[tuple[int, dict[str, object]]] = [(n, {"crn": f"X99000{n}"}) for n in NAMES]
    return {
        "nps-people": [
            {**crn, "record_id": f"p{n}", "forenames": "Sam", "surname": NAMES[n], "date_of_birth": f"199{n}-05-0{n}", "sex": "M"}
            for n, crn in known
        ],
        "nps-addresses": [
            {**crn, "record_id": f"a{n}", "postcode": "E8 4QN", "borough": "Hackney", "start": "2010-01-01"} for n, crn in known
        ],
        "nps-caseloads": [
            {**crn, "record_id": f"c{n}", "manager": "N07A112", "agency": "NPS", "office_borough": "Hackney",
             "start": "2016-06-01"} for n, crn in known
        ],
        "provider-referrals": [
            {**crn, "record_id": f"r{n}", "service": "employment", "provider": "blue_sky", "route": "licence",
             "sent_on": "2016-08-01", "acknowledged_on": "2016-08-02", "accepted_on": "2016-08-03"} for n, crn in known
        ],
    }  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[1]))
