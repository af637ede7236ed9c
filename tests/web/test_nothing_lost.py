"""A person with ten things open leaves: not one is lost, and the next holder of the post finds all ten."""

from datetime import date

import pytest

from throughcare.casework.access import actions
from throughcare.casework.access.models import Account
from throughcare.casework.imports.actions import import_extracts
from throughcare.casework.people.actions import resolve
from throughcare.casework.people.models import Person
from throughcare.casework.referrals.actions import refer
from throughcare.registry.parts import feeds
from throughcare.web.middleware import reader_of
from throughcare.web.today import waiting_for

DAY = date(2017, 3, 1)
SENT = date(2017, 2, 1)
CRNS = [f"X{320741 + n}" for n in range(10)]


@pytest.fixture
def office(db, settings, tmp_path):
    """A caseload of ten people, each with a referral that nobody has answered; its manager, its senior, and a newcomer."""
    settings.DEMONSTRATION = DAY
    path = tmp_path / "crc-people.csv"
    lines = [f"C{n},{crn},,,,Vaskin,Orrimund{chr(97 + n)},1990-01-0{n % 9 + 1},M,White" for n, crn in enumerate(CRNS)]
    head = "record_id,crn,pnc,cro,prison_number,forenames,surname,date_of_birth,sex,ethnicity"
    path.write_text("\n".join([head, *lines]) + "\n")
    import_extracts(by="test", paths=[path], feeds=feeds(), resolve=resolve)
    caseload = actions.make_post(by="test", slug="caseload", title="Caseload A", role="offender_manager", office="CRC Hackney")
    charge = actions.make_post(by="test", slug="senior", title="Senior", role="senior_officer", office="CRC Hackney")
    accounts = {name: actions.make_account(by="test", username=name) for name in ("leaver", "senior", "newcomer")}
    actions.hold(by="test", post=caseload, account=accounts["leaver"], start=SENT)
    actions.hold(by="test", post=charge, account=accounts["senior"], start=SENT)
    for person in Person.objects.all():
        actions.allocate(by="test", person=person.pk, post=caseload, on=SENT)
        refer(by="leaver", person_id=person.pk, service="mentoring", route="licence", on=SENT, override="for the test")
    return caseload, accounts


def keys(account: Account) -> set[str]:
    return {task.key for task in waiting_for(reader_of(account))}


def test_ten_open_items_survive_a_leaver(office):
    caseload, accounts = office
    before = keys(accounts["leaver"])
    assert len(before) == 10
    actions.remove_account(by="administrator", account=accounts["leaver"], on=DAY)
    assert keys(Account.objects.get(username="leaver")) == set()
    assert {task.kind for task in waiting_for(reader_of(accounts["senior"])) if task.harm == 1} == {"Unowned work"}
    actions.hold(by="administrator", post=caseload, account=accounts["newcomer"], start=DAY)
    assert keys(accounts["newcomer"]) == before
    assert "Unowned work" not in {task.kind for task in waiting_for(reader_of(accounts["senior"]))}


def test_people_handed_over_keep_what_waits_for_them(office):
    caseload, accounts = office
    before = keys(accounts["leaver"])
    other = actions.make_post(by="test", slug="other", title="Caseload B", role="offender_manager", office="CRC Hackney")
    actions.hold(by="test", post=other, account=accounts["newcomer"], start=SENT)
    people = list(Person.objects.values_list("pk", flat=True))
    asked = actions.ask_handover(by="leaver", people=people, from_post=caseload, to_post=other, on=DAY, reason="Leaves on Friday")
    assert keys(accounts["leaver"]) == before
    for handover in asked:
        actions.accept_handover(by="newcomer", handover=handover, on=DAY)
    assert keys(accounts["leaver"]) == set()
    assert keys(accounts["newcomer"]) == before
