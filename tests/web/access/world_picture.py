"""What stands on pictures: an event in which everybody was arrested with everybody, one of each alone, and who is never linked.

`police_events` are rows of the extract. Everybody but `out` is in the shared events, so that each is linked with each; the reader
of one then must find no trace of the others. Besides them a victim, a witness, a relative and a child are in `in`'s events.
"""

from typing import Any

from throughcare.casework.people.models import Identifier
from throughcare.core.identifiers import make_pnc
from throughcare.strands.policing.picture import actions

NEVER = {"victim": "Harmedone", "witness": "Sawitall", "relative": "Kinsfolk", "child": "Younglad"}
"""By the role by which they are never linked, the surname of somebody in nobody's work."""
MATE = make_pnc(2001, 6700)
"""Somebody of whom a plan was asked for, and so in the hub's work and in nobody else's."""
PAGES = """
person-picture   plan               -                  person
picture-say      form               plan               person
picture-link     form               plan               thing
picture-pdf      plan               -                  person
picture-outlines  plan              -                  nobody
street-crime     plan               plan               nobody
"""
NARROWER_PICTURES = {
    **{("picture-link", method, "in"): {"police_researcher"} for method in ("get", "post")},  # nobody else may name the other
    ("street-crime", "post", ""): {"police_researcher"},
}  # fmt: skip
OF_NOBODY = {"picture-outlines": "/picture/outlines.json", "street-crime": "/street-crime/"}


def pnc_of(role: str) -> str:
    return make_pnc(2001, 6600 + list(NEVER).index(role))


def events_of(who: str, pnc: str) -> list[dict[str, object]]:
    """The person's part in the event of all of them, and in one of their own."""
    told = {"pnc": pnc, "on": "2016-11-02", "committed_on": "2016-11-01", "offence_code": "02800"}
    place = {"latitude": "51.54812", "longitude": "-0.05612", "radius": "50", "place": "MARKKINDOFPLACE"}
    return [
        {**told, "event": "CR-MARKALL", "role": "arrested"},
        {**told, **place, "event": f"CR-MARKOWN{who.upper()}", "role": "convicted", "method": "MARKMETHOD",
         "earliest": "2016-11-01T22:00:00+00:00", "latest": "2016-11-02T01:00:00+00:00"},
    ]  # fmt: skip


def never_linked() -> dict[str, list[dict[str, object]]]:
    """The people who may never be linked, and their part in the event of all."""
    people, parts = [], []
    for role, surname in NEVER.items():
        born = "2001-01-01" if role == "child" else "1985-01-01"
        pnc = pnc_of(role)
        people.append({"record_id": f"never-{role}", "pnc": pnc, "forenames": "Nemo", "surname": surname, "date_of_birth": born})
        as_what = "arrested" if role == "child" else role
        parts.append({"record_id": f"never-{role}", "pnc": pnc, "event": "CR-MARKALL", "role": as_what, "on": "2016-11-02"})
    mate = {"record_id": "mate", "pnc": MATE}
    people.append({**mate, "forenames": "Mattis", "surname": "Alsolinked", "date_of_birth": "1985-01-01"})
    parts.append({**mate, "event": "CR-MARKALL", "role": "arrested", "on": "2016-11-02"})
    plans = [{**mate, "borough": "Camden", "requested_on": "2016-11-01", "received_on": "2016-11-08"}]
    return {"police-people": people, "police-events": parts, "police-plans": plans}


def plant_pictures(world: Any) -> None:
    """Somebody renews a link between two in everybody's work, before anybody is kept from anybody."""
    reader, mate = world.reader("police_researcher"), Identifier.objects.get(kind="pnc", value=MATE).person_id
    actions.renew(reader=reader, person=world.people["in"], other=world.people["bar"], reason="MARKRENEWED")
    actions.renew(reader=reader, person=world.people["in"], other=mate, reason="MARKRENEWED")
    world.ids["mate:in"] = mate


def of_pictures(ids: dict[str, int], person: int) -> dict[str, str]:
    """By page its address, about that person; of a link, with somebody else in the hub's work."""
    picture = f"/people/{person}/picture/"
    return {"person-picture": picture, "picture-say": f"{picture}say/",
            "picture-pdf": f"{picture}picture.pdf", "picture-link": f"{picture}links/{ids['mate:in']}/"}
