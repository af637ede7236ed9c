"""Every view of a person is kept once, with page and why; a reason opens little, for a day, and the manager is told."""

import json
from datetime import timedelta

import pytest

from tests.web.access.addresses import address
from tests.web.access.asking import ask
from tests.web.access.policy_table import lines
from tests.web.access.world import DAY
from tests.web.access.world_health import LOGGED_AS
from throughcare.casework.access.models import Limit, Opening
from throughcare.casework.access.policy import ROLES
from throughcare.casework.audit.models import Entry

SUBJECTS = [line[0] for line in lines() if line[3] == "person"]
NAMES = {"referral-health": "referral", "referral-work": "referral", "referral-budget": "referral",
         "not-now-health": "not-now", **LOGGED_AS}  # fmt: skip


def views(since: int) -> list[tuple[str, str, int | None, str]]:
    found = Entry.objects.filter(pk__gt=since, verb="view").order_by("pk")
    return [(e.actor, e.subject_id, e.person_id, json.loads(e.details)["why"]) for e in found]


def last() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


WHY = {
    "iom_coordinator": "borough", "senior_officer": "office", "court_officer": "court", "offender_manager": "caseload",
    "prison_coordinator": "prison", "provider_admin": "provider", "provider_worker": "referrals", "volunteer": "matched",
    "health_practitioner": "health", "employment_broker": "employment", "police_researcher": "requested",
    "tasking_officer": "borough", "monitoring_officer": "orders",
}  # fmt: skip


@pytest.mark.parametrize("page", SUBJECTS)
def test_each_view_of_a_person_is_kept_once_with_page_and_why(world, as_planted, page):
    """And what is not shown, or only sent on, is no view."""
    for role in ROLES:
        for who in ("in", "out", "bar") if page == "person-court" else ("in",):
            before = last()
            answer = ask(as_planted(role), address(world, page, role, who))
            kept = views(before)
            if answer.status != 200:
                assert kept == [], (role, who)
                continue
            slug = role.replace("_", "-")
            wanted = (f"{role} as {slug}", NAMES.get(page, page), world.people[who], WHY[role])
            assert kept == [wanted], (role, who)


def test_a_form_that_comes_back_with_its_mistakes_is_a_view_too(world):
    before, person = last(), world.people["in"]
    ask(world.reader("offender_manager"), f"/people/{person}/notes/new/", "post", {"text": ""})
    assert views(before) == [("offender_manager as offender-manager", "note", person, "caseload")]
    before = last()
    ask(world.reader("offender_manager"), f"/people/{person}/notes/new/", "post", {"text": "kept"})
    assert views(before) == []


def test_a_worry_about_a_person_is_a_view_of_them(world):
    before = last()
    ask(world.reader("senior_officer"), f"/worries/{world.ids['concern:in']}/")
    assert views(before) == [("senior_officer as senior-officer", "concern", world.people["in"], "concern")]


def test_a_view_through_the_whole_service_is_kept(world, as_):
    before = last()
    as_("court_officer").get(f"/people/{world.people['in']}/court/")
    assert views(before) == [("court_officer as court-officer", "person-court", world.people["in"], "court")]


REASONED = ("iom_coordinator", "senior_officer", "court_officer", "offender_manager", "prison_coordinator")


@pytest.mark.parametrize("role", REASONED)
def test_a_reason_opens_who_they_are_supervision_and_risks_for_the_day(world, settings, role):
    person = world.people["out"]
    for page in ("", "court/"):
        asked = ask(world.reader(role), f"/people/{person}/{page}")
        assert asked.outcome == "asked"
    assert ask(world.reader(role), f"/people/{person}/why/", "post", {"reason": "other", "words": ""}).status == 200, "in words"
    assert not Opening.objects.exists()
    opened = ask(world.reader(role), f"/people/{person}/why/", "post", {"reason": "duty", "next": f"/people/{person}/"})
    assert opened.to == f"/people/{person}/"
    reader, before = world.reader(role), last()
    page = ask(reader, f"/people/{person}/")
    assert "Outsider" in page.text and "MARKRISK" in page.text and "On licence" in page.text
    for word in ("MARKRAG", "MARKNOTE", "MARKAVOID", "MARKJOINED", "Building Bridges", "Brixton", "NW1 8QP", "MARKPROPOSED"):
        assert word not in page.text
    assert views(before) == [(reader.by, "person", person, "reason")]
    rights = reader.rights(person)
    assert rights.view == {"identity", "contact", "supervision", "risks"} and not rights.edit
    for closed in ("notes/", "custody/", "score/", "log/", "limits/", "notes/new/", "risks/new/", "says/"):
        assert ask(reader, f"/people/{person}/{closed}").status == 404, closed
    assert ask(reader, f"/cohort/proposals/{world.ids['proposal:out']}/").status == 404
    assert ask(reader, f"/people/{person}/risks/new/", "post", {"text": "x"}).status == 404
    settings.DEMONSTRATION = DAY + timedelta(days=1)
    assert ask(world.reader(role), f"/people/{person}/").outcome == "asked"


def test_the_person_s_manager_is_told_the_same_day(world, settings):
    person = world.people["out"]
    ask(world.reader("court_officer"), f"/people/{person}/why/", "post", {"reason": "safety", "words": "MARKREASON"})
    told = ask(world.reader("camden-manager"), "/today/all/").text
    assert "Records opened from outside" in told and "somebody may come to harm" in told
    for other in ("offender_manager", "second-manager", "camden-senior", "court_officer"):
        assert "Records opened from outside" not in ask(world.reader(other), "/today/all/").text
    entry = Entry.objects.filter(verb="access.open_for_reason").latest("pk")
    assert (entry.person_id, json.loads(entry.details)) == (person, {"reason": "safety"})


def test_a_reason_opens_to_the_account_that_gave_it_and_to_no_other(world):
    person = world.people["out"]
    ask(world.reader("court_officer"), f"/people/{person}/why/", "post", {"reason": "duty"})
    for role in set(ROLES) - {"court_officer"}:
        assert not world.reader(role).sees("identity", person)


def test_no_reason_opens_somebody_from_whom_one_is_barred(world):
    for role in REASONED:
        for who in ("bar", "nobody"):
            assert ask(world.reader(role), f"/people/{world.people[who]}/why/", "post", {"reason": "safety"}).status == 404
    assert not Opening.objects.exists()


def test_a_limit_set_after_a_reason_closes_the_record(world):
    person = world.people["out"]
    ask(world.reader("court_officer"), f"/people/{person}/why/", "post", {"reason": "duty"})
    sent = {"do": "limit", "kind": "excluded", "accounts": "court_officer", "ring": "camden-senior", "reason": "x"}
    ask(world.reader("camden-senior"), f"/people/{person}/limits/", "post", sent)
    assert Limit.objects.filter(person=person).exists()
    assert ask(world.reader("court_officer"), f"/people/{person}/").status == 404
