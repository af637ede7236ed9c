"""Builds a small home for the mental-health pathway: `python -m tests.demonstration.pathway HOME`.

A man of Hackney on a manager's caseload, a practitioner with hours in two boroughs, a second one who covers nobody yet; he had a
session this morning. His number is written to `person.txt`.
"""

import sys
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

from tests.demonstration.grouping import turn_to
from tests.demonstration.planted import PASSWORD

DAY = date(2016, 12, 5)
"""A Monday."""
POSTS = {
    "practitioner": {"role": "health_practitioner", "office": "Forensic mental health"},
    "second": {"role": "health_practitioner", "office": "Forensic mental health"},
    "manager": {"role": "offender_manager", "office": "NPS Hackney", "agency": "NPS", "code": "N07A112"},
    "court": {"role": "court_officer", "place": "Thames"},
}
CRN = {"crn": "X880001"}
ROWS: dict[str, list[dict[str, object]]] = {
    "nps-people": [
        {**CRN, "record_id": "p", "forenames": "Tom", "surname": "Pathway", "date_of_birth": "1991-05-01", "sex": "M"}
    ],
    "nps-addresses": [{**CRN, "record_id": "a", "postcode": "E8 4QN", "borough": "Hackney", "start": "2010-01-01"}],
    "nps-caseloads": [
        {**CRN, "record_id": "c", "manager": "N07A112", "agency": "NPS", "office_borough": "Hackney", "start": "2016-06-01"}
    ],
    "mental-health-consultations": [{**CRN, "record_id": "m", "held_on": "2016-11-01", "with_whom": "offender_manager"}],
}


def build(home: Path) -> None:
    """The home as a demonstration of its own: marked, its tables made, the people, posts and hours in it."""
    from throughcare.cli.store import open_store

    turn_to(home, DAY)
    open_store(home)
    from tests.web.access.world import load
    from throughcare.casework.access import actions as access
    from throughcare.casework.access.models import Account
    from throughcare.casework.people.models import Identifier
    from throughcare.core.times import instant
    from throughcare.strands.mental_health.slots import actions as slots
    from throughcare.web.middleware import reader_of

    for name, fields in POSTS.items():
        post = access.make_post(by="test", slug=name, title=name.capitalize(), **fields)
        account = access.make_account(by="test", username=name, password=PASSWORD)
        access.hold(by="test", post=post, account=account, start=date(2016, 1, 1))
    (home / "world").mkdir()
    load(home / "world", ROWS)
    person = Identifier.objects.get(kind="crn", value=CRN["crn"]).person_id
    (home / "person.txt").write_text(str(person), encoding="utf-8")
    health = reader_of(Account.objects.get(username="practitioner"))
    early = replace(health, day=DAY - timedelta(days=7))
    told = {"reader": early, "post": health.post, "minutes": 30}
    morning = slots.offer(**told, borough="Hackney", place="Room 2", on=DAY, at=time(8), number=1, weeks=3)
    slots.offer(**told, borough="Newham", place="Room 5", on=DAY + timedelta(days=1), at=time(10), number=2, weeks=1)
    slots.book(reader=early, person=person, slot=morning[0], purpose="direct", at=instant(early.day, time(9)))


if __name__ == "__main__":
    build(Path(sys.argv[1]))
