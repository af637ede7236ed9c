"""Builds a small home with secrets in it: `python -m tests.demonstration.planted HOME`. The people, posts and facts of the
attacks on access control, on their day; one more person, whom no charity knows."""

import sys
from pathlib import Path

PASSWORD = "demonstration"
DAY = "2016-12-07"
ACCOUNTS = ("iom_coordinator", "provider_worker", "provider_admin", "tasking_officer", "health_practitioner", "offender_manager")
STRANGER = {"crn": "X770009", "forenames": "Fabian", "surname": "Notreferred", "date_of_birth": "1994-03-09", "sex": "M"}


def build(home: Path) -> None:
    """The home as a demonstration of its own: marked, its tables made, everybody planted, with a password for `ACCOUNTS`."""
    from throughcare.cli.store import open_store

    (home / "demonstration.txt").write_text(f"day: {DAY}\n", encoding="utf-8")
    open_store(home)
    from tests.web.access.world import BEFORE, load, plant
    from throughcare.casework.access.actions import set_password
    from throughcare.casework.cohort.actions import put_forward
    from throughcare.casework.people.models import Identifier

    for folder in ("world", "stranger"):
        (home / folder).mkdir()
    world = plant(home / "world")
    crn = {"crn": STRANGER["crn"]}
    address = {**crn, "postcode": "E8 4QN", "borough": "Hackney", "start": "2010-01-01"}
    rows = {"nps-people": [{"record_id": "stranger", **STRANGER}], "nps-addresses": [{"record_id": "stranger", **address}]}
    load(home / "stranger", rows)
    stranger = Identifier.objects.get(kind="crn", value=STRANGER["crn"]).person_id
    put_forward(by="test", person=stranger, reason="MARKJOINED", on=BEFORE)
    for name in ACCOUNTS:
        set_password(by="test", account=world.accounts[name], password=PASSWORD)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
