"""Every operation with every role against the access policy: one table. An operation that is not in it fails."""

import re

import pytest
from django.urls import get_resolver

from throughcare.api.operations.every import OPERATIONS
from throughcare.casework.access.policy import PROVIDER_ROLES, ROLES, policy
from throughcare.casework.audit.models import Entry
from throughcare.casework.referrals.models import Referral
from throughcare.core.pages import SIGNED_IN
from throughcare.registry.parts import reach, service_rows

TABLE = """
name            | method | row       | about     | body
me              | GET    | signed-in | -         | -
policy          | GET    | signed-in | -         | -
today           | GET    | signed-in | -         | -
answer          | POST   | signed-in | -         | {"key": "none", "answer": "elsewhere"}
import-feeds    | GET    | imports   | -         | -
find            | GET    | identity  | -         | -
person          | GET    | contact   | person    | -
person-services | GET    | contact   | person    | -
person-timeline | GET    | contact   | person    | -
person-score    | GET    | score     | person    | -
person-contacts | GET    | contact   | person    | -
note            | POST   | notes     | person    | {"text": "Seen"}
referral        | GET    | referrals | referral  | -
move            | POST   | referrals | referral  | {"to": "nowhere"}
figures         | GET    | measures_own | -      | -
figure          | GET    | measures_own | -      | -
"""
LINES = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()[1:]]
BY_LINE, MEASURE = {line[0]: line for line in LINES}, "cohort.size"
PERIOD = {"start": "2016-02-06", "end": "2017-01-01"}
ASKED = {"find": {"q": "Ansel"}, "figures": PERIOD, "figure": PERIOD}
BY_NAME = {operation.name: operation for operation in OPERATIONS}
ABOUT = [line for line in LINES if line[3] != "-"]
NOT_ABOUT = [line for line in LINES if line[3] == "-" and line[0] != "answer"]


def test_every_operation_is_in_the_table_and_declares_its_row():
    about = {True: "referral", False: "person"}
    declared = {(o.name, o.method, o.needs, about[o.row_of is not None] if o.person_of else "-") for o in OPERATIONS}
    assert declared == {line[:4] for line in LINES}
    assert {o.needs for o in OPERATIONS} - {SIGNED_IN} <= set(policy().rows)


def test_there_is_no_address_but_those_of_the_operations():
    """Beside them: the schema and its page, which tell of nobody, and what answers that there is nothing."""
    found = [(str(each.pattern), each.name) for each in get_resolver().url_patterns if "api/" in str(each.pattern)]
    operations = {re.sub(r"<(\w+)>", r"{\1}", pattern): name for pattern, name in found}
    wanted = {f"api/v1{operation.path}": f"api-{operation.name}" for operation in OPERATIONS if operation.method == "GET"}
    writing = {f"api/v1{operation.path}": f"api-{operation.name}" for operation in OPERATIONS if operation.method == "POST"}
    others = {"api/v1/docs/": "api-docs", "api/v1/openapi.json": "api-schema", "^api/v1/": None}
    assert operations == writing | wanted | others and len(found) == len(operations)


def ask(client, line, number: int = 0):
    address = "/api/v1" + BY_NAME[line[0]].path.format(number=number, slug=MEASURE)
    if line[1] == "GET":
        return client.get(address, ASKED.get(line[0], {}))
    return client.post(address, line[4], content_type="application/json")


def may(row: str, role: str, action: str, *, of_a_person: bool) -> bool:
    """By the policy; of a person only through a scope to which a part declares whom it reaches. No open request is of anybody."""
    cell = policy().cell(row, role)
    reaches = not of_a_person or (cell is not None and (cell.scope in reach().keys() - {"request"} or cell.scope == "office"))
    return bool(cell and cell.allows(action) and reaches)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_about_nobody(api, role):
    client = api(role)
    for line in NOT_ABOUT:
        allowed = line[2] == SIGNED_IN or may(line[2], role, "view", of_a_person=False)
        if line[0] == "figure" and allowed:  # one that is not on the post's own dashboard is not there
            allowed = any(told["id"] == MEASURE for told in ask(client, BY_LINE["figures"]).json()["figures"])
            assert allowed or not policy().cell("measures_governance", role)
        assert ask(client, line).status_code == (200 if allowed else 404), line


@pytest.mark.parametrize("role", ROLES)
def test_what_is_about_a_person(api, world, role):
    """In one's work, by the cell; outside it, barred, or not there: alike."""
    client, told = api(role), {}
    for line in ABOUT:
        action = "view" if line[1] == "GET" else "edit"
        for who, number, row, own in subjects(world, line, role):
            answer = ask(client, line, number)
            let_in = who == "in" or (who == "named" and role == "offender_manager")
            allowed = let_in and own and may(row, role, action, of_a_person=True)
            assert (answer.status_code != 404) == allowed, (line[0], who, row)
            if not allowed:
                told.setdefault(line[0], set()).add(answer.content.replace(f"/{number}".encode(), b""))
    assert all(len(bodies) == 1 for bodies in told.values()), "what is refused and what is not there are told apart"


def subjects(world, line, role):
    """A number of nobody; people of each kind or their referrals, with the row that is asked, and whether it is the desk's."""
    yield "none", 987654, line[2], True
    if line[3] == "person":
        yield from ((who, number, line[2], True) for who, number in world.people.items())
        return
    rows, whose = service_rows(), {number: who for who, number in world.people.items()}
    for referral in Referral.objects.order_by("pk"):
        own = role not in PROVIDER_ROLES or referral.provider == "osmani_trust"
        yield whose[referral.person_id], referral.pk, rows[referral.service], own


def test_every_view_of_a_person_is_audited_with_its_operation_and_why(api, world):
    client, person = api("offender_manager"), world.people["in"]
    for line in ABOUT:
        if line[1] == "GET" and line[3] == "person":
            ask(client, line, person)
            entry = Entry.objects.order_by("pk").last()
            assert (entry.verb, entry.subject_id, entry.person_id) == ("view", f"api-{line[0]}", person)
            assert (entry.actor, entry.details) == ("offender_manager as offender-manager", '{"why": "caseload"}')


def test_nobody_gets_outside_by_a_reason(api, world):
    answer = api("offender_manager").get(f"/api/v1/people/{world.people['out']}")
    assert answer.status_code == 404
    assert "reason" not in answer.content.decode()
