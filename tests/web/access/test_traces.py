"""Somebody hidden changes nothing: a page says the same whether the hidden person is there or not; and where a name has been
put before the reader, it says whom to ring, and nothing else."""

import re

import pytest

from tests.web.access.asking import ask
from tests.web.access.world import BEFORE, NUMBER, PEOPLE, RING, load, near, numbers_of
from tests.web.access.world_gates import OF_CUSTODY
from throughcare.casework.access import actions as access
from throughcare.casework.access.policy import ROLES, policy
from throughcare.casework.people.models import Identifier

ITEM = re.compile(r'<li class="tc-task[ "].*?</li>\s*(?=<li class="tc-task|</ul>)', re.S)
WITH_PEOPLE = [role for role in ROLES if (cell := policy().cell("contact", role)) and cell.scope != "request"]
PUT_BEFORE = {
    "court_officer": {"Listed at Thames, in the cohort", "Reports to deliver"},
    "offender_manager": {"Not seen for 14 days", "Released, no appointment", "Actions from a panel", "Missed, to be decided",
                         "Advice to read", "End-of-service reports to read"},
    "health_practitioner": {"New referrals", "To respond to today", "Missed sessions to book again"},
    "employment_broker": set(),
    "provider_worker": {"Questions without an answer"},
    "provider_admin": {"Questions without an answer"},
    "senior_officer": {"Worries to answer"},
    "volunteer": {"Not met for 14 days", "Matched, not met yet"},
}
"""The lists in which a barred person's place is kept, for the name reaches the reader anyway: the court's list, a referral,
a question that one asked, one's own caseload, a worry sent to one, an action given to one."""


@pytest.fixture(autouse=True)
def late(monkeypatch):
    monkeypatch.setitem(PEOPLE, "late", ("Gisela", "Latecomer"))
    monkeypatch.setitem(NUMBER, "late", 9)


def pages_of(world, role: str) -> dict[str, str]:
    """The lists of a reader, without what changes with every request."""
    reader = world.reader(role)
    asked = ["/", "/today/all/", "/handovers/", "/to-be-entered/", "/caseloads/offender-manager/", "/worried/"]
    asked += [f"/find/?q={words}" for words in ("Latecomer", numbers_of("late")["crn"])]
    asked += [f"/people/{world.people['in']}/{tab}" for tab in ("", "timeline/")]
    return {to: re.sub(r'value="[^"]{30,}"', "", ask(reader, to).text) for to in asked}


def test_somebody_whom_nobody_may_see_changes_no_page(world, tmp_path):
    before = {role: pages_of(world, role) for role in WITH_PEOPLE}
    files = near("late")
    load(tmp_path, {slug: [{"record_id": f"{slug}-late-{n}", **row} for n, row in enumerate(files[slug])] for slug in files})
    person = Identifier.objects.get(value=numbers_of("late")["crn"]).person_id
    access.allocate(by="test", person=person, post=world.posts["volunteer"], on=BEFORE)
    told = {role: pages_of(world, role) for role in ("iom_coordinator", "offender_manager", "police_researcher")}
    assert all("Gisela" in str(pages) for pages in told.values()), "before the limit they are there"
    access.limit(by="test", person=person, kind="restricted", accounts=[], start=BEFORE, ring=world.posts["senior_officer"])
    for role in WITH_PEOPLE:
        for to, text in pages_of(world, role).items():
            assert "Gisela" not in text.replace("Gisela+Latecomer", "").replace("Gisela Latecomer", "") or "find" in to
            if PUT_BEFORE.get(role) and to in ("/", "/today/all/"):
                continue  # a line to ring, and its count: the test below
            assert text == before[role][to], (role, to)


@pytest.mark.parametrize("role", ROLES)
def test_a_barred_person_is_a_line_to_ring_where_the_name_was_put_before_the_reader_and_nowhere_else(world, role):
    page = ask(world.reader(role), "/today/all/").text + ask(world.reader(role), "/").text
    for item in ITEM.findall(page):
        if "ring" not in item.lower() or "estricted person" not in item:
            continue
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", item)).strip()
        alerted = {"Moved, released or back in prison", "Release plans to accept"} if role in OF_CUSTODY else set()
        assert any(kind in words for kind in {*PUT_BEFORE.get(role, ()), *alerted}), (role, words)
        assert RING in words
        assert "<a " not in item and "<form" not in item
