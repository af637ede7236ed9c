"""Builds a small home with nine young men accepted for TIGER: `python -m tests.demonstration.grouping HOME`.

Rise's desk, its administrator, the co-ordinator of Hackney who checks groups, and the manager of them all work there.
"""

import sys
from datetime import date
from pathlib import Path

from tests.demonstration.planted import PASSWORD

DAY = date(2016, 10, 14)
"""A Friday: the first session of the group. The group meets on three Fridays."""
POSTS = {
    "rise_worker": {"role": "provider_worker", "place": "rise_mutual"},
    "rise_admin": {"role": "provider_admin", "place": "rise_mutual"},
    "hackney_iom": {"role": "iom_coordinator", "place": "Hackney"},
    "manager": {"role": "offender_manager", "office": "NPS Hackney", "agency": "NPS", "code": "N07A112"},
}
WHO = range(1, 10)


def build(home: Path) -> None:
    """The home as a demonstration of its own: marked, its tables made, the people and posts in it."""
    from throughcare.cli.store import open_store

    turn_to(home, DAY)
    open_store(home)
    from tests.web.access.world import load
    from throughcare.casework.access import actions as access

    for name, fields in POSTS.items():
        post = access.make_post(by="test", slug=name.replace("_", "-"), title=name.replace("_", " ").capitalize(), **fields)
        account = access.make_account(by="test", username=name, password=PASSWORD)
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    (home / "world").mkdir()
    load(home / "world", rows())


def turn_to(home: Path, day: date) -> None:
    """The day on which the demonstration stands; one that is served learns of it when it is served again."""
    (home / "demonstration.txt").write_text(f"day: {day}\n", encoding="utf-8")


def rows() -> dict[str, list[dict[str, object]]]:
    """Nine men of Hackney on the manager's caseload, accepted for TIGER one day after another."""
    known: list[tuple[int, dict[str, object]]] = [(n, {"crn": f"X88000{n}"}) for n in WHO]
    return {
        "nps-people": [
            {**crn, "record_id": f"p{n}", "forenames": "Tom", "surname": f"Grouped{'abcdefghi'[n - 1]}",
             "date_of_birth": f"199{n}-05-0{n}", "sex": "M"} for n, crn in known
        ],
        "nps-addresses": [
            {**crn, "record_id": f"a{n}", "postcode": "E8 4QN", "borough": "Hackney", "start": "2010-01-01"} for n, crn in known
        ],
        "nps-caseloads": [
            {**crn, "record_id": f"c{n}", "manager": "N07A112", "agency": "NPS", "office_borough": "Hackney",
             "start": "2016-06-01"}
            for n, crn in known
        ],
        "provider-referrals": [
            {**crn, "record_id": f"r{n}", "service": "tiger", "provider": "rise_mutual", "route": "licence",
             "sent_on": "2016-09-01", "acknowledged_on": "2016-09-02", "accepted_on": f"2016-09-{10 + n}"} for n, crn in known
        ],
    }  # fmt: skip


if __name__ == "__main__":
    build(Path(sys.argv[1]))
