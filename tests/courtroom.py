"""A court's list for tests of the desk: people of the world of the attacks on access control among strangers, at Thames."""

import string
from datetime import UTC, date, datetime, time, timedelta

from tests.web.access.world import DAY, PEOPLE, World
from throughcare.casework.audit.actions import recording
from throughcare.strands.courts.lists.identity import digest_of
from throughcare.strands.courts.models import Hearing, HearingMatch, ListReceived

COURT = "Thames"
RECEIVED = datetime.combine(DAY - timedelta(days=1), time(17, 58), tzinfo=UTC)


def hear(reference: str, surname: str, forenames: str, *, on: date = DAY, court: str = COURT, **told: object) -> Hearing:
    """An entry of the list, as it would come; needs no file."""
    said = {"courtroom": "C1", "at": time(10), "date_of_birth": date(1990, 3, 9), "bail": "bail", "offence": "Theft from a shop",
            "offence_code": "03900", **told}  # fmt: skip
    who = {"surname": surname, "forenames": forenames}
    with recording(by="test", verb="test.hearing"):
        made = Hearing(reference=reference, version=RECEIVED, court=court, sits_on=on, received_at=RECEIVED,
                       digest=digest_of(who | said), **who, **said)  # fmt: skip
        made.save()
    return made


def match(hearing: Hearing, person: int | None, kind: str, because: str = "") -> HearingMatch:
    """Whom the linkage would say that it is about; nobody: kind "none"."""
    with recording(by="test", verb="test.match"):
        made = HearingMatch(
            reference=hearing.reference, court=hearing.court, sits_on=hearing.sits_on, digest=hearing.digest, rank=0,
            person_id=person, kind=kind, because=because, matched_at=RECEIVED,
        )  # fmt: skip
        made.save()
    return made


def received(names: int, *, on: date = DAY, expected: int | None = None) -> None:
    with recording(by="test", verb="test.received"):
        ListReceived(court=COURT, sits_on=on, received_at=RECEIVED, how="file", names=names, expected=expected,
                     issued_at=RECEIVED).save()  # fmt: skip


def strangers(first: int, last: int) -> None:
    """People whom nobody knows, looked for and not found."""
    for n in range(first, last):
        name = string.ascii_uppercase[n % 26] + string.ascii_lowercase[n // 26] + "rowner"
        match(hear(f"stranger-{n}", name, "Terence", courtroom=f"C{1 + n % 4}", at=time(10 + n % 6, 15)), None, "none")


def sits(world: World, *, others: int = 37) -> None:
    """A morning at Thames: one of the cohort, one restricted, one to confirm, and others."""
    theirs = {"courtroom": "C1", "bail": "custody", "breach": True, "plea": "not_guilty"}
    match(hear("in", "Inscope", "Ansel", **theirs), world.people["in"], "exact")
    match(hear("bar", "Barredman", "Bertil", courtroom="C2", at=time(10, 30)), world.people["bar"], "exact")
    match(hear("named", "Inscoop", "Ansell", at=time(11)), world.people["in"], "possible",
          "Same date of birth\nFirst name differs")  # fmt: skip
    strangers(0, others)
    received(others + 3)


def everybody_listed(world: World) -> None:
    """Everybody of the world on the list of their court, and a namesake of each that may be them: what the attacks look for."""
    for who, person in world.people.items():
        court, (forenames, _) = "Highbury Corner" if who == "out" else COURT, PEOPLE[who]
        match(hear(who, PEOPLE[who][1], forenames, court=court, offence="MARKOFFENCE"), person, "exact")
        maybe = hear(f"maybe-{who}", "Namesake", forenames, court=court, offence="MARKOFFENCE")
        world.ids[f"match:{who}"] = match(maybe, person, "possible", "MARKBECAUSE").pk
    received(2 * len(world.people) - 2)
