"""Who sees a request, its items and its documents: whom the row allows, while it is open, and nobody else."""

import re
from datetime import timedelta

import pytest

from tests.web.access.asking import ask
from tests.web.access.crawl import trace
from tests.web.access.world import DAY, numbers_of
from throughcare.casework.access.policy import ROLES
from throughcare.casework.audit.models import Entry
from throughcare.casework.subject_access import actions
from throughcare.casework.subject_access.models import Request
from throughcare.web.held import held_items
from throughcare.web.middleware import reader_of

OFFICER = "data_protection_officer"


def addresses(number: int, person: int) -> list[str]:
    files = ("pack-plain.pdf", "pack-easy.txt", "pack-large.html", "schedule-plain.txt")
    return [f"/subject-access/{number}/", f"/subject-access/{number}/items/", *(f"/subject-access/{number}/{f}" for f in files),
            f"/people/{person}/log/"]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_an_open_request_is_there_for_the_data_protection_officer_alone(desk, role):
    request = desk.until("redacted")
    found = [ask(desk.world.reader(role), to).status for to in addresses(request.pk, request.person_id)]
    assert set(found) == ({200} if role == OFFICER else {404})
    for to in (f"/subject-access/{request.pk}/", f"/subject-access/{request.pk}/items/"):
        assert ask(desk.world.reader(role), to, "post", {}).status == (200 if role == OFFICER else 404)


@pytest.mark.parametrize("end", ["given", "withdrawn"])
def test_a_closed_request_covers_nobody(desk, end):
    request = desk.until("signed")
    reader = desk.officer()
    assert ask(desk.officer(), f"/people/{request.person_id}/").status == 200
    if end == "given":
        actions.give(reader=reader, request=request, how="hand", on=DAY)
    else:
        actions.withdraw(reader=reader, request=request, why="asks no more")
    for to in (*addresses(request.pk, request.person_id), f"/people/{request.person_id}/"):
        assert ask(desk.officer(), to).status == 404
    listed = ask(desk.officer(), "/subject-access/").text
    assert request.number in listed and trace(listed, "in", request.person_id) == []


def test_opened_again_after_a_complaint_the_person_is_in_the_work_again(desk):
    request = desk.until("given")
    assert ask(desk.officer(), f"/subject-access/{request.pk}/again/", "post", {"why": "a complaint"}).status == 302
    assert ask(desk.officer(), f"/subject-access/{request.pk}/").status == 200
    assert Request.objects.get(pk=request.pk).signed.exists()


def test_the_auditor_reads_the_log_of_requests_and_never_whom_they_are_about(desk):
    request = desk.until("asked")
    page = ask(desk.world.reader("auditor"), "/subject-access/").text
    assert request.number in page
    assert trace(page, "in", request.person_id) == [] and "Unknown Caller" not in page


@pytest.mark.parametrize("who", ["bar", "nobody", "named"])
def test_somebody_kept_from_the_officer_is_no_candidate_and_no_match(desk, who):
    number = desk.world.ids["request:in"]
    to = f"/subject-access/{number}/match/?q={numbers_of(who)['crn']}"
    assert trace(ask(desk.officer(), to).text.replace(numbers_of(who)["crn"], ""), who, desk.world.people[who]) == []
    ask(desk.officer(), to, "post", {"person": desk.world.people[who]})
    assert Request.objects.get(pk=number).person_id is None


def test_who_fits_is_shown_by_little_and_that_it_was_shown_is_kept(desk):
    number, person = desk.world.ids["request:in"], desk.world.people["out"]
    assert ask(desk.officer(), f"/people/{person}/").status == 404
    page = ask(desk.officer(), f"/subject-access/{number}/match/?q={numbers_of('out')['crn']}").text
    assert "Outsider, Edwin" in page and "NW1 8QP" not in page and numbers_of("out")["pnc"] not in page
    assert Entry.objects.filter(verb="view", person_id=person, subject_id="request-match").exists()
    asked = {"person": person}
    assert ask(desk.officer(), f"/subject-access/{number}/match/?q={numbers_of('out')['crn']}", "post", asked).status == 302
    assert ask(desk.officer(), f"/people/{person}/").status == 200
    assert ask(desk.officer(), f"/subject-access/{number}/match/").status == 404


def test_somebody_who_does_not_fit_what_was_given_cannot_be_chosen(desk):
    number = desk.world.ids["request:in"]
    ask(desk.officer(), f"/subject-access/{number}/match/", "post", {"person": desk.world.people["in"]})
    assert Request.objects.get(pk=number).person_id is None


def send(desk, to: str, *, second: bool = False, **told: object):
    """Sends a form, and once more where the answers are to be checked first."""
    reader = desk.officer(second=second)
    answer = ask(reader, to, "post", told)
    return ask(reader, to, "post", {**told, "send": "yes"}) if 'name="send"' in answer.text else answer


def test_the_whole_way_by_the_pages_alone(desk):
    received = {"name": "Ansel Inscope", "numbers": "9/3/1991", "asked_for": "all", "came_by": "letter",
                "received_on": "6/12/2016"}  # fmt: skip
    to = send(desk, "/subject-access/new/", **received).to
    assert send(desk, to, person=desk.world.people["in"]).status == 302
    number = re.search(r"\d+", to).group()
    page = f"/subject-access/{number}/"
    assert send(desk, page, do="identify", how="document", on="7/12/2016").status == 302
    assert "police: " in ask(desk.officer(), page).text
    assert send(desk, page, do="ask", answer_by="7/12/2016").status == 302
    for controller in Request.objects.get(pk=number).controllers.all():
        assert send(desk, page, do="answer", controller=controller.name, words="the plan").status == 302
    request = Request.objects.get(pk=number)
    assert "items wait for a decision" in send(desk, page, do="redact").text
    waiting = [item.key for item in held_items(request.person_id) if item.matter]
    refused = send(desk, f"{page}items/", item=waiting, given="no", reason="", note="")
    assert "needs a reason of the list" in refused.text
    assert send(desk, f"{page}items/", item=waiting, given="no", reason="crime", note="the case is open").status == 302
    assert send(desk, page, do="redact").status == 302
    assert "somebody else signs it off" in ask(desk.officer(), page).text
    assert "does not sign it off" in send(desk, page, do="sign").text
    assert send(desk, page, do="sign", second=True).status == 302
    pack = ask(desk.officer(), f"{page}pack-plain.txt").text
    assert "Dear Ansel Inscope" in pack and "MARKNOTE" not in pack
    assert send(desk, page, do="give", how="hand", on="7/12/2016").to == "/subject-access/"
    assert Request.objects.get(pk=number).state == "given"


def test_what_the_person_says_is_wrong_is_listed(desk):
    page = ask(desk.officer(), f"/subject-access/{desk.until('asked').pk}/").text
    assert "MARKSAIDOFNOTES" in page and "MARKSAIDOFRAG" in page


def test_letters_about_a_request_are_for_whoever_answers_requests(desk):
    request = desk.until("asked")
    held = f"/people/{request.person_id}/held/"
    assert "Letter that we have the request" in ask(desk.officer(), held).text
    manager = desk.world.reader("offender_manager")
    assert "Letter about joining" in ask(manager, held).text and "the request" not in ask(manager, held).text
    letter = request.person.letters.get(kind="request")
    assert ask(desk.officer(), f"/letters/{letter.pk}/").status == 200
    assert ask(manager, f"/letters/{letter.pk}/").status == 404


def test_what_is_overdue_is_said_to_be_late(desk):
    request = desk.receive(received=DAY - timedelta(days=60))
    assert "Late" in ask(desk.officer(), "/subject-access/").text
    assert "overdue since" in ask(desk.officer(), "/").text
    later = reader_of(desk.world.accounts[OFFICER])
    assert later.sees("identity", request.person_id)
